/** Consumer groups, at their coordinators or at all brokers (`KafkaAdminClient`, `admin.internals`, 3.9.0). */
import type { ErrorName } from '../../../kafka/errors.ts';
import { NO_LEADER_EPOCH } from '../../../kafka/ids.ts';
import { topicPartitionName } from '../../../kafka/topicPartition.ts';
import type { DescribedGroup } from '../../protocol/kafka/groups.ts';
import { decodeAssignment } from '../consumer/consumerProtocol.ts';
import { exceptionOf, type JavaException, kafkaException } from '../javaException.ts';
import type { Node } from '../node.ts';
import {
  bodyOf,
  byTopic,
  type Complaint,
  type Definition,
  failed,
  outcomeFor,
  outcomeOf,
  question,
  type Reading,
  single,
  succeeded,
} from './adminDefinition.ts';
import type { ConsumerGroupDescription, Outcome } from './adminMethods.ts';

/** What a handler is called, and which errors it fails a group with silently: any other it logs. */
interface Handler {
  readonly request: string;
  readonly by: string;
  readonly expects: readonly ErrorName[];
  /** Some end their sentence with a full stop. */
  readonly stop?: '.';
}

function complaintOf({ request, by, expects, stop }: Handler, groupId: string, error: ErrorName): readonly Complaint[] {
  if (expects.includes(error)) return [];
  return [
    { text: `\`${request}\` request for group id ${groupId} failed due to unexpected error ${error}${stop ?? ''}`, by },
  ];
}

const isCoordinatorMoved = (error: ErrorName): boolean =>
  error === 'COORDINATOR_NOT_AVAILABLE' || error === 'NOT_COORDINATOR';

/** Of an error that concerns all keys: asked again here, looked up again, or failed. */
export function readError<T>(keys: readonly string[], error: ErrorName, exception = exceptionOf(error)): Reading<T> {
  if (error === 'COORDINATOR_LOAD_IN_PROGRESS') return { outcomes: new Map() };
  if (isCoordinatorMoved(error)) return { outcomes: new Map(), lookAgain: keys };
  return { outcomes: new Map(keys.map((key) => [key, failed(exception)])) };
}

function readGroupError<T>(keys: readonly string[], error: ErrorName, groupId: string, handler: Handler): Reading<T> {
  const reading: Reading<T> = readError(keys, error);
  return reading.outcomes.size === 0 ? reading : { ...reading, complaints: complaintOf(handler, groupId, error) };
}

function readEach<R extends { readonly errorCode: ErrorName; readonly groupId: string }, T>(
  answers: readonly R[],
  handler: Handler,
  outcomeOfAnswer: (answer: R) => Outcome<T>,
): Reading<T> {
  const outcomes = new Map<string, Outcome<T>>();
  const lookAgain: string[] = [];
  const complaints: Complaint[] = [];
  for (const answer of answers) {
    const { errorCode, groupId } = answer;
    if (errorCode === 'COORDINATOR_LOAD_IN_PROGRESS') continue;
    if (isCoordinatorMoved(errorCode)) lookAgain.push(groupId);
    else if (errorCode === 'NONE') outcomes.set(groupId, outcomeOfAnswer(answer));
    else {
      outcomes.set(groupId, failed(exceptionOf(errorCode)));
      complaints.push(...complaintOf(handler, groupId, errorCode));
    }
  }
  return { outcomes, lookAgain, complaints };
}

const describing: Handler = {
  request: 'DescribeGroups',
  by: 'DescribeConsumerGroupsHandler',
  expects: ['GROUP_AUTHORIZATION_FAILED'],
  stop: '.',
};
const fetchingOffsets: Handler = {
  request: 'OffsetFetch',
  by: 'ListConsumerGroupOffsetsHandler',
  expects: ['GROUP_AUTHORIZATION_FAILED', 'UNKNOWN_MEMBER_ID', 'STALE_MEMBER_EPOCH'],
};
const deletingOffsets: Handler = {
  request: 'OffsetDelete',
  by: 'DeleteConsumerGroupOffsetsHandler',
  expects: ['GROUP_AUTHORIZATION_FAILED', 'GROUP_ID_NOT_FOUND', 'INVALID_GROUP_ID', 'NON_EMPTY_GROUP'],
  stop: '.',
};
const deletingGroups: Handler = {
  request: 'DeleteConsumerGroups',
  by: 'DeleteConsumerGroupsHandler',
  expects: ['GROUP_AUTHORIZATION_FAILED', 'INVALID_GROUP_ID', 'NON_EMPTY_GROUP', 'GROUP_ID_NOT_FOUND'],
};
const removingMembers: Handler = {
  request: 'LeaveGroup',
  by: 'RemoveMembersFromConsumerGroupHandler',
  expects: ['GROUP_AUTHORIZATION_FAILED'],
};
const committing: readonly ErrorName[] = [
  'INVALID_GROUP_ID',
  'INVALID_COMMIT_OFFSET_SIZE',
  'GROUP_AUTHORIZATION_FAILED',
  'GROUP_ID_NOT_FOUND',
  'UNKNOWN_MEMBER_ID',
  'STALE_MEMBER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'OFFSET_METADATA_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
];

