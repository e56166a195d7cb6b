/** How the tasks of a lesson stand, judged on the cluster a few times a second while it changes. */
import { useEffect } from 'react';
import type { CourseLesson, Language } from '../../course/courseLesson.ts';
import { sinceTask } from '../../course/evidence.ts';
import type { Feedback } from '../../course/feedback.ts';
import { feedbackOf } from '../../course/feedback.ts';
import { generalTurnEn } from '../../course/generalTurn.en.ts';
import { generalTurnFr } from '../../course/generalTurn.fr.ts';
import { noLongerEn, unmetEn } from '../../course/unmet.en.ts';
import { noLongerFr, unmetFr } from '../../course/unmet.fr.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';
import type { TaskState, TaskStates } from './taskState.ts';

/** Goals are judged at most so often. */
const everyMs = 250;
/** So many sentences help; more confuse. */
const mostSentences = 2;

/** Judges them while the lab is on the page, whether the lesson is in sight or not. */
export function useTaskJudge(lab: Lab): void {
  const language = useSettings((settings) => settings.language);
  const course = lab.open.lesson;
  useEffect(() => {
    if (course === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const judgeAll = (): void => {
      timer = undefined;
      const next = statesOf(lab, course, language);
      const { progress, tasks } = lab.store.getState();
      const { met } = progress;
      const newlyMet = [...next].filter(([id, { isMet }]) => isMet && !met.includes(id)).map(([id]) => id);
      if (newlyMet.length > 0) lab.setProgress({ met: [...met, ...newlyMet] });
      if (!isSame(tasks, next)) lab.noteTasks(next);
    };
    judgeAll();
    const stop = lab.store.subscribe(({ changes, progress }, before) => {
      if (changes === before.changes && progress === before.progress) return;
      timer ??= setTimeout(judgeAll, everyMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [lab, course, language]);
}

function statesOf(lab: Lab, { lesson, texts }: CourseLesson, language: Language): TaskStates {
  const { met, began } = lab.store.getState().progress;
  const evidence = sinceTask(lab.evidence(), {
    at: began === null ? lab.open.startedAt : (began.at as VirtualTimeUs),
    hasTravelled: began?.hasTravelled === true,
  });
  const states = new Map<string, TaskState>();
  for (const step of lesson.steps) {
    if (step.kind !== 'task') continue;
    const { id } = step.task;
    const wasMet = met.includes(id);
    const feedback = feedbackOf(step.task, evidence, { wasMet });
    const ofTask = texts[language].tasks[id]?.wrongTurns ?? {};
    states.set(id, { isMet: feedback.isMet, wasMet, sentences: sentencesOf(feedback, { wasMet, ofTask, language }) });
  }
  return states;
}

const wordsIn = {
  fr: { unmet: unmetFr, noLonger: noLongerFr, general: generalTurnFr },
  en: { unmet: unmetEn, noLonger: noLongerEn, general: generalTurnEn },
} as const;

/** A wrong turn in place of what is missing; after what is no longer true, if something was. `ofTask`: the words of its wrong turns. */
export function sentencesOf(
  { wrongTurn, unmet }: Feedback,
  about: { readonly wasMet: boolean; readonly ofTask: Readonly<Record<string, string>>; readonly language: Language },
): readonly string[] {
  const words = wordsIn[about.language];
  const turn = typeof wrongTurn === 'string' ? about.ofTask[wrongTurn] : wrongTurn && words.general(wrongTurn);
  const turns = turn === undefined || turn === null ? [] : [turn];
  if (about.wasMet) return [...unmet.slice(0, mostSentences - turns.length).map(words.noLonger), ...turns];
  return turns.length > 0 ? turns : unmet.slice(0, mostSentences).map(words.unmet);
}

const isSame = (before: TaskStates, next: TaskStates): boolean =>
  JSON.stringify([...before]) === JSON.stringify([...next]);
