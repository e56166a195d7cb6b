/** What can be done by hand to what a card is about: buttons for a process, a link or a message; its links, disk, clock and timers. */
import type { JSX } from 'react';
import { useStore } from 'zustand';
import type { Input } from '../../kernel/input.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import { DeedButtons } from './DeedButtons.tsx';
import { endNames } from './faultText.ts';
import './faults.css';
import { LinkSliders } from './LinkSliders.tsx';
import { linkDeeds } from './linkDeeds.ts';
import { messageDeeds } from './messageDeeds.ts';
import { struckBy } from './parties.ts';
import { ProcessFaults } from './ProcessFaults.tsx';
import type { Scene } from './scene.ts';
import { sceneOf } from './scene.ts';

export function FaultSection({
  lab,
  mark,
  onSelect,
}: {
  readonly lab: Lab;
  readonly mark: string;
  readonly onSelect: (mark: string) => void;
}): JSX.Element | null {
  const { language } = useSettings();
  useStore(lab.store, (state) => state.changes);
  const isHiddenBranch = useStore(lab.store, (state) => state.isHiddenBranch);
  const scene = sceneOf(lab, language);
  const struck = struckBy(mark, scene.picture);
  if (isHiddenBranch || struck === null) return null;
  const onAct = (inputs: readonly Input[]): void => {
    for (const input of inputs) lab.act(input);
  };
  return (
    <section className="fault-section" aria-label={scene.words.section}>
      {struck.kind === 'link' ? <LinkFaults ends={struck.ends} scene={scene} onAct={onAct} /> : null}
      {struck.kind === 'message' ? <MessageFaults fact={struck.fact} scene={scene} onAct={onAct} /> : null}
      {struck.kind === 'processes'
        ? struck.processes.map((process) => (
            <ProcessFaults
              key={process}
              process={process}
              scene={scene}
              isNamed={!/^(broker|zookeeper|producer|tool)-/.test(mark)}
              onAct={onAct}
              onSelect={onSelect}
            />
          ))
        : null}
    </section>
  );
}

function LinkFaults({
  ends,
  scene,
  onAct,
}: {
  readonly ends: WireEnds;
  readonly scene: Scene;
  readonly onAct: (inputs: readonly Input[]) => void;
}): JSX.Element {
  const { words, parties, world } = scene;
  const names = endNames(ends, parties, words);
  const deeds = linkDeeds(ends, world).filter(({ verb }) => verb !== 'slow' && verb !== 'lossy');
  return (
    <>
      <h4>{words.section}</h4>
      <LinkSliders ends={ends} world={world} words={words} onAct={onAct} />
      <DeedButtons
        deeds={deeds}
        labelOf={(verb) => words.linkVerbs[verb](...names)}
        words={words}
        isInRows={true}
        onAct={onAct}
      />
    </>
  );
}

function MessageFaults({
  fact,
  scene: { picture, words },
  onAct,
}: {
  readonly fact: number;
  readonly scene: Scene;
  readonly onAct: (inputs: readonly Input[]) => void;
}): JSX.Element | null {
  const flight = picture.flights.find((one) => one.fact === fact);
  if (flight === undefined) return null;
  return (
    <>
      <h4>{words.section}</h4>
      <DeedButtons
        deeds={messageDeeds(flight)}
        labelOf={(verb) => words.message[verb]}
        words={words}
        isInRows={true}
        onAct={onAct}
      />
    </>
  );
}
