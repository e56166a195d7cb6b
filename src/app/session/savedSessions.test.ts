import { beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../kernel/session.ts';
import type { SavedSession } from './savedSessions.ts';
import { forgetLeft, forgetSession, leaveSession, loadSession, noProgress, saveSession } from './savedSessions.ts';

const kept = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb', () => ({
  openDB: async () => ({
    put: async (_: string, value: unknown, key: string) => kept.set(key, structuredClone(value)),
    get: async (_: string, key: string) => kept.get(key),
    delete: async (_: string, key: string) => kept.delete(key),
  }),
}));

const what = { kind: 'lesson', id: 'tp-topic' } as const;
const session: Session = {
  version: 1,
  setup: what,
  seed: 7,
  branches: [
    {
      id: 1,
      parent: null,
      forkedAtEvent: 0,
      inheritedInputs: 0,
      inputs: [],
      end: { eventCount: 0, inputCount: 0, at: 0 as Session['present']['at'] },
    },
  ],
  current: 1,
  present: { eventCount: 0, inputCount: 0, at: 0 as Session['present']['at'] },
};
const saved: SavedSession = {
  what,
  session,
  nextFact: 0,
  firstProcess: 3,
  startedAt: 20,
  progress: noProgress,
  bookmarks: [25],
  isPlaying: false,
  shown: { places: ['admin', null], isSplit: false, activePlace: 0 },
  hasUndone: false,
  keys: ['Alice', 'Bob'],
};

const items = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => items.set(key, value),
  removeItem: (key: string) => items.delete(key),
});

beforeEach(() => {
  kept.clear();
  items.clear();
});

test('a session is read back as it was saved', async () => {
  await saveSession(saved);
  expect(await loadSession(what)).toEqual({ kind: 'found', saved });
});

test('another lesson has none, nor has this one when it is forgotten', async () => {
  await saveSession(saved);
  expect(await loadSession({ kind: 'lesson', id: 'tp-produire' })).toEqual({ kind: 'none' });
  await forgetSession(what);
  expect(await loadSession(what)).toEqual({ kind: 'none' });
});

test.each([
  ['a process that is no count', { firstProcess: -1 }],
  ['half a microsecond', { startedAt: 0.5 }],
  ['a bookmark beyond all numbers', { bookmarks: [Number.MAX_SAFE_INTEGER + 1] }],
  ['another version of sessions', { session: { ...session, version: 0 } }],
])('what has %s is broken', async (_, change) => {
  kept.set('lesson/tp-topic', { ...saved, ...change });
  expect(await loadSession(what)).toEqual({ kind: 'broken' });
});

test('what a page left when it went is newer than what was saved, and is had once', async () => {
  await saveSession(saved);
  const later = { ...saved, startedAt: 21 };
  leaveSession(later);

  expect(await loadSession({ kind: 'lesson', id: 'tp-produire' })).toEqual({ kind: 'none' });
  expect(await loadSession(what)).toEqual({ kind: 'found', saved: later });
  await saveSession(saved);
  expect(await loadSession(what)).toEqual({ kind: 'found', saved });
});

test('what was left is void when the page stays, or when the session is forgotten', async () => {
  leaveSession(saved);
  forgetLeft();
  expect(await loadSession(what)).toEqual({ kind: 'none' });
  leaveSession(saved);
  await forgetSession(what);
  expect(await loadSession(what)).toEqual({ kind: 'none' });
});
