/**
 * What an event changed: the brokers, replicas and ZooKeeper databases that are no longer what they were, the facts, and the requests of
 * clients with their answers. Processes hold immutable values, so that a change is found by identity.
 */
import type { BrokerId } from '../../kafka/ids.ts';
import { topicPartitionName } from '../../kafka/topicPartition.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Process } from '../../kernel/process.ts';
import type { World } from '../../kernel/world.ts';
import type { Broker } from '../broker/broker.ts';
import type { HostedPartition } from '../broker/hostedPartition.ts';
import { brokerIn } from '../broker/pictureOfBroker.ts';
import type { KafkaRequest, KafkaResponse } from '../protocol/kafka/kafkaMessage.ts';
import { isKafkaMessage } from '../protocol/kafka/kafkaMessage.ts';
import type { ZkDatabase } from '../zookeeper/database.ts';
import { zooKeeperDatabaseIn } from './zooKeeperDatabaseIn.ts';

export interface SeenReplica {
  readonly broker: Broker;
  readonly hosted: HostedPartition;
}
export interface BrokerChange {
  readonly before: Broker | null;
  readonly after: Broker;
}
export interface ReplicaChange {
  /** As this broker last had it, in this process or in the one before; null: it is new here. */
  readonly before: SeenReplica | null;
  readonly after: SeenReplica;
  /** The broker was started since: what it knows it has read from disk. */
  readonly isRestart: boolean;
}
export interface ZooKeeperChange {
  readonly server: number;
  readonly before: ZkDatabase | null;
  readonly after: ZkDatabase;
  readonly isAlone: boolean;
  readonly ensembleSize: number;
  /** Clients are served from it: what it has applied is committed. */
  readonly isServing: boolean;
}
/** A request of a client that is no broker, as it leaves. */
export interface SentRequest {
  readonly client: ProcessId;
  readonly server: ProcessId;
  readonly request: KafkaRequest;
}
/** A request of a client that is no broker, once it is answered, and again when the answer has come. */
export interface Exchange {
  readonly stage: 'answered' | 'received';
  readonly client: ProcessId;
  readonly server: ProcessId;
  readonly request: KafkaRequest;
  readonly response: KafkaResponse;
}

export interface Observation {
  readonly world: World;
  readonly facts: readonly Fact[];
  readonly brokers: readonly BrokerChange[];
  readonly replicas: readonly ReplicaChange[];
  readonly zooKeepers: readonly ZooKeeperChange[];
  /** Requests that clients sent. */
  readonly requests: readonly SentRequest[];
  readonly exchanges: readonly Exchange[];
  readonly cluster: SeenCluster;
}

/** The cluster as last seen, the dead brokers with what stands on their disks included. */
export class SeenCluster {
  readonly #replicas = new Map<string, Map<BrokerId, SeenReplica>>();

  /** By broker; those of deleted topics are gone. */
  replicasOf(topic: string, partition: number): ReadonlyMap<BrokerId, SeenReplica> {
    return this.#of(topicPartitionName({ topic, partition }));
  }

  put(id: BrokerId, seen: SeenReplica): SeenReplica | null {
    const replicas = this.#of(topicPartitionName(seen.hosted));
    const before = replicas.get(id) ?? null;
    replicas.set(id, seen);
    return before;
  }

  remove(id: BrokerId, { topic, partition }: HostedPartition): void {
    this.#of(topicPartitionName({ topic, partition })).delete(id);
  }

  #of(name: string): Map<BrokerId, SeenReplica> {
    let replicas = this.#replicas.get(name);
    if (replicas === undefined) {
      replicas = new Map();
      this.#replicas.set(name, replicas);
    }
    return replicas;
  }
}

export class Observer {
  readonly #cluster = new SeenCluster();
  readonly #snapshots: unknown[] = [];
  readonly #brokers = new Map<ProcessId, Broker>();
  readonly #databases = new Map<number, ZkDatabase>();
  readonly #requests = new Map<string, KafkaRequest>();

  /** What changed since the last call. */
  look(world: World, facts: readonly Fact[]): Observation {
    const brokers: BrokerChange[] = [];
    const replicas: ReplicaChange[] = [];
    const zooKeepers: ZooKeeperChange[] = [];
    const { processes } = world;
    for (let at = 0; at < processes.length; at++) {
      const process = processes[at]!;
      if (process.snapshot === this.#snapshots[at]) continue;
      this.#snapshots[at] = process.snapshot;
      const broker = brokerIn(process);
      if (broker !== null) this.#noteBroker(process, broker, brokers, replicas);
      else this.#noteZooKeeper(process, zooKeepers);
    }
    const requests: SentRequest[] = [];
    const exchanges: Exchange[] = [];
    for (const fact of facts) this.#noteMessage(world, fact, requests, exchanges);
    return { world, facts, brokers, replicas, zooKeepers, requests, exchanges, cluster: this.#cluster };
  }

  #noteBroker({ id }: Process, after: Broker, brokers: BrokerChange[], replicas: ReplicaChange[]): void {
    const before = this.#brokers.get(id) ?? null;
    if (before === after) return;
    this.#brokers.set(id, after);
    brokers.push({ before, after });
    if (before?.partitions === after.partitions) return;
    const { partitions, brokerId } = after;
    for (let index = 0; index < partitions.length; index++) {
      const hosted = partitions[index] ?? null;
      const known = before?.partitions[index] ?? null;
      if (hosted === known) continue;
      if (hosted === null) this.#cluster.remove(brokerId, known!);
      else {
        const seen = { broker: after, hosted };
        replicas.push({ before: this.#cluster.put(brokerId, seen), after: seen, isRestart: known === null });
      }
    }
  }

  #noteZooKeeper(process: Process, zooKeepers: ZooKeeperChange[]): void {
    const found = zooKeeperDatabaseIn(process);
    if (found === null) return;
    const { server, database, isAlone, ensembleSize, isServing } = found;
    const before = this.#databases.get(server) ?? null;
    if (before === database) return;
    this.#databases.set(server, database);
    zooKeepers.push({ server, before, after: database, isAlone, ensembleSize, isServing });
  }

  #noteMessage({ processes }: World, { what, process }: Fact, requests: SentRequest[], exchanges: Exchange[]): void {
    if ((what.kind !== 'sent' && what.kind !== 'delivered') || process === null || !isKafkaMessage(what.message))
      return;
    const { message } = what;
    const peer = what.kind === 'sent' ? what.to : what.from;
    const isFromClient = what.kind === 'sent' && message.kind === 'request';
    const client = isFromClient || what.kind === 'delivered' ? process : peer;
    const server = client === process ? peer : process;
    if (processes[client]?.program === 'kafka-server') return;
    const key = `${client} ${server} ${message.api} ${message.correlationId}`;
    if (message.kind === 'request') {
      if (!isFromClient) return;
      this.#requests.set(key, message);
      requests.push({ client, server, request: message });
      return;
    }
    const request = this.#requests.get(key);
    if (request === undefined) return;
    if (what.kind === 'delivered') this.#requests.delete(key);
    const stage = what.kind === 'sent' ? 'answered' : 'received';
    exchanges.push({ stage, client, server, request, response: message });
  }
}
