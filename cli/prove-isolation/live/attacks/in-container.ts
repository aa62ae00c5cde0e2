import type { Engine } from '../../../engine';
import { blocked, notRun, succeeded, type Verdict } from '../attack';

// What Docker itself says when a command could not even be started.
const NOT_STARTED = /^(Error response from daemon|Error: No such container|OCI runtime exec failed)/m;

// On a busy host a command takes long to start, and one that was cut off is no answer.
const PATIENCE_SECONDS = 60;

/**
 * Runs a command in a container.
 *
 * @throws when it could not be started, which is no answer of what was attacked
 */
export async function runIn(
  engine: Engine,
  container: string,
  command: readonly string[],
  options: Parameters<Engine['exec']>[2] = {},
): ReturnType<Engine['exec']> {
  const outcome = await engine.exec(container, command, { timeoutSeconds: PATIENCE_SECONDS, ...options });
  const failure = outcome.ok ? undefined : NOT_STARTED.exec(outcome.output);
  if (failure) throw new Error(`nothing can be run in ${container}: ${outcome.output.slice(0, 100)}`);
  return outcome;
}

export interface Target {
  readonly address: string;
  readonly port: number;
}

const REFUSED = 7;
const NO_ANSWER = 28;
const SECONDS = 2;
// curl takes memory of the attacked tenant's own container.
const AT_ONCE = 6;

/** Tries TCP connections from inside a container whose image has curl; what it gives back says how each of them ended. */
export async function connect(
  engine: Engine,
  container: string,
  targets: readonly Target[],
): Promise<(target: Target) => Verdict> {
  const script = `
n=0
for url in "$@"; do
  (curl -sS -o /dev/null --max-time ${SECONDS} "http://$url/" 2>/dev/null; echo "$url $?") &
  n=$((n + 1))
  [ $((n % ${AT_ONCE})) -ne 0 ] || wait
done
wait`;
  const written = ({ address, port }: Target) => `${address}:${port}`;
  const urls = targets.map(written);
  const { output } = await runIn(engine, container, ['sh', '-c', script, 'connect', ...urls], {
    timeoutSeconds: PATIENCE_SECONDS + SECONDS * Math.ceil(urls.length / AT_ONCE),
  });
  const codes = new Map(
    output.split('\n').map((line): [string, number] => {
      const [url = '', code] = line.split(' ');
      return [url, Number(code)];
    }),
  );
  return (target) => connection(written(target), codes.get(written(target)));
}

function connection(url: string, code: number | undefined): Verdict {
  if (code === undefined || Number.isNaN(code) || code === 126 || code === 127)
    return notRun(`curl could not be started for ${url}`);
  if (code === REFUSED) return blocked(`${url}: no connection`);
  if (code === NO_ANSWER) return blocked(`${url}: no answer within ${SECONDS} s`);
  return succeeded(`${url}: connected (curl ended with ${code})`);
}

/** A promise that is begun when it is first asked for, and shared by all who ask. */
export function once<T>(begin: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => (running ??= begin());
}
