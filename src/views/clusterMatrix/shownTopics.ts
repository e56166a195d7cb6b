/** Which topics the matrix shows, and how: rows of strips, a heat matrix, or one collapsed line. */
import type { ClusterPicture, TopicPicture } from '../../cluster/picture.ts';
import type { MatrixChoices } from './matrixChoices.ts';

export interface ShownTopic {
  readonly topic: TopicPicture;
  readonly isOpen: boolean;
  /** Too many partitions for strips: a cell for each replica. */
  readonly isHeat: boolean;
}

/** So many partitions have room for all that a row can say. */
export const mostRoomyRows = 4;
/** With more partitions than that, a topic is a heat matrix. */
const mostStripRows = 24;

/**
 * The learner's topics, then Kafka's own if asked for. The first one in use is open, and others as long as there are few rows; those
 * opened or closed by hand stay so.
 */
export function shownTopics(
  { topics, producers, groups }: Pick<ClusterPicture, 'topics' | 'producers' | 'groups'>,
  choices: Pick<MatrixChoices, 'topics' | 'hasInternalTopics'>,
): readonly ShownTopic[] {
  const own = topics.filter(({ isInternal }) => !isInternal);
  const internal = choices.hasInternalTopics ? topics.filter(({ isInternal }) => isInternal) : [];
  const used = new Set([
    ...producers.flatMap((producer) => producer.topics),
    ...groups.flatMap(({ members }) => members.flatMap(({ partitions }) => partitions.map(({ topic }) => topic))),
  ]);
  const opened = new Set<string>();
  let rows = 0;
  for (const { topic, partitions } of [
    ...own.filter(({ topic }) => used.has(topic)),
    ...own.filter(({ topic }) => !used.has(topic)),
  ]) {
    if (opened.size > 0 && rows + partitions.length > mostRoomyRows) continue;
    opened.add(topic);
    rows += partitions.length;
  }
  return [...own, ...internal].map((topic) => ({
    topic,
    isOpen: choices.topics[topic.topic] ?? opened.has(topic.topic),
    isHeat: topic.partitions.length > mostStripRows,
  }));
}
