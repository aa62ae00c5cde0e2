/** A problem with the machine that its user can solve. */
export class ToolchainError extends Error {
  readonly what: string;
  readonly why: string;
  readonly remedy: string;

  constructor(problem: { what: string; why: string; remedy: string }) {
    super(`${problem.what}\n${indent(problem.why)}\nWhat to do: ${problem.remedy}`);
    this.name = 'ToolchainError';
    this.what = problem.what;
    this.why = problem.why;
    this.remedy = problem.remedy;
  }
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
