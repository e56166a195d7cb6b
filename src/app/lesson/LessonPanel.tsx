/** The lesson beside the cluster: text, tasks checked live, questions answered by a hidden branch, hints, « Taper pour moi ». */
import type { JSX } from 'react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { CourseLesson } from '../../course/courseLesson.ts';
import type { Question, Task } from '../../course/lesson.ts';
import type { Timeline } from '../../kernel/timeline.ts';
import { Icon } from '../../views/marks/Icon.tsx';
import { useWords } from '../i18n/useWords.ts';
import type { Lab } from '../session/Lab.ts';
import { changeSettings, useSettings } from '../settings/settings.ts';
import { courseMap } from '../../course/courseMap.ts';
import { pageAt, pagesOf } from './pagesOf.ts';
import { isTyped } from './pendingActions.ts';
import { Prose } from './Prose.tsx';
import type { TaskState } from './taskState.ts';
import { useHelp } from './usePendingActions.ts';

export interface LessonPanelProps {
  readonly lab: Lab;
  readonly course: CourseLesson;
  readonly onTypeForMe: () => void;
}

export function LessonPanel({ lab, course, onTypeForMe }: LessonPanelProps): JSX.Element {
  const { lab: texts, minutes } = useWords();
  const language = useSettings((settings) => settings.language);
  const progress = useStore(lab.store, (state) => state.progress);
  const { lesson } = course;
  const words = course.texts[language];
  const states = useStore(lab.store, (state) => state.tasks);
  // A page ends with something to do: texts, then their task or question.
  const pages = pagesOf(course);
  const page = pageAt(course, progress.step);
  const isLast = progress.step >= pages.length - 1;
  const goTo = (step: number): void => {
    if (step >= pages.length) finish(lesson.id);
    else lab.goToStep(step);
  };
  const isPageDone = page.every((step) =>
    step.kind === 'task'
      ? states.get(step.task.id)?.isMet === true
      : step.kind === 'question'
        ? progress.answers[step.question.id] !== undefined
        : true,
  );
  const following = nextLesson(lesson.id);
  return (
    <div className="lesson">
      <div className="body">
        <div>
          <div className="row between">
            <span className="eyebrow">{texts.step(progress.step + 1, pages.length)}</span>
            <span className="caption dim">{minutes(lesson.minutes)}</span>
          </div>
          <div className="progress" aria-hidden="true">
            {pages.map((_, index) => (
              <i
                key={pageKey(pages[index]!)}
                className={index < progress.step ? 'done' : index === progress.step ? 'now' : ''}
              />
            ))}
          </div>
        </div>
        <h1>{words.title}</h1>
        {progress.step === 0 ? (
          <p className="dim">
            <Prose text={words.objective} />
          </p>
        ) : null}
        {page.map((step) => {
          if (step.kind === 'read') return <Paragraphs key={step.id} text={words.reads[step.id] ?? ''} />;
          if (step.kind === 'task') {
            return (
              <TaskCard
                key={step.task.id}
                lab={lab}
                task={step.task}
                course={course}
                state={states.get(step.task.id)}
                onTypeForMe={onTypeForMe}
              />
            );
          }
          return <QuestionCard key={step.question.id} lab={lab} question={step.question} course={course} />;
        })}
        {isLast && isPageDone ? (
          <div className="predict">
            <span className="eyebrow">{texts.freePlay}</span>
            {words.freePlay.map((idea) => (
              <p key={idea} className="small">
                <Prose text={idea} />
              </p>
            ))}
          </div>
        ) : null}
      </div>
      <div className="foot">
        <button
          type="button"
          className="btn small"
          disabled={progress.step === 0}
          onClick={() => goTo(progress.step - 1)}
        >
          <Icon name="prev" />
          {texts.previous}
        </button>
        {isLast ? (
          <Link
            href={following === null ? '/' : `/labo/lesson/${following}`}
            className={`btn small${isPageDone ? ' primary' : ''}`}
            onClick={() => finish(lesson.id)}
          >
            {texts.finish}
            <Icon name="next" />
          </Link>
        ) : (
          <button
            type="button"
            className={`btn small${isPageDone ? ' primary' : ''}`}
            onClick={() => goTo(progress.step + 1)}
          >
            {texts.next}
            <Icon name="next" />
          </button>
        )}
      </div>
    </div>
  );
}

type Step = CourseLesson['lesson']['steps'][number];

const pageKey = (page: readonly Step[]): string =>
  page
    .map((step) => (step.kind === 'read' ? step.id : step.kind === 'task' ? step.task.id : step.question.id))
    .join('+');

function finish(id: string): void {
  changeSettings({ done: { ...useSettings.getState().done, [id]: true } });
}

function nextLesson(id: string): string | null {
  const all = courseMap.flatMap((chapter) => chapter.lessons);
  return all[all.findIndex((lesson) => lesson.id === id) + 1]?.id ?? null;
}

function Paragraphs({ text }: { readonly text: string }): JSX.Element {
  return (
    <div className="prose">
      {text.split('\n\n').map((paragraph) => (
        <p key={paragraph}>
          <Prose text={paragraph} />
        </p>
      ))}
    </div>
  );
}

interface TaskCardProps {
  readonly lab: Lab;
  readonly task: Task;
  readonly course: CourseLesson;
  readonly state: TaskState | undefined;
  readonly onTypeForMe: () => void;
}

