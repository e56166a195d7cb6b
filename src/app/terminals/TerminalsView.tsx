/** What is drawn of the terminals: the bar above, the panes below. Drawn again only when something of it changes, not at every tick. */
import type { JSX, RefObject } from 'react';
import { memo, useCallback, useId, useMemo, useState } from 'react';
import { Icon } from './icons.tsx';
import type { TerminalDesk } from './terminalDesk.ts';
import { terminalName } from './terminalName.ts';
import { TerminalPane } from './TerminalPane.tsx';
import type { TerminalState } from './terminalStates.ts';
import type { TerminalTab } from './TerminalTabs.tsx';
import { TerminalTabs } from './TerminalTabs.tsx';
import type { TerminalTexts } from './texts.fr.ts';
import { TypeForMe } from './TypeForMe.tsx';

export interface TerminalsViewProps {
  readonly desk: TerminalDesk;
  readonly region: RefObject<HTMLElement | null>;
  readonly terminals: readonly Pick<TerminalState, 'terminal' | 'running' | 'isClosed'>[];
  /** From left to right. */
  readonly inSight: readonly string[];
  /** The one that keys go to. */
  readonly active: string | null;
  readonly isSplit: boolean;
  readonly isTyping: boolean;
  readonly texts: TerminalTexts;
  /** Where the lesson would type. */
  readonly next: string | null;
}

export const TerminalsView = memo(function TerminalsView(props: TerminalsViewProps): JSX.Element {
  const { desk, region, terminals, inSight, active, isSplit, isTyping, texts, next } = props;
  const id = useId();
  const made = useEverSeen(inSight);
  const idOf = useCallback((kind: 'tab' | 'pane', terminal: string): string => `${id}-${kind}-${terminal}`, [id]);
  const onChoose = useCallback((terminal: string) => desk.show(terminal), [desk]);
  const onEnter = useCallback((terminal: string) => desk.enter(terminal), [desk]);
  const onClose = useCallback((terminal: string) => desk.close(terminal), [desk]);
  const tabs = useMemo(
    () =>
      terminals.map(
        ({ terminal, running, isClosed }): TerminalTab => ({
          terminal,
          name: terminalName(terminal, texts),
          state: isClosed ? texts.closed : running === null ? texts.idle : texts.running(running),
          isRunning: running !== null,
          isShown: inSight.includes(terminal),
        }),
      ),
    [terminals, inSight, texts],
  );

  return (
    <section className="terminals" aria-label={texts.region} tabIndex={-1} ref={region}>
      <div className="terminals-bar">
        <TerminalTabs {...{ tabs, active, idOf, onChoose, onEnter, onClose }} label={texts.tabs} />
        <BarButton label={texts.open} icon="plus" onPress={() => desk.openAnother()} />
        <span className="terminals-space" />
        {next !== null && (isSplit || (!inSight.includes(next) && !isTyping)) && (
          <TypeForMe
            label={isTyping ? texts.typeRest : texts.typeIn(terminalName(next, texts))}
            onPress={() => desk.typeForMe()}
          />
        )}
        {active !== null && (
          <>
            <BarButton
              label={texts.close(terminalName(active, texts))}
              icon="close"
              onPress={() => desk.close(active)}
            />
            <BarButton
              label={isSplit ? texts.unsplit : texts.split}
              icon={isSplit ? 'unsplit' : 'split'}
              onPress={() => desk.toggleSplit()}
            />
          </>
        )}
      </div>
      <div className="terminals-panes">
        {made.map((terminal) => {
          const place = inSight.indexOf(terminal);
          const name = terminalName(terminal, texts);
          const isClosed = terminals.some((one) => one.terminal === terminal && one.isClosed);
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
              ended={isClosed ? texts.ended : null}
              reopen={texts.reopen}
              // Half as wide, a line would be hidden by it.
              typeForMe={next !== terminal || isSplit ? null : isTyping ? texts.typeRest : texts.typeForMe}
            />
          );
        })}
        {terminals.length === 0 && <p className="terminals-none">{texts.none}</p>}
      </div>
    </section>
  );
});

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

/** All that have ever been in sight: their screens stay. */
function useEverSeen(filled: readonly string[]): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const fresh = filled.filter((terminal) => !seen.includes(terminal));
  if (fresh.length === 0) return seen;
  setSeen([...seen, ...fresh]);
  return [...seen, ...fresh];
}
