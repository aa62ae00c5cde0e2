import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachePath, keyOf, produce, readRecord, temporaryName, writeRecord } from '../../toolchain/cache';
import { useTemporaryCache } from './temporary-cache';

useTemporaryCache();

test('a relative XDG_CACHE_HOME is ignored, as the specification wants', () => {
  const before = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = 'some/where';
  expect(cachePath('x')).toMatch(/^\/.*\.cache\/nuts-saas\/x$/);
  process.env.XDG_CACHE_HOME = before ?? '';
});

test('a key depends on each ingredient and on where one ends', () => {
  expect(keyOf('ab', 'c')).toBe(keyOf('ab', 'c'));
  expect(keyOf('ab', 'c')).not.toBe(keyOf('a', 'bc'));
});

describe('produce', () => {
  test('a result appears whole, and is made once', async () => {
    const path = cachePath('once', 'file');
    let made = 0;
    const make = async (temporary: string) => {
      made++;
      await writeFile(temporary, 'half');
      expect(existsSync(path)).toBe(false);
      await writeFile(temporary, 'whole');
    };
    await produce(path, make);
    await produce(path, make);
    expect([made, readFileSync(path, 'utf8')]).toEqual([1, 'whole']);
  });

  test('a failure leaves nothing behind', async () => {
    const path = cachePath('failure', 'file');
    const failing = produce(path, async (temporary) => {
      await writeFile(temporary, 'half');
      throw new Error('the disk is full');
    });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  test('two runs at once both end with the whole folder', async () => {
    const path = cachePath('race', 'folder');
    const make = async (temporary: string) => {
      await mkdir(temporary);
      await writeFile(join(temporary, 'a'), 'a');
      await writeFile(join(temporary, 'b'), 'b');
    };
    await Promise.all([produce(path, make), produce(path, make)]);
    expect(readdirSync(path)).toEqual(['a', 'b']);
    expect(readdirSync(dirname(path))).toEqual(['folder']);
  });

  test('what an interrupted run left behind is removed, another run’s work is not', async () => {
    const folder = cachePath('sweep');
    await mkdir(folder, { recursive: true });
    // No process has this id: it is above the largest that Linux gives out.
    const [dead, young] = ['x.99999999-abcdef.tmp', 'y.99999999-abcdef.tmp'].map((name) =>
      join(folder, name),
    );
    const running = temporaryName(join(folder, 'z'));
    for (const path of [dead, young, running]) await writeFile(path ?? '', '');
    const longAgo = new Date(Date.now() - 7_200_000);
    await utimes(dead ?? '', longAgo, longAgo);
    await utimes(running, longAgo, longAgo);
    await produce(join(folder, 'file'), (temporary) => writeFile(temporary, ''));
    expect([dead, young, running].map((path) => existsSync(path ?? ''))).toEqual([false, true, true]);
  });
});

test('a record is read back; a damaged one counts as absent', async () => {
  const path = cachePath('records', 'one.json');
  expect(readRecord(path)).toBeUndefined();
  await writeRecord(path, { a: 1 });
  expect(readRecord(path)).toEqual({ a: 1 });
  await writeFile(path, '{"a":');
  expect(readRecord(path)).toBeUndefined();
});
