import {
  API_METHODS,
  type ApiMethod,
  ordinaryPaths,
} from '../../../../lib/tenant/node-config/api-operations';
import { releaseProfile } from '../../../../lib/tenant/node-config/environment';
import { RELEASES } from '../../../../lib/tenant/node-config/node-settings';

const operations = RELEASES.flatMap((release) => {
  const all = releaseProfile(release).operations;
  return Object.entries(all).map(([operation, role]) => {
    const [method, path] = operation.split(' ') as [ApiMethod, string];
    return { release, all, method, path, role };
  });
});

const isOrdinary = (all: (typeof operations)[number]['all'], method: ApiMethod, path: string) =>
  new RegExp(ordinaryPaths(all, method) ?? '$^').test(path);

test('there are operations of both releases and both roles', () => {
  for (const release of RELEASES)
    for (const role of ['ordinary', 'administrative'])
      expect(
        operations.filter((operation) => operation.release === release && operation.role === role).length,
      ).toBeGreaterThan(15);
});

test.each(operations)('$release $method $path is taken for $role', ({ all, method, path, role }) => {
  expect(isOrdinary(all, method, path.replaceAll(/\{\w+\}/g, 'did%3Aweb%3Acare.nl'))).toBe(
    role === 'ordinary',
  );
});

test('where a parameter is called like a part of another path, the node reads the ordinary operation, too', () => {
  const words = operations.flatMap(({ path }) => path.split('/')).filter((word) => /^\w/.test(word));
  const ambiguous = operations
    .filter(({ role }) => role === 'administrative')
    .flatMap(({ all, method, path }) =>
      words
        .map((word) => path.replaceAll(/\{\w+\}/g, word))
        .filter((written) => isOrdinary(all, method, written))
        .map((written) => `${method} ${written}`),
    );
  // Its router prefers what is written out: this asks for a DPoP proof with the key `request-credential`.
  expect([...new Set(ambiguous)]).toEqual(['POST /internal/auth/v2/dpop/request-credential']);
});

test.each(API_METHODS)('%s of what no release knows is not ordinary', (method) => {
  for (const release of RELEASES)
    for (const path of [
      '/internal/',
      '/internal/new/v1',
      '/internal/vdr/v3/subject',
      '/internal/vdr/v2/subject/a/b/c/d',
    ])
      expect(isOrdinary(releaseProfile(release).operations, method, path)).toBe(false);
});
