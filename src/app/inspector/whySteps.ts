/**
 * The chain of causes as a person wants to read it: a message sent and delivered is one step, many exchanges of the same kind are one, and
 * what only prepares another fact is left out.
 */
import type { FactId, ProcessId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import { isMarked } from '../../kernel/facts.ts';

export interface WhyStep {
  /** Where the step leads to: of an exchange, the arrival. */
  readonly fact: Fact;
  /** The oldest of several: what was asked first. */
  readonly oldest: Fact;
  readonly exchange: {
    readonly from: ProcessId;
    readonly to: ProcessId;
    readonly api: string;
    /** Alternating requests and answers between the same two. */
    readonly isBothWays: boolean;
  } | null;
  /** Messages or timers of this kind in a row. */
  readonly count: number;
}

/**
 * `facts`: newest first, each the cause of the one before, as `Timeline.whyChain` gives them. `factOf`: to find what a process told of an
 * event before it acted on it (a session expires, so a watch fires): such a fact is no link of the chain, but it is what a person asks for.
 */
export function whySteps(
  facts: readonly Fact[],
  factOf: (id: FactId) => Fact | undefined = () => undefined,
): readonly WhyStep[] {
  const steps: WhyStep[] = [];
  facts.forEach((fact, index) => {
    const isEnd = index === 0 || index === facts.length - 1;
    if (!isEnd && isDull(fact)) return;
    const { what } = fact;
    // The sending of a message whose arrival has just been told.
    if ((what.kind === 'sent' || what.kind === 'resent') && index > 0 && isArrival(facts, index)) return;
    const newer = facts[index - 1];
    const remark = newer === undefined ? null : remarkBetween(fact, newer, factOf);
    if (remark !== null) steps.push(stepOf(remark));
    const step = stepOf(fact);
    const before = steps.at(-1);
    const merged = before === undefined ? null : mergeSteps(before, step);
    if (merged === null) steps.push(step);
    else steps[steps.length - 1] = merged;
  });
  return steps;
}

/** An event tells what it changes at its own instant: so many facts are looked at. */
const nearbyFacts = 40;

/** The first marked fact that the older one's event told before it led to the newer one. */
function remarkBetween(older: Fact, newer: Fact, factOf: (id: FactId) => Fact | undefined): Fact | null {
  if (newer.what.kind === 'told') return null;
  for (let id = older.id + 1; id < Math.min(newer.id, older.id + nearbyFacts); id++) {
    const fact = factOf(id as FactId);
    if (fact !== undefined && fact.causes[0] === older.id && isMarked(fact)) return fact;
  }
  return null;
}

/** What is between two facts that matter, without a word of its own. */
function isDull({ what }: Fact): boolean {
  switch (what.kind) {
    case 'timerSet':
    case 'connecting':
    case 'connected':
    case 'accepted':
    case 'closed':
    case 'entered':
    case 'read':
    case 'printed':
    case 'fileChanged':
      return true;
    default:
      return false;
  }
}

/** Whether all between the nearest arrival and this is about the same message: a message sent again has two facts. */
function isArrival(facts: readonly Fact[], index: number): boolean {
  for (let newer = index - 1; newer >= 0; newer--) {
    const { kind } = facts[newer]!.what;
    if (kind === 'delivered') return true;
    if (kind !== 'resent' && kind !== 'lost') return false;
  }
  return false;
}

function stepOf(fact: Fact): WhyStep {
  const { what, process } = fact;
  const single = { fact, oldest: fact, count: 1 };
  if (process === null) return { ...single, exchange: null };
  if (what.kind === 'delivered')
    return { ...single, exchange: { from: what.from, to: process, api: what.message.name, isBothWays: false } };
  if (what.kind === 'sent' || what.kind === 'resent')
    return { ...single, exchange: { from: process, to: what.to, api: what.message.name, isBothWays: false } };
  return { ...single, exchange: null };
}

/** Null when the older one is another story. */
function mergeSteps(newer: WhyStep, older: WhyStep): WhyStep | null {
  const [one, other] = [newer.exchange, older.exchange];
  if (one !== null && other !== null) {
    const isSame = one.from === other.from && one.to === other.to;
    const isBack = one.from === other.to && one.to === other.from;
    if (one.api !== other.api || (!isSame && !isBack)) return null;
    const exchange = { ...one, isBothWays: one.isBothWays || isBack };
    return { ...newer, oldest: older.oldest, exchange, count: newer.count + older.count };
  }
  const [what, olderWhat] = [newer.fact.what, older.fact.what];
  if (what.kind !== 'timerFired' || olderWhat.kind !== 'timerFired' || what.timer !== olderWhat.timer) return null;
  return newer.fact.process === older.fact.process
    ? { ...newer, oldest: older.oldest, count: newer.count + older.count }
    : null;
}