export const listConsumerGroups: Definition<'listConsumerGroups'> = {
  route: 'allBrokers',
  callName: 'listConsumerGroups',
  keys: () => [],
  ask: ({ states = [], types = [] }) => question('ListGroups', { statesFilter: states, typesFilter: types }),
  read(_args, [broker = ''], answer) {
    const body = bodyOf('ListGroups', answer);
    if (body.errorCode === 'COORDINATOR_LOAD_IN_PROGRESS' || body.errorCode === 'COORDINATOR_NOT_AVAILABLE') {
      return { outcomes: new Map(), failure: exceptionOf(body.errorCode) };
    }
    const listings = body.groups
      .filter(({ protocolType }) => protocolType === 'consumer' || protocolType === '')
      .map(({ groupId, protocolType, groupState, groupType }) => ({
        groupId,
        isSimpleConsumerGroup: protocolType === '',
        state: groupState,
        type: groupType,
        protocolType,
      }));
    return { outcomes: new Map([[broker, outcomeOf(body, listings)]]) };
  },
  result(_args, outcomes) {
    const all = [...outcomes.values()];
    const valid = all.flatMap((outcome) => (outcome.outcome === 'succeeded' ? outcome.value : []));
    const errors = all.flatMap((outcome) => (outcome.outcome === 'failed' ? [outcome.exception] : []));
    return succeeded({ valid, errors });
  },
};
/** What `listConsumerGroups` says when not even the brokers can be had. */
export function noBrokersToList(cause: JavaException): JavaException {
  return kafkaException('Failed to find brokers to send ListGroups', cause);
}

export const describeConsumerGroups: Definition<'describeConsumerGroups'> = {
  route: 'groupCoordinator',
  callName: 'describeConsumerGroups',
  keys: ({ groups }) => [...new Set(groups)],
  ask: (_args, groups) => question('DescribeGroups', { groups, includeAuthorizedOperations: false }),
  read: (_args, _keys, answer, coordinator) =>
    readEach(bodyOf('DescribeGroups', answer).groups, describing, (group) => descriptionOf(group, coordinator)),
  result: ({ groups }, outcomes) => groups.map((groupId) => ({ groupId, outcome: outcomeFor(outcomes, groupId) })),
};

function descriptionOf(group: DescribedGroup, coordinator: Node): Outcome<ConsumerGroupDescription> {
  const { groupId, protocolType, protocolData, groupState, members } = group;
  if (protocolType !== 'consumer' && protocolType !== '') {
    return failed({
      class: 'java.lang.IllegalArgumentException',
      message: `GroupId ${groupId} is not a consumer group (${protocolType}).`,
    });
  }
  return succeeded({
    groupId,
    isSimpleConsumerGroup: protocolType === '',
    members: members.map(({ memberId, groupInstanceId, clientId, clientHost, memberAssignment }) => ({
      memberId,
      groupInstanceId,
      clientId,
      host: clientHost,
      assignment: decodeAssignment(memberAssignment).partitions,
    })),
    partitionAssignor: protocolData,
    state: groupState,
    coordinator,
  });
}

export const listConsumerGroupOffsets: Definition<'listConsumerGroupOffsets'> = {
  route: 'groupCoordinator',
  callName: 'offsetFetch',
  keys: ({ groups }) => groups.map(({ groupId }) => groupId),
  ask: ({ groups, requireStable = false }, keys) =>
    question('OffsetFetch', {
      groups: groups
        .filter(({ groupId }) => keys.includes(groupId))
        .map(({ groupId, partitions }) => ({
          groupId,
          topics:
            partitions === null
              ? null
              : byTopic(partitions).map(([name, entries]) => ({
                  name,
                  partitionIndexes: entries.map(({ partition }) => partition),
                })),
        })),
      requireStable,
    }),
  read: (_args, _keys, answer) =>
    readEach(bodyOf('OffsetFetch', answer).groups, fetchingOffsets, ({ topics }) =>
      succeeded(
        topics.flatMap(({ name, partitions }) =>
          partitions
            .filter(({ errorCode }) => errorCode === 'NONE')
            .map(({ partitionIndex, committedOffset, committedLeaderEpoch, metadata }) => ({
              topic: name,
              partition: partitionIndex,
              committed:
                committedOffset < 0
                  ? null
                  : {
                      offset: committedOffset,
                      leaderEpoch: committedLeaderEpoch < 0 ? null : committedLeaderEpoch,
                      metadata: metadata ?? '',
                    },
            })),
        ),
      ),
    ),
  result: ({ groups }, outcomes) => groups.map(({ groupId }) => ({ groupId, outcome: outcomeFor(outcomes, groupId) })),
};

