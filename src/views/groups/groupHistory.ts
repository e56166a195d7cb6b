/** Who of a group read which partition when, and which state its coordinator was in: spans of time, made of what was told. */

export interface ReadSpan {
  readonly process: number;
  readonly fromUs: number;
  /** Null: it goes on. */
  readonly toUs: number | null;
}
export interface StateSpan {
  readonly state: string;
  readonly generationId: number;
  readonly fromUs: number;
  readonly toUs: number | null;
}

/** In the order of time. `process`: of the consumer. */
export type GroupEvent = { readonly atUs: number } & (
  | { readonly kind: 'assigned'; readonly process: number; readonly partitions: readonly string[] }
  | { readonly kind: 'revoked'; readonly process: number; readonly partitions: readonly string[] }
  /** Its process has ended. */
  | { readonly kind: 'gone'; readonly process: number }
  | { readonly kind: 'state'; readonly state: string; readonly generationId: number }
);

/** Spans of each partition, by its name. `holding`: who holds it now; for what began before the first event. */
export function readSpans(
  events: readonly GroupEvent[],
  holding: ReadonlyMap<string, number>,
  knownSinceUs: number,
): ReadonlyMap<string, readonly ReadSpan[]> {
  const spans = new Map<string, ReadSpan[]>();
  const open = new Map<string, ReadSpan>();
  const seen = new Set<string>();
  const end = (partition: string, atUs: number): void => {
    const span = open.get(partition);
    if (span === undefined) return;
    spans.set(partition, [...(spans.get(partition) ?? []), { ...span, toUs: atUs }]);
    open.delete(partition);
  };
  for (const event of events) {
    if (event.kind === 'state') continue;
    if (event.kind === 'gone') {
      for (const [partition, span] of open) if (span.process === event.process) end(partition, event.atUs);
      continue;
    }
    for (const partition of event.partitions) {
      // Given up before it was seen to be taken: it was held from before.
      if (event.kind === 'revoked' && !seen.has(partition))
        open.set(partition, { process: event.process, fromUs: knownSinceUs, toUs: null });
      seen.add(partition);
      const held = open.get(partition);
      if (event.kind === 'assigned' && held?.process === event.process) continue;
      if (event.kind === 'revoked' && held?.process !== event.process) continue;
      end(partition, event.atUs);
      if (event.kind === 'assigned') open.set(partition, { process: event.process, fromUs: event.atUs, toUs: null });
    }
  }
  for (const [partition, process] of holding)
    if (!seen.has(partition)) open.set(partition, { process, fromUs: knownSinceUs, toUs: null });
  for (const [partition, span] of open) spans.set(partition, [...(spans.get(partition) ?? []), span]);
  return spans;
}

export function stateSpans(events: readonly GroupEvent[]): readonly StateSpan[] {
  const spans: StateSpan[] = [];
  for (const event of events) {
    if (event.kind !== 'state') continue;
    const last = spans.at(-1);
    if (last !== undefined) spans[spans.length - 1] = { ...last, toUs: event.atUs };
    spans.push({ state: event.state, generationId: event.generationId, fromUs: event.atUs, toUs: null });
  }
  return spans;
}

/** Who held a partition at an instant. */
export const holderAt = (spans: readonly ReadSpan[], atUs: number): number | null =>
  spans.find(({ fromUs, toUs }) => fromUs <= atUs && (toUs === null || atUs < toUs))?.process ?? null;
