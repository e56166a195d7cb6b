/**
 * What the terminals do beyond what React draws: the screens that are there, the journals they show, lines that are entered, and whoever
 * types for the learner.
 */
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Action } from '../../course/lesson.ts';
import type { Input } from '../../kernel/input.ts';
import { timeZero } from '../../kernel/time.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { completionAt, historyOf } from './completionAt.ts';
import type { OutputLink } from './outputLinks.ts';
import type { ShownTerminals } from './shownTerminals.ts';
import { bringIn, choose, nothingShown, placesFilled, toggleSplit } from './shownTerminals.ts';
import { closeTerminalInput, openTerminalInput } from './terminalInputs.ts';
import { TerminalJournal } from './terminalJournal.ts';
import type { ScreenPort } from './terminalScreen.ts';
import { TerminalScreen } from './terminalScreen.ts';
import type { TerminalState } from './terminalStates.ts';
import { freeTerminalName, terminalStatesOf } from './terminalStates.ts';
import type { Deed, PageAction, TypistSight } from './typist.ts';
import { TypistRun } from './typistRun.ts';

/** Reading the journal may take so long at a time. */
const readingMs = 6;

export interface DeskContext {
  readonly timeline: Timeline;
  /** Another one: the world may have changed. */
  readonly tick: number;
  /** The terminals that are drawn. */
  readonly inSight: readonly string[];
  readonly pending: readonly Action[];
  readonly onAct: (input: Input) => void;
  /** Something that the page does itself is wanted. */
  readonly onPageAction: (action: PageAction) => void;
  readonly onTyped?: (() => void) | undefined;
  /** See `ScreenPort`. */
  readonly linksIn: ((line: string) => readonly OutputLink[]) | undefined;
  readonly onSelect: ((mark: string) => void) | undefined;
  /** The keys leave the terminals. */
  readonly onLeave: () => void;
}

export interface DeskState {
  readonly chosen: ShownTerminals;
  readonly isTyping: boolean;
}

