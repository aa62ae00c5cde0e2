import { createServer, type Server } from 'node:http';
import { stringify } from 'yaml';
import { TenantHosts } from '../../../lib/names';
import { releaseProfile } from '../../../lib/tenant/node-config/environment';
import { routeConfiguration, type RouteSettings } from '../../../lib/tenant/route-configuration';
import { eventually, exec, runningContainers, succeed } from './platform';
import { raw, type RawAnswer, sendRaw } from './raw-request';

export interface Echoed {
  readonly method: string;
  readonly url: string;
  /** Names as they came, with their values. */
  readonly headers: readonly (readonly [string, string])[];
}

/**
 * A stand-in for a node: it says what arrived. Its routes are those of a tenant, made by the library and read by the platform's own
 * proxy; only what is behind them isn't real.
 */
export class EchoTenant {
  readonly hosts: TenantHosts;
  private readonly server: Server;

  private constructor(
    readonly id: string,
    private readonly port: number,
  ) {
    this.hosts = new TenantHosts(id, 'saas.internal');
    this.server = createServer((request, response) => {
      const pairs = request.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [[name, all[index + 1] ?? ''] as const] : [],
      );
      const echo: Echoed = { method: request.method ?? '', url: request.url ?? '', headers: pairs };
      request.resume();
      const wait = Number(/wait=(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
      setTimeout(() => response.end(`echo ${JSON.stringify(echo)}`), wait);
    });
  }

  static async start(id: string, port: number): Promise<EchoTenant> {
    const tenant = new EchoTenant(id, port);
    await new Promise<void>((resolve) => tenant.server.listen(port, '127.0.0.1', resolve));
    return tenant;
  }

  /**
   * Puts its routes where the proxy reads them, and waits until they are in use.
   *
   * @param spoil what a mutation check changes of them
   */
  async publish(settings: Partial<RouteSettings>, spoil?: (yaml: string) => string): Promise<void> {
    const marker = `mark-${Date.now()}`;
    const profile = {
      ...releaseProfile('v6'),
      publicPort: this.port,
      internalPort: this.port,
      publicPaths: () => ['/iam', `/${marker}`],
    };
    const content = routeConfiguration({
      tenant: this.id,
      publicHost: this.hosts.public,
      hosts: this.hosts,
      address: '127.0.0.1',
      profile,
      didMethods: ['web'],
      options: {},
      api: {},
      limits: {},
      ...settings,
    });
    const right = stringify(content, { lineWidth: 0 });
    const yaml = spoil ? spoil(right) : right;
    if (spoil && yaml === right) throw new Error('the mutation changes nothing');
    this.inRoutes(
      `echo ${Buffer.from(yaml).toString('base64')} | base64 -d > /routes/.${this.id} && mv /routes/.${this.id} /routes/${this.id}.yaml`,
    );
    await eventually(async () => {
      const { status } = await sendRaw(this.hosts.public, raw(this.hosts.public, `/${marker}`));
      if (status !== 200) throw new Error(`not published: ${status}`);
    }, 15);
  }

  /** Asks at the API's host, or at another one. */
  async ask(
    target: string,
    { host = this.hosts.api, method = 'GET', headers = '' } = {},
  ): Promise<RawAnswer & { echoed?: Echoed }> {
    const answer = await sendRaw(host, raw(host, target, { method, headers }));
    const echoed = echoOf(answer.body);
    return { ...answer, ...(echoed && { echoed }) };
  }

  async stop(): Promise<void> {
    this.inRoutes(`rm -f /routes/${this.id}.yaml`);
    await new Promise((resolve) => this.server.close(resolve));
  }

  private inRoutes(script: string): void {
    const carrier = runningContainers().find((name) => name.startsWith('nuts-acme-route-')) ?? '';
    succeed(exec(carrier, 'sh', '-c', script));
  }
}

/** What the stand-in says that arrived; undefined when nothing did. */
export function echoOf(body: string): Echoed | undefined {
  const json = /echo (\{.*\})/.exec(body)?.[1];
  return json === undefined ? undefined : (JSON.parse(json) as Echoed);
}
