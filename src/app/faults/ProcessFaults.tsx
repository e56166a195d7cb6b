/** Of a process: its signals, its session, and folded lists of its links, of its machine's disk and clock, of its timers. */
import type { JSX } from 'react';
import type { ProcessId } from '../../kernel/events.ts';
import type { Input } from '../../kernel/input.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import { linkMark } from '../../views/clusterMatrix/wireEnds.ts';
import { DeedButtons } from './DeedButtons.tsx';
import { endNames, inSentence, linkStateText } from './faultText.ts';
import { clockDeeds, diskDeeds } from './hostDeeds.ts';
import { linkState } from './linkDeeds.ts';
import { processDeeds } from './processDeeds.ts';
import type { Scene } from './scene.ts';
import { peersOf } from './scene.ts';
import { sessionDeed } from './sessionDeed.ts';
import { timerRows } from './timerRows.ts';

export interface ProcessFaultsProps {
  readonly process: ProcessId;
  readonly scene: Scene;
  /** The card is not about it, but about what it holds. */
  readonly isNamed: boolean;
  readonly onAct: (inputs: readonly Input[]) => void;
  readonly onSelect: (mark: string) => void;
}

export function ProcessFaults({ process, scene, isNamed, onAct, onSelect }: ProcessFaultsProps): JSX.Element | null {
  const { words, parties, world, picture } = scene;
  const party = parties.find((one) => one.process === process);
  if (party === undefined) return null;
  const { kind, name, logDir } = party;
  return (
    <>
      <h4>{isNamed ? words.menuOf(name) : words.section}</h4>
      <DeedButtons
        deeds={processDeeds(process, { ...scene, isServer: kind !== 'client' })}
        labelOf={(verb) => words.process[verb]}
        words={words}
        onAct={onAct}
      />
      {kind === 'broker' ? (
        <DeedButtons
          deeds={[sessionDeed(process, world, picture)]}
          labelOf={() => words.expire}
          words={words}
          isInRows={true}
          onAct={onAct}
        />
      ) : null}
      <Links process={process} name={name} scene={scene} onSelect={onSelect} />
      {kind === 'client' ? null : (
        <details>
          <summary>{logDir === undefined ? words.clockTitle : words.machine}</summary>
          {logDir === undefined ? null : (
            <DeedButtons
              deeds={diskDeeds(logDir, world)}
              labelOf={(verb) => words.disk[verb]}
              words={words}
              onAct={onAct}
            />
          )}
          <DeedButtons
            deeds={clockDeeds(process, world)}
            labelOf={(verb) => words.clock[verb]}
            words={words}
            onAct={onAct}
          />
        </details>
      )}
      <Timers process={process} scene={scene} onAct={onAct} />
    </>
  );
}

function Links({
  process,
  name,
  scene,
  onSelect,
}: Pick<ProcessFaultsProps, 'process' | 'scene' | 'onSelect'> & { readonly name: string }): JSX.Element | null {
  const { words, parties, world } = scene;
  const peers = peersOf(process, scene);
  if (peers.length === 0) return null;
  return (
    <details>
      <summary>{words.linksWith(inSentence(name))}</summary>
      <ul className="fault-rows">
        {peers.map((peer) => {
          const ends: WireEnds = { from: [process], to: [peer.process] };
          return (
            <li key={peer.process}>
              <button type="button" className="fault-link" onClick={() => onSelect(linkMark(ends))}>
                <span>{peer.name}</span>
                <small>{linkStateText(linkState(ends, world), endNames(ends, parties, words), words)}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Timers({
  process,
  scene,
  onAct,
}: Pick<ProcessFaultsProps, 'process' | 'scene' | 'onAct'>): JSX.Element | null {
  const { words } = scene;
  const rows = timerRows(process, scene);
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>{words.timers}</summary>
      <ul className="fault-rows">
        {rows.map(({ key, label, due, input }) => (
          <li key={key} className="fault-timer">
            <span>
              {label} <small>{due}</small>
            </span>
            <button
              type="button"
              className="btn small"
              aria-label={words.fireNowOf(label)}
              onClick={() => onAct([input])}
            >
              {words.fireNow}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
