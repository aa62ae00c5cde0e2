import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { authorityFile } from '../../stacks/local-files';
import type { TenantConfig } from '../../stacks/config/tenant-config';
import { callableProxyAddress, type Project } from '../project';

/** Says how a tenant's public host answers at the proxy: `ok`, or what is wrong. */
export type RouteProbe = (tenant: TenantConfig) => Promise<string>;

// Paths that are routed for everyone and need no DID: the node answers with an error of its own, which the proxy wouldn't.
const PATHS = { v6: '/.well-known/oauth-authorization-server', 'v5.4': '/public/status' } as const;

/** Asks the proxy itself, whatever DNS says of the host, and trusts the platform's own authority where there is one. */
export function routeProbe(project: Project): RouteProbe {
  const { directory, platform } = project;
  const address = callableProxyAddress(project);
  const authority = authorityFile(directory);
  const trust =
    platform.proxy.tls.issuer === 'platform-ca' && existsSync(authority)
      ? { ca: readFileSync(authority) }
      : {};
  return (tenant) =>
    new Promise((resolve) => {
      const { hostname } = new URL(tenant.url);
      const call = request(
        {
          host: address,
          port: platform.proxy.httpsPort,
          path: PATHS[tenant.release],
          servername: hostname,
          headers: { host: hostname },
          timeout: 10_000,
          ...trust,
        },
        (answer) => {
          answer.resume();
          resolve(judge(answer.statusCode ?? 0, answer.headers['content-type'] ?? ''));
        },
      );
      call.on('timeout', () => call.destroy(new Error('no answer within 10 s')));
      call.on('error', (error) => {
        resolve(error.message);
      });
      call.end();
    });
}

function judge(status: number, contentType: string): string {
  if (contentType.includes('json')) return 'ok';
  if (status === 404) return 'no route';
  return `${status} from the proxy`;
}
