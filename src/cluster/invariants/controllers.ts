/** One active controller per controller epoch; no broker obeys an older one than it has obeyed. */
import type { Invariant } from './invariant.ts';
import { broken } from './invariant.ts';
import type { Observation } from './observation.ts';

export class Controllers implements Invariant {
  /** By controller epoch, the broker that was active in it. */
  readonly #activeIn = new Map<number, number>();

  afterEvent({ brokers }: Observation): void {
    for (const { before, after } of brokers) {
      const { controller, brokerId, controllerEpoch } = after;
      if (before !== null && controllerEpoch < before.controllerEpoch)
        broken(
          `Broker ${brokerId} obeyed a controller of epoch ${controllerEpoch} after one of epoch ${before.controllerEpoch}.`,
        );
      if (controller === before?.controller || !controller.isActive) continue;
      const other = this.#activeIn.get(controller.epoch);
      if (other === undefined) this.#activeIn.set(controller.epoch, brokerId);
      else if (other !== brokerId)
        broken(`Brokers ${other} and ${brokerId} are both active controllers in controller epoch ${controller.epoch}.`);
    }
  }
}
