import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { StackJson, type JsonObject } from '../lib/guardrails';
import { toolchainEnvironment } from '../toolchain/environment';
import { CdktfFailure } from './cdktf';
import { UserError } from './user-error';

/** What a project's own app makes of its configuration. */
export interface Synthesis {
  readonly stacks: readonly StackJson[];
  /** What the app said when it refused; undefined when its stacks can be applied. */
  readonly refusal?: UserError | CdktfFailure;
}

interface CdktfJson {
  readonly app: string;
  readonly context?: object;
}

const USER_MISTAKE = 2;

/** Runs the app that cdktf.json names, as cdktf does, and reads its stacks. Nothing in the project is touched. */
export async function synthesise(project: string): Promise<Synthesis> {
  const { app, context = {} } = readCdktfJson(project);
  const directory = mkdtempSync(join(tmpdir(), 'nuts-saas-synthesis-'));
  try {
    const { exitCode, stderr } = await execa(app, {
      shell: true,
      cwd: project,
      preferLocal: true,
      localDir: project,
      reject: false,
      env: {
        ...toolchainEnvironment(),
        CDKTF_OUTDIR: directory,
        CDKTF_CONTEXT_JSON: JSON.stringify(context),
      },
    });
    const refusal =
      exitCode === USER_MISTAKE
        ? new UserError(stderr.trim(), 'mend this; nuts-saas guardrails looks again')
        : new CdktfFailure(`the app of this project (${app}) failed:\n${stderr}`);
    return { stacks: readStacks(directory), ...(exitCode !== 0 && { refusal }) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** @throws when the project's app refuses its stacks; a UserError where what was given can be mended */
export async function refuseUnsafeStacks(project: string): Promise<void> {
  const { refusal } = await synthesise(project);
  if (refusal !== undefined) throw refusal;
}

function readCdktfJson(project: string): CdktfJson {
  const file = join(project, 'cdktf.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CdktfJson;
  } catch {
    throw new UserError(`${file} can't be read`, 'take the one of nuts-saas: it names the app to run');
  }
}

function readStacks(directory: string): StackJson[] {
  const stacks = join(directory, 'stacks');
  return names(stacks).map((name) => {
    const json: unknown = JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8'));
    return new StackJson(name, json as JsonObject);
  });
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    // An app that fails early writes nothing.
    return [];
  }
}
