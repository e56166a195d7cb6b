/** The last election of an ensemble as a picture: what each server was when, and the votes that went from one to another. */

export interface ServerSpan {
  /** `down`: its process has ended, or has not begun. */
  readonly state: 'LOOKING' | 'FOLLOWING' | 'LEADING' | 'down';
  readonly fromUs: number;
  readonly toUs: number | null;
}
export type BallotEvent = { readonly atUs: number; readonly server: number } & (
  | { readonly kind: 'state'; readonly state: 'LOOKING' | 'FOLLOWING' | 'LEADING' }
  | { readonly kind: 'down' }
  | {
      readonly kind: 'vote';
      readonly to: number;
      readonly arrivesUs: number | null;
      readonly leader: number;
      readonly zxid: string;
      readonly peerEpoch: number;
    }
);

export function serverSpans(events: readonly BallotEvent[], server: number): readonly ServerSpan[] {
  const spans: ServerSpan[] = [];
  for (const event of events) {
    if (event.server !== server || event.kind === 'vote') continue;
    const state = event.kind === 'down' ? 'down' : event.state;
    const last = spans.at(-1);
    if (last?.state === state) continue;
    if (last !== undefined) spans[spans.length - 1] = { ...last, toUs: event.atUs };
    spans.push({ state, fromUs: event.atUs, toUs: null });
  }
  return spans;
}

export interface Ballot {
  readonly fromUs: number;
  readonly toUs: number;
  /** When the first began to look, and when the last vote came: between these two the picture's time is drawn out. */
  readonly begunUs: number;
  readonly votedUs: number;
  /** The window ends before now: it is about what is over. */
  readonly isPast: boolean;
  readonly votes: readonly Extract<BallotEvent, { readonly kind: 'vote' }>[];
}

const second = 1_000_000;
/** More arrows than this hide each other. */
const mostVotes = 8;

/** The election that is under way, else the last one; null when none is known. */
export function lastBallot(events: readonly BallotEvent[], nowUs: number): Ballot | null {
  const leading = events.findLast((event) => event.kind === 'state' && event.state === 'LEADING');
  const looking = events.filter((event) => event.kind === 'state' && event.state === 'LOOKING');
  const after = looking.find(({ atUs }) => leading === undefined || atUs > leading.atUs);
  const previous = events.findLast(
    (event) =>
      event.kind === 'state' && event.state === 'LEADING' && leading !== undefined && event.atUs < leading.atUs,
  );
  const begun =
    after ??
    looking.find(
      ({ atUs }) =>
        leading !== undefined &&
        atUs <= leading.atUs &&
        atUs > Math.max(previous?.atUs ?? 0, leading.atUs - 30 * second),
    );
  if (begun === undefined) return null;
  const isUnderWay = after !== undefined;
  const decided = isUnderWay ? nowUs : (leading?.atUs ?? nowUs);
  const settled = events.findLast(
    (event) =>
      event.kind === 'state' &&
      event.state === 'FOLLOWING' &&
      event.atUs >= decided &&
      event.atUs < decided + 2 * second,
  );
  const end = isUnderWay ? nowUs : Math.max(decided, settled?.atUs ?? 0);
  const length = Math.max(0.2 * second, end - begun.atUs);
  const toUs = Math.min(nowUs, end + length * 0.3);
  const votes = events.filter(
    (event): event is Extract<BallotEvent, { readonly kind: 'vote' }> =>
      event.kind === 'vote' && event.atUs >= begun.atUs && event.atUs <= end,
  );
  const shown = distinct(votes).slice(0, mostVotes);
  const votedUs = Math.max(begun.atUs + 1000, ...shown.map(({ atUs, arrivesUs }) => Math.min(end, arrivesUs ?? atUs)));
  return {
    fromUs: begun.atUs - length * 0.15,
    toUs: Math.max(toUs, votedUs + 1000),
    begunUs: begun.atUs,
    votedUs,
    isPast: toUs < nowUs,
    votes: shown,
  };
}

/** A vote repeated to the same server says nothing new. */
function distinct(votes: Ballot['votes']): Ballot['votes'] {
  const seen = new Set<string>();
  return votes.filter(({ server, to, leader, zxid }) => {
    const key = `${server}>${to}:${leader}/${zxid}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
