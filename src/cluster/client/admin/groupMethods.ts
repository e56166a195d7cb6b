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

/** Of a group's error: asked again here, looked up again, or failed. */
export function readError<T>(keys: readonly string[], error: ErrorName, exception = exceptionOf(error)): Reading<T> {
  if (error === 'COORDINATOR_LOAD_IN_PROGRESS') return { outcomes: new Map() };
  if (isCoordinatorMoved(error)) return { outcomes: new Map(), lookAgain: keys };
  return { outcomes: new Map(keys.map((key) => [key, failed(exception)])) };
}
const isCoordinatorMoved = (error: ErrorName): boolean =>
  error === 'COORDINATOR_NOT_AVAILABLE' || error === 'NOT_COORDINATOR';

function readEach<R extends { readonly errorCode: ErrorName }, T>(
  answers: readonly R[],
  keyOf: (answer: R) => string,
  outcomeOfAnswer: (answer: R) => Outcome<T>,
): Reading<T> {
  const outcomes = new Map<string, Outcome<T>>();
  const lookAgain: string[] = [];
  for (const answer of answers) {
    const { errorCode } = answer;
    if (errorCode === 'COORDINATOR_LOAD_IN_PROGRESS') continue;
    if (isCoordinatorMoved(errorCode)) lookAgain.push(keyOf(answer));
    else outcomes.set(keyOf(answer), errorCode === 'NONE' ? outcomeOfAnswer(answer) : failed(exceptionOf(errorCode)));
  }
  return { outcomes, lookAgain };
}

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
  callName: 'describeGroups',
  keys: ({ groups }) => [...new Set(groups)],
  ask: (_args, groups) => question('DescribeGroups', { groups, includeAuthorizedOperations: false }),
  read: (_args, _keys, answer, coordinator) =>
    readEach(
      bodyOf('DescribeGroups', answer).groups,
      ({ groupId }) => groupId,
      (group) => descriptionOf(group, coordinator),
    ),
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
    readEach(
      bodyOf('OffsetFetch', answer).groups,
      ({ groupId }) => groupId,
      ({ topics }) =>
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
  read(_args, keys, answer) {
    const outcomes = new Map<string, Outcome<null>>();
    for (const { name, partitions } of bodyOf('OffsetCommit', answer).topics) {
      for (const { partitionIndex, errorCode } of partitions) {
        // One partition that must wait makes all of them go again.
        if (isCoordinatorMoved(errorCode)) return { outcomes: new Map(), lookAgain: keys };
        if (errorCode === 'COORDINATOR_LOAD_IN_PROGRESS' || errorCode === 'REBALANCE_IN_PROGRESS') {
          return { outcomes: new Map() };
        }
        outcomes.set(`${name}-${partitionIndex}`, outcomeOf({ errorCode }, null));
      }
    }
    return { outcomes };
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
  read(_args, keys, answer) {
    const { errorCode, topics } = bodyOf('OffsetDelete', answer);
    if (errorCode !== 'NONE') return readError(keys, errorCode);
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
    readEach(
      bodyOf('DeleteGroups', answer).results,
      ({ groupId }) => groupId,
      () => succeeded(null),
    ),
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
  read(_args, keys, answer) {
    const { errorCode, members } = bodyOf('LeaveGroup', answer);
    if (errorCode !== 'NONE') return readError(keys, errorCode);
    const left = members.map(({ memberId, errorCode: error }) => ({
      memberId,
      exception: error === 'NONE' ? null : exceptionOf(error),
    }));
    return { outcomes: new Map([['', succeeded(left)]]) };
  },
  result: (_args, outcomes) => single(outcomes),
};
