/**
 * kafka-reassign-partitions (`org.apache.kafka.tools.reassign.ReassignPartitionsCommand`, 3.9.0): moves replicas of partitions to other
 * brokers by a plan in a JSON file.
 */
import type { PartitionReassignment } from '../../cluster/client/admin/adminMethods.ts';
import { exceptionOf, exceptionText, simpleName } from '../../cluster/client/javaException.ts';
import { placeReplicas } from '../../kafka/controller/replicaAssignment.ts';
import type { BrokerId } from '../../kafka/ids.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { ProcessInput } from '../../kernel/process.ts';
import { nextBelow, streamOf } from '../../kernel/random.ts';
import { hashed, partitionName } from './consumerGroups/partitions.ts';
import type { ParsedOptions } from './optionParser.ts';
import { adminOperationException, readFile } from './partitionsJson.ts';
import { loadProperties } from './propertiesFile.ts';
import type { ReassignmentAction } from './reassignPartitions/options.ts';
import { reassignmentCommand } from './reassignPartitions/options.ts';
import type { PlannedMove, PlannedPartition } from './reassignPartitions/plan.ts';
import {
  adminCommandFailed,
  byTopicAndPartition,
  checkExecutable,
  parseBrokerList,
  parsePlan,
  parseTopics,
  planText,
  replicaName,
  topicsOf,
} from './reassignPartitions/plan.ts';
import {
  clearAllThrottles,
  inHashOrder,
  plural,
  proposedMoves,
  throttleLogDirMoves,
  throttleReplication,
} from './reassignPartitions/throttles.ts';
import type { Script } from './script.ts';
import { admin, createAdmin, currentTimeMs, getOrWrap, out, scriptProgram, sleep } from './script.ts';
import { Thrown, stackTrace, thrown } from './stackTrace.ts';

const mainFrame = 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand.main(ReassignPartitionsCommand.java:97)';

export const reassignPartitions = scriptProgram(mainFrame, main);

/** Told without a stack trace. */
class TerseException extends Error {}

function* main(input: ProcessInput): Script {
  const { action, options } = reassignmentCommand(input);
  try {
    const file = options.valueOf('command-config');
    yield* createAdmin({
      'client.id': 'reassign-partitions-tool',
      ...(file === undefined ? {} : loadProperties(input, file)),
      'bootstrap.servers': options.valueOf('bootstrap-server') ?? '',
    });
    yield* actionOf[action](input, options);
    return 0;
  } catch (problem) {
    if (problem instanceof TerseException) yield* out(`${problem.message}\n`);
    else if (problem instanceof Thrown) {
      const { exception } = problem;
      yield* out(`Error: ${exception.message ?? 'null'}\n${stackTrace(exception, mainFrame)}\n`);
    } else throw problem;
    return 1;
  }
}

const actionOf: Readonly<Record<ReassignmentAction, (input: ProcessInput, options: ParsedOptions) => Script<void>>> = {
  verify,
  generate,
  execute,
  cancel,
  list,
};

const planOf = (input: ProcessInput, options: ParsedOptions) =>
  parsePlan(readFile(input, options.valueOf('reassignment-json-file') ?? ''));

function* ongoing(
  partitions: readonly TopicPartition[] | null = null,
): Script<readonly (TopicPartition & PartitionReassignment)[]> {
  return getOrWrap(yield* admin('listPartitionReassignments', { partitions }));
}

/** Replicas of all partitions of the topics; a topic that is not there is an error. */
function* assignmentOf(topics: readonly string[]): Script<readonly PlannedPartition[]> {
  const described = yield* admin('describeTopics', { topics });
  return described.flatMap(({ topic, outcome }) => {
    if (outcome.outcome === 'failed' && simpleName(outcome.exception) === 'UnknownTopicOrPartitionException') {
      const cause = { ...outcome.exception, message: `Topic ${topic} not found.` };
      throw thrown('java.util.concurrent.ExecutionException', exceptionText(cause), cause);
    }
    return getOrWrap(outcome).partitions.map(({ partition, replicas }) => ({
      topic,
      partition,
      replicas: replicas.map(({ id }): number => id),
    }));
  });
}

// verify

interface PartitionProgress extends TopicPartition {
  readonly isDone: boolean;
  readonly replicas: readonly number[];
  readonly target: readonly number[];
}

