/** What goals are judged on: the picture of the cluster, what was run, what readers have read, the files; all read from one instant. */
import type { ClusterPicture } from '../cluster/picture.ts';
import { pictureOf } from '../shell/picture/pictureOf.ts';
import type { ProcessId } from '../kernel/events.ts';
import { findNode, resolvePath } from '../kernel/fileSystem.ts';
import type { World } from '../kernel/world.ts';
import { home } from '../shell/environment.ts';
import { consumedByConsole } from '../shell/kafkaTools/consoleConsumer.ts';

export interface CommandRun {
  readonly program: string;
  /** The program's name first. */
  readonly argv: readonly string[];
  readonly terminal: string | null;
  /** Null while it runs. */
  readonly exitCode: number | null;
}

export interface Evidence {
  readonly picture: ClusterPicture;
  /** Since the lesson began, in the order of their start. */
  readonly commands: readonly CommandRun[];
  /** Console consumers, ended ones included, and how many records each has printed. */
  readonly readers: readonly { readonly topic: string; readonly argv: readonly string[]; readonly consumed: number }[];
  /** A path is absolute, or relative to the home. */
  hasFile(path: string): boolean;
  readonly hasTravelled: boolean;
}

/** `firstProcess`: the first process that is the learner's own; those before it set the stage. */
export function evidenceOf(
  world: World,
  { firstProcess, hasTravelled }: { firstProcess: ProcessId; hasTravelled: boolean },
): Evidence {
  const own = world.processes.slice(firstProcess);
  return {
    picture: pictureOf(world),
    commands: own.map(({ program, argv, terminal, exitCode }) => ({ program, argv, terminal, exitCode })),
    readers: world.processes
      .filter(({ program }) => program === 'kafka-console-consumer')
      .map(({ argv, snapshot }) => ({ argv, ...consumedByConsole(snapshot) })),
    hasFile: (path) => findNode(world.files, resolvePath(home, path)) !== undefined,
    hasTravelled,
  };
}
