/** How the tasks of a lesson stand, judged on the cluster a few times a second while it changes. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { CourseLesson } from '../../course/courseLesson.ts';
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

const everyMs = 250;
/** So many sentences help; more confuse. */
const mostSentences = 2;

export function useTaskStates(lab: Lab, { lesson, texts }: CourseLesson): ReadonlyMap<string, TaskState> {
  const language = useSettings((settings) => settings.language);
  const met = useStore(lab.store, (state) => state.progress.met);
  const tick = useStore(lab.store, (state) => (state.isPlaying ? Math.floor(state.tick / 8) : state.tick));
  const [states, setStates] = useState<ReadonlyMap<string, TaskState>>(new Map());
  useEffect(() => {
    const timer = setTimeout(() => {
      const evidence = lab.evidence();
      const unmetWords = language === 'fr' ? unmetFr : unmetEn;
      const next = new Map<string, TaskState>();
      for (const step of lesson.steps) {
        if (step.kind !== 'task') continue;
        const { id, goal, wrongTurns } = step.task;
        const { isMet, unmet } = judge(goal, evidence);
        const wrong = isMet ? undefined : wrongTurns.find(({ when }) => judge(when, evidence).isMet);
        const wrongWords = wrong === undefined ? undefined : texts[language].tasks[id]?.wrongTurns[wrong.id];
        const sentences = wrongWords === undefined ? unmet.slice(0, mostSentences).map(unmetWords) : [wrongWords];
        next.set(id, {
          isMet,
          wasMet: met.includes(id),
          sentences: evidence.commands.length === 0 && wrong === undefined ? [] : sentences,
        });
      }
      const newlyMet = [...next].filter(([id, state]) => state.isMet && !met.includes(id)).map(([id]) => id);
      if (newlyMet.length > 0) lab.setProgress({ met: [...met, ...newlyMet] });
      setStates((before) => (JSON.stringify([...before]) === JSON.stringify([...next]) ? before : next));
    }, everyMs / 2);
    return () => clearTimeout(timer);
  }, [lab, lesson, texts, language, met, tick]);
  return states;
}
