import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformNames } from '../lib/names';
import { EGRESS_COMMANDS } from '../lib/platform/egress';
import type { Finding } from '../toolchain/requirement';
import { missing, ok } from '../toolchain/requirement';
import { type ContainerState, Engine, stateOf } from './engine';
import { openProject } from './project';

/** Where the rules are that hold tenants back, as the kernel tells it. */
export type EgressState = 'in place' | 'not in place' | 'unknown, since their container does not run';

const NAME = 'Egress rules';

export async function egressState(
  engine: Engine,
  platform: string,
  containers: readonly ContainerState[],
): Promise<EgressState> {
  const name = new PlatformNames(platform).of('egress');
  if (stateOf(containers, name) !== 'running') return 'unknown, since their container does not run';
  const { ok: inPlace } = await engine.exec(name, EGRESS_COMMANDS.check);
  return inPlace ? 'in place' : 'not in place';
}

/** What `doctor` says of them where a platform runs; nothing elsewhere. */
export async function egressFindings(directory = process.cwd()): Promise<Finding[]> {
  if (!existsSync(join(directory, 'platform.yaml'))) return [];
  let engine: Engine;
  let name: string;
  let containers: ContainerState[];
  try {
    ({ name } = openProject(directory).platform);
    engine = new Engine(name);
    containers = await engine.containers();
  } catch {
    // A machine is looked at before its platform is configured, too; and that Docker doesn't answer is told already.
    return [];
  }
  if (containers.length === 0) return [];
  const state = await egressState(engine, name, containers);
  return [
    state === 'in place'
      ? ok(NAME, state)
      : missing(NAME, state, 'run nuts-saas apply platform; until then tenants reach private networks'),
  ];
}

/** Takes the rules away, which outlive their container on purpose. */
export async function removeEgressRules(engine: Engine, platform: string): Promise<void> {
  const name = new PlatformNames(platform).of('egress');
  const state = stateOf(await engine.containers(), name);
  if (state === 'missing') return;
  if (state !== 'running') await engine.start(name);
  await engine.exec(name, EGRESS_COMMANDS.remove);
}
