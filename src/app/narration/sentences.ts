/** What there is to say, in any language: one sentence for each happening of the kernel and each fact of the cluster. */
import type { ClusterFactName, ClusterFacts } from '../../cluster/facts.ts';
import type { Api } from '../../cluster/protocol/kafka/kafkaMessage.ts';
import type { ZkOp } from '../../cluster/protocol/zookeeper.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Happening } from '../../kernel/facts.ts';
import type { Input } from '../../kernel/input.ts';

/** How a process is called: « broker 1 », « kafka-console-producer ». */
export type NameOf = (process: ProcessId) => string;

type MessageKind = 'sent' | 'lost' | 'resent' | 'delivered';
type KernelKind = Exclude<Happening['kind'], 'told' | 'input' | MessageKind>;

/** Whose timer it is, and for what, where its id says so. */
export type TimerPurpose =
  | 'commandStart'
  | 'sleep'
  | 'sessionExpiry'
  | 'zookeeperClient'
  | 'group'
  | 'kafkaClient'
  | 'delayedOperation'
  | 'fetchAgain'
  | 'requestTimeout'
  | 'reconnect'
  | 'preferredLeaders'
  | 'maintenance'
  | 'other';

export interface Courier {
  readonly from: string;
  readonly to: string;
  /** What is said, with its name: « la suite du journal (Fetch) ». */
  readonly what: string;
  readonly isResponse: boolean;
}

/** What a message says, besides its name. */
export interface MessageContent {
  readonly isResponse: boolean;
  /** What it is about, where it says so: the path of a znode. */
  readonly subject: string | null;
  /** User records on board. */
  readonly recordCount: number;
  /** Errors that a response carries, each once. */
  readonly errors: readonly string[];
}

export interface Sentences {
  readonly told: { readonly [Name in ClusterFactName]: (detail: ClusterFacts[Name]) => string };
  readonly input: {
    readonly [Kind in Input['kind']]: (input: Extract<Input, { readonly kind: Kind }>, name: NameOf) => string;
  };
  readonly kernel: {
    readonly [Kind in KernelKind]: (
      what: Extract<Happening, { readonly kind: Kind }>,
      who: string,
      name: NameOf,
    ) => string | null;
  };
  readonly message: Readonly<Record<MessageKind, (courier: Courier) => string>>;
  /** What a request asks and what its answer brings, as it follows « demande à … » and « répond à … ». */
  readonly apis: Readonly<Record<Api, { readonly request: string; readonly response: string }>>;
  readonly zooKeeper: Readonly<Record<ZkOp | 'createSession', { readonly request: string; readonly response: string }>>;
  readonly watchEvent: string;
  readonly otherMessage: string;
  readonly timers: Readonly<Record<TimerPurpose, string>>;
  readonly content: (phrase: string, name: string, content: MessageContent) => string;
  readonly process: (id: ProcessId) => string;
  readonly shell: (terminal: string) => string;
  readonly outside: string;
}
