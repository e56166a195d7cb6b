/** What a transition says to the kernel: the effects that the machine asked for, and the state that it is in. */
import type { KernelEffect } from './effects.ts';
import type { Effect } from './stepper.ts';

/**
 * xstate's own effects become the kernel's: a delayed event of `after` is a timer, leaving the state cancels it. Null for an event
 * raised at once: the transition has handled it.
 */
export function asKernelEffect(effect: Effect, program: string): KernelEffect | null {
  const { type, params } = effect;
  if (!type.startsWith('xstate.')) return effect as KernelEffect;
  if (type === 'xstate.raise') {
    const { id, delay, event } = params as { id?: string; delay?: number; event: { type: string } };
    if (delay === undefined) return null;
    if (id === undefined)
      throw new Error(`Program ${program} raises ${event.type} later without an id to cancel it by.`);
    return { type: 'setTimer', params: { id, delayUs: delay * 1000, event } };
  }
  if (type === 'xstate.cancel') return { type: 'cancelTimer', params: { id: (params as { sendId: string }).sendId } };
  throw new Error(`Program ${program} asked for ${type}; processes exchange messages through the kernel.`);
}

/** A state value in words: the state's name, or regions and their states as JSON. */
export const stateName = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Compares state values: names, or the values of regions by name. */
export function isSameState(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isRegions(one) || !isRegions(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSameState(one[name], other[name]));
}
const isRegions = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
