/**
 * The terminals of the virtual machine: tabs, one or two screens side by side, and « Taper pour moi ». Everything comes by the props;
 * what is shown is what the facts of the timeline say up to its present instant.
 */
import '@xterm/xterm/css/xterm.css';
import './terminals.css';
import type { JSX, Ref } from 'react';
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Action } from '../../course/lesson.ts';
import type { Input } from '../../kernel/input.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import type { OutputLink } from './outputLinks.ts';
import type { ShownTerminals } from './shownTerminals.ts';
import { activeOf, placesFilled } from './shownTerminals.ts';
import { TerminalDesk } from './terminalDesk.ts';
import { terminalStatesOf } from './terminalStates.ts';
import type { PageAction } from './typist.ts';
import { TerminalsView } from './TerminalsView.tsx';
import { textsEn } from './texts.en.ts';
import { textsFr } from './texts.fr.ts';

export interface TerminalsHandle {
  /** The keys go to the terminal in front. */
  focus(): void;
  /** « Taper pour moi »; while it types, the rest at once. */
  typeForMe(): void;
  /** A terminal is in sight. */
  canType(): boolean;
  /** The keys go to the terminal in front, and these have gone there already. */
  type(text: string): void;
}

export interface TerminalsProps {
  /** The present session; another one when another session is opened. */
  readonly timeline: Timeline;
  /** Grows when the world may have changed. */
  readonly tick: number;
  readonly language: 'fr' | 'en';
  /** The tokens are read again when it changes. */
  readonly theme: string;
  readonly onAct: (input: Input) => void;
  /** « Taper pour moi » wants something done that is no typing. */
  readonly onPageAction: (action: PageAction) => void;
  /** What the lesson would type next. */
  readonly pending: readonly Action[];
  /** What of a printed line stands for something in the figure, and how it is shown there. */
  readonly linksIn?: (line: string) => readonly OutputLink[];
  readonly onSelect?: (mark: string) => void;
  /** In sight to begin with. */
  readonly shown?: ShownTerminals;
  /** Others are in sight. */
  readonly onShown?: (shown: ShownTerminals) => void;
  /** It has been typed. */
  readonly onTyped?: () => void;
  readonly ref?: Ref<TerminalsHandle>;
}

export function Terminals(props: TerminalsProps): JSX.Element {
  const {
    timeline,
    tick,
    language,
    theme,
    onAct,
    onPageAction,
    pending,
    linksIn,
    onSelect,
    shown,
    onShown,
    onTyped,
    ref,
  } = props;
  const [desk] = useState(() => new TerminalDesk(shown));
  const { chosen, isTyping } = useStore(desk.store);
  const region = useRef<HTMLElement>(null);
  const terminals = useStable(
    terminalStatesOf(timeline.world).map(({ terminal, running, isClosed }) => ({ terminal, running, isClosed })),
  );
  const inSight = useStable(
    placesFilled(
      chosen,
      terminals.map(({ terminal }) => terminal),
    ),
  );
  const active = activeOf(chosen, inSight);

  const onLeave = useCallback(() => region.current?.focus(), []);
  useLayoutEffect(() => {
    desk.update({ timeline, tick, inSight, pending, onAct, onPageAction, onTyped, linksIn, onSelect, onLeave });
  }, [desk, timeline, tick, inSight, pending, onAct, onPageAction, onTyped, linksIn, onSelect, onLeave]);
  useEffect(() => () => desk.rest(), [desk]);
  useEffect(
    () =>
      desk.store.subscribe(({ chosen: next }, before) => {
        if (next !== before.chosen) onShown?.(next);
      }),
    [desk, onShown],
  );
  useEffect(() => {
    const readTheme = (): void => desk.readTheme(theme);
    // After the page has put the theme on its root.
    const frame = requestAnimationFrame(readTheme);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', readTheme);
    return () => {
      cancelAnimationFrame(frame);
      system.removeEventListener('change', readTheme);
    };
  }, [desk, theme]);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => (active === null ? region.current?.focus() : desk.enter(active)),
      typeForMe: () => desk.typeForMe(),
      canType: () => active !== null && desk.isInSight(active),
      type: (text) => {
        if (active !== null) desk.take(active, text);
      },
    }),
    [active, desk],
  );

  return (
    <TerminalsView
      {...{ desk, region, terminals, inSight, active, isTyping }}
      isSplit={chosen.isSplit}
      texts={language === 'fr' ? textsFr : textsEn}
      next={terminalOfNext(pending)}
    />
  );
}

/** Where the next thing is to be typed; null when there is nothing. */
const terminalOfNext = (pending: readonly Action[]): string | null =>
  pending.find((action) => action.kind === 'type' || action.kind === 'press')?.terminal ?? null;

/** The same object as long as it says the same. */
function useStable<T>(value: T): T {
  const text = JSON.stringify(value);
  return useMemo(() => JSON.parse(text) as T, [text]);
}
