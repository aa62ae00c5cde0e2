import {
  isUnreachable,
  obtainImage,
  validDecision,
  type ImageActions,
  type ImageDecision,
} from '../../toolchain/image-decision';

const WANTED = 'redis:7.2';
const BUILT = 'nuts-saas.local/redis:7.0.15';

const archiveFor = (key: string): string => `${key}.tar`;

/** An engine with these images, and a registry that may answer. */
function engine(settings: { images?: string[]; archives?: string[]; online?: boolean }) {
  const { images = [], archives = [], online = true } = settings;
  const done: string[] = [];
  const act = <T>(what: string, result: T): Promise<T> => {
    done.push(what);
    return Promise.resolve(result);
  };
  const actions: ImageActions = {
    isPresent: (reference) => Promise.resolve(images.includes(reference)),
    hasArchive: (archive) => archives.includes(archive),
    load: (archive) => act(`load ${archive}`, undefined),
    pull: (reference) => act(`pull ${reference}`, { ok: online, output: '', reason: 'no such host' }),
    build: () => act('build', BUILT),
    save: (reference) => act(`save ${reference}`, undefined),
  };
  const obtain = (decided?: ImageDecision) =>
    obtainImage({ wanted: WANTED, key: 'k1', decided, archiveFor }, actions);
  return { done, obtain };
}

const pulledBefore = (): ImageDecision => ({
  wanted: WANTED,
  reference: WANTED,
  archive: archiveFor(WANTED),
});
const builtBefore = (): ImageDecision => ({
  wanted: WANTED,
  reference: BUILT,
  archive: archiveFor('k1'),
  built: { key: 'k1', reason: 'no such host' },
});

test('the first time, an image is pulled and saved', async () => {
  const { done, obtain } = engine({});
  expect(await obtain()).toEqual(pulledBefore());
  expect(done).toEqual([`pull ${WANTED}`, `save ${WANTED}`]);
});

test('where the registry can’t be reached, it is built and saved', async () => {
  const { done, obtain } = engine({ online: false });
  expect(await obtain()).toEqual(builtBefore());
  expect(done).toEqual([`pull ${WANTED}`, 'build', `save ${BUILT}`]);
});

test('one that the engine already has is used, also without a network', async () => {
  const { done, obtain } = engine({ images: [WANTED], online: false });
  expect(await obtain()).toEqual(pulledBefore());
  expect(done).toEqual([`save ${WANTED}`]);
});

test('a decision holds: another engine gets the archive, without a network', async () => {
  for (const decision of [pulledBefore(), builtBefore()]) {
    const { done, obtain } = engine({ archives: [decision.archive], online: false });
    expect(await obtain(decision)).toBe(decision);
    expect(done).toEqual([`load ${decision.archive}`]);
  }
});

test('an engine that has the decided image needs nothing', async () => {
  const { done, obtain } = engine({ images: [BUILT] });
  const decision = builtBefore();
  expect(await obtain(decision)).toBe(decision);
  expect(done).toEqual([]);
});

test('a decision whose image and archive are both gone is taken again', async () => {
  const { done, obtain } = engine({});
  expect(await obtain(builtBefore())).toEqual(pulledBefore());
  expect(done).toEqual([`pull ${WANTED}`, `save ${WANTED}`]);
});

test('a decision is valid for what it was taken about', () => {
  expect(validDecision(builtBefore(), WANTED, 'k1')).toEqual(builtBefore());
  expect(validDecision(builtBefore(), WANTED, 'k2')).toBeUndefined();
  expect(validDecision(builtBefore(), 'redis:8', 'k1')).toBeUndefined();
  expect(validDecision(pulledBefore(), WANTED, 'k2')).toEqual(pulledBefore());
  expect(validDecision({ wanted: WANTED }, WANTED, 'k1')).toBeUndefined();
  expect(validDecision(undefined, WANTED, 'k1')).toBeUndefined();
});

test.each([
  ['dial tcp: lookup registry-1.docker.io: no such host', true],
  ['net/http: request canceled (Client.Timeout exceeded while awaiting headers)', true],
  ['manifest for redis:7.2 not found: manifest unknown', false],
  ['toomanyrequests: You have reached your pull rate limit', false],
])('%p means that the registry is out of reach: %p', (reason, expected) => {
  expect(isUnreachable(reason)).toBe(expected);
});
