import { readFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { authorityFile } from '../../../stacks/local-files';
import { nutsSaas, PROJECT, PROXY_ADDRESS, succeed } from './platform';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** A call through the proxy, with its certificate checked against the platform's authority. */
export function call(url: string, options: RequestOptions = {}, body?: unknown): Promise<HttpAnswer> {
  const { hostname, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: PROXY_ADDRESS,
        servername: hostname,
        path: pathname + search,
        ca: readFileSync(authorityFile(PROJECT)),
        timeout: 20_000,
        ...options,
        headers: {
          host: hostname,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(options.headers as Record<string, string> | undefined),
        },
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            body: text,
            contentType: incoming.headers['content-type'] ?? '',
          });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${url}`)));
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export function token(tenant: string, client: string): string {
  return succeed(nutsSaas('client', 'token', tenant, client)).stdout.trim();
}

/** A call of a tenant's API with a token, which may be another tenant's. */
export function callApi(
  tenant: string,
  path: string,
  { method = 'GET', bearer, body }: { method?: string; bearer?: string; body?: unknown } = {},
): Promise<HttpAnswer> {
  return call(
    `https://api-${tenant}.saas.internal${path}`,
    { method, headers: bearer ? { authorization: `Bearer ${bearer}` } : {} },
    body,
  );
}
