/**
 * The controller's one thread: events are handled one at a time, each with all its consequences, in the order in which they came.
 *
 * Follows `kafka.controller.ControllerEventManager` (3.9.0).
 */
import type { Turn } from '../broker/turn.ts';
import type { ControllerEvent } from './controller.ts';
import { changeController, controllerOf } from './controllerContext.ts';

/** Handled now if nothing else is, else after what came before. `preempt`: see `ControllerEvent`. */
export function enqueue(
  turn: Turn,
  name: ControllerEvent['name'],
  run: ControllerEvent['run'],
  preempt: ControllerEvent['preempt'] = () => {},
): void {
  const { queue } = controllerOf(turn);
  changeController(turn, { queue: [...queue, { name, run, preempt }] });
  handleNext(turn);
}

/** Drops what waits and comes before all that will. What is being handled is abandoned. */
export function clearAndEnqueue(turn: Turn, name: ControllerEvent['name'], run: ControllerEvent['run']): void {
  const { term, queue, current } = controllerOf(turn);
  changeController(turn, { queue: [], current: null, term: term + 1 });
  current?.preempt(turn, 'sessionExpired');
  for (const { preempt } of queue) preempt(turn, 'dropped');
  enqueue(turn, name, run);
}

/** Who waited for the event being handled has been answered, though the event goes on. */
export function nobodyWaits(turn: Turn): void {
  const { current } = controllerOf(turn);
  if (current !== null) changeController(turn, { current: { ...current, preempt: () => {} } });
}

/** Nothing is handled any more: the broker stops. */
export function stopEvents(turn: Turn): void {
  const nothing = (): void => {};
  const current = { name: 'ShutdownEventThread', run: nothing, preempt: nothing };
  changeController(turn, { queue: [], current, term: controllerOf(turn).term + 1 });
}

/** The event being handled ends here, because the controller is no longer one. */
export function abandonCurrent(turn: Turn): void {
  const { term, current } = controllerOf(turn);
  changeController(turn, { current: null, term: term + 1 });
  current?.preempt(turn, 'controllerMoved');
  handleNext(turn);
}

function handleNext(turn: Turn): void {
  const { queue, current, term } = controllerOf(turn);
  const [next, ...rest] = queue;
  if (next === undefined || current !== null) return;
  changeController(turn, { queue: rest, current: next });
  next.run(turn, (later) => {
    // An event that was abandoned meanwhile has no end of its own.
    if (controllerOf(later).term !== term) return;
    changeController(later, { current: null });
    handleNext(later);
  });
}
