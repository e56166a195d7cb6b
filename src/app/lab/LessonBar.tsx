/** The lesson as one line, where there is no room beside the figure. */
import type { JSX } from 'react';
import { useStore } from 'zustand';
import type { CourseLesson } from '../../course/courseLesson.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { useWords } from '../i18n/useWords.ts';
import { currentTask } from '../lesson/pendingActions.ts';
import { usePendingActions } from '../lesson/usePendingActions.ts';
import { Prose } from '../lesson/Prose.tsx';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';

export interface LessonBarProps {
  readonly lab: Lab;
  readonly course: CourseLesson;
  readonly onTypeForMe: () => void;
  readonly onOpen: () => void;
}

export function LessonBar({ lab, course, onTypeForMe, onOpen }: LessonBarProps): JSX.Element {
  const { lab: texts } = useWords();
  const { language } = useSettings();
  const progress = useStore(lab.store, (state) => state.progress);
  const pending = usePendingActions(lab);
  const tasks = course.lesson.steps.flatMap((step) => (step.kind === 'task' ? [step.task] : []));
  const done = tasks.filter(({ id }) => progress.met.includes(id)).length;
  const task = currentTask(course, progress);
  const words = course.texts[language];
  const isTyping = pending.some(({ kind }) => kind === 'type' || kind === 'press');
  return (
    <aside className="lesson-bar" aria-label={texts.lesson} id="lesson">
      <span className="tag ok">{texts.of(done, tasks.length)}</span>
      <span className="grow">
        <b>{words.title}</b>{' '}
        <span className="dim">{task === null ? null : <Prose text={words.tasks[task.id]?.text ?? ''} />}</span>
      </span>
      {pending.some(({ kind }) => kind !== 'wait') ? (
        <button type="button" className="btn small" onClick={onTypeForMe}>
          <Icon name="type" />
          {isTyping ? texts.typeForMe : texts.doForMe}
        </button>
      ) : null}
      <button type="button" className="btn small primary" onClick={onOpen}>
        {texts.openLesson}
      </button>
    </aside>
  );
}