function TaskCard({ lab, task, course, state, onTypeForMe }: TaskCardProps): JSX.Element {
  const { lab: texts } = useWords();
  const language = useSettings((settings) => settings.language);
  const [hints, setHints] = useState(0);
  const reasonId = useId();
  const words = course.texts[language].tasks[task.id];
  const isMet = state?.isMet === true;
  const wasMet = state?.wasMet === true;
  const help = useHelp(lab);
  const reason = isMet ? null : help.reason;
  return (
    <div className={`task ${isMet ? 'done' : 'now'}`}>
      <span className="mark">{isMet ? <Icon name="check" /> : null}</span>
      <div>
        <p>
          <Prose text={words?.text ?? ''} />
          {isMet ? <span className="visually-hidden"> ({texts.taskDone})</span> : null}
        </p>
        <output className="task-status">
          {!isMet && wasMet ? <span className="small dim">{texts.noLongerTrue}</span> : null}
          {isMet || state === undefined
            ? null
            : state.sentences.map((sentence) => (
                <span key={sentence} className="small dim">
                  <Prose text={sentence} />
                </span>
              ))}
        </output>
        {words?.hints.slice(0, hints).map((hint, index) => (
          <p key={hint} className="small hint">
            <span className="dim">{texts.hintIs(texts.hints[index] ?? '')} </span>
            <Prose text={hint} />
          </p>
        ))}
        {isMet ? null : (
          <div className="row task-actions">
            <button
              type="button"
              className="btn small"
              onClick={onTypeForMe}
              disabled={!help.canHelp}
              aria-describedby={reason === null ? undefined : reasonId}
            >
              <Icon name="type" />
              {isTyped(task) ? texts.typeForMe : texts.doForMe} <kbd>Ctrl ↵</kbd>
            </button>
            {hints < 3 ? (
              <button type="button" className="btn small quiet" onClick={() => setHints(hints + 1)}>
                <Icon name="bulb" />
                {texts.hint} {hints + 1}/3
              </button>
            ) : null}
          </div>
        )}
        {reason === null ? null : (
          <p className="small dim" id={reasonId}>
            <Prose text={reason} />
          </p>
        )}
      </div>
    </div>
  );
}

function QuestionCard({
  lab,
  question,
  course,
}: {
  readonly lab: Lab;
  readonly question: Question;
  readonly course: CourseLesson;
}): JSX.Element {
  const { lab: texts } = useWords();
  const language = useSettings((settings) => settings.language);
  const { answers, proven } = useStore(lab.store, (state) => state.progress);
  const isHidden = useStore(lab.store, (state) => state.isHiddenBranch);
  const [picked, setPicked] = useState<string | null>(answers[question.id] ?? null);
  const [branch, setBranch] = useState<Timeline | null>(null);
  const words = course.texts[language].questions[question.id];
  const hasAnswered = answers[question.id] !== undefined;
  const revealed = hasAnswered ? (question.kind === 'predict' ? (proven[question.id] ?? null) : question.answer) : null;
  const answer = (): void => {
    if (picked === null) return;
    const kept = { answers: { ...answers, [question.id]: picked } };
    if (question.kind !== 'predict') {
      lab.setProgress(kept);
      return;
    }
    const shown = lab.predict(question);
    setBranch(shown.branch);
    lab.setProgress(shown.choice === null ? kept : { ...kept, proven: { ...proven, [question.id]: shown.choice } });
  };
  return (
    <fieldset className="predict">
      <legend className="visually-hidden">{words?.text}</legend>
      <div className="row between">
        <span className="eyebrow">{texts.beforeGoingOn}</span>
        <span className="caption dim">{texts.notGraded}</span>
      </div>
      <p className="q" aria-hidden="true">
        <Prose text={words?.text ?? ''} />
      </p>
      {question.choices.map((choice) => {
        const isPicked = picked === choice;
        const isRight = revealed === choice;
        const isWrong = revealed !== null && isPicked && !isRight;
        return (
          <div key={choice}>
            <label className={`choice${isPicked ? ' on' : ''}${isRight ? ' right' : ''}${isWrong ? ' wrong' : ''}`}>
              <input
                type="radio"
                name={question.id}
                checked={isPicked}
                disabled={revealed !== null}
                onChange={() => setPicked(choice)}
              />
              <span>
                <Prose text={words?.choices[choice]?.text ?? ''} />
              </span>
              {isRight ? <Icon name="check" /> : null}
              {isWrong ? <Icon name="cross" /> : null}
            </label>
            {revealed !== null && (isPicked || isRight) ? (
              <p className="small feedback">
                <Prose text={words?.choices[choice]?.feedback ?? ''} />
              </p>
            ) : null}
          </div>
        );
      })}
      <div className="row">
        {revealed === null ? (
          <button type="button" className="btn small primary" disabled={picked === null} onClick={answer}>
            <Icon name="eye" />
            {question.kind === 'predict' ? texts.checkLive : texts.answer}
          </button>
        ) : null}
        {branch === null ? null : isHidden ? (
          <button type="button" className="btn small" onClick={() => lab.leaveHiddenBranch()}>
            {texts.leaveBranch}
          </button>
        ) : (
          <button type="button" className="btn small" onClick={() => lab.showHiddenBranch(branch)}>
            {texts.showBranch}
          </button>
        )}
      </div>
      <output className="visually-hidden">
        {revealed === null ? '' : `${texts.answerShown} : ${words?.choices[revealed]?.text ?? ''}`}
      </output>
    </fieldset>
  );
}
