import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { ExecaError } from 'execa';
import { addStacks, tenantStackName } from '../../../stacks/add-stacks';
import type { TenantConfig } from '../../../stacks/config/tenant-config';
import { LOCAL_DIRECTORY, LOCAL_STATE } from '../../../stacks/local-files';
import { machineImages } from '../../../stacks/machine-images';
import { Cdktf, CdktfFailure, errorsOf } from '../../cdktf';
import { Engine } from '../../engine';
import type { Project } from '../../project';
import { DECOY_IDS, type Decoy, decoys } from './decoy-configuration';
import { decoyDirectory } from './decoy-directory';

const APPLY = ['apply', '-auto-approve', '-input=false', '-no-color', '-compact-warnings'];

/**
 * Two decoy tenants on the running platform: the stacks of any tenant, in a folder and with a state of their own, so that neither the
 * project's files nor its state ever name them. The folder's place is fixed: what an interrupted run left behind is found in it.
 */
export class Decoys {
  /** Where Terraform's state of the decoys lies. */
  readonly stateDirectory: string;
  private readonly directory: string;
  private readonly cdktf: Cdktf;

  constructor(private readonly project: Project) {
    this.directory = decoyDirectory(project.directory);
    this.stateDirectory = join(this.directory, LOCAL_STATE);
    this.cdktf = new Cdktf(this.directory);
  }

  /** @throws when Terraform can't make them; what it made by then is left for `remove` */
  async make(): Promise<[Decoy, Decoy]> {
    const made = decoys(this.project);
    this.prepare();
    await this.apply(made.map(({ tenant }) => tenant));
    return made;
  }

  /** Removes the decoys of this or an earlier run, whatever is left of them. */
  async remove(): Promise<void> {
    if (existsSync(this.stateDirectory)) {
      const gone = decoys(this.project).map(({ tenant }) => ({
        ...tenant,
        state: 'removed' as const,
        removeData: tenant.id,
      }));
      await this.removeProbes();
      this.prepare();
      await this.apply(gone);
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  get exist(): boolean {
    return existsSync(this.stateDirectory);
  }

  /** Containers that look at the decoys from inside: Terraform doesn't know them, and they hold on to networks. */
  private async removeProbes(): Promise<void> {
    const engine = new Engine(this.project.platform.name);
    const decoyed = (await engine.containers()).filter(
      ({ name, tenant }) => DECOY_IDS.some((id) => id === tenant) && name.endsWith('-probe'),
    );
    await engine.remove(
      'container',
      decoyed.map(({ name }) => name),
    );
  }

  private prepare(): void {
    const vault = join(this.directory, LOCAL_DIRECTORY, 'vault');
    if (existsSync(vault)) return;
    mkdirSync(this.stateDirectory, { recursive: true, mode: 0o700 });
    // The stacks look for Vault's token beside themselves.
    symlinkSync(join(this.project.directory, LOCAL_DIRECTORY, 'vault'), vault);
  }

  private async apply(tenants: readonly TenantConfig[]): Promise<void> {
    const { platform, directory } = this.project;
    const app = new App({ outdir: join(this.directory, 'cdktf.out'), context: cdktfContext(directory) });
    addStacks(app, { platform: { ...platform, backend: { type: 'local' } }, tenants }, machineImages());
    app.synth();
    await Promise.all(
      tenants.map(async ({ id }) => {
        const stack = tenantStackName(id);
        await this.terraform(stack, ['init', '-input=false', '-no-color']);
        await this.terraform(stack, APPLY);
      }),
    );
  }

  private async terraform(stack: string, args: readonly string[]): Promise<void> {
    try {
      await this.cdktf.terraform(stack, args);
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      const { stdout, stderr } = error as ExecaError<{ encoding: 'utf8' }>;
      throw new CdktfFailure(
        `Terraform failed in the stack ${stack} of a decoy:\n${errorsOf(`${stdout}\n${stderr}`)}`,
      );
    }
  }
}

function cdktfContext(project: string): Record<string, unknown> {
  const file = JSON.parse(readFileSync(join(project, 'cdktf.json'), 'utf8')) as {
    context?: Record<string, unknown>;
  };
  return file.context ?? {};
}
