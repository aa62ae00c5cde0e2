import { distance } from 'fastest-levenshtein';

/** The candidate that someone probably meant, or undefined when none is close. */
export function suggestion(written: string, candidates: readonly string[]): string | undefined {
  const text = written.toLowerCase();
  const near = candidates
    .map((candidate) => ({ candidate, edits: distance(text, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => isNear(text, candidate.toLowerCase(), edits))
    .sort((one, other) => one.edits - other.edits);
  const sameStart = near.find(({ candidate }) => haveSameStart(text, candidate.toLowerCase()));
  return (sameStart ?? near[0])?.candidate;
}

function isNear(text: string, candidate: string, edits: number): boolean {
  if (haveSameStart(text, candidate)) return true;
  const shortest = Math.min(text.length, candidate.length);
  return edits < shortest && edits <= Math.max(2, Math.floor(shortest / 3));
}

// `v5` means v5.4 and `v6.2.10` means v6, though the edits between them are many.
function haveSameStart(text: string, candidate: string): boolean {
  return text.length > 1 && (candidate.startsWith(text) || text.startsWith(candidate));
}
