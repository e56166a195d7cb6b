/** What goals are judged on: the picture of the cluster, what was run, what readers have read, the files; all read from one instant. */
import type { SnapshotFrom } from 'xstate';
import type { ClusterPicture, Health } from '../cluster/picture.ts';
import type { zookeeperServer } from '../cluster/zookeeper/server.ts';
import type { Znode, ZnodeTree } from '../cluster/zookeeper/znodeTree.ts';
import { findZnode } from '../cluster/zookeeper/znodeTree.ts';
import type { ProcessId } from '../kernel/events.ts';
import { findNode, resolvePath } from '../kernel/fileSystem.ts';
import type { Process } from '../kernel/process.ts';
import type { VirtualTimeUs } from '../kernel/time.ts';
import { seconds } from '../kernel/time.ts';
import type { Timeline } from '../kernel/timeline.ts';
import type { World } from '../kernel/world.ts';
import { home } from '../shell/environment.ts';
import { consumedByConsole } from '../shell/kafkaTools/consoleConsumer.ts';
import { heardByZooKeeperShell } from '../shell/kafkaTools/zooKeeperShell.ts';
import { pictureOf } from '../shell/picture/pictureOf.ts';
import { isInEffect, serverNamed } from './actors.ts';
import type { LastLine } from './lastLine.ts';
import { ownInputs } from './ownInputs.ts';
import { lastLineOf } from './lastLine.ts';

export interface CommandRun {
  readonly program: string;
  /** The program's name first. */
  readonly argv: readonly string[];
  readonly terminal: string | null;
  readonly startedAt: VirtualTimeUs;
  /** Null while it runs. */
  readonly exitCode: number | null;
  /** Records that a console consumer has printed; 0 for other programs. */
  readonly printed: number;
}

