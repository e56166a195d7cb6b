/** The view of consumer groups: one group, its members, who reads what, and the words about it. Loaded when it is first shown. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { Fact } from '../../../kernel/facts.ts';
import { GroupFigure } from '../../../views/groups/GroupFigure.tsx';
import { GroupTable } from '../../../views/groups/GroupTable.tsx';
import type { GroupWords } from '../../../views/groups/groupWords.ts';
import { groupWordsEn } from '../../../views/groups/groupWords.en.ts';
import { groupWordsFr } from '../../../views/groups/groupWords.fr.ts';
import type { GroupMember, GroupNow } from '../../../views/groups/layout.ts';
import { wordsOf } from '../../i18n/useWords.ts';
import type { Lab } from '../../session/Lab.ts';
import { Choice } from '../Choice.tsx';
import type { DeepViewProps } from '../DeepView.tsx';
import type { Trial } from '../Margin.tsx';
import { Margin } from '../Margin.tsx';
import { groupNames, groupSubject } from '../subject.ts';
import { useLabFrames } from '../useLabFrames.ts';
import { useSubject } from '../useSubject.ts';
import { FactHistory } from '../factHistory.ts';
import { readerOf } from '../readerOf.ts';
import { groupNow, isOfGroups } from './groupNow.ts';
import { groupStory } from './story.ts';
import { groupStoryEn } from './story.en.ts';
import { groupStoryFr } from './story.fr.ts';

export default function GroupsView(props: DeepViewProps): JSX.Element {
  const { lab, language, theme, selected, isTable, onSelect, onMenu, words } = props;
  const { client } = wordsOf(language).views;
  const figureWords = useMemo(
    (): GroupWords => ({ ...(language === 'fr' ? groupWordsFr : groupWordsEn), client }),
    [language, client],
  );
  const storyWords = language === 'fr' ? groupStoryFr : groupStoryEn;
  const cluster = lab.picture();
  const [subject, choose] = useSubject((before) => groupSubject(selected, before, cluster), onSelect);
  const picture = useMemo(() => groupReader(lab, subject), [lab, subject]);
  const frames = useLabFrames(lab);
  const shown = picture();
  return (
    <div className="deep">
      <div className="deep-figure">
        {isTable && shown !== null ? (
          <GroupTable now={shown} words={figureWords} />
        ) : (
          <GroupFigure
            {...frames}
            picture={picture}
            keys={lab.keys}
            words={figureWords}
            theme={theme}
            selected={selected}
            onSelect={onSelect}
            onMenu={onMenu}
            emptyText={words.nothing.groups}
          />
        )}
      </div>
      {shown === null ? null : (
        <Margin
          label={words.margin}
          eyebrow={storyWords.eyebrow}
          story={groupStory(shown, storyWords, client)}
          choice={<Choice label={words.group} names={groupNames(cluster)} chosen={subject ?? ''} onChoose={choose} />}
          toTry={words.toTry}
          trials={trialsOf(lab, shown, storyWords.trials, client)}
        />
      )}
    </div>
  );
}

function groupReader(lab: Lab, groupId: string | null): () => GroupNow | null {
  const history = new FactHistory(isOfGroups);
  return readerOf(lab, (cluster) => groupNow(lab, cluster, groupId, history));
}

function trialsOf(
  lab: Lab,
  { members, coordination }: GroupNow,
  words: (typeof groupStoryFr)['trials'],
  nameOf: (member: GroupMember) => string,
): readonly Trial[] {
  const { processes } = lab.timeline.world;
  const there = members.filter(({ isThere }) => isThere);
  const paused = there.find(({ process }) => processes[process]?.status === 'paused');
  const running = there.find(({ process }) => processes[process]?.status === 'running');
  const signal = (member: GroupMember, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): (() => void) => {
    return () => {
      const id = processes[member.process]?.id;
      if (id !== undefined) lab.act({ kind: 'signal', process: id, signal: name });
    };
  };
  const trials: Trial[] = [];
  if (running !== undefined && coordination !== null) {
    const isWanted = ({ process, what }: Fact): boolean =>
      process === running.process && what.kind === 'sent' && what.message.name === 'Heartbeat';
    trials.push({ icon: 'step', label: words.heartbeat(nameOf(running)), act: () => lab.stepUntil(isWanted) });
    const timeoutMs = coordination.members[0]?.sessionTimeoutMs ?? 45_000;
    if (paused === undefined)
      trials.push({
        icon: 'pause',
        label: words.pause(nameOf(running), Math.round(timeoutMs / 1000)),
        act: signal(running, 'SIGSTOP'),
      });
  }
  if (paused !== undefined)
    trials.push({ icon: 'play', label: words.resume(nameOf(paused)), act: signal(paused, 'SIGCONT') });
  if (running !== undefined)
    trials.push({ icon: 'cross', label: words.kill(nameOf(running)), act: signal(running, 'SIGKILL') });
  return trials;
}
