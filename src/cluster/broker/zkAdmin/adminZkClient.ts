/**
 * Topics and settings as znodes: created, extended, marked for deletion. The controller sees the change by its watches.
 *
 * Follows `kafka.zk.AdminZkClient` (3.9.0).
 */
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId } from '../../../kafka/ids.ts';
import type { Settings } from '../../../kafka/config/settings.ts';
import { checkTopicSettings } from '../../../kafka/config/topicSettings.ts';
import type { Placement } from '../../../kafka/controller/replicaAssignment.ts';
import { hasCollisionCharacters, invalidTopicName, topicsCollide } from '../topicName.ts';
import { info, type Turn, update } from '../turn.ts';
import { nextKafkaUuid } from '../uuid.ts';
import { answerOf, askAllZk, askZk } from '../zkConnection.ts';
import {
  encodeConfig,
  encodeConfigChange,
  encodeTopic,
  paths,
  plainAssignment,
  propertiesOrder,
  type TopicAssignment,
} from '../znodes.ts';

export interface AdminError {
  readonly error: ErrorName;
  readonly message: string | null;
}
export type Refusal = AdminError | null;
export const refuse = (error: ErrorName, message: string | null): AdminError => ({ error, message });

/** What went wrong on the server's side is not told to a client (`ApiError.fromThrowable`). */
export const placementRefusal = ({ error, message }: Extract<Placement, { outcome: 'refused' }>): AdminError =>
  error === null ? refuse('UNKNOWN_SERVER_ERROR', null) : refuse(error, message);

const LOGGER = 'kafka.zk.AdminZkClient';

/** By partition. */
export type Assignment = readonly (readonly BrokerId[])[];

/** The first thing wrong with a topic that is to be created; null when nothing is. */
export function validateTopicCreate(
  turn: Turn,
  topic: string,
  assignment: ReadonlyMap<number, readonly BrokerId[]>,
  settings: Settings,
  then: (turn: Turn, refusal: Refusal) => void,
): void {
  const invalid = invalidTopicName(topic);
  if (invalid !== null) return then(turn, refuse('INVALID_TOPIC_EXCEPTION', invalid));
  askAllZk(
    turn,
    [
      { op: 'exists', path: paths.deleteTopic(topic), watch: false },
      { op: 'exists', path: paths.topic(topic), watch: false },
      { op: 'getChildren', path: paths.topics, watch: false },
    ],
    (later, [marked, existing, all]) => {
      const others = answerOf(all, 'getChildren')?.children ?? [];
      const colliding = others.filter((other) => topicsCollide(topic, other));
      const refusal =
        marked?.error === 'OK'
          ? refuse('TOPIC_ALREADY_EXISTS', `Topic '${topic}' is marked for deletion.`)
          : existing?.error === 'OK'
            ? refuse('TOPIC_ALREADY_EXISTS', `Topic '${topic}' already exists.`)
            : hasCollisionCharacters(topic) && colliding.length > 0
              ? refuse(
                  'INVALID_TOPIC_EXCEPTION',
                  `Topic '${topic}' collides with existing topics: ${colliding.join(', ')}`,
                )
              : (invalidAssignment(assignment) ?? invalidSettings(later, settings));
      then(later, refusal);
    },
  );
}

function invalidAssignment(assignment: ReadonlyMap<number, readonly BrokerId[]>): Refusal {
  const all = [...assignment.values()];
  if (new Set(all.map(({ length }) => length)).size !== 1)
    return refuse('INVALID_REPLICA_ASSIGNMENT', 'All partitions should have the same number of replicas');
  if (all.some((replicas) => new Set(replicas).size !== replicas.length))
    return refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `Duplicate replica assignment found: ${printAssignment([...assignment])}`,
    );
  const partitions = [...assignment.keys()].sort((a, b) => a - b);
  if (partitions.some((partition, at) => partition !== at))
    return refuse('INVALID_REPLICA_ASSIGNMENT', 'partitions should be a consecutive 0-based integer sequence');
  return null;
}

