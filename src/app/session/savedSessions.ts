/** Sessions kept in the browser, so that a reload or a crash of the tab loses nothing. What is read back is checked. */
import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import * as v from 'valibot';
import type { Session } from '../../kernel/session.ts';
import { sessionSchema } from '../../kernel/session.ts';
import type { ShownTerminals } from '../terminals/shownTerminals.ts';
import type { What } from './what.ts';
import { keyOf, whatSchema } from './what.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const progressSchema = v.object({
  step: count,
  /** Choice by question. */
  answers: v.record(v.string(), v.string()),
  /** The choice that a hidden branch has proven, by question. */
  proven: v.record(v.string(), v.string()),
  /** Tasks met at some time. */
  met: v.array(v.string()),
  hasTravelled: v.boolean(),
  /** Time ran on after that. */
  hasGoneOn: v.optional(v.boolean(), false),
  /** When the learner came to the present page, in virtual microseconds; null: with the lesson. */
  began: v.optional(v.nullable(v.object({ at: count, hasTravelled: v.boolean() })), null),
});
export type LessonProgress = v.InferOutput<typeof progressSchema>;
export const noProgress: LessonProgress = {
  step: 0,
  answers: {},
  proven: {},
  met: [],
  hasTravelled: false,
  hasGoneOn: false,
  began: null,
};

const shownSchema = v.object({
  places: v.tuple([v.nullable(v.string()), v.nullable(v.string())]),
  isSplit: v.boolean(),
  activePlace: v.picklist([0, 1]),
});

const savedSchema = v.object({
  what: whatSchema,
  session: sessionSchema,
  /** That of the present: a replay that comes to another one is not this session's. */
  nextFact: count,
  firstProcess: count,
  /** Virtual microseconds at which the learner came. */
  startedAt: count,
  progress: progressSchema,
  bookmarks: v.array(count),
  /** Sessions kept before these were do not have them. */
  isPlaying: v.optional(v.boolean(), true),
  shown: v.optional(v.nullable(shownSchema), null),
  hasUndone: v.optional(v.boolean(), false),
  /** In the order of their marks. */
  keys: v.optional(v.array(v.string()), []),
});
export interface SavedSession {
  readonly what: What;
  readonly session: Session;
  readonly nextFact: number;
  readonly firstProcess: number;
  readonly startedAt: number;
  readonly progress: LessonProgress;
  readonly bookmarks: readonly number[];
  /** Time was running. */
  readonly isPlaying: boolean;
  /** Which terminals were in sight; null: as the lesson has them. */
  readonly shown: ShownTerminals | null;
  /** What comes next was undone. */
  readonly hasUndone: boolean;
  /** In the order of their marks. */
  readonly keys: readonly string[];
}

interface Schema extends DBSchema {
  readonly sessions: { readonly key: string; readonly value: unknown };
}

let database: Promise<IDBPDatabase<Schema>> | null = null;
function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>('vive-le-log', 1, {
    upgrade: (db) => {
      db.createObjectStore('sessions');
    },
  });
  return database;
}

export async function saveSession(saved: SavedSession): Promise<void> {
  try {
    await (await open()).put('sessions', saved, keyOf(saved.what));
  } catch {
    // A browser may refuse storage (private window, disk full): the lesson goes on without being kept.
  }
}

/** `broken`: something is kept that cannot be read any more. */
export type KeptSession =
  | { readonly kind: 'found'; readonly saved: SavedSession }
  | { readonly kind: 'none' | 'broken' };

export async function loadSession(what: What): Promise<KeptSession> {
  const left = takeLeft(what);
  if (left !== null) {
    void saveSession(left);
    return { kind: 'found', saved: left };
  }
  try {
    const kept: unknown = await (await open()).get('sessions', keyOf(what));
    if (kept === undefined) return { kind: 'none' };
    const checked = v.safeParse(savedSchema, kept);
    return checked.success ? { kind: 'found', saved: checked.output } : { kind: 'broken' };
  } catch {
    return { kind: 'none' };
  }
}

/** A page that goes away waits for no database: what it leaves is kept here, at once, until it comes again. */
const leftItem = 'vive-le-log.left';

export function leaveSession(saved: SavedSession): void {
  try {
    localStorage.setItem(leftItem, JSON.stringify(saved));
  } catch {
    // See `saveSession`; too long for this place, it was saved a few seconds ago.
  }
}

/** The page did not go after all: what it left is older than what will be saved. */
export function forgetLeft(): void {
  try {
    localStorage.removeItem(leftItem);
  } catch {
    // See `saveSession`.
  }
}

/** What was left of this very session, taken away; null when there is nothing, or nothing that can be read. */
function takeLeft(what: What): SavedSession | null {
  try {
    const checked = v.safeParse(savedSchema, JSON.parse(localStorage.getItem(leftItem) ?? 'null'));
    if (!checked.success || keyOf(checked.output.what) !== keyOf(what)) return null;
    localStorage.removeItem(leftItem);
    return checked.output;
  } catch {
    return null;
  }
}

/** Nothing is kept of it from now on. */
export async function forgetSession(what: What): Promise<KeptSession> {
  takeLeft(what);
  try {
    await (await open()).delete('sessions', keyOf(what));
  } catch {
    // See `saveSession`.
  }
  return { kind: 'none' };
}
