/** How a lesson, or a sandbox, begins: its machine, its servers, its terminals, and what was typed before the learner came. */
import type { ProcessId } from '../kernel/events.ts';
import type { FileSystem } from '../kernel/fileSystem.ts';
import { changeFiles } from '../kernel/fileSystem.ts';
import type { Programs } from '../kernel/process.ts';
import { seconds, timeZero } from '../kernel/time.ts';
import { Timeline } from '../kernel/timeline.ts';
import { Cluster } from '../scenario/cluster.ts';
import type { ClusterSetup } from '../scenario/clusterFiles.ts';
import { clusterFiles } from '../scenario/clusterFiles.ts';
import type { Stage } from '../scenario/stage.ts';
import { runUntil } from '../scenario/stage.ts';
import { home, interactiveEnvironment, kafkaFolder, machineWithEmptyHome } from '../shell/environment.ts';
import type { Start } from './lesson.ts';
import { presets } from './lesson.ts';
import { openTerminal, perform } from './perform.ts';

/** The machine's files before anything runs. */
export function filesOf(start: Start): FileSystem {
  const preset = presets[start.preset];
  let files = preset.isKafkaInstalled ? clusterFiles(clusterOf(start)) : machineWithEmptyHome();
  for (const folder of start.folders ?? [])
    files = changeFiles(files, { kind: 'makeDirectory', path: `${home}/${folder}` }, timeZero);
  return files;
}

/** What the players of scenarios need, of a session with its history. */
export function stageOf(timeline: Timeline): Stage {
  return {
    get world() {
      return timeline.world;
    },
    apply: (input) => {
      timeline.act(input);
    },
    step: () => {
      const next = timeline.nextAt;
      if (next === undefined) return false;
      timeline.advance({ until: next, maxEvents: 1 });
      return true;
    },
    nextEventAt: () => timeline.nextAt,
    advanceTo: (at) => {
      timeline.advance({ until: at });
    },
  };
}

export interface Beginning {
  readonly timeline: Timeline;
  /** The first process that is the learner's own. */
  readonly firstProcess: ProcessId;
}

/** A session at the instant the learner arrives. `setup`: plain JSON that says, when the session is read again, what it began with. */
export function begin(
  start: Start,
  options: {
    readonly programs: Programs;
    readonly seed: number;
    readonly setup: unknown;
    readonly stopwatch?: () => number;
  },
): Beginning {
  const timeline = new Timeline({ ...options, files: filesOf(start) });
  new Cluster(stageOf(timeline), clusterOf(start)).start();
  for (const line of start.prepared ?? []) runUnseen(timeline, line);
  for (const terminal of start.terminals) openTerminal(timeline, terminal);
  perform(timeline, start.actions);
  return { timeline, firstProcess: timeline.world.processes.length as ProcessId };
}

/** Runs a command line to its end without a terminal. */
function runUnseen(timeline: Timeline, line: string): void {
  const process = timeline.world.processes.length;
  timeline.act({
    kind: 'start',
    program: 'bash',
    argv: ['bash', '-c', line],
    cwd: kafkaFolder,
    env: interactiveEnvironment,
    outputFile: '/dev/null',
  });
  const isOver = (): boolean => timeline.world.processes[process]?.status === 'exited';
  if (!runUntil(stageOf(timeline), isOver, seconds(60))) throw new Error(`it does not end: ${line}`);
}

function clusterOf({ preset }: Start): ClusterSetup {
  const { zookeepers, brokers, ...rest } = presets[preset];
  return {
    zookeepers,
    brokers: [...brokers],
    brokerConfig: 'brokerConfig' in rest ? rest.brokerConfig : {},
    zookeeperConfig: {},
  };
}