function* verify(input: ProcessInput, options: ParsedOptions): Script<void> {
  const { partitions, moves } = planOf(input, options);
  const current = yield* ongoing();
  const progress = yield* progressOf(partitions, current);
  // Of a partition that is planned twice the last plan counts.
  const byPartition = new Map(progress.map((one) => [partitionName(one), one]));
  const lines = [...byPartition.values()].toSorted(byTopicAndPartition).map(progressText);
  yield* out(`${['Status of partition reassignment:', ...lines].join('\n')}\n`);
  const moveStates = yield* moveStatesOf(moves);
  yield* out(`${moveStates.map(({ text }) => text).join('\n')}\n`);
  const isOver = current.length === 0 && moveStates.every(({ isDone }) => isDone);
  if (isOver && !options.has('preserve-throttles')) yield* clearAllThrottles(partitions);
}

function* progressOf(
  partitions: readonly PlannedPartition[],
  current: readonly (TopicPartition & PartitionReassignment)[],
): Script<readonly PartitionProgress[]> {
  const activeOf = (one: TopicPartition) => current.find((other) => partitionName(other) === partitionName(one));
  const topics = topicsOf(partitions.filter((one) => activeOf(one) === undefined));
  const described = topics.length === 0 ? [] : yield* admin('describeTopics', { topics });
  return partitions.map((one) => {
    const { topic, partition, replicas: target } = one;
    const active = activeOf(one);
    if (active !== undefined) return { topic, partition, isDone: false, replicas: active.replicas, target };
    const outcome = described.find((other) => other.topic === topic)!.outcome;
    if (outcome.outcome === 'failed' && simpleName(outcome.exception) === 'UnknownTopicOrPartitionException') {
      return { topic, partition, isDone: true, replicas: [], target };
    }
    const found = getOrWrap(outcome).partitions.find((other) => other.partition === partition);
    return { topic, partition, isDone: true, replicas: found?.replicas.map(({ id }) => id) ?? [], target };
  });
}

function progressText(progress: PartitionProgress): string {
  const name = partitionName(progress);
  const [replicas, target] = [progress.replicas.join(','), progress.target.join(',')];
  if (!progress.isDone) return `Reassignment of partition ${name} is still in progress.`;
  if (replicas === target) return `Reassignment of partition ${name} is completed.`;
  return `There is no active reassignment of partition ${name}, but replica set is ${replicas} rather than ${target}.`;
}

interface MoveState {
  readonly isDone: boolean;
  readonly text: string;
}

function* moveStatesOf(moves: readonly PlannedMove[]): Script<readonly MoveState[]> {
  return (yield* locationsOf(moves)).map(({ move, current, future }) => moveState(move, current, future));
}

interface Location {
  readonly move: PlannedMove;
  /** All log directories of the broker. */
  readonly logDirs: readonly string[];
  readonly current: string | undefined;
  readonly future: string | undefined;
}

/** Where the replicas lie that shall lie in a certain log directory, by name. */
function* locationsOf(moves: readonly PlannedMove[]): Script<readonly Location[]> {
  if (moves.length === 0) return [];
  const brokers = inHashOrder(moves.map(({ brokerId }) => brokerId));
  const answers = yield* admin('describeLogDirs', { brokers });
  return moves.toSorted(byReplica).map((move) => {
    const dirs = getOrWrap(answers.find(({ broker }) => broker === move.brokerId)!.outcome);
    const holding = (isFuture: boolean) =>
      dirs.find(({ replicas }) =>
        replicas.some((one) => partitionName(one) === partitionName(move) && one.isFuture === isFuture),
      )?.logDir;
    return { move, logDirs: dirs.map(({ logDir }) => logDir), current: holding(false), future: holding(true) };
  });
}

function moveState(move: PlannedMove, current: string | undefined, future: string | undefined): MoveState {
  const partition = partitionName(move);
  const { brokerId, logDir } = move;
  if (current === undefined) {
    const text = `Partition ${partition} is not found in any live log dir on broker ${brokerId}. There is likely an offline log directory on the broker.`;
    return { isDone: false, text };
  }
  if (future === undefined) {
    if (current === logDir) {
      return { isDone: true, text: `Reassignment of replica ${replicaName(move)} completed successfully.` };
    }
    const text = `Partition ${partition} on broker ${brokerId} is not being moved from log dir ${current} to ${logDir}.`;
    return { isDone: true, text };
  }
  if (future === logDir) {
    return { isDone: false, text: `Reassignment of replica ${replicaName(move)} is still in progress.` };
  }
  const text = `Partition ${partition} on broker ${brokerId} is being moved to log dir ${future} instead of ${logDir}.`;
  return { isDone: false, text };
}

// generate

