/** Signals by name and number, as `kill` takes them; those that the kernel carries. */
import type { Signal } from '../kernel/events.ts';

const numbers: Readonly<Record<Signal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGPIPE: 13,
  SIGTERM: 15,
  SIGCONT: 18,
  SIGSTOP: 19,
};

export const signalNames = Object.keys(numbers) as readonly Signal[];
export const signalNumber = (signal: Signal): number => numbers[signal];

/** `9`, `KILL`, `SIGKILL`, in any case; undefined for a signal that the simulated machine has not. */
export const signalNamed = (spec: string): Signal | undefined =>
  signalNames.find((name) => name === `SIG${spec.toUpperCase().replace(/^SIG/, '')}` || String(numbers[name]) === spec);
