/** What a crowd of messages is made of. */
import type { FlightPicture } from '../../cluster/picture.ts';

/** Shares of the four commonest keys, then of all others (`key` undefined); they add up to 1. */
export function commonestKeys(
  flights: readonly FlightPicture[],
): readonly { readonly key: string | null | undefined; readonly share: number }[] {
  const counts = new Map<string | null, number>();
  for (const { records } of flights) {
    const key = records[0]?.key ?? null;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4);
  const shares = commonest.map(([key, count]) => ({ key, share: count / flights.length }));
  const rest = 1 - shares.reduce((sum, { share }) => sum + share, 0);
  return rest > 1e-9 ? [...shares, { key: undefined, share: rest }] : shares;
}
