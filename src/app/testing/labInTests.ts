/**
 * For the browser's tests only: with `?e2e` in the address, `window.labInTests` is the lab at work. A test that holds its time moves it
 * by the rules of scenarios instead of by the wall's clock, and asks for digests and observations; all that a learner can do, it does with
 * keys and clicks, as a learner. Loaded only when asked for.
 */
import type { Observation } from '../../scenario/schema.ts';
import type { Json } from '../../scenario/masks.ts';
import { stageOf } from '../../course/begin.ts';
import { digestOfFacts } from '../../kernel/digest.ts';
import type { FactId } from '../../kernel/events.ts';
import type { Session } from '../../kernel/session.ts';
import { seconds } from '../../kernel/time.ts';
import { observe } from '../../scenario/observe.ts';
import type { Stage } from '../../scenario/stage.ts';
import { runFor, runUntil } from '../../scenario/stage.ts';
import { Terminals } from '../../scenario/terminals.ts';
import { shellOf } from '../../shell/bash/shellOf.ts';
import type { Lab } from '../session/Lab.ts';
import { isPromptOf } from '../terminals/styledText.ts';
import { terminalStatesOf } from '../terminals/terminalStates.ts';

declare global {
  interface Window {
    labInTests?: LabInTests;
  }
}

export class LabInTests {
  readonly lab: Lab;
  /** What has appeared on each terminal since time was held; bash's prompts left out. */
  #texts = new Map<string, string>();
  #stage: Stage | null = null;
  #printed: Terminals | null = null;
  #readUpTo = 0 as FactId;

  constructor(lab: Lab) {
    this.lab = lab;
  }

  /** From now on time moves only as `runFor` and its like say; what is typed waits for them. */
  hold(): void {
    const { lab } = this;
    lab.store.subscribe(({ isPlaying }) => {
      if (isPlaying) lab.setPlaying(false);
    });
    lab.setPlaying(false);
    this.#readUpTo = lab.timeline.nextFact;
    const stage = stageOf(lab.timeline);
    this.#stage = {
      get world() {
        return stage.world;
      },
      apply: (input) => stage.apply(input),
      nextEventAt: () => stage.nextEventAt(),
      step: () => {
        const hasStepped = stage.step();
        this.#read();
        return hasStepped;
      },
      advanceTo: (at) => {
        stage.advanceTo(at);
        this.#read();
      },
    };
    this.#printed = new Terminals(this.#stage);
  }

  /** Of the first facts of the present branch, of all up to the present unless told. */
  digest(factCount: number = this.lab.timeline.nextFact): string {
    return digestOfFacts(this.lab.timeline.factsFrom(0 as FactId, factCount as FactId));
  }

  factCount(): number {
    return this.lab.timeline.nextFact;
  }

  session(): Session {
    return this.lab.timeline.toSession();
  }

  observe(what: Observation): Json {
    return observe(this.lab.timeline.world, what);
  }

  textOf(terminal: string): string {
    return this.#texts.get(terminal) ?? '';
  }

  /** A program runs in front of its shell, or the shell has not read yet what was typed. */
  isBusy(terminal: string): boolean {
    const state = terminalStatesOf(this.lab.timeline.world).find((one) => one.terminal === terminal);
    return state !== undefined && (state.running !== null || !state.awaitsLine);
  }

  isAnyBusy(): boolean {
    return terminalStatesOf(this.lab.timeline.world).some(({ terminal }) => this.isBusy(terminal));
  }

  /** `$?` of its shell. */
  exitCodeOf(terminal: string): number | null {
    const state = terminalStatesOf(this.lab.timeline.world).find((one) => one.terminal === terminal);
    return state === undefined ? null : (shellOf(state.shell.snapshot)?.lastExit ?? null);
  }

  /** False when it was still busy after so long. */
  runUntilIdle(terminal: string, withinSeconds: number): boolean {
    return this.#run((stage) => runUntil(stage, () => !this.isBusy(terminal), seconds(withinSeconds)));
  }

  /** Until what the terminal shows from that place on matches (null: anything at all), or nothing runs there any more. */
  runUntilPrinted(terminal: string, from: number, pattern: string | null, withinSeconds: number): boolean {
    const expected = pattern === null ? /[^]/ : new RegExp(pattern, 'm');
    const isMet = (): boolean => expected.test(this.textOf(terminal).slice(from)) || !this.isBusy(terminal);
    return this.#run((stage) => runUntil(stage, isMet, seconds(withinSeconds)));
  }

  runFor(duration: number): void {
    this.#run((stage) => runFor(stage, seconds(duration)));
  }

  /** Until no terminal has printed for so many seconds, or the limit is reached. */
  awaitSilence(silence: number, limit: number): void {
    this.#run(() => this.#printed?.awaitSilence(seconds(silence), seconds(limit)));
  }

  #run<T>(work: (stage: Stage) => T): T {
    if (this.#stage === null) throw new Error('time is not held');
    const answer = work(this.#stage);
    // Nothing is selected anew, but the panels look again.
    this.lab.select(this.lab.store.getState().selected);
    return answer;
  }

  #read(): void {
    const { timeline } = this.lab;
    for (const fact of timeline.factsFrom(this.#readUpTo)) {
      const { process, what } = fact;
      if (what.kind !== 'printed' || what.terminal === null) continue;
      const program = process === null ? undefined : timeline.world.processes[process]?.program;
      if (isPromptOf(program, what)) continue;
      this.#texts.set(what.terminal, this.textOf(what.terminal) + what.text);
      this.#printed?.note(fact);
    }
    this.#readUpTo = timeline.nextFact;
  }
}

/** Called with the lab that has just been opened. */
export function exposeLab(lab: Lab): void {
  window.labInTests = new LabInTests(lab);
}
