/**
 * The states of a replica as the controller sees it, and how one follows another.
 *
 * Follows `kafka.controller.ReplicaStateMachine` (3.9.0). What a change brings with it is in `replicaStateMachine.ts`.
 */
import { setup } from 'xstate';
import { createStepper } from '../../kernel/stepper.ts';

export type ReplicaStateName =
  | 'NonExistentReplica'
  | 'NewReplica'
  | 'OnlineReplica'
  | 'OfflineReplica'
  | 'ReplicaDeletionStarted'
  | 'ReplicaDeletionSuccessful'
  | 'ReplicaDeletionIneligible';

/** An event is the state that is asked for. */
interface ReplicaEvent {
  readonly type: ReplicaStateName;
}

const replicaStateChart = setup({ types: { events: {} as ReplicaEvent } }).createMachine({
  id: 'replica',
  initial: 'NonExistentReplica',
  states: {
    NonExistentReplica: { on: { NewReplica: 'NewReplica' } },
    NewReplica: { on: { OnlineReplica: 'OnlineReplica', OfflineReplica: 'OfflineReplica' } },
    OnlineReplica: {
      on: { OnlineReplica: { target: 'OnlineReplica', reenter: true }, OfflineReplica: 'OfflineReplica' },
    },
    OfflineReplica: {
      on: {
        OnlineReplica: 'OnlineReplica',
        OfflineReplica: { target: 'OfflineReplica', reenter: true },
        ReplicaDeletionStarted: 'ReplicaDeletionStarted',
        ReplicaDeletionIneligible: 'ReplicaDeletionIneligible',
      },
    },
    ReplicaDeletionStarted: {
      on: {
        ReplicaDeletionSuccessful: 'ReplicaDeletionSuccessful',
        ReplicaDeletionIneligible: 'ReplicaDeletionIneligible',
      },
    },
    ReplicaDeletionSuccessful: { on: { NonExistentReplica: 'NonExistentReplica' } },
    ReplicaDeletionIneligible: { on: { OnlineReplica: 'OnlineReplica', OfflineReplica: 'OfflineReplica' } },
  },
});

const stepper = createStepper(replicaStateChart, undefined);

export function mayBecomeReplica(from: ReplicaStateName, to: ReplicaStateName): boolean {
  const snapshot = replicaStateChart.resolveState({ value: from });
  return snapshot.can({ type: to }) && stepper.next(snapshot, { type: to }).snapshot.value === to;
}
