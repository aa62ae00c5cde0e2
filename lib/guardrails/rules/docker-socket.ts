import { environmentOf } from '../containers';
import { hostPaths } from '../knowledge/volumes';
import { eachContainer, type Rule } from '../rule';

const ENGINE_SOCKET = /(docker|containerd|podman|crio)[^/]*\.sock$/;
const ENGINE_SOCKETS_ARE_BELOW = /^\/(var(\/run(\/docker|\/containerd)?)?|run(\/docker|\/containerd)?)?\/?$/;

export const dockerSocket: Rule = {
  id: 'docker-socket',
  severity: 'error',
  cause:
    "A container mounts the socket of the container engine, a directory above it, or is told of the engine's API.",
  why: 'Who can talk to the engine is root of the host, and so of every tenant.',
  remedy: "let the container do without: the proxy's routes are files for this very reason",
  sightings: eachContainer((container) => {
    const mounted = hostPaths(container)
      .map(({ source }) => source)
      .find((source) => ENGINE_SOCKET.test(source) || ENGINE_SOCKETS_ARE_BELOW.test(source));
    if (mounted !== undefined) return `it mounts ${mounted}`;
    return environmentOf(container).DOCKER_HOST === undefined ? undefined : 'DOCKER_HOST is set';
  }),
};
