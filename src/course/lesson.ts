/**
 * What a lesson is made of: a starting cluster, texts to read, questions whose right answer is what a hidden branch of the simulation shows,
 * and tasks whose goals are predicates. Words live beside the structure, one file a language, keyed by the ids used here.
 */
import type { Goal } from './goal.ts';

/** Something a person does at the simulated machine. */
export type Action =
  /** A line typed at the prompt, or into the program that runs there. */
  | { readonly kind: 'type'; readonly terminal: string; readonly line: string }
  | { readonly kind: 'press'; readonly terminal: string; readonly key: 'Ctrl-C' | 'Ctrl-D' }
  /**
   * Done to a server, or to the program that runs at a terminal (`actors.ts` has the names): killed at once, told to stop, frozen, thawed;
   * servers are started again, too.
   */
  | { readonly kind: 'disturb'; readonly whom: string; readonly how: Disturbance }
  /** The wire between two of them, both ways. */
  | { readonly kind: 'link'; readonly between: readonly [string, string]; readonly isCut: boolean }
  /** Back in time, and on from there. */
  | { readonly kind: 'travel'; readonly backSeconds: number }
  | { readonly kind: 'wait'; readonly seconds: number };

export type Disturbance = 'kill' | 'stop' | 'pause' | 'resume' | 'start';

export const type = (terminal: string, line: string): Action => ({ kind: 'type', terminal, line });
export const press = (terminal: string, key: 'Ctrl-C' | 'Ctrl-D'): Action => ({ kind: 'press', terminal, key });
export const wait = (seconds: number): Action => ({ kind: 'wait', seconds });
export const travel = (backSeconds: number): Action => ({ kind: 'travel', backSeconds });
export const disturb = (how: Disturbance, whom: string): Action => ({ kind: 'disturb', whom, how });
export const cut = (...between: readonly [string, string]): Action => ({ kind: 'link', between, isCut: true });
export const mend = (...between: readonly [string, string]): Action => ({ kind: 'link', between, isCut: false });

/** Machines that lessons start from. */
export interface Preset {
  readonly isKafkaInstalled: boolean;
  readonly zookeepers: 0 | 1 | 3 | 5;
  readonly brokers: readonly number[];
  readonly brokerConfig?: Readonly<Record<string, string>>;
}
export const presets = {
  /** A new machine: nothing installed, nothing runs. */
  vide: { isKafkaInstalled: false, zookeepers: 0, brokers: [] },
  /** Kafka 3.9.0 unpacked, nothing runs. */
  installe: { isKafkaInstalled: true, zookeepers: 0, brokers: [] },
  /** The deck's machine: one ZooKeeper, broker 0 on port 9092, settings as shipped. */
  solo: { isKafkaInstalled: true, zookeepers: 1, brokers: [0] },
  /** One ZooKeeper, three brokers on ports 9092 to 9094. */
  trio: {
    isKafkaInstalled: true,
    zookeepers: 1,
    brokers: [0, 1, 2],
    brokerConfig: { 'offsets.topic.replication.factor': '3' },
  },
  /** An ensemble of three ZooKeepers, three brokers. */
  trioEnsemble: {
    isKafkaInstalled: true,
    zookeepers: 3,
    brokers: [0, 1, 2],
    brokerConfig: { 'offsets.topic.replication.factor': '3' },
  },
  sixBrokers: {
    isKafkaInstalled: true,
    zookeepers: 3,
    brokers: [0, 1, 2, 3, 4, 5],
    brokerConfig: { 'offsets.topic.replication.factor': '3' },
  },
  twelveBrokers: {
    isKafkaInstalled: true,
    zookeepers: 3,
    brokers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    brokerConfig: { 'offsets.topic.replication.factor': '3' },
  },
  /** Five ZooKeepers survive two of their own. */
  fiveZooKeepers: {
    isKafkaInstalled: true,
    zookeepers: 5,
    brokers: [0, 1, 2],
    brokerConfig: { 'offsets.topic.replication.factor': '3' },
  },
  /** Three ZooKeepers, no broker. */
  zk3: { isKafkaInstalled: true, zookeepers: 3, brokers: [] },
} as const satisfies Readonly<Record<string, Preset>>;

export interface Start {
  readonly preset: keyof typeof presets;
  /** Terminals open at the start, the first one in front. */
  readonly terminals: readonly string[];
  /** Two of them in sight at first, what is written left of what reads it. */
  readonly sideBySide?: readonly [string, string];
  /** Command lines run to their end before the terminals open, out of sight: topics and records that are already there. */
  readonly prepared?: readonly string[];
  /** Typed before the learner arrives; they find it in the terminals. */
  readonly actions: readonly Action[];
  /** Folders that are there, below the home. */
  readonly folders?: readonly string[];
}

export interface Task {
  readonly id: string;
  readonly goal: Goal;
  /** What « Taper pour moi » does, one press at a time; also the reference solution that the tests play. */
  readonly solution: readonly Action[];
  /** Likely wrong turns: while the goal is not met, the sentence of the first that holds is shown. */
  readonly wrongTurns: readonly { readonly id: string; readonly when: Goal }[];
}

/** `predict`: time stops, and the right answer is what a hidden branch shows. `observe`: about what is on the screen. `explain`: about why. */
export type Question = QuestionBase &
  (
    | {
        readonly kind: 'predict';
        /** What the hidden branch does, in terminals of its own. */
        readonly experiment: readonly Action[];
        /** Which choice it proves: the first whose goal is met at its end. */
        readonly proofs: readonly { readonly choice: string; readonly when: Goal }[];
      }
    | { readonly kind: 'observe' | 'explain'; readonly answer: string }
  );

interface QuestionBase {
  readonly id: string;
  /** Ids of the choices, in the order shown. */
  readonly choices: readonly string[];
}

export type Step =
  | { readonly kind: 'read'; readonly id: string }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'question'; readonly question: Question };

export interface Lesson {
  readonly id: string;
  readonly module: string;
  readonly minutes: number;
  /** Slides of the deck that it brings to life. */
  readonly slides: readonly number[];
  readonly start: Start;
  readonly steps: readonly Step[];
}

/** The words of a lesson in one language. `code` in back quotes; a blank line parts paragraphs. */
export interface LessonText {
  readonly title: string;
  readonly objective: string;
  readonly reads: Readonly<Record<string, string>>;
  readonly tasks: Readonly<
    Record<
      string,
      {
        readonly text: string;
        /** Where to look, what to use, the command. */
        readonly hints: readonly [string, string, string];
        readonly wrongTurns: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly questions: Readonly<
    Record<
      string,
      {
        readonly text: string;
        readonly choices: Readonly<Record<string, { readonly text: string; readonly feedback: string }>>;
      }
    >
  >;
  /** To go further, freely. */
  readonly freePlay: readonly string[];
}
