/** Carries out the actions of a lesson on a session, in virtual time, waiting after each for what a person would wait for. */
import type { VirtualTimeUs } from '../kernel/time.ts';
import { later, seconds } from '../kernel/time.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { home, interactiveEnvironment, kafkaFolder } from '../shell/environment.ts';
import { findNode } from '../kernel/fileSystem.ts';
import type { ClusterAction } from './actors.ts';
import { inputsOf, isInEffect, serverNamed } from './actors.ts';
import type { Action } from './lesson.ts';

/** A terminal is watched this long for a sign of life before the next action. */
const quietUs = seconds(4);
/** What goes on printing is watched no longer. */
const longestUs = seconds(12);
/** Whatever happens, a server takes no longer to start or to stop. */
const longestOfServerUs = seconds(90);
const glanceUs = seconds(0.1);

/** Opens a terminal in the Kafka folder, or at home while there is none. */
export function openTerminal(timeline: Timeline, terminal: string): void {
  const cwd = findNode(timeline.world.files, kafkaFolder) === undefined ? home : kafkaFolder;
  timeline.act({ kind: 'openTerminal', terminal, program: 'bash', cwd, env: interactiveEnvironment });
}

export function perform(timeline: Timeline, actions: readonly Action[]): void {
  for (const action of actions) performOne(timeline, action);
}

function performOne(timeline: Timeline, action: Action): void {
  switch (action.kind) {
    case 'type':
      if (!timeline.world.terminals.has(action.terminal)) openTerminal(timeline, action.terminal);
      timeline.act({ kind: 'typed', terminal: action.terminal, line: action.line });
      return settle(timeline, action.terminal);
    case 'press':
      timeline.act({ kind: action.key === 'Ctrl-C' ? 'interrupt' : 'endOfFile', terminal: action.terminal });
      return settle(timeline, action.terminal);
    case 'disturb':
    case 'link':
      return act(timeline, action);
    case 'wait':
      timeline.advance({ until: later(timeline.now, seconds(action.seconds)) });
      return;
    case 'travel':
      timeline.seekTo(Math.max(0, timeline.now - seconds(action.backSeconds)) as VirtualTimeUs);
  }
}

/** Until the terminal is back at its prompt, or what runs there has printed nothing for a while. */
function settle(timeline: Timeline, terminal: string): void {
  const begin = timeline.now;
  let lastSign = begin;
  while (timeline.now - begin < longestUs && timeline.now - lastSign < quietUs) {
    const before = timeline.now;
    timeline.advance({ until: later(before, glanceUs) });
    if (!isBusy(timeline, terminal)) return;
    const hasPrinted = timeline
      .factsBetween(before, timeline.now)
      .some(({ what }) => what.kind === 'printed' && what.terminal === terminal);
    if (hasPrinted) lastSign = timeline.now;
  }
}

/** Until a server that was told to stop has stopped, and one that was started serves or has given up. */
function act(timeline: Timeline, action: ClusterAction): void {
  const begin = timeline.now;
  const before = timeline.world.processes.length;
  for (const input of inputsOf(timeline.world, action)) timeline.act(input);
  const isSettled = (): boolean => {
    if (action.kind === 'link' || action.how !== 'start') return isInEffect(timeline.world, action);
    const started = timeline.world.processes.filter(({ id, parent }) => id === before || parent === before);
    return (
      serverNamed(timeline.world, action.whom)?.health === 'running' ||
      started.every(({ status }) => status === 'exited')
    );
  };
  do timeline.advance({ until: later(timeline.now, glanceUs) });
  while (!isSettled() && timeline.now - begin < longestOfServerUs);
}

/** Something runs in the foreground of the terminal, in front of its shell. */
const isBusy = ({ world }: Timeline, terminal: string): boolean =>
  world.processes.some(
    (process) =>
      process.terminal === terminal && process.parent !== null && process.isForeground && process.status !== 'exited',
  );
