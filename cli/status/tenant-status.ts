import { TenantHosts, PlatformNames } from '../../lib/names';
import { AS_ADMINISTRATOR } from '../../lib/redis/shared-server';
import { TUNNEL_HEALTHCHECK } from '../../lib/redis/tunnel-config';
import { releaseProfile } from '../../lib/tenant/node-config/environment';
import type { PlatformConfig } from '../../stacks/config/platform-config';
import type { TenantConfig } from '../../stacks/config/tenant-config';
import { type ContainerState, type Engine, stateOf } from '../engine';
import type { SealState } from '../vault/vault-client';
import type { RouteProbe } from './route-probe';

export interface TenantStatus {
  readonly id: string;
  readonly state: string;
  readonly release: string;
  readonly url: string;
  readonly api: string;
  readonly healthy: boolean;
  /** `ok`, or what is wrong. */
  readonly node: string;
  readonly keys: string;
  readonly redis: string;
  readonly route: string;
}

interface Surroundings {
  readonly tenant: TenantConfig;
  readonly platform: PlatformConfig;
  readonly engine: Engine;
  readonly containers: readonly ContainerState[];
  readonly vault: SealState;
  /** @default - the proxy doesn't run, so that nothing can be asked */
  readonly probe: RouteProbe | undefined;
  /** Why a node that isn't there isn't expected to be. */
  readonly pending: string | undefined;
}

/** Asks each part of a tenant itself: a node lives on without Redis or Vault, and says that it is well. */
export async function tenantStatus(surroundings: Surroundings): Promise<TenantStatus> {
  const { tenant, platform, probe } = surroundings;
  const common = {
    id: tenant.id,
    state: tenant.state,
    release: tenant.release,
    url: tenant.url,
    api: `https://${new TenantHosts(tenant.id, platform.domain).api}`,
  };
  if (tenant.state === 'removed') return removed(surroundings, common);
  const [node, keys, redis, route] = await Promise.all([
    nodeState(surroundings),
    keysState(surroundings),
    redisState(surroundings),
    probe ? probe(tenant) : 'the proxy does not run',
  ]);
  return {
    ...common,
    node,
    keys,
    redis,
    route,
    healthy: [node, keys, redis, route].every((part) => part === 'ok'),
  };
}

function removed(
  { tenant, containers }: Surroundings,
  common: Omit<TenantStatus, 'healthy' | 'node' | 'keys' | 'redis' | 'route'>,
): TenantStatus {
  const left = containers.filter(
    (container) => container.tenant === tenant.id && container.state === 'running',
  );
  const part = left.length > 0 ? 'still runs' : 'removed';
  return { ...common, node: part, keys: part, redis: part, route: part, healthy: left.length === 0 };
}

async function nodeState(surroundings: Surroundings): Promise<string> {
  const { tenant, engine } = surroundings;
  const container = name(surroundings, 'node');
  const stopped = notRunning(surroundings, container);
  if (stopped) return surroundings.pending ?? stopped;
  const { healthPort } = releaseProfile(tenant.release);
  const answer = await engine.exec(container, [
    'curl',
    '-fsS',
    '--max-time',
    '10',
    `http://127.0.0.1:${healthPort}/status`,
  ]);
  return answer.ok ? 'ok' : 'does not answer';
}

/** Whether the node can use its keys: through its own socket, with the login that its sidecar has. */
async function keysState(surroundings: Surroundings): Promise<string> {
  const { engine, vault } = surroundings;
  if (vault !== 'unsealed') return `Vault is ${vault}`;
  const container = name(surroundings, 'node');
  const sidecar = notRunning(surroundings, name(surroundings, 'vault-proxy'));
  if (sidecar) return `vault proxy ${sidecar}`;
  if (notRunning(surroundings, container)) return 'unknown';
  const answer = await engine.exec(container, [
    'curl',
    '-sS',
    '--max-time',
    '10',
    '--unix-socket',
    '/run/vault/vault.sock',
    'http://vault/v1/auth/token/lookup-self',
  ]);
  if (answer.ok && answer.output.includes('"policies"')) return 'ok';
  return answer.output.includes('permission denied')
    ? 'no login: nuts-saas tenant rearm'
    : 'vault proxy does not answer';
}

async function redisState(surroundings: Surroundings): Promise<string> {
  if (surroundings.tenant.redis?.mode === 'shared') return sharedRedisState(surroundings);
  const container = name(surroundings, 'redis');
  const stopped = notRunning(surroundings, container);
  if (stopped) return stopped;
  const answer = await surroundings.engine.exec(container, [
    'redis-cli',
    '-s',
    '/run/redis/redis.sock',
    'ping',
  ]);
  const said = answer.output.trim().split('\n')[0] ?? '';
  return said === 'PONG' ? 'ok' : said || 'does not answer';
}

/** Whether the tunnel reaches a server with the right certificate, and whether that one knows the tenant's user. */
async function sharedRedisState(surroundings: Surroundings): Promise<string> {
  const { engine, platform, tenant } = surroundings;
  const tunnel = name(surroundings, 'redis-tunnel');
  const stopped = notRunning(surroundings, tunnel);
  if (stopped) return `tunnel ${stopped}`;
  if (!(await engine.exec(tunnel, TUNNEL_HEALTHCHECK.slice(1))).ok) return 'the shared Redis does not answer';
  if (platform.redis?.kind !== 'own') return 'ok';
  const names = new PlatformNames(platform.name);
  const { redisUser } = names.tenant(tenant.id);
  const trial = `${AS_ADMINISTRATOR} acl dryrun ${redisUser} get ${tenant.id}_status`;
  const { output } = await engine.exec(names.of('redis'), ['sh', '-c', trial]);
  return output.trim() === 'OK' ? 'ok' : 'the shared Redis does not know its user';
}

function notRunning({ containers }: Surroundings, container: string): string | undefined {
  const state = stateOf(containers, container);
  return state === 'running' ? undefined : state;
}

function name(
  { platform, tenant }: Surroundings,
  part: 'node' | 'redis' | 'redis-tunnel' | 'vault-proxy',
): string {
  return new PlatformNames(platform.name).tenant(tenant.id).of(part);
}
