/** The margin of the replication view, from what the view shows. */
import type { ReplicationPicture } from '../../../cluster/broker/pictureOfReplication.ts';
import type { ReplicationHistory } from '../../../views/replication/layout.ts';
import type { Story, StoryFact } from '../Margin.tsx';
import type { Situation } from './situation.ts';
import { situationOf } from './situation.ts';

export interface ReplicationStoryWords {
  readonly eyebrow: string;
  readonly title: (situation: Situation) => string;
  readonly paragraphs: (situation: Situation) => readonly string[];
  readonly labels: {
    readonly leader: string;
    readonly isr: string;
    readonly asked: string;
    readonly minInSyncReplicas: string;
    readonly leaderEnd: string;
    readonly knownEnd: (broker: number) => string;
    readonly highWatermark: string;
    readonly waiting: string;
  };
  readonly leaderIs: (broker: number, epoch: number) => string;
  readonly none: string;
  readonly unknown: string;
  readonly waits: (requests: number, offset: number) => string;
  readonly trials: {
    readonly nextFetch: (broker: number) => string;
    readonly pause: (broker: number, seconds: number) => string;
    readonly resume: (broker: number) => string;
    readonly kill: (broker: number) => string;
  };
}

export function replicationStory(
  picture: ReplicationPicture,
  history: ReplicationHistory,
  words: ReplicationStoryWords,
): Story {
  const situation = situationOf(picture, history);
  return { title: words.title(situation), paragraphs: words.paragraphs(situation), facts: factsOf(picture, words) };
}

function factsOf(
  { leader, leaderEpoch, isr, pendingIsr, replicas, minInSyncReplicas, waiting }: ReplicationPicture,
  { labels, none, unknown, leaderIs, waits }: ReplicationStoryWords,
): readonly StoryFact[] {
  const list = (ids: readonly number[]): string => (ids.length === 0 ? none : ids.join(', '));
  const leading = replicas.find(({ replica }) => replica.broker === leader)?.replica;
  const furthest = Math.max(0, ...waiting.map(({ offset }) => offset));
  return [
    { label: labels.leader, value: leader < 0 ? none : leaderIs(leader, leaderEpoch) },
    { label: labels.isr, value: list(isr) },
    ...(pendingIsr === null ? [] : [{ label: labels.asked, value: list(pendingIsr) }]),
    ...(minInSyncReplicas === null ? [] : [{ label: labels.minInSyncReplicas, value: `${minInSyncReplicas}` }]),
    ...(leading === undefined ? [] : [{ label: labels.leaderEnd, value: `${leading.logEndOffset}` }]),
    ...replicas.flatMap(({ replica, known }): StoryFact[] =>
      known === null
        ? []
        : [
            {
              label: labels.knownEnd(replica.broker),
              value: known.logEndOffset === null ? unknown : `${known.logEndOffset}`,
            },
          ],
    ),
    ...(leading === undefined
      ? []
      : [{ label: labels.highWatermark, value: `${leading.highWatermark}`, tone: 'watermark' as const }]),
    ...(waiting.length === 0 ? [] : [{ label: labels.waiting, value: waits(waiting.length, furthest) }]),
  ];
}
