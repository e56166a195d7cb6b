/** For tests: a coordinator with a clock, timers, and a log of `__consumer_offsets` that commits at once, or when it is told. */
import { EMPTY_BYTES } from '../../../kafka/bytes.ts';
import type { ErrorName } from '../../../kafka/errors.ts';
import type { BrokerId, LeaderEpoch, Offset } from '../../../kafka/ids.ts';
import type { RecordBatch } from '../../../kafka/record/recordBatch.ts';
import { createBatch } from '../../../kafka/record/recordBatch.ts';
import type { TopicPartition } from '../../../kafka/topicPartition.ts';
import type { KernelEffect } from '../../../kernel/effects.ts';
import type { Socket } from '../../../kernel/events.ts';
import type { Instants } from '../../../kernel/host.ts';
import type { VirtualTimeUs } from '../../../kernel/time.ts';
import { ms } from '../../../kernel/time.ts';
import type { Settings } from '../../../kafka/config/settings.ts';
import { encodeAssignment, encodeSubscription } from '../../client/consumer/consumerProtocol.ts';
import type { JoinGroupRequest, JoinGroupResponse, OffsetCommitRequest } from '../../protocol/kafka/groups.ts';
import type { RequestBody } from '../../protocol/kafka/kafkaMessage.ts';
import type { GroupApi, GroupAppend, GroupCoordinator, GroupReply, GroupTimerEvent } from '../coordinatorTurn.ts';
import type { Group } from '../group.ts';
import type { GroupOutcome } from '../groupCoordinator.ts';
import {
  completeGroupAppend,
  createGroupCoordinator,
  groupCoordinatorConfig,
  handleGroupRequest,
  onGroupTimer,
  onOffsetsFollower,
  onOffsetsLeader,
  startGroupCoordinator,
} from '../groupCoordinator.ts';

export const partitionCount = 50;

export class GroupLaboratory {
  coordinator: GroupCoordinator;
  /** Committed batches by partition of `__consumer_offsets`. */
  readonly log = new Map<number, RecordBatch[]>();
  readonly lines: string[] = [];
  readonly facts: { readonly name: string; readonly detail: Readonly<Record<string, unknown>> }[] = [];
  /** Batches that wait to be committed, when commits are held back. */
  readonly held: GroupAppend[] = [];
  holdsCommits = false;
  #nowUs = 0;
  #nextTag = 1;
  readonly #timers = new Map<string, { readonly dueUs: number; readonly event: GroupTimerEvent }>();
  readonly #replies = new Map<number, GroupReply>();

  constructor(settings: Settings = {}) {
    const config = groupCoordinatorConfig({ 'group.initial.rebalance.delay.ms': '0', ...settings }, partitionCount);
    this.coordinator = createGroupCoordinator(0 as BrokerId, config, 1);
    this.#take(startGroupCoordinator(this.coordinator, this.#at));
    for (let partition = 0; partition < partitionCount; partition++) this.elect(partition, 0);
  }

  get #at(): Instants {
    const now = this.#nowUs as VirtualTimeUs;
    return { now, clock: now };
  }

  /** Sends a request; the answer comes with `reply`, once there is one. */
  send<A extends GroupApi>(api: A, body: RequestBody<A>, clientId = 'c'): number {
    const tag = this.#nextTag++;
    const to = { socket: 1 as Socket, correlationId: tag };
    const request = { api, to, clientId, clientHost: '/127.0.0.1', body } as Parameters<typeof handleGroupRequest>[1];
    const isKnownPartition = (topic: string): boolean => topic !== 'unknown';
    this.#take(handleGroupRequest(this.coordinator, request, { at: this.#at, isKnownPartition }));
    return tag;
  }

  /** Undefined while the request waits. */
  reply(tag: number): GroupReply['body'] | undefined {
    return this.#replies.get(tag)?.body;
  }
  ask<A extends GroupApi>(api: A, body: RequestBody<A>, clientId = 'c'): GroupReply['body'] | undefined {
    return this.reply(this.send(api, body, clientId));
  }
  joined(tag: number): JoinGroupResponse {
    const reply = this.#replies.get(tag);
    if (reply?.api !== 'JoinGroup') throw new Error(`Request ${tag} has no answer of JoinGroup.`);
    return reply.body;
  }

  /** Moves the clock on; timers fire in their order. */
  wait(milliseconds: number): void {
    const until = this.#nowUs + ms(milliseconds);
    for (;;) {
      const [next] = [...this.#timers].sort(([, a], [, b]) => a.dueUs - b.dueUs);
      if (next === undefined || next[1].dueUs > until) break;
      this.#timers.delete(next[0]);
      this.#nowUs = next[1].dueUs;
      this.#take(onGroupTimer(this.coordinator, next[1].event, this.#at));
    }
    this.#nowUs = until;
  }

  elect(partition: number, epoch: number): void {
    const batches = this.log.get(partition) ?? [];
    this.#take(onOffsetsLeader(this.coordinator, partition, { epoch, batches }, this.#at));
  }
  resign(partition: number, epoch: number): void {
    this.#take(onOffsetsFollower(this.coordinator, partition, epoch, this.#at));
  }

  /** Ends the appends that wait: committed, or with an error. */
  release(error: ErrorName = 'NONE'): void {
    for (const append of this.held.splice(0)) this.#finish(append, error);
  }

  group(groupId: string): Group | undefined {
    return this.coordinator.groups.get(groupId);
  }

  #take({ coordinator, replies, appends, effects, lines }: GroupOutcome): void {
    this.coordinator = coordinator;
    for (const reply of replies) this.#replies.set(reply.to.correlationId, reply);
    for (const effect of effects) this.#perform(effect);
    this.lines.push(...lines.map(({ text }) => text));
    for (const append of appends) {
      if (this.holdsCommits) this.held.push(append);
      else this.#finish(append, 'NONE');
    }
  }

  #perform(effect: KernelEffect): void {
    if (effect.type === 'setTimer') {
      const event = effect.params.event as GroupTimerEvent;
      this.#timers.set(effect.params.id, { dueUs: this.#nowUs + effect.params.delayUs, event });
    } else if (effect.type === 'cancelTimer') this.#timers.delete(effect.params.id);
    else if (effect.type === 'fact') this.facts.push(effect.params);
  }

  #finish({ append, partition, batch }: GroupAppend, error: ErrorName): void {
    const batches = this.log.get(partition) ?? [];
    const baseOffset = batches.reduce((end, { records }) => end + records.length, 0) as Offset;
    if (error === 'NONE') {
      const { producerId, producerEpoch, isTransactional } = batch;
      const header = { baseOffset, partitionLeaderEpoch: 0 as LeaderEpoch, producerId, producerEpoch, isTransactional };
      this.log.set(partition, [...batches, createBatch(batch.records, header)]);
    }
    if (append === null) return;
    const outcome = error === 'NONE' ? ({ error, baseOffset } as const) : ({ error } as const);
    this.#take(completeGroupAppend(this.coordinator, append, outcome, this.#at));
  }
}