export class TerminalDesk {
  readonly store: StoreApi<DeskState>;
  readonly #screens = new Map<string, TerminalScreen>();
  readonly #journals = new WeakMap<Timeline, TerminalJournal>();
  #context: DeskContext | null = null;
  /** A screen that is to have the keys as soon as it is there. */
  #focusNext: string | null = null;
  #reading = 0;
  /** In sight before a hidden branch. */
  #beforeBranch: ShownTerminals | null = null;
  readonly #typist = new TypistRun({
    sight: () => this.#sight(),
    perform: (deed) => this.#perform(deed),
    onTypingChange: (isTyping) => this.store.setState({ isTyping }),
    onTyped: () => this.#context?.onTyped?.(),
  });

  /** `shown`: to begin with. */
  constructor(shown: ShownTerminals = nothingShown) {
    this.store = createStore<DeskState>(() => ({ chosen: shown, isTyping: false }));
  }

  /** The page's present: shows what is known of it. */
  update(context: DeskContext): void {
    const before = this.#context;
    this.#context = context;
    if (before !== null && context.timeline !== before.timeline) {
      this.#typist.stop();
      this.#followTimeline(before.timeline);
    }
    this.#sync();
    this.#giveFocus();
  }

  /** A hidden branch shows the terminal that it has opened; the way back shows what was in sight before. */
  #followTimeline(left: Timeline): void {
    const known = terminalStatesOf(left.world).map(({ terminal }) => terminal);
    const opened = this.#open().find((terminal) => !known.includes(terminal));
    if (opened !== undefined) {
      this.#beforeBranch ??= this.store.getState().chosen;
      this.show(opened);
    } else if (this.#beforeBranch !== null) {
      this.store.setState({ chosen: this.#beforeBranch });
      this.#beforeBranch = null;
    }
  }

  /** A screen in that place; the answer takes it away. */
  attach(terminal: string, host: HTMLElement): { readonly screen: TerminalScreen; readonly detach: () => void } {
    const screen = new TerminalScreen(host, this.#portFor(terminal));
    this.#screens.set(terminal, screen);
    this.#sync();
    this.#giveFocus();
    const detach = (): void => {
      // The screen that takes its place takes its keys.
      if (screen.hasFocus) this.#focusNext = terminal;
      this.#screens.delete(terminal);
      screen.dispose();
    };
    return { screen, detach };
  }

  rest(): void {
    this.#typist.stop();
    cancelAnimationFrame(this.#reading);
  }

  /** The colours of that theme are read from the page. */
  readTheme(_theme: string): void {
    for (const screen of this.#screens.values()) screen.readTheme();
  }

  show(terminal: string): void {
    this.store.setState(({ chosen }) => {
      const next = choose(chosen, [...new Set([...this.#open(), terminal])], terminal);
      return { chosen: next };
    });
  }

  /** Shows a terminal; the keys go there. */
  enter(terminal: string): void {
    this.#focusNext = terminal;
    this.show(terminal);
    this.#giveFocus();
  }

  isInSight(terminal: string): boolean {
    return this.#screens.get(terminal)?.isInSight ?? false;
  }

  /** Keys that were pressed elsewhere, and are that terminal's, with all that follow. */
  take(terminal: string, text: string): void {
    this.enter(terminal);
    this.#screens.get(terminal)?.take(text);
  }

  toggleSplit(): void {
    this.store.setState(({ chosen }) => ({ chosen: toggleSplit(chosen, this.#open()) }));
  }

  openAnother(): void {
    if (this.#context === null) return;
    const { world } = this.#context.timeline;
    const name = freeTerminalName([...this.#open(), ...world.terminals.keys()]);
    this.#act(openTerminalInput(world, name));
    this.enter(name);
  }

  close(terminal: string): void {
    const state = this.#stateOf(terminal);
    const input = state === undefined ? null : closeTerminalInput(state);
    if (input !== null) this.#act(input);
  }

  /** « Taper pour moi »; while it types, the rest at once. */
  typeForMe(): void {
    this.#typist.type(this.#context?.pending ?? []);
  }

  /** A line at a terminal; one whose shell has ended gets another. */
  enterLine(terminal: string, line: string): void {
    if (this.#context === null) return;
    const { world } = this.#context.timeline;
    if (world.terminals.has(terminal)) this.#act({ kind: 'typed', terminal, line });
    else this.#act(openTerminalInput(world, terminal));
  }

  #portFor(terminal: string): ScreenPort {
    return {
      enter: (line) => this.enterLine(terminal, line),
      interrupt: () => this.#act({ kind: 'interrupt', terminal }),
      endOfFile: () => this.#act({ kind: 'endOfFile', terminal }),
      ownKey: () => this.#typist.stop(),
      typeForMe: () => this.typeForMe(),
      leave: () => this.#context?.onLeave(),
      linksIn: (line) => this.#context?.linksIn?.(line) ?? [],
      select: (mark) => this.#context?.onSelect?.(mark),
      history: () => {
        const state = this.#stateOf(terminal);
        return state === undefined ? [] : historyOf(state);
      },
      complete: (line, cursor) => {
        const state = this.#stateOf(terminal);
        const world = this.#context?.timeline.world;
        return state === undefined || world === undefined ? null : completionAt(world, state, line, cursor);
      },
    };
  }

  /** At once: what follows from the input is shown in the same frame. */
  #act(input: Input): void {
    this.#context?.onAct(input);
    this.#sync();
  }

  /** Shows what is known by now; goes on at the next frame when a long history is being read. */
  #sync(): void {
    cancelAnimationFrame(this.#reading);
    if (this.#context === null) return;
    const { timeline, pending, inSight } = this.#context;
    const journal = this.#journal(timeline);
    const deadline = performance.now() + readingMs;
    if (!journal.read(() => performance.now() > deadline)) this.#reading = requestAnimationFrame(() => this.#sync());
    const proposed = pending.find(({ kind }) => kind === 'type' || kind === 'press');
    for (const state of this.#states()) {
      const { terminal, running, awaitsLine } = state;
      const screen = this.#screens.get(terminal);
      if (screen === undefined || !inSight.includes(terminal)) continue;
      screen.show(journal, terminal);
      const isProposed = awaitsLine && proposed?.kind === 'type' && proposed.terminal === terminal;
      const proposal = isProposed ? proposed.line : '';
      screen.status = { isAtPrompt: running === null, awaitsLine, proposal };
    }
  }

  #journal(timeline: Timeline): TerminalJournal {
    let journal = this.#journals.get(timeline);
    if (journal === undefined) {
      journal = new TerminalJournal(timeline);
      this.#journals.set(timeline, journal);
    }
    return journal;
  }

  #giveFocus(): void {
    if (this.#focusNext === null) return;
    const screen = this.#screens.get(this.#focusNext);
    if (screen === undefined || !screen.isInSight) return;
    this.#focusNext = null;
    screen.focus();
  }

  #states(): readonly TerminalState[] {
    return this.#context === null ? [] : terminalStatesOf(this.#context.timeline.world);
  }
  #stateOf(terminal: string): TerminalState | undefined {
    return this.#states().find((state) => state.terminal === terminal);
  }
  #open(): readonly string[] {
    return this.#states().map(({ terminal }) => terminal);
  }

  #sight(): TypistSight {
    const timeline = this.#context?.timeline;
    const journal = timeline === undefined ? undefined : this.#journal(timeline);
    return {
      now: timeline?.now ?? timeZero,
      isOpen: (terminal) => timeline?.world.terminals.has(terminal) === true && this.#screens.has(terminal),
      awaitsLine: (terminal) => this.#stateOf(terminal)?.awaitsLine ?? false,
      lastSignAt: (terminal) => {
        const count = journal?.shownCountOf(terminal) ?? 0;
        return journal?.piecesOf(terminal)[count - 1]?.at ?? timeZero;
      },
    };
  }

  #perform(deed: Deed): void {
    if (deed.kind === 'act') return this.#context?.onPageAction(deed.action);
    const { terminal } = deed;
    const world = this.#context?.timeline.world;
    if (deed.kind === 'open' && world !== undefined && !world.terminals.has(terminal))
      this.#act(openTerminalInput(world, terminal));
    if (!placesFilled(this.store.getState().chosen, this.#open()).includes(terminal))
      this.store.setState(({ chosen }) => ({ chosen: bringIn(chosen, this.#open(), terminal) }));
    const screen = this.#screens.get(terminal);
    switch (deed.kind) {
      case 'open':
        return;
      case 'show':
        return screen?.setLine(deed.text);
      case 'enter':
        screen?.setLine(deed.line);
        return screen === undefined ? this.enterLine(terminal, deed.line) : screen.enter();
      case 'press':
        return this.#act({ kind: deed.key === 'Ctrl-C' ? 'interrupt' : 'endOfFile', terminal });
    }
  }
}
