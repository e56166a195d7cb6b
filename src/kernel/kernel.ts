/** What the parts of the kernel use of the simulation: its state, its queue, its journal. */
import type { FactId, ProcessId } from './events.ts';
import type { Happening } from './facts.ts';
import type { Pending, World } from './world.ts';

export interface Kernel {
  readonly world: World;
  /** For the next entry that is scheduled. */
  nextSequence(): number;
  schedule(entry: Pending): void;
  record(process: ProcessId | null, causes: readonly FactId[], what: Happening): FactId;
}
