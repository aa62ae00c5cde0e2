import { execFileSync } from 'node:child_process';
import { docker } from './platform';

function asRoot(volume: string, command: string, input?: string): string {
  const image = docker('inspect', 'nuts-acme-redis', '--format', '{{.Config.Image}}');
  return execFileSync(
    'docker',
    [
      ...['run', '--rm', '--interactive', '--network', 'none', '--user', '0', '--entrypoint', 'sh'],
      ...['--volume', `${volume}:/v`, image, '-c', command],
    ],
    { encoding: 'utf8', input: input ?? '' },
  );
}

/** Changes a file in a volume behind everybody's back, and says how to undo it. The containers that mount the volume see it at once. */
export function editInVolume(volume: string, file: string, change: (content: string) => string): () => void {
  const before = asRoot(volume, `cat /v/${file}`);
  const after = change(before);
  if (after === before) throw new Error(`the edit changes nothing in ${file} of ${volume}`);
  // In place: mode and owner stay.
  const write = (content: string) => asRoot(volume, `cat > /v/${file}`, content);
  write(after);
  return () => void write(before);
}
