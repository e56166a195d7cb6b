/** What is broken by hand at an instant, as the page lists it, and what would lift each: a link is one fault, whichever of its ways suffer. */
import type { ActiveFault as ClusterFault } from '../../cluster/activeFaults.ts';
import { activeFaults as clusterFaults } from '../../cluster/activeFaults.ts';
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { Input, StampedInput } from '../../kernel/input.ts';
import type { World } from '../../kernel/world.ts';
import type { WireEnds } from '../../views/clusterMatrix/wireEnds.ts';
import { linkMark } from '../../views/clusterMatrix/wireEnds.ts';
import type { Refusal } from './deed.ts';
import type { LinkState } from './linkDeeds.ts';
import { linkState } from './linkDeeds.ts';
import { restartOf } from './restart.ts';

export type ActiveFault = {
  /** Unique at this instant. */
  readonly key: string;
  readonly lift: readonly Input[];
  /** Why it cannot be lifted now. */
  readonly refusal: Refusal | null;
} & (
  | Pick<Extract<ClusterFault, { kind: 'dead' | 'paused' }>, 'kind' | 'process'>
  | Pick<Extract<ClusterFault, { kind: 'disk' }>, 'kind' | 'directory' | 'condition'>
  | Pick<Extract<ClusterFault, { kind: 'clock' }>, 'kind' | 'process' | 'offsetMs'>
  | { readonly kind: 'link'; readonly ends: WireEnds; readonly state: LinkState }
);

/** `inputs`: all that came from outside up to the present. */
export function activeFaults(
  world: World,
  { brokers, zookeepers }: Pick<ClusterPicture, 'brokers' | 'zookeepers'>,
  inputs: readonly StampedInput[],
): readonly ActiveFault[] {
  const isDrawn = (process: ProcessId): boolean => [...brokers, ...zookeepers].some((one) => one.process === process);
  const faults = new Map<string, ActiveFault>();
  for (const fault of clusterFaults(world)) {
    const { key, liftedBy } = fault;
    switch (fault.kind) {
      case 'dead': {
        const { process } = fault;
        if (!isDrawn(process) || !wasStruck(process, world, inputs)) break;
        const { refusal, inputs: lift } = restartOf(process, world, inputs);
        faults.set(key, { kind: 'dead', key, process, refusal, lift });
        break;
      }
      case 'link': {
        const [first, second] = fault.from < fault.to ? [fault.from, fault.to] : [fault.to, fault.from];
        const ends: WireEnds = { from: [first], to: [second] };
        const state = linkState(ends, world);
        const mark = linkMark(ends);
        const other = faults.get(mark);
        // What joined a process that has ended carries nothing any more.
        if (state.ways > 0)
          faults.set(mark, {
            kind: 'link',
            key: mark,
            ends,
            state,
            refusal: null,
            lift: [...(other?.lift ?? []), ...liftedBy],
          });
        break;
      }
      default:
        faults.set(key, { ...fault, refusal: null, lift: liftedBy });
    }
  }
  return [...faults.values()];
}

/** A server that ended by itself, or that was stopped from a terminal, is no fault: it did what it was told. */
function wasStruck(process: ProcessId, { processes }: World, inputs: readonly StampedInput[]): boolean {
  return (
    processes[process]?.endedBy === 'SIGKILL' ||
    inputs.some(({ input }) => input.kind === 'signal' && input.process === process && input.signal !== 'SIGCONT')
  );
}
