/**
 * What appears on each terminal, read from the facts as the history grows: what its programs print, what is typed at it. The past that
 * was read once is kept, so that going back in time, or to another branch, shows it without a replay.
 */
import type { Branch } from '../../kernel/branch.ts';
import type { FactId } from '../../kernel/events.ts';
import type { Fact } from '../../kernel/facts.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { isPromptOf, styleEcho, stylePrinted, stylePrompt } from './styledText.ts';

export interface Piece {
  readonly fact: FactId;
  readonly at: VirtualTimeUs;
  /** With the escapes of a terminal: colours, `\r\n`. */
  readonly text: string;
  /** It was typed: who typed it knows it already. */
  readonly isEcho: boolean;
}

/** All facts before `fact` have been read, and none of them is later than `at`. */
interface ReadMark {
  readonly fact: FactId;
  readonly at: VirtualTimeUs;
}
/** Marks nearer to each other than so many facts are merged. */
const factsBetweenMarks = 500;
/** Facts read before the stopwatch is looked at. */
const factsBetweenGlances = 256;

export class TerminalJournal {
  readonly #timeline: Timeline;
  readonly #pieces = new Map<string, Piece[]>();
  readonly #awaitsCommand = new Set<string>();
  #marks: ReadMark[] = [];
  #readUpTo = 0 as FactId;
  #branch: number;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#branch = timeline.branch.id;
  }

  /**
   * Reads on, to the present unless `isTimeUp` says so before; false when something is left to be read. Facts that the kernel has
   * forgotten are replayed: a long history read at once takes its time.
   */
  read(isTimeUp: () => boolean = () => false): boolean {
    this.#followBranch();
    const { nextFact } = this.#timeline;
    if (this.#readUpTo >= nextFact) return true;
    let count = 0;
    for (const fact of this.#timeline.factsFrom(this.#readUpTo, nextFact)) {
      this.#note(fact);
      this.#readUpTo = (fact.id + 1) as FactId;
      if (++count % factsBetweenGlances === 0) {
        this.#mark(fact.at);
        if (isTimeUp()) return false;
      }
    }
    this.#mark(this.#timeline.now);
    return true;
  }

  /** What is known of a terminal in the present branch, in order; pieces of the known future included. */
  piecesOf(terminal: string): readonly Piece[] {
    return this.#pieces.get(terminal) ?? [];
  }

  /** How many of them belong to the past of the present instant. */
  shownCountOf(terminal: string): number {
    return countBefore(this.piecesOf(terminal), ({ fact }) => fact < this.#timeline.nextFact);
  }

  #note({ id, at, process, what }: Fact): void {
    if (what.kind === 'printed' && what.terminal !== null) {
      const program = process === null ? undefined : this.#timeline.world.processes[process]?.program;
      const isPrompt = isPromptOf(program, what);
      if (isPrompt) this.#awaitsCommand.add(what.terminal);
      else this.#awaitsCommand.delete(what.terminal);
      this.#push(what.terminal, {
        fact: id,
        at,
        text: isPrompt ? stylePrompt(what.text) : stylePrinted(what),
        isEcho: false,
      });
    } else if (what.kind === 'input') {
      const { input } = what;
      if (input.kind === 'typed') {
        const text = styleEcho(input.line, { isCommand: this.#awaitsCommand.has(input.terminal) });
        this.#push(input.terminal, { fact: id, at, text, isEcho: true });
      } else if (input.kind === 'interrupt') this.#push(input.terminal, { fact: id, at, text: '^C', isEcho: true });
      else if (input.kind === 'openTerminal' && this.piecesOf(input.terminal).at(-1)?.text.endsWith('\n') === false)
        // It was closed at a prompt: the new one has a line of its own.
        this.#push(input.terminal, { fact: id, at, text: '\r\n', isEcho: true });
    }
  }

  #push(terminal: string, piece: Piece): void {
    const pieces = this.#pieces.get(terminal);
    if (pieces === undefined) this.#pieces.set(terminal, [piece]);
    else pieces.push(piece);
  }

  #mark(at: VirtualTimeUs): void {
    const before = this.#marks.at(-2);
    if (before !== undefined && this.#readUpTo - before.fact < factsBetweenMarks) this.#marks.pop();
    this.#marks.push({ fact: this.#readUpTo, at });
  }

  /** Of another branch, what both have in common stays. */
  #followBranch(): void {
    const { id } = this.#timeline.branch;
    if (id === this.#branch) return;
    const shared = sharedBefore(this.#timeline.branches, this.#branch, id);
    this.#branch = id;
    const kept = countBefore(this.#marks, ({ at }) => at < shared);
    this.#marks = this.#marks.slice(0, kept);
    this.#readUpTo = this.#marks.at(-1)?.fact ?? (0 as FactId);
    for (const pieces of this.#pieces.values())
      pieces.length = countBefore(pieces, ({ fact }) => fact < this.#readUpTo);
    this.#awaitsCommand.clear();
  }
}

/** Two branches have all in common that came before this instant. */
export function sharedBefore(branches: readonly Branch[], one: number, other: number): VirtualTimeUs {
  const limitsOfOne = limitsAlong(branches, one);
  for (const [id, limit] of limitsAlong(branches, other)) {
    const common = limitsOfOne.get(id);
    if (common !== undefined) return limit < common ? limit : common;
  }
  return 0 as VirtualTimeUs;
}

/** A branch and those it came from: up to when their history is its own too. */
function limitsAlong(branches: readonly Branch[], from: number): ReadonlyMap<number, VirtualTimeUs> {
  const limits = new Map<number, VirtualTimeUs>();
  let limit = Number.POSITIVE_INFINITY as VirtualTimeUs;
  for (let id: number | null = from; id !== null; ) {
    const branch = branches.find((candidate) => candidate.id === id);
    if (branch === undefined) break;
    limits.set(id, limit);
    if (branch.forkedAt < limit) limit = branch.forkedAt;
    id = branch.parent;
  }
  return limits;
}

/** How many at the beginning of a list hold what the rest does not. */
function countBefore<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