function* generate(input: ProcessInput, options: ParsedOptions): Script<void> {
  const text = readFile(input, options.valueOf('topics-to-move-json-file') ?? '');
  const wanted = parseBrokerList(options.valueOf('broker-list') ?? '');
  const topics = parseTopics(text);
  const current = yield* assignmentOf(topics);
  const { nodes } = getOrWrap(yield* admin('describeCluster', {}));
  const isRackAware = !options.has('disable-rack-aware');
  const brokers = nodes
    .filter(({ id }) => wanted.includes(id))
    .map(({ id, rack }) => ({ id: id as BrokerId, rack: isRackAware ? rack : null }));
  const rackless = brokers.filter(({ rack }) => rack === null).length;
  if (rackless !== 0 && rackless !== brokers.length) {
    throw adminOperationException(
      'Not all brokers have rack information. Add --disable-rack-aware in command line to make replica assignment without rack information.',
    );
  }
  const proposed = proposedAssignment(input.seed, current, brokers);
  yield* out(`Current partition replica assignment\n${planText(current)}\n\n`);
  yield* out(`Proposed partition reassignment configuration\n${planText(proposed)}\n`);
}

function proposedAssignment(
  seed: number,
  current: readonly PlannedPartition[],
  brokers: Parameters<typeof placeReplicas>[0]['brokers'],
): readonly PlannedPartition[] {
  let random = streamOf(seed, 'replica placement');
  const draw = (): number => {
    const [number, next] = nextBelow(random, Math.max(brokers.length, 1));
    random = next;
    return number;
  };
  return topicsOf(current).flatMap((topic) => {
    const ofTopic = current.filter((one) => one.topic === topic).toSorted(byTopicAndPartition);
    const placement = placeReplicas({
      brokers,
      partitionCount: ofTopic.length,
      replicationFactor: hashed(ofTopic)[0]!.replicas.length,
      startIndex: draw(),
      shift: draw(),
    });
    if (placement.outcome === 'refused') {
      throw thrown(`org.apache.kafka.common.errors.${placement.exception}`, placement.message);
    }
    return placement.assignment.map((replicas, partition) => ({ topic, partition, replicas }));
  });
}

// execute

function* execute(input: ProcessInput, options: ParsedOptions): Script<void> {
  const plan = planOf(input, options);
  checkExecutable(plan);
  const { partitions, moves } = plan;
  const current = yield* ongoing();
  if (!options.has('additional') && current.length > 0) {
    throw new TerseException(
      'Cannot execute because there is an existing partition assignment.  Use --additional to override this and create a new partition assignment in addition to the existing one. The --additional flag can also be used to change the throttle by resubmitting the current reassignment.',
    );
  }
  yield* checkBrokers(partitions);
  const planned = new Set(partitions.map(partitionName));
  const now = (yield* assignmentOf(topicsOf(partitions))).filter((one) => planned.has(partitionName(one)));
  yield* out(
    `Current partition replica assignment\n\n${planText(now)}\n\nSave this to use as the --reassignment-json-file option during rollback\n`,
  );
  yield* throttle(options, moves, proposedMoves(current, partitions, now));
  const answers = yield* admin('alterPartitionReassignments', { reassignments: partitions });
  checkRefusals(answers, 'Error reassigning partition(s):');
  const names = partitions.toSorted(byTopicAndPartition).map(partitionName);
  yield* out(`Successfully started partition reassignment${plural(names)} for ${names.join(',')}\n`);
  if (moves.length > 0) yield* moveReplicas(moves, options.integerOf('timeout') ?? 0);
}

function* checkBrokers(partitions: readonly PlannedPartition[]): Script<void> {
  const { nodes } = getOrWrap(yield* admin('describeCluster', {}));
  const there = new Set(nodes.map(({ id }): number => id));
  const unknown = inHashOrder(partitions.flatMap(({ replicas }) => replicas)).find((id) => !there.has(id));
  if (unknown !== undefined) throw adminCommandFailed(`Unknown broker id ${unknown}`);
}

function* throttle(
  options: ParsedOptions,
  logDirMoves: readonly PlannedMove[],
  moves: Parameters<typeof throttleReplication>[0],
): Script<void> {
  const rate = options.integerOf('throttle') ?? -1;
  const logDirRate = options.integerOf('replica-alter-log-dirs-throttle') ?? -1;
  if (rate < 0 && logDirRate < 0) return;
  yield* out(
    'Warning: You must run --verify periodically, until the reassignment completes, to ensure the throttle is removed.\n',
  );
  if (rate >= 0) yield* throttleReplication(moves, rate);
  if (logDirRate >= 0) {
    yield* throttleLogDirMoves(inHashOrder(logDirMoves.map(({ brokerId }) => brokerId)), logDirRate);
  }
}

