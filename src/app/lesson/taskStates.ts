/** How the tasks of a lesson stand, judged on the cluster a few times a second while it changes. */
import { useEffect, useState } from 'react';
import type { CourseLesson, Language } from '../../course/courseLesson.ts';
import { judge } from '../../course/goal.ts';
import { unmetEn } from '../../course/unmet.en.ts';
import { unmetFr } from '../../course/unmet.fr.ts';
import type { Lab } from '../session/Lab.ts';
import { useSettings } from '../settings/settings.ts';

export interface TaskState {
  readonly isMet: boolean;
  /** At some earlier time. */
  readonly wasMet: boolean;
  /** What is missing, or the wrong turn taken, in words. */
  readonly sentences: readonly string[];
}

/** Goals are judged at most so often. */
const everyMs = 250;
/** So many sentences help; more confuse. */
const mostSentences = 2;

export function useTaskStates(lab: Lab, course: CourseLesson): ReadonlyMap<string, TaskState> {
  const language = useSettings((settings) => settings.language);
  const [states, setStates] = useState<ReadonlyMap<string, TaskState>>(new Map());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const judgeAll = (): void => {
      timer = undefined;
      const next = statesOf(lab, course, language);
      const { met } = lab.store.getState().progress;
      const newlyMet = [...next].filter(([id, { isMet }]) => isMet && !met.includes(id)).map(([id]) => id);
      if (newlyMet.length > 0) lab.setProgress({ met: [...met, ...newlyMet] });
      setStates((before) => (isSame(before, next) ? before : next));
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
  return states;
}

function statesOf(lab: Lab, { lesson, texts }: CourseLesson, language: Language): ReadonlyMap<string, TaskState> {
  const evidence = lab.evidence();
  const { met } = lab.store.getState().progress;
  const words = language === 'fr' ? unmetFr : unmetEn;
  const states = new Map<string, TaskState>();
  for (const step of lesson.steps) {
    if (step.kind !== 'task') continue;
    const { id, goal, wrongTurns } = step.task;
    const { isMet, unmet } = judge(goal, evidence);
    const wrong = isMet ? undefined : wrongTurns.find(({ when }) => judge(when, evidence).isMet);
    const wrongWords = wrong === undefined ? undefined : texts[language].tasks[id]?.wrongTurns[wrong.id];
    // Before anything was tried there is nothing to correct.
    const missing = evidence.commands.length === 0 ? [] : unmet.slice(0, mostSentences).map(words);
    states.set(id, { isMet, wasMet: met.includes(id), sentences: wrongWords === undefined ? missing : [wrongWords] });
  }
  return states;
}

const isSame = (before: ReadonlyMap<string, TaskState>, next: ReadonlyMap<string, TaskState>): boolean =>
  JSON.stringify([...before]) === JSON.stringify([...next]);
