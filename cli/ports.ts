import { readFileSync } from 'node:fs';
import { PlatformNames } from '../lib/names';
import type { Project } from './project';
import { UserError } from './user-error';

interface Listener {
  readonly address: string;
  readonly port: number;
}

/** A port that the platform needs, and the key that chooses it. */
interface NeededPort extends Listener {
  readonly container: string;
  readonly key: string;
}

const LISTEN = '0A';
const ANY = '0.0.0.0';

/**
 * Finds out before anything is made whether somebody else listens where the platform wants to.
 *
 * @param running names of the platform's containers that run: they hold their own ports
 * @throws UserError that names the first port in use
 */
export function refuseTakenPorts(
  project: Project,
  running: ReadonlySet<string>,
  listeners = listening(),
): void {
  const taken = neededPorts(project)
    .filter(({ container }) => !running.has(container))
    .find((needed) => listeners.some((other) => meets(needed, other)));
  if (taken !== undefined)
    throw new UserError(
      `port ${taken.port} on ${taken.address} is in use by another program`,
      `stop it (ss -ltnp 'sport = :${taken.port}' names it), or change ${taken.key} in platform.yaml`,
    );
}

function neededPorts({ platform }: Project): NeededPort[] {
  const { proxy, vault, name } = platform;
  const names = new PlatformNames(name);
  const proxyContainer = names.of('proxy');
  return [
    {
      container: proxyContainer,
      address: proxy.address,
      port: proxy.httpsPort,
      key: 'proxy.httpsPort or proxy.address',
    },
    {
      container: proxyContainer,
      address: proxy.address,
      port: proxy.grpcPort,
      key: 'proxy.grpcPort or proxy.address',
    },
    { container: proxyContainer, address: '127.0.0.1', port: proxy.pingPort, key: 'proxy.pingPort' },
    ...(vault.kind === 'local'
      ? [{ container: names.of('vault'), address: '127.0.0.1', port: vault.port, key: 'vault.port' }]
      : []),
  ];
}

function meets(needed: Listener, other: Listener): boolean {
  const sameAddress = needed.address === other.address || needed.address === ANY || other.address === ANY;
  return needed.port === other.port && sameAddress;
}

/** What listens on this host, as Linux tells it; nothing elsewhere, where Docker itself will complain. */
function listening(): Listener[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    try {
      return parseSocketTable(readFileSync(table, 'utf8'));
    } catch {
      return [];
    }
  });
}

/** Reads /proc/net/tcp or tcp6: hexadecimal addresses, in the byte order of the machine. */
export function parseSocketTable(table: string): Listener[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3] === LISTEN)
    .map((columns) => {
      const [address = '', port = ''] = (columns[1] ?? '').split(':');
      return { address: readAddress(address), port: Number.parseInt(port, 16) };
    });
}

function readAddress(hex: string): string {
  if (/^0+$/.test(hex)) return ANY;
  const bytes = hex.slice(-8).match(/../g) ?? [];
  return bytes
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}
