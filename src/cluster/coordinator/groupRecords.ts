/**
 * Records of `__consumer_offsets`: what a group's generation and its offsets are in the log, byte for byte.
 *
 * Follows `kafka.coordinator.group.GroupMetadataManager` and the schemas `OffsetCommitKey` (1), `OffsetCommitValue` (3),
 * `GroupMetadataKey` (2), `GroupMetadataValue` (3) of 3.9.0; each is preceded by its version.
 */
import type { Bytes } from '../../kafka/bytes.ts';
import { textOf, utf8 } from '../../kafka/bytes.ts';
import type { LeaderEpoch, Offset, TimestampMs } from '../../kafka/ids.ts';
import type { NewRecord } from '../../kafka/record/record.ts';
import { NO_HEADERS } from '../../kafka/record/record.ts';
import { int16Bytes, int32Bytes, int64Bytes, readInt16, readInt32, readInt64 } from '../../kafka/record/varint.ts';
import type { TopicPartition } from '../../kafka/topicPartition.ts';
import type { Group } from './group.ts';
import { membersOf, metadataFor } from './group.ts';
import type { OffsetAndMetadata } from './groupOffsets.ts';

const OFFSET_KEY_VERSION = 1;
const GROUP_KEY_VERSION = 2;
const VALUE_VERSION = 3;

export type GroupRecordKey =
  | { readonly kind: 'offset'; readonly groupId: string; readonly topicPartition: TopicPartition }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'unknown'; readonly version: number };

/** What a group's record says of it. */
export interface StoredGroup {
  readonly protocolType: string;
  readonly generationId: number;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  readonly stateTimestampMs: number;
  readonly members: readonly StoredMember[];
}
export interface StoredMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  readonly subscription: Bytes;
  readonly assignment: Bytes;
}

const string = (text: string): string => {
  const bytes = utf8(text);
  return int16Bytes(bytes.length) + bytes;
};
const nullableString = (text: string | null): string => (text === null ? int16Bytes(-1) : string(text));
const bytes = (value: Bytes): string => int32Bytes(value.length) + value;

export const offsetKey = (groupId: string, { topic, partition }: TopicPartition): Bytes =>
  (int16Bytes(OFFSET_KEY_VERSION) + string(groupId) + string(topic) + int32Bytes(partition)) as Bytes;

export const groupKey = (groupId: string): Bytes => (int16Bytes(GROUP_KEY_VERSION) + string(groupId)) as Bytes;

export const offsetValue = ({ offset, leaderEpoch, metadata, commitTimestampMs }: OffsetAndMetadata): Bytes =>
  (int16Bytes(VALUE_VERSION) +
    int64Bytes(offset) +
    int32Bytes(leaderEpoch) +
    string(metadata) +
    int64Bytes(commitTimestampMs)) as Bytes;

/** `assignments` by member id. */
export function groupValue(group: Group, assignments: ReadonlyMap<string, Bytes>): Bytes {
  const members = membersOf(group).map(
    (member) =>
      string(member.memberId) +
      nullableString(member.groupInstanceId) +
      string(member.clientId) +
      string(member.clientHost) +
      int32Bytes(member.rebalanceTimeoutMs) +
      int32Bytes(member.sessionTimeoutMs) +
      bytes(metadataFor(member, group.protocolName)) +
      bytes(assignments.get(member.memberId) ?? member.assignment),
  );
  return (int16Bytes(VALUE_VERSION) +
    string(group.protocolType ?? '') +
    int32Bytes(group.generationId) +
    nullableString(group.protocolName) +
    nullableString(group.members.leaderId) +
    int64Bytes(group.stateTimestampMs) +
    int32Bytes(members.length) +
    members.join('')) as Bytes;
}

export const groupRecord = (timestamp: number, key: Bytes, value: Bytes | null): NewRecord => ({
  timestamp: timestamp as TimestampMs,
  key,
  value,
  headers: NO_HEADERS,
});

export function readGroupRecordKey(key: Bytes): GroupRecordKey {
  const reader = new Reader(key);
  const version = reader.int16();
  if (version === GROUP_KEY_VERSION) return { kind: 'group', groupId: reader.string() };
  if (version > OFFSET_KEY_VERSION) return { kind: 'unknown', version };
  const groupId = reader.string();
  return { kind: 'offset', groupId, topicPartition: { topic: reader.string(), partition: reader.int32() } };
}

export function readOffsetValue(value: Bytes, topicPartition: TopicPartition): OffsetAndMetadata {
  const reader = new Reader(value);
  reader.int16();
  return {
    topicPartition,
    offset: reader.int64() as Offset,
    leaderEpoch: reader.int32() as LeaderEpoch,
    metadata: reader.string(),
    commitTimestampMs: reader.int64(),
  };
}

export function readGroupValue(value: Bytes): StoredGroup {
  const reader = new Reader(value);
  reader.int16();
  return {
    protocolType: reader.string(),
    generationId: reader.int32(),
    protocolName: reader.nullableString(),
    leaderId: reader.nullableString(),
    stateTimestampMs: reader.int64(),
    members: Array.from({ length: reader.int32() }, () => ({
      memberId: reader.string(),
      groupInstanceId: reader.nullableString(),
      clientId: reader.string(),
      clientHost: reader.string(),
      rebalanceTimeoutMs: reader.int32(),
      sessionTimeoutMs: reader.int32(),
      subscription: reader.bytes(),
      assignment: reader.bytes(),
    })),
  };
}

class Reader {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(source: Bytes) {
    this.#bytes = source;
  }
  int16(): number {
    return readInt16(this.#bytes, this.#advance(2));
  }
  int32(): number {
    return readInt32(this.#bytes, this.#advance(4));
  }
  int64(): number {
    return readInt64(this.#bytes, this.#advance(8));
  }
  string(): string {
    return this.nullableString() ?? '';
  }
  nullableString(): string | null {
    const length = this.int16();
    return length < 0 ? null : textOf(this.#take(length));
  }
  bytes(): Bytes {
    return this.#take(this.int32());
  }
  #take(length: number): Bytes {
    const from = this.#advance(length);
    return this.#bytes.slice(from, from + length) as Bytes;
  }
  #advance(length: number): number {
    this.#at += length;
    return this.#at - length;
  }
}