type Answers = readonly (TopicPartition & { readonly outcome: Parameters<typeof getOrWrap>[0] })[];

function checkRefusals(answers: Answers, title: string): void {
  const refused = answers.toSorted(byTopicAndPartition).flatMap(({ topic, partition, outcome }) => {
    if (outcome.outcome === 'succeeded') return [];
    return [`${partitionName({ topic, partition })}: ${outcome.exception.message ?? 'null'}`];
  });
  if (refused.length > 0) throw new TerseException([title, ...refused].join('\n'));
}

/** `executeMoves`: tried until every replica is there, which a broker may not have yet that is to get it. */
function* moveReplicas(moves: readonly PlannedMove[], timeoutMs: number): Script<void> {
  const startedAt = yield* currentTimeMs();
  for (let pending = moves; ; yield* sleep(MOVES_RETRY_MS)) {
    const locations = yield* locationsOf(pending);
    for (const location of locations) checkLogDir(location);
    const started = locations.flatMap(({ move, current }) => (current === undefined ? [] : [move]));
    yield* out(started.map(startedText).join(''));
    pending = pending.filter((move) => !started.includes(move));
    if (pending.length === 0) return;
    if ((yield* currentTimeMs()) < startedAt + timeoutMs) continue;
    const names = pending.toSorted(byReplica).map(replicaName);
    throw new TerseException(
      `Timed out before log directory move${plural(names)} could be started for: ${names.join(',')}`,
    );
  }
}

const startedText = ({ topic, partition, brokerId, logDir }: PlannedMove): string =>
  `Successfully started moving log directory to ${logDir} for replica ${topic}-${partition} with broker ${brokerId} \n`;

const byReplica = (a: PlannedMove, b: PlannedMove): number => byTopicAndPartition(a, b) || a.brokerId - b.brokerId;

const MOVES_RETRY_MS = 100;

/** What the broker says of `AlterReplicaLogDirs`. The simulated ones do not move a replica from one log directory into another. */
function checkLogDir({ move, logDirs, current }: Location): void {
  if (!logDirs.includes(move.logDir)) {
    const cause = exceptionOf('LOG_DIR_NOT_FOUND');
    const wrapped = { class: 'java.util.concurrent.ExecutionException', message: exceptionText(cause), cause };
    throw adminCommandFailed(`Failed to alter dir for ${replicaName(move)}`, wrapped);
  }
  if (current === undefined || current === move.logDir) return;
  throw new TerseException('The simulator does not move replicas between the log directories of a broker.');
}

// cancel, list

function* cancel(input: ProcessInput, options: ParsedOptions): Script<void> {
  const { partitions, moves } = planOf(input, options);
  const current = yield* ongoing(hashed(partitions).map(({ topic, partition }) => ({ topic, partition })));
  const active = current.filter(({ addingReplicas, removingReplicas }) =>
    [addingReplicas, removingReplicas].some((ids) => ids.length > 0),
  );
  if (active.length > 0) {
    const reassignments = active.map(({ topic, partition }) => ({ topic, partition, replicas: null }));
    const answers = yield* admin('alterPartitionReassignments', { reassignments });
    const failures = answers.filter(({ outcome }) => outcome.outcome === 'failed');
    checkRefusals(answers, `Error cancelling partition reassignment${plural(failures)} for:`);
    const names = active.toSorted(byTopicAndPartition).map(partitionName);
    yield* out(`Successfully cancelled partition reassignment${plural(names)} for: ${names.join(',')}\n`);
  } else {
    yield* out('None of the specified partition reassignments are active.\n');
  }
  yield* moveStatesOf(moves);
  yield* out('None of the specified partition moves are active.');
  if (!options.has('preserve-throttles')) yield* clearAllThrottles(partitions);
}

function* list(): Script<void> {
  const current = (yield* ongoing()).toSorted(byTopicAndPartition);
  const lines = current.map(({ topic, partition, replicas, addingReplicas, removingReplicas }) => {
    const adding = addingReplicas.length === 0 ? '' : ` adding: ${addingReplicas.join(',')}.`;
    const removing = removingReplicas.length === 0 ? '' : ` removing: ${removingReplicas.join(',')}.`;
    return `${partitionName({ topic, partition })}: replicas: ${replicas.join(',')}.${adding}${removing}`;
  });
  yield* out(
    lines.length === 0
      ? 'No partition reassignments found.\n'
      : `${['Current partition reassignments:', ...lines].join('\n')}\n`,
  );
}
