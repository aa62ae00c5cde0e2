import { platformOf, tenantOf } from '../containers';
import { eachContainer, type Rule } from '../rule';
import { objects, textOf, type Resource } from '../stack-json';

// Of the node (public, internal, health, node-to-node, gRPC, NATS), Redis, Vault and PostgreSQL.
const INTERNAL_LISTENERS = [8080, 8081, 1323, 8443, 5555, 4222, 6379, 8200, 8201, 5432];
const LOOPBACK = /^(127\.|::1$)/;

export const publishedPort: Rule = {
  id: 'published-port',
  severity: 'error',
  cause: 'A port of a container is published that only other containers, or the proxy, may reach.',
  why: 'A published port goes round the proxy, its TLS and its guards; Docker opens it in the firewall as well.',
  remedy: 'publish nothing: the proxy reaches every container from the host; for a look use docker exec',
  sightings: eachContainer((container) => {
    if (container.values.publish_all_ports === true) return 'all its ports are published';
    const ports = objects(container.values.ports)
      .filter((port) => isRefused(container, Number(port.internal), textOf(port.ip)))
      .map((port) => `${textOf(port.internal)} on ${textOf(port.ip) || 'every address'}`);
    return ports.length > 0 ? `it publishes ${ports.join(', ')}` : undefined;
  }),
};

function isRefused(container: Resource, internal: number, ip: string): boolean {
  // The loopback address is the host's alone, but other containers live there too: the proxy.
  if (tenantOf(container) !== undefined) return true;
  if (LOOPBACK.test(ip)) return false;
  return platformOf(container) !== undefined || INTERNAL_LISTENERS.includes(internal);
}