/** A console consumer: both of the default assignors. */
export const joinRequest = (changes: Partial<JoinGroupRequest> = {}): JoinGroupRequest => {
  const metadata = encodeSubscription({ topics: ['t'], userData: null, ownedPartitions: [], generationId: -1 });
  return {
    groupId: 'g',
    sessionTimeoutMs: 45_000,
    rebalanceTimeoutMs: 300_000,
    memberId: '',
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: [
      { name: 'range', metadata },
      { name: 'cooperative-sticky', metadata },
    ],
    reason: null,
    ...changes,
  };
};

/** Asks for an id, and joins with it: the tag of the second request, and the id. */
export function joinAsNew(
  lab: GroupLaboratory,
  clientId: string,
  changes: Partial<JoinGroupRequest> = {},
): { readonly tag: number; readonly memberId: string } {
  const { memberId } = lab.joined(lab.send('JoinGroup', joinRequest(changes), clientId));
  return { tag: lab.send('JoinGroup', joinRequest({ ...changes, memberId }), clientId), memberId };
}

export const assignmentOf = (...partitions: readonly TopicPartition[]) =>
  partitions.length === 0 ? EMPTY_BYTES : encodeAssignment({ partitions, userData: null });

/** SyncGroup of a member; the leader's brings everybody's assignment: partition i of `t` for member i. */
export const syncRequest = (generationId: number, memberId: string, members: readonly string[] = []) => ({
  groupId: 'g',
  generationId,
  memberId,
  groupInstanceId: null,
  protocolType: 'consumer',
  protocolName: 'range',
  assignments: members.map((id, partition) => ({
    memberId: id,
    assignment: assignmentOf({ topic: 't', partition }),
  })),
});

/** A stable group of one member. */
export function stableGroup(lab: GroupLaboratory, clientId = 'c1', changes: Partial<JoinGroupRequest> = {}): string {
  const { tag, memberId } = joinAsNew(lab, clientId, changes);
  lab.wait(0);
  lab.send('SyncGroup', syncRequest(lab.joined(tag).generationId, memberId, [memberId]));
  return memberId;
}

export const heartbeatOf = (memberId: string, generationId: number, groupInstanceId: string | null = null) => ({
  groupId: 'g',
  generationId,
  memberId,
  groupInstanceId,
});

export const commitOf = (
  offset: number,
  { memberId = '', generationId = -1, topic = 't', metadata = '' } = {},
): OffsetCommitRequest => ({
  groupId: 'g',
  generationIdOrMemberEpoch: generationId,
  memberId,
  groupInstanceId: null,
  topics: [
    {
      name: topic,
      partitions: [
        {
          partitionIndex: 0,
          committedOffset: offset as Offset,
          committedLeaderEpoch: 0 as LeaderEpoch,
          committedMetadata: metadata,
        },
      ],
    },
  ],
});

export const fetchOf = (topic = 't') => ({
  groups: [{ groupId: 'g', topics: [{ name: topic, partitionIndexes: [0] }] }],
  requireStable: true,
});
