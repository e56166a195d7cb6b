/** The replication view: one partition, every replica, and the words about it. Loaded when it is first shown. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { ReplicationPicture } from '../../../cluster/broker/pictureOfReplication.ts';
import { pictureOfReplication } from '../../../cluster/broker/pictureOfReplication.ts';
import type { ClusterPicture } from '../../../cluster/picture.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import type { Fact } from '../../../kernel/facts.ts';
import { timestampMsAt } from '../../../kernel/time.ts';
import type { ReplicationNow } from '../../../views/replication/ReplicationFigure.tsx';
import { ReplicationFigure } from '../../../views/replication/ReplicationFigure.tsx';
import { ReplicationTable } from '../../../views/replication/ReplicationTable.tsx';
import { replicationWordsEn } from '../../../views/replication/replicationWords.en.ts';
import { replicationWordsFr } from '../../../views/replication/replicationWords.fr.ts';
import type { Lab } from '../../session/Lab.ts';
import type { DeepViewProps } from '../DeepView.tsx';
import { useLabFrames } from '../useLabFrames.ts';
import type { Trial } from '../Margin.tsx';
import { Margin } from '../Margin.tsx';
import { Choice } from '../Choice.tsx';
import { readerOf } from '../readerOf.ts';
import { useSubject } from '../useSubject.ts';
import { findPartitionIn, partitionNames, partitionSubject } from '../subject.ts';
import { replicationHistory } from './history.ts';
import { replicationStory } from './story.ts';
import { replicationStoryEn } from './story.en.ts';
import { replicationStoryFr } from './story.fr.ts';

export default function ReplicationView({
  lab,
  language,
  theme,
  selected,
  isTable,
  onSelect,
  onMenu,
  words,
}: DeepViewProps): JSX.Element {
  const figureWords = language === 'fr' ? replicationWordsFr : replicationWordsEn;
  const storyWords = language === 'fr' ? replicationStoryFr : replicationStoryEn;
  const cluster = lab.picture();
  const [subject, choose] = useSubject((before) => partitionSubject(selected, before, cluster), onSelect);
  const picture = useMemo(() => readerOf(lab, (now) => read(lab, now, subject)), [lab, subject]);
  const frames = useLabFrames(lab);
  const shown = picture();
  return (
    <div className="deep">
      <div className="deep-figure">
        {isTable && shown !== null ? (
          <ReplicationTable picture={shown.picture} nowMs={timestampMsAt(lab.timeline.now)} words={figureWords} />
        ) : (
          <ReplicationFigure
            {...frames}
            picture={picture}
            keys={lab.keys}
            words={figureWords}
            theme={theme}
            selected={selected}
            onSelect={onSelect}
            onMenu={onMenu}
            emptyText={words.nothing.replication}
          />
        )}
      </div>
      {shown === null ? null : (
        <Margin
          label={words.margin}
          eyebrow={storyWords.eyebrow}
          story={replicationStory(shown.picture, shown.history, storyWords)}
          choice={
            <Choice label={words.partition} names={partitionNames(cluster)} chosen={subject ?? ''} onChoose={choose} />
          }
          toTry={words.toTry}
          trials={trialsOf(lab, shown.picture, storyWords.trials)}
        />
      )}
    </div>
  );
}

function read(lab: Lab, cluster: ClusterPicture, name: string | null): ReplicationNow | null {
  const seen = name === null ? undefined : findPartitionIn(cluster, name);
  if (seen === undefined) return null;
  const brokerOf = (id: number) => cluster.brokers.find(({ broker }) => broker === id);
  const picture = pictureOfReplication(
    lab.timeline.world,
    seen,
    (id) => brokerOf(id)?.health ?? 'dead',
    (id) => brokerOf(id)?.process ?? null,
  );
  return { picture, history: replicationHistory(lab.timeline, seen) };
}

function trialsOf(
  lab: Lab,
  { replicas, leader, replicaLagTimeMaxMs }: ReplicationPicture,
  words: (typeof replicationStoryFr)['trials'],
): readonly Trial[] {
  const processOf = (id: number): ProcessId | null =>
    lab.picture().brokers.find(({ broker }) => broker === id)?.process ?? null;
  const signal = (id: number, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): (() => void) => {
    return () => {
      const process = processOf(id);
      if (process !== null) lab.act({ kind: 'signal', process, signal: name });
    };
  };
  const paused = replicas.find(({ health }) => health === 'paused');
  const follower = replicas.find(({ replica, health }) => replica.broker !== leader && health === 'running');
  const leads = replicas.find(({ replica }) => replica.broker === leader)?.health === 'running';
  const trials: Trial[] = [];
  if (leads && follower !== undefined) {
    const { broker } = follower.replica;
    const [from, to] = [processOf(broker), processOf(leader)];
    const isWanted = ({ process, what }: Fact): boolean =>
      process === from && what.kind === 'sent' && what.to === to && what.message.name === 'Fetch';
    trials.push({ icon: 'step', label: words.nextFetch(broker), act: () => lab.stepUntil(isWanted) });
    if (paused === undefined)
      trials.push({
        icon: 'pause',
        label: words.pause(broker, replicaLagTimeMaxMs / 1000),
        act: signal(broker, 'SIGSTOP'),
      });
  }
  if (paused !== undefined)
    trials.push({
      icon: 'play',
      label: words.resume(paused.replica.broker),
      act: signal(paused.replica.broker, 'SIGCONT'),
    });
  if (leads && follower !== undefined)
    trials.push({ icon: 'cross', label: words.kill(leader), act: signal(leader, 'SIGKILL') });
  return trials;
}
