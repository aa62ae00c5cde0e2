/** A mistake that the user can mend: shown without a stack trace, with exit code 2. */
export class UserError extends Error {
  constructor(
    what: string,
    readonly remedy: string,
  ) {
    super(`${what}\n  → ${remedy}`);
  }
}
