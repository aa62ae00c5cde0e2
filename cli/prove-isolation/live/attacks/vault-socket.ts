import type { Engine } from '../../../engine';
import type { Party } from '../party';
import { runIn } from './in-container';

const SOCKET = '/run/vault/vault.sock';

export interface VaultAnswer {
  /** 0 when nobody answered. */
  readonly status: number;
  readonly body: string;
}

/** A call of Vault over the socket of a tenant's node, by whoever has taken the node over. */
export async function callVault(
  engine: Engine,
  { names }: Party,
  method: string,
  path: string,
  { body = '{}', headers = [] }: { body?: string; headers?: readonly string[] } = {},
): Promise<VaultAnswer> {
  const { ok, output } = await runIn(
    engine,
    names.of('node'),
    [
      ...['curl', '-sS', '--path-as-is', '--location', '--max-time', '30', '--unix-socket', SOCKET],
      ...['-X', method, '-w', '\n%{http_code}'],
      ...(method === 'PUT' ? ['--data-binary', '@-'] : []),
      ...headers.flatMap((header) => ['-H', header]),
      `http://vault/v1/${path}`,
    ],
    method === 'PUT' ? { input: body } : {},
  );
  if (!ok) return { status: 0, body: output };
  const end = output.lastIndexOf('\n');
  return { status: Number(output.slice(end + 1)), body: output.slice(0, Math.max(end, 0)) };
}
