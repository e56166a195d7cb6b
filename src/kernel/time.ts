/** Virtual time: whole microseconds since the simulation began. Nothing in the simulation reads another clock. */
declare const unit: unique symbol;
type Unit<T, Name extends string> = T & { readonly [unit]: Name };

/** Whole microseconds since the simulation began. */
export type VirtualTimeUs = Unit<number, 'VirtualTimeUs'>;

export const timeZero = 0 as VirtualTimeUs;

/** A duration in microseconds from milliseconds, rounded to a whole number. */
export const ms = (milliseconds: number): number => Math.round(milliseconds * 1000);
/** A duration in microseconds from seconds, rounded to a whole number. */
export const seconds = (count: number): number => Math.round(count * 1_000_000);

/** The instant `durationUs` later. */
export const later = (at: VirtualTimeUs, durationUs: number): VirtualTimeUs => (at + durationUs) as VirtualTimeUs;

/** What virtual zero is on a calendar, in milliseconds since 1970: 2025-05-19 09:00 UTC, the month of the course. */
export const epochOfSimulationMs = 1_747_645_200_000;

/** Milliseconds since 1970, as Kafka's timestamps are. */
export const timestampMsAt = (at: VirtualTimeUs): number => epochOfSimulationMs + Math.floor(at / 1000);
