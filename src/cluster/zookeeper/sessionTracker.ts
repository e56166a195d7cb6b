/**
 * Which sessions live, and when each is given up: expiry goes by buckets of one tick, (last heard + timeout) rounded up to the next one.
 *
 * Follows `org.apache.zookeeper.server.SessionTrackerImpl` and `ExpiryQueue#roundToNextInterval` (3.8.4).
 */
import type { SessionId } from '../protocol/zookeeper.ts';

export interface TrackedSession {
  readonly timeoutMs: number;
  /** The end of its bucket, on the server's clock. */
  readonly expiresAtMs: number;
}
export interface SessionTracker {
  /** Width of a bucket. */
  readonly tickTimeMs: number;
  readonly sessions: ReadonlyMap<SessionId, TrackedSession>;
}

export const newTracker = (tickTimeMs: number): SessionTracker => ({ tickTimeMs, sessions: new Map() });

const roundToNextInterval = (timeMs: number, intervalMs: number): number =>
  (Math.floor(timeMs / intervalMs) + 1) * intervalMs;

/** Begins to track a session, or gives it its full timeout again. */
export const trackSession = (
  tracker: SessionTracker,
  session: SessionId,
  timeoutMs: number,
  nowMs: number,
): SessionTracker => {
  const expiresAtMs = roundToNextInterval(nowMs + timeoutMs, tracker.tickTimeMs);
  const tracked = tracker.sessions.get(session);
  if (tracked?.expiresAtMs === expiresAtMs && tracked.timeoutMs === timeoutMs) return tracker;
  return { ...tracker, sessions: new Map(tracker.sessions).set(session, { timeoutMs, expiresAtMs }) };
};

/** The client was heard. A session that is not tracked stays so. */
export function touchSession(tracker: SessionTracker, session: SessionId, nowMs: number): SessionTracker {
  const tracked = tracker.sessions.get(session);
  return tracked === undefined ? tracker : trackSession(tracker, session, tracked.timeoutMs, nowMs);
}

export function forgetSession(tracker: SessionTracker, session: SessionId): SessionTracker {
  const sessions = new Map(tracker.sessions);
  sessions.delete(session);
  return { ...tracker, sessions };
}

/** Those whose bucket has ended. */
export const expiredSessions = ({ sessions }: SessionTracker, nowMs: number): readonly SessionId[] =>
  [...sessions].filter(([, { expiresAtMs }]) => expiresAtMs <= nowMs).map(([session]) => session);

/** When the next bucket with a session ends; null without sessions. */
export function nextExpiryMs({ sessions }: SessionTracker): number | null {
  let next: number | null = null;
  for (const { expiresAtMs } of sessions.values()) next = next === null ? expiresAtMs : Math.min(next, expiresAtMs);
  return next;
}

/** Next id that a server gives out: its number in the highest byte, 40 bits of the clock at its start, 16 bits that count. */
export interface SessionNumber {
  readonly serverId: number;
  /** Milliseconds, modulo 2⁴⁰. */
  readonly clock: number;
  readonly given: number;
}
export const firstSessionNumber = (serverId: number, clockMs: number): SessionNumber => ({
  serverId,
  clock: clockMs % 1_099_511_627_776,
  given: 0,
});
export function sessionIdOf({ serverId, clock, given }: SessionNumber): SessionId {
  const high = (clock + Math.floor(given / 65_536)).toString(16).padStart(10, '0');
  return `0x${serverId.toString(16)}${high}${(given % 65_536).toString(16).padStart(4, '0')}` as SessionId;
}
