import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs', 'decisions')).map((page) => `docs/decisions/${page}`),
];
const text = (page: string) => readFileSync(join(ROOT, page), 'utf8');

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    const targets = [...text(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)));
    expect(missing).toEqual([]);
  });
});

describe('the example of the README', () => {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(text('README.md')) ?? [];
  // Inside the project, so that the package finds itself by its own name, as a consumer would.
  let directory: string;

  beforeAll(() => {
    const parent = join(ROOT, 'cdktf.out');
    mkdirSync(parent, { recursive: true });
    directory = mkdtempSync(join(parent, 'readme-'));
    writeFileSync(join(directory, 'main.ts'), example);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('has about the promised length', () => {
    expect(example.split('\n').length).toBeLessThanOrEqual(18);
  });

  it('compiles, strictly', () => {
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'node20',
      '--skipLibCheck',
      '--types',
      'node',
      '--ignoreConfig',
    ];
    const result = compile([...options, join(directory, 'main.ts')]);
    expect(result).toBe('');
  }, 120_000);

  it('synthesises the tenant that it describes', () => {
    execFileSync('npx', ['tsx', 'main.ts'], { cwd: directory, stdio: 'pipe' });
    const file = join(directory, 'cdktf.out', 'stacks', 'nuts', 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(file, 'utf8')) as {
      resource: Record<string, Record<string, { name?: string }>>;
    };
    const containers = Object.values(stack.resource.docker_container ?? {}).map(({ name }) => name);
    expect(containers).toEqual(
      expect.arrayContaining([
        'nuts-acme-node',
        'nuts-acme-redis',
        'nuts-acme-vault-proxy',
        'nuts-platform-proxy',
      ]),
    );
  }, 120_000);
});

function compile(options: readonly string[]): string {
  try {
    execFileSync('npx', ['tsc', ...options], { cwd: ROOT, stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout: Buffer }).stdout);
  }
}
