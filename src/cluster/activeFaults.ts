/** What is out of order at an instant, and the inputs that put it right again: what a page offers to lift. */
import type { ProcessId } from '../kernel/events.ts';
import type { DiskCondition } from '../kernel/host.ts';
import { soundDisk } from '../kernel/host.ts';
import type { Input } from '../kernel/input.ts';
import type { LinkCondition } from '../kernel/network.ts';
import { healthyLink } from '../kernel/network.ts';
import type { Process } from '../kernel/process.ts';
import type { World } from '../kernel/world.ts';
import { brokerIn } from './broker/pictureOfBroker.ts';
import { pictureOfZooKeeper } from './zookeeper/pictureOfZooKeeper.ts';

export type ActiveFault = {
  /** The same from one instant to the next, unique among the faults of one. */
  readonly key: string;
  /** To be applied in this order; none for a dead server: who knows how it was started can start it again. */
  readonly liftedBy: readonly Input[];
} & (
  | { readonly kind: 'link'; readonly from: ProcessId; readonly to: ProcessId; readonly condition: LinkCondition }
  | { readonly kind: 'paused'; readonly process: ProcessId }
  | { readonly kind: 'disk'; readonly directory: string; readonly condition: DiskCondition }
  /** How far its wall clock is ahead, in milliseconds. */
  | { readonly kind: 'clock'; readonly process: ProcessId; readonly offsetMs: number }
  /** A server that has run and does no more. */
  | { readonly kind: 'dead'; readonly process: ProcessId }
);

/** Servers first, then processes, links, disks and clocks; each kind in a steady order. */
export function activeFaults(world: World): readonly ActiveFault[] {
  const { processes, links, disks, clocks } = world;
  return [
    ...deadServers(processes).map(
      (process): ActiveFault => ({
        key: `dead ${process.id}`,
        kind: 'dead',
        process: process.id,
        liftedBy: [],
      }),
    ),
    ...processes.flatMap(({ id, status }): ActiveFault[] =>
      status === 'paused'
        ? [
            {
              key: `paused ${id}`,
              kind: 'paused',
              process: id,
              liftedBy: [{ kind: 'signal', process: id, signal: 'SIGCONT' }],
            },
          ]
        : [],
    ),
    ...[...links.impaired()].map(
      ({ from, to, condition }): ActiveFault => ({
        key: `link ${from} ${to}`,
        kind: 'link',
        from,
        to,
        condition,
        liftedBy: [{ kind: 'setLink', from, to, condition: healthyLink }],
      }),
    ),
    ...[...disks].map(
      ([directory, condition]): ActiveFault => ({
        key: `disk ${directory}`,
        kind: 'disk',
        directory,
        condition,
        liftedBy: [{ kind: 'setDisk', directory, condition: soundDisk }],
      }),
    ),
    ...[...clocks].map(
      ([process, offsetMs]): ActiveFault => ({
        key: `clock ${process}`,
        kind: 'clock',
        process,
        offsetMs,
        liftedBy: [{ kind: 'setClock', process, offsetMs: 0 }],
      }),
    ),
  ];
}

/** The last of each command of which none runs, unless it never came to serve: a start that failed is nobody's fault but its caller's. */
function deadServers(processes: readonly Process[]): readonly Process[] {
  const byCommand = new Map<string, readonly Process[]>();
  for (const process of processes) {
    if (!isServer(process)) continue;
    const command = JSON.stringify([process.program, process.cwd, process.argv]);
    byCommand.set(command, [...(byCommand.get(command) ?? []), process]);
  }
  return [...byCommand.values()].flatMap((runs) =>
    runs.every(({ status }) => status === 'exited') && runs.some(hasServed) ? runs.slice(-1) : [],
  );
}

const isServer = ({ program }: Process): boolean => program === 'kafka-server' || program === 'zookeeper-server';

function hasServed(process: Process): boolean {
  const broker = brokerIn(process);
  if (broker !== null) return broker.brokerEpoch >= 0;
  const { value } = process.snapshot;
  return pictureOfZooKeeper(process) !== null && value !== 'INITIAL' && value !== 'BINDING';
}
