import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ACME,
  BETA,
  GIVEN_SQL,
  POSTGRES,
  PRODUCTION,
  SHARED_REDIS,
  SHARING,
  SHIPPED_PLATFORM,
  synthesise,
  V5_4,
} from './support/configurations';
import type { StackJson } from './support/stack-json';

// The address of a resource is its identity in the state of everybody who runs this: under another address Terraform destroys what
// there is, data and keys included, and makes it anew. So they are written down, and change only on purpose.

const FILE = join(__dirname, 'addresses.txt');
const UPDATE = 'UPDATE_ADDRESSES=1 npx jest --selectProjects contract --testPathPatterns addresses';

function addresses(stack: StackJson, title = stack.name): string[] {
  return [...stack.resources(), ...stack.dataSources()]
    .map(({ address, path }) => `${title}  ${address}  ${path}`)
    .sort();
}

function current(): string[] {
  const development = synthesise(SHIPPED_PLATFORM, [ACME, BETA, V5_4, POSTGRES, GIVEN_SQL]);
  const sharing = synthesise(SHARING, [SHARED_REDIS]).filter(({ name }) => name !== 'vault');
  const production = synthesise(PRODUCTION, []);
  return [
    ...development.flatMap((stack) => addresses(stack)),
    ...sharing.flatMap((stack) => addresses(stack, `sharing:${stack.name}`)),
    ...production.flatMap((stack) => addresses(stack, `production:${stack.name}`)),
  ];
}

function explain(removed: readonly string[], added: readonly string[]): string {
  return [
    'Terraform addresses changed.',
    ...removed.map((line) => `  - ${line}`),
    ...added.map((line) => `  + ${line}`),
    ...(removed.length > 0
      ? [
          'What is gone would be DESTROYED in every existing installation. If it was renamed or put elsewhere in the construct tree,',
          'leave a move behind: newResource.moveFromId("<type>.<old id>") in the construct, for as long as installations may have it.',
        ]
      : []),
    `If this is wanted, write the new list with: ${UPDATE}`,
  ].join('\n');
}

test('every resource keeps its address', () => {
  const now = current();
  if (process.env.UPDATE_ADDRESSES === '1') writeFileSync(FILE, `${now.join('\n')}\n`);
  const before = readFileSync(FILE, 'utf8').trim().split('\n');
  const removed = before.filter((line) => !now.includes(line));
  const added = now.filter((line) => !before.includes(line));
  if (removed.length + added.length > 0) throw new Error(explain(removed, added));
  expect(new Set(now).size).toBe(now.length);
});

test('a rename is reported with what it would do and how to move', () => {
  const message = explain(
    ['tenant-acme  docker_volume.old  acme/old'],
    ['tenant-acme  docker_volume.new  acme/new'],
  );
  expect(message).toContain('- tenant-acme  docker_volume.old  acme/old');
  expect(message).toContain('DESTROYED');
  expect(message).toContain('moveFromId');
  expect(message).toContain('UPDATE_ADDRESSES=1');
  expect(explain([], ['platform  docker_volume.new  new'])).not.toContain('DESTROYED');
});
