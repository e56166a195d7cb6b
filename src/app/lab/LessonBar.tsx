/** The lesson as one line, where there is no room beside the figure. */
import type { JSX } from 'react';
import { useId } from 'react';
import { useStore } from 'zustand';
import type { CourseLesson } from '../../course/courseLesson.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { useWords } from '../i18n/useWords.ts';
import { pageAt, pagesOf } from '../lesson/pagesOf.ts';
import { currentTask, isTyped } from '../lesson/pendingActions.ts';
import { useHelp } from '../lesson/usePendingActions.ts';
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
  const { canHelp, reason } = useHelp(lab);
  const saidId = useId();
  const tasks = course.lesson.steps.flatMap((step) => (step.kind === 'task' ? [step.task] : []));
  const states = useStore(lab.store, (state) => state.tasks);
  const task = currentTask(course, { step: progress.step, tasks: states });
  // Later pages may undo what earlier ones asked for; the one that is asked for now is not done.
  const done = tasks.filter(({ id }) => progress.met.includes(id) && id !== task?.id).length;
  const words = course.texts[language];
  const last = pageAt(course, progress.step).at(-1);
  const question = last?.kind === 'question' ? last.question.id : null;
  const isPageDone = question === null ? task === null : progress.answers[question] !== undefined;
  const hasNext = isPageDone && progress.step + 1 < pagesOf(course).length;
  const said =
    task !== null ? (canHelp ? words.tasks[task.id]?.text : reason) : question && words.questions[question]?.text;
  return (
    <aside className="lesson-bar" aria-label={texts.lesson} id="lesson">
      <span className="tag ok">{texts.of(done, tasks.length)}</span>
      <span className={task === null || canHelp ? 'grow' : 'grow whole'}>
        <b>{words.title}</b>{' '}
        <span className="dim" id={saidId}>
          <Prose text={said ?? ''} />
        </span>
      </span>
      {hasNext ? (
        <button type="button" className="btn small" onClick={() => lab.goToStep(progress.step + 1)}>
          {texts.next}
          <Icon name="next" />
        </button>
      ) : null}
      {task === null ? null : (
        <button
          type="button"
          className="btn small"
          onClick={onTypeForMe}
          disabled={!canHelp}
          aria-describedby={canHelp ? undefined : saidId}
        >
          <Icon name="type" />
          {isTyped(task) ? texts.typeForMe : texts.doForMe}
        </button>
      )}
      <button type="button" className="btn small primary" onClick={onOpen}>
        {texts.openLesson}
      </button>
    </aside>
  );
}