/** A marked fact of the cluster: `ClusterFacts` has the names and their details. */
interface Happened {
  readonly name: string;
  /** Virtual seconds since the lesson began. */
  readonly afterSeconds: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Evidence {
  readonly picture: ClusterPicture;
  /** Since the lesson began, in the order of their start. */
  readonly commands: readonly CommandRun[];
  /** Console consumers, ended ones included, and how many records each has printed. */
  readonly readers: readonly {
    readonly topic: string;
    readonly argv: readonly string[];
    readonly consumed: number;
    /** Of those, records that were written after it had started, by their timestamps. */
    readonly live: number;
    /** Started since the lesson began. */
    readonly isNew: boolean;
  }[];
  /** Each zookeeper-shell since the lesson began: what it was asked, as words, and the paths of the watches that fired for it. */
  readonly zooKeeperShells: readonly {
    readonly commands: readonly (readonly string[])[];
    readonly heard: readonly string[];
  }[];
  /** Since the lesson began. */
  readonly happened: readonly Happened[];
  /** A path is absolute, or relative to the home. */
  hasFile(path: string): boolean;
  /** Undefined for one that never ran; its exit code is null while it runs. */
  server(name: string): { readonly health: Health; readonly exitCode: number | null } | undefined;
  /** In one direction at least. */
  isLinkCut(one: string, other: string): boolean;
  /** A ZooKeeper serves. */
  readonly hasZooKeeper: boolean;
  /** As the first ZooKeeper that serves has it. */
  znode(path: string): Znode | undefined;
  readonly hasTravelled: boolean;
  /** Time ran on after the learner had gone back. */
  readonly hasGoneOn: boolean;
  readonly now: VirtualTimeUs;
  /** Null before anything was typed. */
  readonly lastLine: LastLine | null;
  /** When something was typed, pressed, or done to the cluster last; null: never. */
  readonly lastActAt: VirtualTimeUs | null;
  /** The present task is spoken of by what was run since then. */
  readonly taskSince: VirtualTimeUs;
  /** Something was done, or undone, since then; waiting is not doing. */
  readonly hasActed: boolean;
}

/** How things were when the learner came to a task. */
export interface TaskBeginning {
  readonly at: VirtualTimeUs;
  readonly hasTravelled: boolean;
}

/** The same evidence, for a task that began later than the lesson. Whoever goes back to before it begins it again. */
export function sinceTask(evidence: Evidence, { at, hasTravelled }: TaskBeginning): Evidence {
  const taskSince = at < evidence.now ? at : evidence.now;
  return { ...evidence, taskSince, hasActed: isSince(evidence, taskSince) || (evidence.hasTravelled && !hasTravelled) };
}

const isSince = ({ lastActAt }: Pick<Evidence, 'lastActAt'>, since: VirtualTimeUs): boolean =>
  lastActAt !== null && lastActAt >= since;

/** What the page keeps of a lesson beside its session. */
export interface Since {
  /** The first process that is the learner's own; those before it set the stage. */
  readonly firstProcess: ProcessId;
  /** When the learner came. */
  readonly startedAt: VirtualTimeUs;
  readonly hasTravelled: boolean;
  readonly hasGoneOn: boolean;
}

export function evidenceOf(
  timeline: Pick<Timeline, 'world' | 'nextFact' | 'markedFacts' | 'inputs' | 'position' | 'now'>,
  { firstProcess, startedAt, hasTravelled, hasGoneOn }: Since,
): Evidence {
  const { world, nextFact } = timeline;
  const tree = znodesOf(world);
  const inputs = ownInputs(timeline, startedAt);
  const lastActAt = inputs.findLast(({ input }) => input.kind !== 'openTerminal')?.at ?? null;
  return {
    picture: pictureOf(world),
    commands: world.processes
      .filter((process) => isLearners(process, world, firstProcess))
      .map(({ program, argv, terminal, startedAt: at, exitCode, snapshot }) => ({
        program,
        argv,
        terminal,
        startedAt: at,
        exitCode,
        printed: program === 'kafka-console-consumer' ? consumedByConsole(snapshot).consumed : 0,
      })),
    readers: world.processes
      .filter(({ program }) => program === 'kafka-console-consumer')
      .map(({ id, argv, snapshot }) => ({ argv, isNew: id >= firstProcess, ...consumedByConsole(snapshot) })),
    zooKeeperShells: world.processes
      .slice(firstProcess)
      .filter(({ program }) => program === 'zookeeper-shell')
      .map(({ snapshot }) => heardByZooKeeperShell(snapshot)),
    happened: timeline
      .markedFacts()
      .filter(({ id, at }) => id < nextFact && at >= startedAt)
      .flatMap(({ at, what }) =>
        what.kind === 'told'
          ? [{ name: what.name, detail: what.detail, afterSeconds: (at - startedAt) / seconds(1) }]
          : [],
      ),
    hasFile: (path) => findNode(world.files, resolvePath(home, path)) !== undefined,
    server: (name) => {
      const server = serverNamed(world, name);
      const exitCode = server === undefined ? undefined : world.processes[server.process]?.exitCode;
      return server === undefined ? undefined : { health: server.health, exitCode: exitCode ?? null };
    },
    isLinkCut: (...between) => isInEffect(world, { kind: 'link', between, isCut: true }),
    hasZooKeeper: tree !== undefined,
    znode: (path) => (tree === undefined ? undefined : findZnode(tree, path)),
    hasTravelled,
    hasGoneOn,
    now: timeline.now,
    lastLine: lastLineOf(world, inputs),
    lastActAt,
    taskSince: startedAt,
    hasActed: isSince({ lastActAt }, startedAt),
  };
}

/** Started by the learner; what a command of the start goes on starting (`sleep` in a loop) is not. */
function isLearners({ id, parent }: Process, world: World, firstProcess: ProcessId): boolean {
  if (id < firstProcess) return false;
  const starter = parent === null ? undefined : world.processes[parent];
  return starter === undefined || starter.parent === null || isLearners(starter, world, firstProcess);
}

function znodesOf({ processes }: World): ZnodeTree | undefined {
  for (const { program, status, snapshot } of processes) {
    if (program !== 'zookeeper-server' || status === 'exited') continue;
    // The program's name proves whose snapshot it is.
    const { serving } = (snapshot as SnapshotFrom<typeof zookeeperServer>).context;
    if (serving !== null) return serving.database.tree;
  }
  return undefined;
}
