import { z } from 'zod';
import type { Answer } from './command';

const decisionSchema = z.object({
  /** The image that this library asked for when it was decided. */
  wanted: z.string(),
  /** The image that is used. */
  reference: z.string(),
  /** The file in the cache with which any other engine gets it without a network. */
  archive: z.string(),
  /** Only for an image that was built: what from, and why it wasn't pulled. */
  built: z.object({ key: z.string(), reason: z.string() }).optional(),
});

/** Whether an image was pulled or built: decided once, so that later runs need no network. */
export type ImageDecision = z.infer<typeof decisionSchema>;

/** A recorded decision, unless what it was about has changed since. */
export function validDecision(record: unknown, wanted: string, key: string): ImageDecision | undefined {
  const { data } = decisionSchema.safeParse(record);
  if (data?.wanted !== wanted) return undefined;
  return data.built === undefined || data.built.key === key ? data : undefined;
}

/** What getting an image needs from the engine and the network. */
export interface ImageActions {
  isPresent(reference: string, key?: string): Promise<boolean>;
  hasArchive(archive: string): boolean;
  load(archive: string): Promise<void>;
  pull(reference: string): Promise<Answer>;
  build(): Promise<string>;
  save(reference: string, archive: string): Promise<void>;
}

export interface ImageQuestion {
  readonly wanted: string;
  readonly key: string;
  readonly decided: ImageDecision | undefined;
  readonly archiveFor: (key: string) => string;
}

/** Gets an image into the engine: from the cache, else from the registry, else by building it. */
export async function obtainImage(question: ImageQuestion, actions: ImageActions): Promise<ImageDecision> {
  const { wanted, key, decided, archiveFor } = question;
  if (decided !== undefined) {
    if (await actions.isPresent(decided.reference, decided.built?.key)) return decided;
    if (actions.hasArchive(decided.archive)) {
      await actions.load(decided.archive);
      return decided;
    }
  }
  const pulled = (await actions.isPresent(wanted)) ? undefined : await actions.pull(wanted);
  if (pulled === undefined || pulled.ok) {
    const archive = archiveFor(wanted);
    await actions.save(wanted, archive);
    return { wanted, reference: wanted, archive };
  }
  const reference = await actions.build();
  const archive = archiveFor(key);
  await actions.save(reference, archive);
  return { wanted, reference, archive, built: { key, reason: pulled.reason } };
}

/** Whether the registry can't be reached at all, so that asking it for another image would only cost time. */
export function isUnreachable(reason: string): boolean {
  return /no such host|timeout|deadline exceeded|connection refused|network is unreachable|no route to host|server misbehaving|proxyconnect|certificate/i.test(
    reason,
  );
}
