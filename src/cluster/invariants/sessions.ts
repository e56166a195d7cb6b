/**
 * A session that is not heard of is given up: once its timeout is over, at the end of the tick in which it is, its server closes it.
 *
 * Follows `org.apache.zookeeper.server.SessionTrackerImpl` (3.8.4).
 */
import type { ProcessId } from '../../kernel/events.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { later, ms } from '../../kernel/time.ts';
import type { SessionId } from '../protocol/zookeeper.ts';
import type { TrackedSession } from '../zookeeper/sessionTracker.ts';
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import { NowAndThen } from './nowAndThen.ts';
import type { Observation } from './observation.ts';
import { zooKeeperDatabaseIn } from './zooKeeperDatabaseIn.ts';

interface Deadline {
  /** Null: it is given up already, and is to be closed. */
  readonly tracked: TrackedSession | null;
  /** When it was first seen like this: it has not been heard since then, a tick more or less. */
  readonly since: VirtualTimeUs;
}

export class Sessions implements Invariant {
  readonly #looks = new NowAndThen();
  /** Of each server that runs, alone or leading. */
  readonly #deadlines = new Map<ProcessId, ReadonlyMap<SessionId, Deadline>>();

  afterEvent({ world }: Observation): void {
    if (!this.#looks.isDue()) return;
    for (const process of world.processes) {
      const found = process.status === 'running' ? zooKeeperDatabaseIn(process) : null;
      if (found?.tracker == null) {
        this.#deadlines.delete(process.id);
        continue;
      }
      const { tracker, server, database } = found;
      const known = this.#deadlines.get(process.id);
      const deadlines = new Map<SessionId, Deadline>();
      for (const session of new Set([...tracker.sessions.keys(), ...database.sessions.keys()])) {
        const tracked = tracker.sessions.get(session) ?? null;
        const before = known?.get(session);
        const since = before?.tracked === tracked ? before.since : world.now;
        deadlines.set(session, { tracked, since });
        const waitedMs = graceMs + (tracked === null ? closingMs : tracked.timeoutMs + 2 * tracker.tickTimeMs);
        if (world.now > later(since, ms(waitedMs)))
          broken(
            tracked === null
              ? `Server ${server} watches over session ${session} no more, and has not closed it for ${waitedMs} ms.`
              : `Server ${server} keeps session ${session}, of a timeout of ${tracked.timeoutMs} ms, silent for ${waitedMs} ms.`,
          );
      }
      this.#deadlines.set(process.id, deadlines);
    }
  }
}

/** A timer that was made to come first holds up the others so long. */
const graceMs = 5000;
/** A leader that reaches no majority for so long leads no more. */
const closingMs = 30_000;