export const alterConsumerGroupOffsets: Definition<'alterConsumerGroupOffsets'> = {
  route: 'groupCoordinator',
  callName: 'offsetCommit',
  keys: ({ offsets }) => offsets.map(topicPartitionName),
  ofCoordinator: ({ groupId }) => groupId,
  ask: ({ groupId, offsets }) =>
    question('OffsetCommit', {
      groupId,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      topics: byTopic(offsets).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition, offset, metadata = '' }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          committedLeaderEpoch: NO_LEADER_EPOCH,
          committedMetadata: metadata,
        })),
      })),
    }),
  read({ groupId }, keys, answer) {
    const outcomes = new Map<string, Outcome<null>>();
    const complaints: Complaint[] = [];
    for (const { name, partitions } of bodyOf('OffsetCommit', answer).topics) {
      for (const { partitionIndex, errorCode } of partitions) {
        // One partition that must wait makes all of them go again.
        if (isCoordinatorMoved(errorCode)) return { outcomes: new Map(), lookAgain: keys };
        if (errorCode === 'COORDINATOR_LOAD_IN_PROGRESS' || errorCode === 'REBALANCE_IN_PROGRESS') {
          return { outcomes: new Map() };
        }
        const place = `${name}-${partitionIndex}`;
        outcomes.set(place, outcomeOf({ errorCode }, null));
        if (errorCode !== 'NONE' && !committing.includes(errorCode)) {
          const text = `OffsetCommit request for group id ${groupId} and partition ${place} failed due to unexpected error ${errorCode}.`;
          complaints.push({ text, by: 'AlterConsumerGroupOffsetsHandler' });
        }
      }
    }
    return { outcomes, complaints };
  },
  result: ({ offsets }, outcomes) =>
    offsets.map(({ topic, partition }) => ({
      topic,
      partition,
      outcome: outcomeFor(outcomes, topicPartitionName({ topic, partition })),
    })),
};

export const deleteConsumerGroupOffsets: Definition<'deleteConsumerGroupOffsets'> = {
  route: 'groupCoordinator',
  callName: 'offsetDelete',
  keys: ({ partitions }) => partitions.map(topicPartitionName),
  ofCoordinator: ({ groupId }) => groupId,
  ask: ({ groupId, partitions }) =>
    question('OffsetDelete', {
      groupId,
      topics: byTopic(partitions).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition }) => ({ partitionIndex: partition })),
      })),
    }),
  read({ groupId }, keys, answer) {
    const { errorCode, topics } = bodyOf('OffsetDelete', answer);
    if (errorCode !== 'NONE') return readGroupError(keys, errorCode, groupId, deletingOffsets);
    const outcomes = new Map<string, Outcome<null>>();
    for (const { name, partitions } of topics) {
      for (const partition of partitions)
        outcomes.set(`${name}-${partition.partitionIndex}`, outcomeOf(partition, null));
    }
    return { outcomes };
  },
  result: ({ partitions }, outcomes) =>
    partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      outcome: outcomeFor(outcomes, topicPartitionName({ topic, partition })),
    })),
};

export const deleteConsumerGroups: Definition<'deleteConsumerGroups'> = {
  route: 'groupCoordinator',
  callName: 'deleteConsumerGroups',
  keys: ({ groups }) => [...new Set(groups)],
  ask: (_args, groupsNames) => question('DeleteGroups', { groupsNames }),
  read: (_args, _keys, answer) =>
    readEach(bodyOf('DeleteGroups', answer).results, deletingGroups, () => succeeded(null)),
  result: ({ groups }, outcomes) => groups.map((groupId) => ({ groupId, outcome: outcomeFor(outcomes, groupId) })),
};

/** Removing all members first asks who they are: a tool that wants that passes the members it described. */
export const removeMembersFromConsumerGroup: Definition<'removeMembersFromConsumerGroup'> = {
  route: 'groupCoordinator',
  callName: 'leaveGroup',
  keys: () => [''],
  ofCoordinator: ({ groupId }) => groupId,
  ask: ({ groupId, members, reason }) =>
    question('LeaveGroup', {
      groupId,
      members: members.map(({ memberId = '', groupInstanceId }) => ({
        memberId,
        groupInstanceId,
        reason: reason === undefined ? 'member was removed by an admin' : `member was removed by an admin: ${reason}`,
      })),
    }),
  read({ groupId }, keys, answer) {
    const { errorCode, members } = bodyOf('LeaveGroup', answer);
    if (errorCode !== 'NONE') return readGroupError(keys, errorCode, groupId, removingMembers);
    const left = members.map(({ memberId, errorCode: error }) => ({
      memberId,
      exception: error === 'NONE' ? null : exceptionOf(error),
    }));
    return { outcomes: new Map([['', succeeded(left)]]) };
  },
  result: (_args, outcomes) => single(outcomes),
};
