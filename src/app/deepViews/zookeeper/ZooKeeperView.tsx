/** The view of ZooKeeper: its tree, its servers, its sessions, and the words about them. Loaded when it is first shown. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { Language } from '../../../course/courseLesson.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import type { Fact } from '../../../kernel/facts.ts';
import type { ZooKeeperNow } from '../../../views/zookeeper/layout.ts';
import { ZooKeeperFigure } from '../../../views/zookeeper/ZooKeeperFigure.tsx';
import { ZooKeeperTable } from '../../../views/zookeeper/ZooKeeperTable.tsx';
import { zooKeeperWordsEn } from '../../../views/zookeeper/zooKeeperWords.en.ts';
import { zooKeeperWordsFr } from '../../../views/zookeeper/zooKeeperWords.fr.ts';
import { namesOf } from '../../narration/processNames.ts';
import type { Lab } from '../../session/Lab.ts';
import type { DeepViewProps } from '../DeepView.tsx';
import { FactHistory } from '../factHistory.ts';
import type { Trial } from '../Margin.tsx';
import { Margin } from '../Margin.tsx';
import { readerOf } from '../readerOf.ts';
import { useLabFrames } from '../useLabFrames.ts';
import { zooKeeperStory } from './story.ts';
import { zooKeeperStoryEn } from './story.en.ts';
import { zooKeeperStoryFr } from './story.fr.ts';
import { isOfZooKeeper, zooKeeperNow } from './zooKeeperNow.ts';

export default function ZooKeeperView(props: DeepViewProps): JSX.Element {
  const { lab, language, theme, selected, isTable, onSelect, onMenu, words } = props;
  const figureWords = language === 'fr' ? zooKeeperWordsFr : zooKeeperWordsEn;
  const storyWords = language === 'fr' ? zooKeeperStoryFr : zooKeeperStoryEn;
  const history = useMemo(() => historyOf(lab), [lab]);
  const picture = useMemo(() => zooKeeperReader(lab, selected, language, history), [lab, selected, language, history]);
  const frames = useLabFrames(lab);
  const shown = picture();
  return (
    <div className="deep">
      <div className="deep-figure">
        {isTable && shown !== null ? (
          <ZooKeeperTable now={shown} words={figureWords} />
        ) : (
          <ZooKeeperFigure
            {...frames}
            picture={picture}
            words={figureWords}
            theme={theme}
            selected={selected}
            onSelect={onSelect}
            onMenu={onMenu}
            emptyText={words.nothing.zookeeper}
          />
        )}
      </div>
      {shown === null ? null : (
        <Margin
          label={words.margin}
          eyebrow={storyWords.eyebrow}
          story={zooKeeperStory(shown, storyWords)}
          toTry={words.toTry}
          trials={trialsOf(lab, shown, storyWords.trials)}
        />
      )}
    </div>
  );
}

/** One for each lab. */
const historyOf = (_lab: Lab): FactHistory => new FactHistory(isOfZooKeeper);

function zooKeeperReader(
  lab: Lab,
  selected: string | null,
  language: Language,
  history: FactHistory,
): () => ZooKeeperNow | null {
  return readerOf(lab, (cluster) => {
    const { world } = lab.timeline;
    const nameOf = namesOf(cluster, world, language);
    return zooKeeperNow(lab, cluster, selected, history, (client) => {
      const id = world.processes[client]?.id;
      return id === undefined ? null : nameOf(id);
    });
  });
}

function trialsOf(
  lab: Lab,
  { servers, ensemble }: ZooKeeperNow,
  words: (typeof zooKeeperStoryFr)['trials'],
): readonly Trial[] {
  const trials: Trial[] = [];
  const signal = (process: ProcessId, name: 'SIGKILL' | 'SIGSTOP') => (): void =>
    lab.act({ kind: 'signal', process, signal: name });
  if (ensemble.sessions.length > 0) {
    const isPing = ({ what }: Fact): boolean => what.kind === 'sent' && what.message.name === 'ping';
    trials.push({ icon: 'step', label: words.nextPing, act: () => lab.stepUntil(isPing) });
  }
  const leader = servers.find(({ role, health }) => role === 'leader' && health === 'running');
  if (leader !== undefined)
    trials.push({ icon: 'cross', label: words.kill(leader.server), act: signal(leader.process, 'SIGKILL') });
  const controller = lab.picture().brokers.find(({ isController, health }) => isController && health === 'running');
  if (controller !== undefined)
    trials.push({
      icon: 'pause',
      label: words.pauseController(controller.broker),
      act: signal(controller.process, 'SIGSTOP'),
    });
  return trials;
}
