/** How many messages `#/bench` flies, as its address says. */

/** A second's worth of a busy cluster. */
const usualCount = 1400;

/** The usual number where the address has none, or no number of messages. */
export function flightCountOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : usualCount;
}
