import { ask, hasProgram, run } from '../../toolchain/command';
import { ToolchainError } from '../../toolchain/toolchain-error';

const node = (script: string): [string, string[]] => [process.execPath, ['-e', script]];

test('an answer is the output, and a failure has its reason', async () => {
  expect(await ask(...node('console.log(" 1.2 ")'))).toEqual({ ok: true, output: '1.2', reason: '' });
  const failed = await ask(...node('console.error("no engine"); process.exit(3)'));
  expect(failed).toMatchObject({ ok: false, reason: 'no engine' });
});

test('a program that is absent or hangs is an answer too', async () => {
  expect((await ask('no-such-program', [])).reason).toContain('ENOENT');
  expect((await ask(...node('setTimeout(() => 0, 60000)'), { timeout: 100 })).ok).toBe(false);
});

test('a long command shows its lines', async () => {
  const lines: string[] = [];
  const progress = { line: (text: string) => lines.push(text) };
  await run(...node('console.log("one"); console.error("  two"); console.log("")'), {
    what: '',
    remedy: '',
    progress,
  });
  expect(lines.sort()).toEqual(['one', 'two']);
});

test('its failure tells what was run, how it ended and what to do', async () => {
  const script = 'for (let i = 0; i < 50; i++) console.log("line", i); process.exit(2)';
  const options = {
    what: "Can't build vault.",
    remedy: 'run this again.',
    progress: { line: () => undefined },
  };
  const error: unknown = await run(...node(script), options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ToolchainError);
  const { message } = error as ToolchainError;
  expect(message).toMatch(/^Can't build vault\.\n {2}This was run: \S+ -e /);
  expect(message).toContain('exit code 2');
  expect(message).toContain('line 49');
  expect(message).not.toContain('line 30');
  expect(message).toMatch(/\nWhat to do: run this again\.$/);
});

test('a program is looked up on PATH', () => {
  expect(hasProgram('sh')).toBe(true);
  expect(hasProgram('no-such-program')).toBe(false);
});
