/** What `doctor` says about one part of the toolchain. */
export interface Finding {
  name: string;
  state: 'ok' | 'missing';
  detail: string;
  /** What to do about it, for a missing part that `doctor --install` can't get by itself. */
  remedy?: string;
}

/** Where a long step says what it is doing; the last line is what the user sees. */
export interface Progress {
  line(text: string): void;
}

/** Something that a machine needs to run the platform. */
export interface Requirement {
  readonly name: string;
  /** Fast, and changes nothing. */
  inspect(): Promise<Finding>;
  /** Gets it; throws a ToolchainError that says what to do where that fails. */
  install(progress: Progress): Promise<void>;
  /** The tools it would have to be built with, on this machine, now: none where it can be downloaded. */
  builtWith?(): Promise<readonly Requirement[]>;
}

export function ok(name: string, detail: string): Finding {
  return { name, state: 'ok', detail };
}

export function missing(name: string, detail: string, remedy?: string): Finding {
  return { name, state: 'missing', detail, ...(remedy !== undefined && { remedy }) };
}

/** Installs what isn't there. */
export async function ensure(requirements: readonly Requirement[], progress: Progress): Promise<void> {
  for (const requirement of requirements)
    if ((await requirement.inspect()).state === 'missing') await requirement.install(progress);
}
