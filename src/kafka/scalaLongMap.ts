/**
 * The order in which a Scala `LongMap` lists its keys: that of the live brokers in every broker's metadata cache, and so that of the
 * list over which a new topic's replicas are laid.
 *
 * Follows `scala.collection.mutable.LongMap` (2.13): open addressing on a mixed hash; key 0 is kept apart and comes first.
 */
const INDEX_MASK = 0x3fff_ffff;

/** Keys ≥ 0, distinct, in order of insertion into `new LongMap(initialBufferSize)`. */
export function scalaLongMapOrder<K extends number>(
  keys: readonly K[],
  { initialBufferSize }: { readonly initialBufferSize: number },
): K[] {
  let mask = initialMask(initialBufferSize);
  let slots: (K | undefined)[] = [];
  let size = 0;
  const place = (key: K) => {
    let slot = slotOf(key, mask);
    for (let step = 0; slots[slot] !== undefined; ) {
      step += 1;
      slot = (slot + 2 * (step + 1) * step - 3) & mask;
    }
    slots[slot] = key;
  };
  for (const key of keys) {
    if (key === 0) continue;
    place(key);
    size += 1;
    if (size > 0.5 * mask) {
      const old = slots;
      mask = repackedMask(mask, size);
      slots = [];
      for (let i = 0; i < old.length; i++) if (old[i] !== undefined) place(old[i]!);
    }
  }
  const others = slots.filter((key) => key !== undefined);
  const zero = keys.filter((key) => key === 0);
  return [...zero, ...others];
}

function initialMask(bufferSize: number): number {
  if (bufferSize < 0) return 0x7;
  const shift = 32 - Math.clz32(bufferSize - 1);
  return (((shift === 32 ? 1 : 1 << shift) - 1) & INDEX_MASK) | 0x7;
}

function repackedMask(mask: number, size: number): number {
  let next = size >= 0.5 * mask ? ((mask << 1) + 1) & INDEX_MASK : mask;
  while (next > 8 && 8 * size < next) next >>>= 1;
  return next;
}

/** Part of MurmurHash3's finalizer, over a key below 2^32. */
function slotOf(key: number, mask: number): number {
  const mixed = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & mask;
}
