/** What a step of a scenario brought about, as recordings and plays write it. */
import type { Json } from './masks.ts';

export interface Got {
  /** Where the step's own program ended. */
  readonly exit?: number;
  /** Terminal → exit code, where others ended. */
  readonly ended?: Readonly<Record<string, number>>;
  /** Terminal → lines that appeared on it. */
  readonly output?: Readonly<Record<string, readonly string[]>>;
  readonly state?: Json;
  /** A command was cut short by its limit. */
  readonly cut?: boolean;
  /** What a background command never printed. */
  readonly missed?: string;
}
