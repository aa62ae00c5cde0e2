import type { SharedRedisConnection } from './shared-redis-connection';

export const TUNNEL_DIRECTORY = '/etc/redis-tunnel';
export const AUTHORITY = 'authority.pem';
const HEALTH_PORT = 8404;

/** HAProxy from a socket to the shared Redis, over TLS with the server's certificate checked. */
export function tunnelConfig(redis: SharedRedisConnection, socket: string): string {
  const { host, port, serverName } = redis;
  // Docker's own resolver; a server of this platform is known by its address.
  const byName = redis.kind === 'given';
  return `global
  log stdout format raw local0 notice
  maxconn 512
  ssl-default-server-options ssl-min-ver TLSv1.2

defaults
  mode tcp
  log global
  timeout connect 5s
  timeout client 1h
  timeout server 1h

${byName ? 'resolvers engine\n  nameserver dns 127.0.0.11:53\n\n' : ''}frontend node
  bind unix@${socket} mode 660
  default_backend redis

backend redis
  server shared ${host}:${port} ssl verify required ca-file ${TUNNEL_DIRECTORY}/${AUTHORITY} sni str(${serverName}) verifyhost ${serverName} check check-sni ${serverName} inter 5s${byName ? ' init-addr last,libc,none resolvers engine' : ''}

frontend health
  mode http
  timeout client 5s
  bind 127.0.0.1:${HEALTH_PORT}
  monitor-uri /
  monitor fail if { nbsrv(redis) eq 0 }
`;
}

/** Whether the tunnel reaches a server with the right certificate. The image has no program for HTTP, but bash can do without. */
export const TUNNEL_HEALTHCHECK = [
  'CMD',
  'bash',
  '-c',
  `exec 3<>/dev/tcp/127.0.0.1/${HEALTH_PORT} && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep ' 200 ' || { echo 'no way to the shared Redis'; exit 1; }`,
];
