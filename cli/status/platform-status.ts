import pLimit from 'p-limit';
import { PlatformNames } from '../../lib/names';
import { knownUnreadyTenants } from '../readiness';
import { type EgressState, egressState } from '../egress';
import { Engine, stateOf } from '../engine';
import type { Project } from '../project';
import type { SealState } from '../vault/vault-client';
import { vaultClient } from '../vault/project-vault';
import { routeProbe } from './route-probe';
import { tenantStatus, type TenantStatus } from './tenant-status';

export interface PlatformStatus {
  readonly healthy: boolean;
  readonly platform: string;
  readonly vault: SealState;
  readonly proxy: string;
  /** Whether tenants are held back from what isn't the public internet. */
  readonly egress: EgressState;
  readonly tenants: readonly TenantStatus[];
  /** Tenants whose containers run though no file describes them. */
  readonly orphans: readonly string[];
}

// Each tenant costs a handful of processes for a moment.
const AT_ONCE = 8;

/** Looks at everything itself, instead of believing what the last health check said. */
export async function platformStatus(project: Project): Promise<PlatformStatus> {
  const { platform } = project;
  const names = new PlatformNames(platform.name);
  const engine = new Engine(platform.name);
  await engine.check();
  const containers = await engine.containers();
  const proxy = stateOf(containers, names.of('proxy'));
  const vaultRuns =
    platform.vault.kind === 'external' || stateOf(containers, names.of('vault')) === 'running';
  const vault = vaultRuns ? await vaultClient(project).sealState() : 'unreachable';

  const egress = await egressState(engine, platform.name, containers);
  const probe = proxy === 'running' ? routeProbe(project) : undefined;
  const unready = vault === 'unsealed' ? await knownUnreadyTenants(project) : [];
  const limit = pLimit(AT_ONCE);
  const tenants = await Promise.all(
    project.tenants.map((tenant) =>
      limit(() => {
        const pending = unready.find((one) => one.tenant === tenant.id)?.state;
        return tenantStatus({ tenant, platform, engine, containers, vault, probe, pending });
      }),
    ),
  );
  const known = new Set(project.tenants.map(({ id }) => id));
  const orphans = [
    ...new Set(containers.map(({ tenant }) => tenant).filter((id) => id !== undefined && !known.has(id))),
  ] as string[];
  return {
    healthy:
      vault === 'unsealed' &&
      proxy === 'running' &&
      egress === 'in place' &&
      orphans.length === 0 &&
      tenants.every(({ healthy }) => healthy),
    platform: platform.name,
    vault,
    proxy,
    egress,
    tenants,
    orphans,
  };
}
