import { type Attempt, blocked, type Duel, notRun, succeeded } from '../attack';
import { runIn } from './in-container';

const SOCKET = '/run/redis/redis.sock';
// How Redis says that its access rules decided: of a command, and of one inside a script.
const REFUSAL = /NOPERM|ACL failure|has no permissions|can't (run|access)/;
// DEBUG and MODULE are off for everybody, and scripts may not use CONFIG: that is said before the access rules are asked.
const OFF = /unknown (sub)?command|not allowed/i;

/** A command over the socket that the node has, as the user that the node is. */
export function redisCommand({ engine, from }: Duel, command: readonly string[]): Attempt {
  const written = command.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' ');
  return {
    id: written,
    description: `${written} over the node's socket`,
    run: async () => {
      const { code, output } = await runIn(
        engine,
        from.names.of('redis'),
        ['redis-cli', '-s', SOCKET, ...command],
        { timeoutSeconds: 4 },
      );
      if (code === 126 || code === 127 || output.includes('Could not connect'))
        return notRun(output.slice(0, 80));
      if (REFUSAL.test(output)) return blocked('Redis answered NOPERM');
      if (OFF.test(output)) return blocked('Redis offers no such command');
      return succeeded('Redis did it');
    },
  };
}
