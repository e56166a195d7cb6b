/** What did not change from one picture to the next keeps its identity, so that a view redraws only what differs. */

/** `before` where it says the same as `next`, part by part; `next` with such parts of `before` otherwise. Plain data only. */
export function keepIdentity<T>(before: T | undefined, next: T): T {
  if (before === undefined || before === next) return next;
  if (Array.isArray(before) && Array.isArray(next)) return keepItems(before, next) as T;
  if (!isPlain(before) || !isPlain(next)) return next;
  const kept: Record<string, unknown> = {};
  const names = Object.keys(next);
  let isSame = names.length === Object.keys(before).length;
  for (const name of names) {
    kept[name] = keepIdentity(before[name], next[name]);
    if (kept[name] !== before[name] || !(name in before)) isSame = false;
  }
  return isSame ? before : (kept as T);
}

/** An array of `before`, or with items of `before`, where they say the same at the same place. */
function keepItems(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const kept = next.map((item, index) => keepIdentity(before[index], item));
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
