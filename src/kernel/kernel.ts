/** What the parts of the kernel use of the simulation: its state, its queue, its journal. */
import type { FactId, ProcessId } from './events.ts';
import type { Happening } from './facts.ts';
import type { VirtualTimeUs } from './time.ts';
import type { Pending, World } from './world.ts';

/** `Pending` without what the simulation adds. */
export type Unscheduled = Pending extends infer P ? (P extends Pending ? Omit<P, 'at' | 'sequence'> : never) : never;

export interface Kernel {
  readonly world: World;
  /** The entry's sequence number. */
  schedule(at: VirtualTimeUs, entry: Unscheduled): number;
  record(process: ProcessId | null, causes: readonly FactId[], what: Happening): FactId;
}
