/** The first version number in a program's output, as `1.2.3`. */
export function parseVersion(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
}

/** Whether a version is at least another; `1.11` and `1.11.0` are the same. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [actual, wanted] = [numbers(version), numbers(minimum)];
  for (let place = 0; place < 3; place++) {
    const difference = (actual[place] ?? 0) - (wanted[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbers(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}
