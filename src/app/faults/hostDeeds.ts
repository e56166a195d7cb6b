/** What can be done to the machine that a server runs on: to the disk that holds its logs, and to its wall clock. */
import type { ProcessId } from '../../kernel/events.ts';
import type { DiskCondition } from '../../kernel/host.ts';
import { soundDisk } from '../../kernel/host.ts';
import type { World } from '../../kernel/world.ts';
import type { Deed } from './deed.ts';
import { possible, refused } from './deed.ts';

export type DiskVerb = 'diskFull' | 'diskFailed' | 'diskSlow' | 'diskSound';
export type ClockVerb = 'clockHourAhead' | 'clockWeekAhead' | 'clockHourBehind' | 'clockRight';

/** Added to each write, in microseconds. */
const slowDiskUs = 500_000;
const hourMs = 3_600_000;

const conditions: readonly (readonly [DiskVerb, DiskCondition])[] = [
  ['diskFull', { state: 'full', extraLatencyUs: 0 }],
  ['diskFailed', { state: 'failed', extraLatencyUs: 0 }],
  ['diskSlow', { state: 'sound', extraLatencyUs: slowDiskUs }],
  ['diskSound', soundDisk],
];
const offsets: readonly (readonly [ClockVerb, number])[] = [
  ['clockHourAhead', hourMs],
  ['clockWeekAhead', 168 * hourMs],
  ['clockHourBehind', -hourMs],
  ['clockRight', 0],
];

export function diskDeeds(directory: string, { disks }: World): readonly Deed<DiskVerb>[] {
  const now = disks.get(directory) ?? soundDisk;
  return conditions.map(([verb, condition]) =>
    now.state === condition.state && now.extraLatencyUs === condition.extraLatencyUs
      ? refused(verb, 'isSo')
      : possible(verb, [{ kind: 'setDisk', directory, condition }]),
  );
}

export function clockDeeds(process: ProcessId, { clocks, processes }: World): readonly Deed<ClockVerb>[] {
  const now = clocks.get(process) ?? 0;
  const isDead = (processes[process]?.status ?? 'exited') === 'exited';
  return offsets.map(([verb, offsetMs]) =>
    isDead
      ? refused(verb, 'isDead')
      : now === offsetMs
        ? refused(verb, 'isSo')
        : possible(verb, [{ kind: 'setClock', process, offsetMs }]),
  );
}