function invalidSettings({ broker }: Turn, settings: Settings): Refusal {
  const problem = checkTopicSettings(settings, broker.settings.effective);
  return problem === null ? null : refuse('INVALID_CONFIG', problem.message);
}

/** As Scala prints a mutable map of buffers. */
const printAssignment = (entries: readonly (readonly [number, readonly BrokerId[]])[]): string =>
  `HashMap(${entries.map(([partition, replicas]) => `${partition} -> ArrayBuffer(${replicas.join(', ')})`).join(', ')})`;

/** First the topic's settings, then its assignment: that is what the controller waits for. */
export function createTopicWithAssignment(
  turn: Turn,
  topic: string,
  settings: Settings,
  assignment: Assignment,
  then: (turn: Turn, refusal: Refusal, topicId: string) => void,
): void {
  const shown = propertiesOrder(settings).map((name) => `${name}=${settings[name]}`);
  info(
    turn,
    `Creating topic ${topic} with configuration {${shown.join(', ')}} and initial partition assignment ` +
      printAssignment(assignment.map((replicas, partition) => [partition, replicas])),
    LOGGER,
  );
  const [topicId, random] = nextKafkaUuid(turn.broker.random);
  update(turn, { random });
  const data = encodeTopic({ topicId, partitions: assignment.map(plainAssignment) });
  writeConfig(turn, 'topics', topic, settings, (later) => {
    askZk(later, { op: 'create', path: paths.topic(topic), data, mode: 'PERSISTENT' }, (last, created) => {
      const exists = refuse('TOPIC_ALREADY_EXISTS', `Topic '${topic}' already exists.`);
      then(last, created.error === 'OK' ? null : exists, topicId);
    });
  });
}

/** Sets the znode of an entity's settings, which is created when it is not there. */
function writeConfig(
  turn: Turn,
  entityType: 'topics' | 'brokers',
  entity: string,
  settings: Settings,
  then: (turn: Turn) => void,
): void {
  const path = paths.config(entityType, entity);
  const data = encodeConfig(settings);
  askZk(turn, { op: 'setData', path, data, version: -1 }, (later, written) => {
    if (written.error !== 'NONODE') return then(later);
    askZk(later, { op: 'create', path, data, mode: 'PERSISTENT' }, (last) => then(last));
  });
}

/** Writes the settings and tells every broker by a znode in `/config/changes`. */
export function changeConfig(
  turn: Turn,
  entityType: 'topics' | 'brokers',
  entity: string,
  settings: Settings,
  then: (turn: Turn) => void,
): void {
  writeConfig(turn, entityType, entity, settings, (later) => {
    const path = `${paths.configChanges}/config_change_`;
    const data = encodeConfigChange(`${entityType}/${entity}`);
    askZk(later, { op: 'create', path, data, mode: 'PERSISTENT_SEQUENTIAL' }, (last) => then(last));
  });
}

export function writePartitions(
  turn: Turn,
  topic: string,
  assignment: TopicAssignment,
  then: (turn: Turn) => void,
): void {
  askZk(turn, { op: 'setData', path: paths.topic(topic), data: encodeTopic(assignment), version: -1 }, (later) =>
    then(later),
  );
}

/** Puts the topic in the queue of deletions; one that is there already is waited for like the others. */
export function markForDeletion(turn: Turn, topic: string, then: (turn: Turn, refusal: Refusal) => void): void {
  askZk(turn, { op: 'exists', path: paths.topic(topic), watch: false }, (later, existing) => {
    if (existing.error !== 'OK') return then(later, refuse('UNKNOWN_TOPIC_OR_PARTITION', null));
    askZk(later, { op: 'create', path: paths.deleteTopic(topic), data: null, mode: 'PERSISTENT' }, (last) =>
      then(last, null),
    );
  });
}
