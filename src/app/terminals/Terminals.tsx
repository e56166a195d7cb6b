/**
 * The terminals of the virtual machine: tabs, one or two screens side by side, and « Taper pour moi ». Everything comes by the props;
 * what is shown is what the facts of the timeline say up to its present instant.
 */
import '@xterm/xterm/css/xterm.css';
import './terminals.css';
import type { JSX, Ref } from 'react';
import { useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Action } from '../../course/lesson.ts';
import type { Input } from '../../kernel/input.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { Icon } from './icons.tsx';
import { activeOf, placesFilled } from './shownTerminals.ts';
import { TerminalDesk } from './terminalDesk.ts';
import { terminalName } from './terminalName.ts';
import { TerminalPane } from './TerminalPane.tsx';
import { terminalStatesOf } from './terminalStates.ts';
import type { TerminalTab } from './TerminalTabs.tsx';
import { TerminalTabs } from './TerminalTabs.tsx';
import { textsEn } from './texts.en.ts';
import { textsFr } from './texts.fr.ts';
import { TypeForMe } from './TypeForMe.tsx';

export interface TerminalsHandle {
  /** The keys go to the terminal in front. */
  focus(): void;
  /** « Taper pour moi »; while it types, the rest at once. */
  typeForMe(): void;
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
  /** What the lesson would type next. */
  readonly pending: readonly Action[];
  /** It has been typed. */
  readonly onTyped?: () => void;
  readonly ref?: Ref<TerminalsHandle>;
}

export function Terminals({
  timeline,
  tick,
  language,
  theme,
  onAct,
  pending,
  onTyped,
  ref,
}: TerminalsProps): JSX.Element {
  const texts = language === 'fr' ? textsFr : textsEn;
  const id = useId();
  const region = useRef<HTMLElement>(null);
  const [desk] = useState(() => new TerminalDesk());
  const { chosen, isTyping } = useStore(desk.store);
  const states = terminalStatesOf(timeline.world);
  const open = states.map(({ terminal }) => terminal);
  const filled = useStable(placesFilled(chosen, open));
  const active = activeOf(chosen, filled);
  const made = useEverSeen(filled);
  const next = pending.find((action) => action.kind === 'type' || action.kind === 'press')?.terminal ?? null;
  const nextName = next === null ? null : terminalName(next, texts);

  const onLeave = useCallback(() => region.current?.focus(), []);
  useLayoutEffect(() => {
    desk.update({ timeline, tick, inSight: filled, pending, onAct, onTyped, onLeave });
  }, [desk, timeline, tick, filled, pending, onAct, onTyped, onLeave]);
  useEffect(() => () => desk.rest(), [desk]);
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
    }),
    [active, desk],
  );

  const idOf = useCallback((kind: 'tab' | 'pane', terminal: string): string => `${id}-${kind}-${terminal}`, [id]);
  const onChoose = useCallback((terminal: string) => desk.show(terminal), [desk]);
  const onEnter = useCallback((terminal: string) => desk.enter(terminal), [desk]);
  const onClose = useCallback((terminal: string) => desk.close(terminal), [desk]);
  const tabs = useStable(
    states.map(
      ({ terminal, running, isClosed }): TerminalTab => ({
        terminal,
        name: terminalName(terminal, texts),
        state: isClosed ? texts.closed : running === null ? texts.idle : texts.running(running),
        isRunning: running !== null,
        isShown: filled.includes(terminal),
      }),
    ),
  );

  return (
    <section className="terminals" aria-label={texts.region} tabIndex={-1} ref={region}>
      <div className="terminals-bar">
        <TerminalTabs {...{ tabs, active, idOf, onChoose, onEnter, onClose }} label={texts.tabs} />
        <BarButton label={texts.open} icon="plus" onPress={() => desk.openAnother()} />
        <span className="terminals-space" />
        {next !== null && nextName !== null && !filled.includes(next) && !isTyping && (
          <TypeForMe label={texts.typeIn(nextName)} onPress={() => desk.typeForMe()} />
        )}
        {active !== null && (
          <>
            <BarButton
              label={texts.close(terminalName(active, texts))}
              icon="close"
              onPress={() => desk.close(active)}
            />
            <BarButton
              label={chosen.isSplit ? texts.unsplit : texts.split}
              icon={chosen.isSplit ? 'unsplit' : 'split'}
              onPress={() => desk.toggleSplit()}
            />
          </>
        )}
      </div>
      <div className="terminals-panes">
        {made.map((terminal) => {
          const place = filled.indexOf(terminal);
          const name = terminalName(terminal, texts);
          return (
            <TerminalPane
              key={terminal}
              desk={desk}
              terminal={terminal}
              id={idOf('pane', terminal)}
              tabId={idOf('tab', terminal)}
              place={place === -1 ? null : place}
              screenLabel={texts.screen(name)}
              inputLabel={texts.input(name)}
              ended={states.some((state) => state.terminal === terminal && state.isClosed) ? texts.ended : null}
              reopen={texts.reopen}
              typeForMe={next !== terminal ? null : isTyping ? texts.typeRest : texts.typeForMe}
            />
          );
        })}
        {open.length === 0 && <p className="terminals-none">{texts.none}</p>}
      </div>
    </section>
  );
}

function BarButton({
  label,
  icon,
  onPress,
}: {
  readonly label: string;
  readonly icon: 'plus' | 'close' | 'split' | 'unsplit';
  readonly onPress: () => void;
}): JSX.Element {
  return (
    <button type="button" className="terminals-button" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

/** The same object as long as it says the same. */
function useStable<T>(value: T): T {
  const text = JSON.stringify(value);
  return useMemo(() => JSON.parse(text) as T, [text]);
}

/** All that have ever been in sight: their screens stay. */
function useEverSeen(filled: readonly string[]): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const fresh = filled.filter((terminal) => !seen.includes(terminal));
  if (fresh.length === 0) return seen;
  setSeen([...seen, ...fresh]);
  return [...seen, ...fresh];
}
