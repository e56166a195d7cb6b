/** What can be done to a process: the signals that a person would send it, and to start it again once it is dead. */
import type { ProcessId, Signal } from '../../kernel/events.ts';
import type { StampedInput } from '../../kernel/input.ts';
import type { World } from '../../kernel/world.ts';
import type { Deed, Refusal } from './deed.ts';
import { possible, refused } from './deed.ts';
import { restartOf } from './restart.ts';

export type ProcessVerb = 'kill' | 'stop' | 'pause' | 'resume' | 'restart';

/** `inputs`: all that came from outside up to the present. A client is started again by who typed it: only servers are offered that. */
export function processDeeds(
  process: ProcessId,
  {
    world,
    inputs,
    isServer,
  }: { readonly world: World; readonly inputs: readonly StampedInput[]; readonly isServer: boolean },
): readonly Deed<ProcessVerb>[] {
  const status = world.processes[process]?.status ?? 'exited';
  const signal = (verb: ProcessVerb, name: Signal, refusal: Refusal | null): Deed<ProcessVerb> =>
    refusal === null ? possible(verb, [{ kind: 'signal', process, signal: name }]) : refused(verb, refusal);
  const isDead = status === 'exited' ? 'isDead' : null;
  const isPaused = status === 'paused';
  return [
    signal('kill', 'SIGKILL', isDead),
    signal('stop', 'SIGTERM', isDead),
    isPaused ? signal('resume', 'SIGCONT', null) : signal('pause', 'SIGSTOP', isDead),
    ...(isServer ? [isDead === null ? refused('restart' as const, 'isAlive') : restartOf(process, world, inputs)] : []),
  ];
}
