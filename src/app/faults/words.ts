/** The words of faults by hand. */
import type { Refusal } from './deed.ts';
import type { ClockVerb, DiskVerb } from './hostDeeds.ts';
import type { LinkVerb } from './linkDeeds.ts';
import type { MessageVerb } from './messageDeeds.ts';
import type { ProcessVerb } from './processDeeds.ts';
import type { LinkTool, Tool } from './tools.ts';

export interface FaultWords {
  readonly palette: string;
  readonly tools: Readonly<Record<Tool, string>>;
  /** How to use it: by dragging, or by choosing. */
  readonly toolHelp: Readonly<Record<Tool, string>>;
  readonly dropOn: Readonly<Record<Tool, string>>;
  readonly oneWayOnly: string;
  readonly kill: (name: string) => string;
  readonly drop: Readonly<Record<LinkTool, (link: string) => string>>;
  /** Title of the list of a party's links, one of which is chosen. */
  readonly chooseLink: Readonly<Record<LinkTool, (name: string) => string>>;
  readonly dropMend: (link: string) => string;
  readonly link: (one: string, other: string) => string;
  readonly oneWay: (from: string, to: string) => string;
  /** Of several parties at one end of a link. */
  readonly and: (names: readonly string[]) => string;
  readonly process: Readonly<Record<ProcessVerb, string>>;
  readonly linkVerbs: Readonly<Record<LinkVerb, (one: string, other: string) => string>>;
  readonly expire: string;
  readonly message: Readonly<Record<MessageVerb, string>>;
  readonly disk: Readonly<Record<DiskVerb, string>>;
  readonly diskTitle: string;
  readonly clock: Readonly<Record<ClockVerb, string>>;
  readonly clockTitle: string;
  readonly machine: string;
  readonly timers: string;
  readonly noTimer: string;
  readonly fireNow: string;
  readonly fireNowOf: (timer: string) => string;
  readonly dueIn: (duration: string) => string;
  readonly messageInFlight: string;
  readonly linkOfMessage: string;
  readonly refusals: Readonly<Record<Refusal, string>>;
  readonly links: string;
  readonly linksWith: (name: string) => string;
  readonly everyone: (name: string) => string;
  readonly inspect: string;
  readonly menuOf: (name: string) => string;
  readonly section: string;
  readonly latency: string;
  readonly loss: string;
  readonly milliseconds: (ms: number) => string;
  readonly percent: (perMille: number) => string;
  readonly count: (faults: number) => string;
  readonly list: string;
  readonly lift: string;
  readonly liftOf: (fault: string) => string;
  readonly liftAll: string;
  readonly nothingLeft: string;
  readonly dead: string;
  readonly paused: string;
  readonly diskOf: (server: string) => string;
  readonly diskStates: Readonly<Record<'full' | 'failed', string>>;
  readonly clockOf: (server: string) => string;
  readonly ahead: (duration: string) => string;
  readonly behind: (duration: string) => string;
  readonly healthy: string;
  readonly cut: string;
  /** What only one way of a link suffers. */
  readonly suffered: (what: string, from: string, to: string) => string;
  readonly undo: string;
  readonly redo: string;
  readonly undoTitle: string;
  readonly redoTitle: string;
}
