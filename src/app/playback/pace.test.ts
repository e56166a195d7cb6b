/** How long a learner waits, by the wall's clock, at the automatic speed. */
import { describe, expect, it } from 'vitest';
import { begin } from '../../course/begin.ts';
import { tpConsommer } from '../../course/lessons/tpConsommer.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { programs } from '../../shell/registry.ts';
import { sandboxStart } from '../session/what.ts';
import { PlaybackClock } from './PlaybackClock.ts';

const server = '--bootstrap-server localhost:9092';
/** Of a browser that draws sixty of them a second. */
const frameMs = 1000 / 60;

/** Wall seconds until a text stands on a terminal after a line has been typed there; 60 at most. */
function secondsUntil(timeline: Timeline, terminal: string, line: string, text: string): number {
  const clock = new PlaybackClock(timeline);
  let next = timeline.act({ kind: 'typed', terminal, line });
  for (let frames = 1; frames < 3600; frames++) {
    clock.advance(frameMs, () => 0);
    for (const { id, what } of timeline.factsFrom(next)) {
      next = id;
      if (what.kind === 'printed' && what.terminal === terminal && what.text.includes(text))
        return (frames * frameMs) / 1000;
    }
  }
  return 60;
}

describe('at the automatic speed', () => {
  it('a consumer shows its first event within three seconds', () => {
    const { timeline } = begin(tpConsommer.start, { programs, seed: 20250519, setup: null });
    const consume = `bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning ${server}`;

    expect(secondsUntil(timeline, 'lecteur-1', consume, 'Premier')).toBeLessThanOrEqual(3);
  });

  it('a topic of three partitions and three replicas is there within four', () => {
    const { timeline } = begin(sandboxStart({ brokers: 3 }), { programs, seed: 20250519, setup: null });
    const create = `bin/kafka-topics.sh --create --topic t --partitions 3 --replication-factor 3 ${server}`;

    expect(secondsUntil(timeline, 'admin', create, 'Created')).toBeLessThanOrEqual(4);
  });
});
