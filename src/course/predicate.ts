/** What goals say of the cluster, the files and what was run: as much as lessons use. */
import type { ClusterFactName } from '../cluster/facts.ts';

/** Marked facts that goals wait for; `unmet.*.ts` say that they have not happened. */
export type NamedFact = Extract<
  ClusterFactName,
  | 'controllerElected'
  | 'isrExpanded'
  | 'isrShrunk'
  | 'leaderElected'
  | 'recordsRefused'
  | 'sessionExpired'
  | 'zookeeperElected'
>;

/** A number, or bounds. */
export type Count = number | { readonly min?: number; readonly max?: number };

export type Predicate = MachinePredicate | LogPredicate | ReplicationPredicate | GroupPredicate;

export type MachinePredicate =
  /** `zookeeper-1`, `broker-0`… runs and is ready. */
  | { readonly is: 'serviceRunning'; readonly service: string }
  /** `how`: killed at once, or told to stop; in any way unless told. */
  | { readonly is: 'serviceStopped'; readonly service: string; readonly how?: 'killed' | 'told' }
  | { readonly is: 'servicePaused'; readonly service: string }
  /** So many servers of ZooKeeper are dead, whichever. */
  | { readonly is: 'zooKeepersDown'; readonly count: Count }
  /** Nothing passes between the two, one way at least. */
  | { readonly is: 'linkCut'; readonly between: readonly [string, string] }
  /**
   * A command was run since the lesson began: its program, the options among its arguments (each must be there, in any order; a value may be
   * given as the next argument or after `=`), words that appear in it, its exit code, and how often. `latest`: only its last run counts, and
   * only since the task began, as for a mistake that has been mended since; `ofAll`: nor once another line has been typed.
   */
  | {
      readonly is: 'commandRun';
      readonly program: string;
      readonly latest?: true | 'ofAll';
      readonly options?: Readonly<Record<string, string | true>>;
      readonly words?: readonly string[];
      readonly without?: readonly string[];
      readonly argumentCount?: Count;
      readonly exit?: number;
      readonly count?: Count;
    }
  /** A zookeeper-shell was asked this, on its command line or at its prompt: the command's name, and a path among its arguments. */
  | { readonly is: 'zooKeeperAsked'; readonly command: string; readonly path: string }
  /** A watch on the path fired for a zookeeper-shell. */
  | { readonly is: 'watchHeard'; readonly path: string }
  /** Ctrl-C ended a run of the program; `words` appear in it; a console consumer had printed so many records. */
  | {
      readonly is: 'interrupted';
      readonly program: string;
      readonly words?: readonly string[];
      readonly printed?: Count;
    }
  /** No console producer runs any more, those of the start included. */
  | { readonly is: 'producersStopped' }
  /** Still running, at any terminal. */
  | { readonly is: 'running'; readonly program: string; readonly count?: Count }
  | { readonly is: 'file'; readonly path: string; readonly exists: boolean }
  /** A marked fact of the cluster has happened since the lesson (or the hidden branch) began, with these details, so many seconds after. */
  | {
      readonly is: 'happened';
      readonly fact: NamedFact;
      readonly where?: Readonly<Record<string, string | number>>;
      readonly afterSeconds?: Count;
      readonly count?: Count;
    }
  /** The learner went back in time. */
  | { readonly is: 'travelled' }
  /** … and let time run on from there. */
  | { readonly is: 'wentOn' };

interface Partition {
  readonly topic: string;
  readonly partition: number;
}

export type LogPredicate =
  | {
      readonly is: 'topicExists';
      readonly topic: string;
      readonly partitions?: Count;
      readonly replicationFactor?: Count;
    }
  | { readonly is: 'topicAbsent'; readonly topic: string }
  /** Data records in the leaders' logs. */
  | {
      readonly is: 'records';
      readonly topic: string;
      readonly count: Count;
      readonly key?: string;
      readonly value?: string;
    }
  /** So many producers have written records with a key; without idempotence they cannot be told apart, and count as one. */
  | { readonly is: 'keyedProducers'; readonly topic: string; readonly count: Count }
  /** How many partitions hold this key. */
  | { readonly is: 'keyPartitions'; readonly topic: string; readonly key: string; readonly count: Count }
  /** Records of the two keys lie in one partition. */
  | { readonly is: 'sharePartition'; readonly topic: string; readonly keys: readonly [string, string] }
  /** Of the leader's log: the first offset there, the next one to be written. */
  | (Partition & { readonly is: 'logStart' | 'logEnd'; readonly offset: Count })
  /** Of the leader's log: offsets from its start to its end that no record has any more. */
  | (Partition & { readonly is: 'holes'; readonly count: Count })
  /** Of the leader's log, the active one included. */
  | (Partition & { readonly is: 'segments'; readonly count: Count })
  /** Of the leader's log: records written that no consumer can read yet, between its high watermark and its end. */
  | (Partition & { readonly is: 'unreadable'; readonly count: Count })
  /**
   * Each of `readers` console consumers has printed that many records of the topic; `words` appear in its command, `without` do not; `isNew`: only
   * those started since the lesson, or the hidden branch, began; `live`: only records written while it was there to read them.
   */
  | {
      readonly is: 'consumed';
      readonly topic: string;
      readonly records: Count;
      readonly readers?: number;
      readonly isNew?: true;
      readonly live?: true;
      readonly words?: readonly string[];
      readonly without?: readonly string[];
    };

export type ReplicationPredicate =
  /** −1: no leader. */
  | (Partition & { readonly is: 'leaderIs'; readonly broker: number })
  /** It has a living leader, and that is another one. */
  | (Partition & { readonly is: 'leaderIsNot'; readonly broker: number })
  | (Partition & { readonly is: 'leaderEpoch'; readonly epoch: Count })
  /** How many brokers lead a partition of the topic. */
  | { readonly is: 'leadersSpread'; readonly topic: string; readonly brokers: Count }
  | (Partition & { readonly is: 'isrSize'; readonly size: Count })
  /** Partitions whose ISR lacks a replica. */
  | { readonly is: 'underReplicated'; readonly topic: string; readonly count: Count }
  /** −1: none. */
  | { readonly is: 'controllerIs'; readonly broker: number }
  | { readonly is: 'controllerIsNot'; readonly broker: number }
  | { readonly is: 'controllerEpoch'; readonly epoch: Count }
  /** `data` appears in it. */
  | {
      readonly is: 'znode';
      readonly path: string;
      readonly exists?: boolean;
      readonly data?: string;
      readonly isEphemeral?: boolean;
      readonly children?: Count;
    }
  /** A majority of ZooKeeper's servers serves; with `leaderIsNot`, led by another one. */
  | { readonly is: 'zooKeeperServes'; readonly leaderIsNot?: number };

export type GroupPredicate =
  /** As Kafka names them: Empty, PreparingRebalance, CompletingRebalance, Stable, Dead. */
  | { readonly is: 'groupState'; readonly group: string; readonly state: string }
  | { readonly is: 'groupMembers'; readonly group: string; readonly count: Count }
  /** Members without any partition. */
  | { readonly is: 'idleMembers'; readonly group: string; readonly count: Count }
  /** Each partition of the topic has a reader in the group. */
  | { readonly is: 'allAssigned'; readonly group: string; readonly topic: string }
  /** The committed offset: the next one to read. */
  | (Partition & { readonly is: 'committed'; readonly group: string; readonly offset: Count })
  /** End of the logs minus committed offsets, of all partitions where something is committed. */
  | { readonly is: 'lag'; readonly group: string; readonly topic: string; readonly records: Count };
