/** What the person who looks has chosen to see of the matrix. */

export type HeatMeasure = 'lag' | 'size';

export interface MatrixChoices {
  /** Topics opened (true) or closed by hand; others open by the rule of `shownTopics`. */
  readonly topics: Readonly<Record<string, boolean>>;
  /** `__consumer_offsets` and the like are off until asked for. */
  readonly hasInternalTopics: boolean;
  readonly heatMeasure: HeatMeasure;
  /** Rows of heat matrices that are open, by the key of their partition. */
  readonly openRows: readonly string[];
}
export const noChoices: MatrixChoices = { topics: {}, hasInternalTopics: false, heatMeasure: 'lag', openRows: [] };

/** A mark that opens and closes something instead of being selected: `topic-NAME`, `row-PARTITION`. */
export type Toggle =
  | { readonly kind: 'topic'; readonly topic: string; readonly isOpen: boolean }
  | { readonly kind: 'row'; readonly row: string };

export function withToggle(choices: MatrixChoices, toggle: Toggle): MatrixChoices {
  if (toggle.kind === 'topic') return { ...choices, topics: { ...choices.topics, [toggle.topic]: !toggle.isOpen } };
  const { openRows } = choices;
  const others = openRows.filter((row) => row !== toggle.row);
  return { ...choices, openRows: others.length === openRows.length ? [...openRows, toggle.row] : others };
}

/** What a press on a mark opens or closes; null for a mark that is selected instead. */
export function toggleOf(
  mark: string,
  lines: readonly { readonly topic: { readonly topic: string }; readonly isOpen: boolean }[],
): Toggle | null {
  if (mark.startsWith('row-')) return { kind: 'row', row: mark.slice('row-'.length) };
  const line = lines.find(({ topic }) => mark === `topic-${topic.topic}`);
  return line === undefined ? null : { kind: 'topic', topic: line.topic.topic, isOpen: line.isOpen };
}
