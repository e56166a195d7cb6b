/**
 * The states of a partition as the controller sees it, and how one follows another.
 *
 * Follows `kafka.controller.PartitionStateMachine` (3.9.0). What a change brings with it – an election, writes to ZooKeeper, requests – is in
 * `partitionStateMachine.ts`.
 */
import { setup } from 'xstate';
import { createStepper } from '../../kernel/stepper.ts';

export type PartitionStateName = 'NonExistentPartition' | 'NewPartition' | 'OnlinePartition' | 'OfflinePartition';

/** An event is the state that is asked for. */
interface PartitionEvent {
  readonly type: PartitionStateName;
}

const partitionStateChart = setup({ types: { events: {} as PartitionEvent } }).createMachine({
  id: 'partition',
  initial: 'NonExistentPartition',
  states: {
    NonExistentPartition: { on: { NewPartition: 'NewPartition' } },
    NewPartition: { on: { OnlinePartition: 'OnlinePartition', OfflinePartition: 'OfflinePartition' } },
    OnlinePartition: {
      on: { OnlinePartition: { target: 'OnlinePartition', reenter: true }, OfflinePartition: 'OfflinePartition' },
    },
    OfflinePartition: {
      on: {
        OnlinePartition: 'OnlinePartition',
        OfflinePartition: { target: 'OfflinePartition', reenter: true },
        NonExistentPartition: 'NonExistentPartition',
      },
    },
  },
});

const stepper = createStepper(partitionStateChart, undefined);

export function mayBecomePartition(from: PartitionStateName, to: PartitionStateName): boolean {
  const snapshot = partitionStateChart.resolveState({ value: from });
  return snapshot.can({ type: to }) && stepper.next(snapshot, { type: to }).snapshot.value === to;
}
