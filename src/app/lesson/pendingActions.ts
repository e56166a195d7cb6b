/** What « Taper pour moi » would do next: what is left of the solution of the task that the learner has before them. */
import { isInEffect } from '../../course/actors.ts';
import { isToolCalled } from '../../course/generalTurn.ts';
import type { CourseLesson } from '../../course/courseLesson.ts';
import type { Action, Task } from '../../course/lesson.ts';
import { presets, type } from '../../course/lesson.ts';
import { findNode, resolvePath } from '../../kernel/fileSystem.ts';
import type { World } from '../../kernel/world.ts';
import { shellOf } from '../../shell/bash/shellOf.ts';
import { home, kafkaFolder } from '../../shell/environment.ts';
import { pageAt } from './pagesOf.ts';
import type { TaskStates } from './taskState.ts';
import type { TypedLine } from './typedLines.ts';

/** Where the learner stands: the page, and how the tasks do. */
export interface Standing {
  readonly step: number;
  readonly tasks: TaskStates;
}

/** The first task of the present page that is not met as things stand; null when there is none. */
export function currentTask(course: CourseLesson, { step, tasks }: Standing): Task | null {
  for (const part of pageAt(course, step))
    if (part.kind === 'task' && tasks.get(part.task.id)?.isMet !== true) return part.task;
  return null;
}

/** Its solution types something; any other acts on the cluster or on time alone. */
export const isTyped = ({ solution }: Task): boolean =>
  solution.some(({ kind }) => kind === 'type' || kind === 'press');

interface Present {
  readonly typed: readonly TypedLine[];
  readonly world: World;
}

/** `typed`: in their order; `world`: at the present instant. Where the next command would be typed in another folder than it needs, its `cd` first. */
export function pendingActions(course: CourseLesson, standing: Standing, present: Present): readonly Action[] {
  const pending = restOfSolution(course, standing, present);
  const at = pending.findIndex(({ kind }) => kind !== 'wait');
  const next = pending[at];
  if (next?.kind !== 'type' || busyTerminal(pending, present.world) !== null) return pending;
  const folder = folderNeeded(course, next, present.world);
  return folder === null ? pending : [...pending.slice(0, at), wayBefore(next, folder), ...pending.slice(at)];
}

const ways = new WeakMap<Action, Action>();
/** The same object for the same action of a lesson: a list that says the same is the same. */
function wayBefore(next: Extract<Action, { kind: 'type' }>, folder: string): Action {
  const way = ways.get(next) ?? type(next.terminal, `cd ${folder}`);
  ways.set(next, way);
  return way;
}

/** Why « Taper pour moi » cannot type now: a program has the terminal of the next command. Null: nothing is in the way. */
export function busyTerminal(
  pending: readonly Action[],
  world: World,
): { readonly terminal: string; readonly program: string } | null {
  const next = pending.find(({ kind }) => kind !== 'wait');
  if (next?.kind !== 'type' || !isToolCalled(next.line)) return null;
  const { terminal } = next;
  const program = programInFront(world, terminal);
  return program === null || !staysOn.test(program) ? null : { terminal, program };
}

/** Programs that end when they are told to; the others are soon over. */
const staysOn = /^(?:kafka-server|zookeeper-|kafka-console-)/;

/** As `cd` takes it; null where the shell is in that folder already, or it does not exist. */
function folderNeeded(
  course: CourseLesson,
  next: Extract<Action, { kind: 'type' }>,
  { processes, files }: World,
): string | null {
  const { terminal } = next;
  const shell = processes.findLast((process) => process.terminal === terminal && process.parent === null);
  const state = shell === undefined || shell.status === 'exited' ? undefined : shellOf(shell.snapshot);
  if (state === undefined || processes.some((process) => isInFront(process, terminal))) return null;
  let wanted = presets[course.lesson.start.preset].isKafkaInstalled ? kafkaFolder : home;
  for (const line of linesBefore(course, next)) {
    const folder = /^cd (\S+)$/.exec(line)?.[1];
    if (folder !== undefined) wanted = resolvePath(wanted, folder);
  }
  if (state.cwd === wanted || findNode(files, wanted) === undefined) return null;
  return wanted.startsWith(home) ? `~${wanted.slice(home.length)}` : wanted;
}

/** What the solutions type at that terminal before an action of theirs. */
function linesBefore({ lesson }: CourseLesson, next: Extract<Action, { kind: 'type' }>): readonly string[] {
  const actions = lesson.steps.flatMap((step) => (step.kind === 'task' ? step.task.solution : []));
  return actions
    .slice(0, actions.indexOf(next))
    .flatMap((action) => (action.kind === 'type' && action.terminal === next.terminal ? [action.line] : []));
}

function restOfSolution(course: CourseLesson, standing: Standing, { typed, world }: Present): readonly Action[] {
  const task = currentTask(course, standing);
  const solution = task?.solution ?? [];
  const last = solution.findLastIndex(({ kind }) => kind === 'type');
  let next = 0;
  let lookedAt = 0;
  for (; next < solution.length; next++) {
    const action = solution[next]!;
    if (action.kind === 'wait') continue;
    if (action.kind === 'disturb' || action.kind === 'link') {
      if (isInEffect(world, action)) continue;
      break;
    }
    if (action.kind !== 'type') break;
    const found = typed.findIndex(
      ({ terminal, line }, at) => at >= lookedAt && terminal === action.terminal && line === action.line,
    );
    if (found >= 0 && hasTaken(action, world, { isLast: next === last })) lookedAt = found + 1;
    else if (!isRunningAlready(action, world.processes)) break;
  }
  const rest = solution.slice(next);
  // What was met and is no longer has to be done again, though all of it was typed.
  const isSpent = rest.every(({ kind }) => kind === 'wait');
  return isSpent && task !== null && standing.tasks.get(task.id)?.wasMet === true ? solution : rest;
}

/**
 * The command that was typed has come to something: a plain call of a tool has run its program. Typed in the wrong folder, or undone, it has
 * not; nor has the last one of a task that is still not met, when it failed.
 */
function hasTaken(
  { terminal, line }: Extract<Action, { kind: 'type' }>,
  { processes }: World,
  { isLast }: { readonly isLast: boolean },
): boolean {
  const [, program, rest = ''] = /^bin\/([\w-]+)\.sh\b([^|;&<>'"$]*)$/.exec(line) ?? [];
  if (program === undefined) return true;
  const words = rest.trim();
  const run = processes.findLast(
    (process) =>
      process.program === program && process.terminal === terminal && process.argv.slice(1).join(' ') === words,
  );
  return run !== undefined && !(isLast && failed(run));
}

const failed = ({ exitCode, endedBy }: World['processes'][number]): boolean =>
  exitCode !== null && exitCode !== 0 && endedBy === null;

/** The command was given in other words: the program it starts runs in front of that terminal. */
function isRunningAlready(
  { terminal, line }: Extract<Action, { kind: 'type' }>,
  processes: World['processes'],
): boolean {
  const program = /^bin\/([\w-]+)\.sh\b/.exec(line)?.[1];
  return processes.some(
    (process) =>
      process.program === program &&
      process.terminal === terminal &&
      process.isForeground &&
      process.status !== 'exited',
  );
}

const isInFront = ({ terminal, parent, isForeground, status }: World['processes'][number], where: string): boolean =>
  terminal === where && parent !== null && isForeground && status !== 'exited';

function programInFront({ processes }: World, terminal: string): string | null {
  const inFront = processes.filter((process) => isInFront(process, terminal));
  return (inFront.find(({ program }) => program.startsWith('kafka-')) ?? inFront.at(-1))?.program ?? null;
}
