import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The package as users get it: packed, installed and used outside of this repository. Needs npm's registry, or its cache.

const ROOT = join(__dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const FIXTURES = join(__dirname, 'package-consumer');
const MINUTES = 60_000;

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { devDependencies: versions } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as PackageJson;
const BINDINGS = {
  '@cdktf/provider-docker': versions['@cdktf/provider-docker'],
  '@cdktf/provider-vault': versions['@cdktf/provider-vault'],
};

let directory: string;
let packed: Packed;

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e8,
  });
}

/** A project that has the package, with what is given for cdktf. */
function consumer(name: string, manifest: Readonly<Record<string, unknown>>): string {
  const folder = join(directory, name);
  mkdirSync(folder);
  cpSync(FIXTURES, folder, { recursive: true });
  const { dependencies, ...rest } = manifest;
  const all = {
    ...BINDINGS,
    ...(dependencies as object),
    'nuts-saas': `file:${join(directory, packed.filename)}`,
  };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, private: true, ...rest, dependencies: all }),
  );
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
  return folder;
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'nuts-saas-package-'));
  // Beside `dist`, which somebody may be using.
  const source = join(directory, 'source');
  mkdirSync(source);
  for (const part of ['package.json', 'README.md', 'LICENSE', 'schemas', 'policies', 'toolchain'])
    cpSync(join(ROOT, part), join(source, part), { recursive: true });
  run(
    process.execPath,
    [
      TSC,
      '-p',
      'tsconfig.build.json',
      '--outDir',
      join(source, 'dist'),
      '--tsBuildInfoFile',
      join(source, 'dist/build.tsbuildinfo'),
    ],
    ROOT,
  );
  const [first] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], source),
  ) as Packed[];
  if (first === undefined) throw new Error('npm packed nothing');
  packed = first;
}, 3 * MINUTES);

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('what is in it', () => {
  const paths = () => packed.files.map(({ path }) => path);
  const outside = () => paths().filter((path) => !path.startsWith('dist/'));

  test('outside of dist: schemas, policies, and what the toolchain builds from', () => {
    const places = new Set(
      outside().map((path) => path.replace(/^(toolchain\/[^/]+|schemas|policies)\/.*$/, '$1')),
    );
    expect([...places].sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
      'policies',
      'schemas',
      'toolchain/go',
      'toolchain/images',
    ]);
  });

  test('in dist: JavaScript and types of the library, the stacks, the command line and the toolchain', () => {
    const built = paths().filter((path) => path.startsWith('dist/'));
    expect([...new Set(built.map((path) => path.split('/')[1]))].sort()).toEqual([
      'cli',
      'lib',
      'stacks',
      'toolchain',
    ]);
    expect(built.filter((path) => !/\.(js|d\.ts)$/.test(path))).toEqual([]);
    for (const path of [
      'dist/lib/index.js',
      'dist/lib/index.d.ts',
      'dist/lib/guardrails/index.js',
      'dist/lib/guardrails/index.d.ts',
      'dist/stacks/index.js',
      'dist/stacks/main.js',
      'dist/cli/main.js',
    ])
      expect(built).toContain(path);
  });

  test('nothing of the tests, no source, nothing that was left by running it', () => {
    expect(
      paths().filter((path) =>
        /test|tsbuildinfo|tfstate|\.nuts-saas|cdktf\.out|\.env|\.pem$|(?<!\.d)\.ts$/.test(path),
      ),
    ).toEqual([]);
  });
});

describe('with cdktf', () => {
  let folder: string;
  beforeAll(() => {
    folder = consumer('with-cdktf', {
      dependencies: { cdktf: versions.cdktf, constructs: versions.constructs },
    });
  }, 3 * MINUTES);

  test('an app of CommonJS synthesises', () => {
    expect(addresses(folder, 'app.cjs')).toContain('docker_container.acme_node_container_3DDEE83D');
  });

  test('the guardrails see an override, and nothing is written that could be applied', () => {
    const output = failing(() => run(process.execPath, ['app.cjs', 'privileged'], folder), 'stderr');
    expect(output).toContain('care/acme/node/container: it is privileged (privileged)');
  });

  test('an ES module can import it by name', () => {
    expect(addresses(folder, 'app.mjs')).toEqual(addresses(folder, 'app.cjs'));
  });

  test.each([
    ['node16', 'node16'],
    ['node20', 'node16'],
    ['esnext', 'bundler'],
  ])(
    'an app in TypeScript is checked, with modules of %s found as %s does',
    (module, moduleResolution) => {
      const options = ['--strict', '--noEmit', '--exactOptionalPropertyTypes', '--target', 'es2022'];
      run(
        process.execPath,
        [
          TSC,
          ...options,
          '--skipLibCheck',
          '--module',
          module,
          '--moduleResolution',
          moduleResolution,
          'app.ts',
        ],
        folder,
      );
    },
    MINUTES,
  );

  test(
    "the package's own types are right without skipLibCheck",
    () => {
      const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'node16'];
      const output = failing(() => run(process.execPath, [TSC, ...options, 'app.ts'], folder));
      // Others' types may have faults of their own; ours may not.
      expect(output.split('\n').filter((line) => /nuts-saas|^app\.ts|^error/.test(line))).toEqual([]);
    },
    MINUTES,
  );

  test('the command runs', () => {
    expect(run(join(folder, 'node_modules/.bin/nuts-saas'), ['--help'], folder)).toContain(
      'Runs a Nuts node for each of your customers.',
    );
  });
});

describe('with cdktn in the place of cdktf', () => {
  test(
    'the same app has the same addresses',
    () => {
      const folder = consumer('with-cdktn', {
        dependencies: { cdktf: 'npm:cdktn@0.24.0', constructs: '~10.7.0' },
        overrides: { cdktf: '$cdktf' },
      });
      const reference = join(directory, 'with-cdktf');
      expect(addresses(folder, 'app.cjs')).toEqual(addresses(reference, 'app.cjs'));
      const refused = failing(() => run(process.execPath, ['app.cjs', 'privileged'], folder), 'stderr');
      expect(refused).toContain('it is privileged (privileged)');
    },
    3 * MINUTES,
  );
});

/** The addresses of an app's stacks, as the app prints them. */
function addresses(folder: string, app: string): string[] {
  return run(process.execPath, [app], folder).trim().split('\n').sort();
}

/** What an action that fails has said; what it returns when it doesn't. */
function failing(action: () => string, stream: 'stdout' | 'stderr' = 'stdout'): string {
  try {
    return action();
  } catch (error) {
    return String((error as Readonly<Record<string, unknown>>)[stream]);
  }
}
