import { beforeEach, expect, test, vi } from 'vitest';
import { later, seconds } from '../../kernel/time.ts';
import type { OpenSession } from './openSession.ts';
import { openSession } from './openSession.ts';
import type { SavedSession } from './savedSessions.ts';
import { forgetSession, loadSession, saveSession } from './savedSessions.ts';

const kept = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb', () => ({
  openDB: async () => ({
    put: async (_: string, value: unknown, key: string) => kept.set(key, structuredClone(value)),
    get: async (_: string, key: string) => kept.get(key),
    delete: async (_: string, key: string) => kept.delete(key),
  }),
}));

const what = { kind: 'sandbox', brokers: 1 } as const;
const open = async (isFresh = false): Promise<OpenSession> =>
  (await openSession(what, isFresh ? await forgetSession(what) : await loadSession(what)))!;

/** A learner has come, typed a line, and looked on for two seconds. */
async function visited(): Promise<{ readonly session: OpenSession; readonly saved: SavedSession }> {
  const session = await open();
  const { timeline, firstProcess, startedAt, progress } = session;
  timeline.act({ kind: 'typed', terminal: 'admin', line: 'pwd' });
  timeline.advance({ until: later(timeline.now, seconds(2)) });
  const saved = {
    what,
    session: timeline.toSession(),
    nextFact: timeline.nextFact,
    firstProcess,
    startedAt,
    progress: { ...progress, step: 2 },
    bookmarks: [timeline.now],
    isPlaying: false,
    shown: session.shown,
    hasUndone: false,
    keys: [],
  };
  return { session, saved };
}

beforeEach(() => kept.clear());

test('a kept session is played again to where it was', async () => {
  const { session, saved } = await visited();
  await saveSession(saved);
  const again = await open();
  expect(again.wasBroken).toBe(false);
  expect(again.timeline.position).toEqual(session.timeline.position);
  expect(again.timeline.nextFact).toBe(saved.nextFact);
  expect(again.progress.step).toBe(2);
  expect(again.bookmarks).toEqual(saved.bookmarks);
  expect(again.isPlaying).toBe(false);
});

test('to begin afresh forgets it', async () => {
  const { saved } = await visited();
  await saveSession(saved);
  const fresh = await open(true);
  expect(fresh.wasBroken).toBe(false);
  expect(fresh.progress.step).toBe(0);
});

test('a replay that ends with other facts is broken: a new session begins, and says so', async () => {
  const { saved } = await visited();
  await saveSession({ ...saved, nextFact: saved.nextFact + 1 });
  const fresh = await open();
  expect(fresh.wasBroken).toBe(true);
  expect(fresh.timeline.now).toBe(fresh.startedAt);
  expect(fresh.progress.step).toBe(0);
});

test('a present whose events never come is broken, and is not waited for', async () => {
  const { saved } = await visited();
  const present = { ...saved.session.present, eventCount: Number.MAX_SAFE_INTEGER };
  await saveSession({ ...saved, session: { ...saved.session, present } });
  expect((await open()).wasBroken).toBe(true);
});

test('a record that cannot be read is broken', async () => {
  kept.set('sandbox/1', { what, session: 'none' });
  expect((await open()).wasBroken).toBe(true);
});
