/** How the marks of the matrix are joined: a mark keeps its element, and one that looks as before is not touched. */
import type { Selection } from 'd3-selection';
import type { ViewWords } from '../words.ts';
import type { KeyOrder } from './keyOrder.ts';
import type { MatrixChoices } from './matrixChoices.ts';
import type { Motion } from './motion.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

export interface DrawOptions {
  readonly keys: KeyOrder;
  readonly words: ViewWords;
  /** What is selected, by the key of its mark. */
  readonly selected: string | null;
}
/** What the parts of the matrix are drawn with. */
export interface MatrixDrawing extends DrawOptions {
  readonly motion: Motion;
  readonly choices: MatrixChoices;
}

/** Values that decide a mark's look, compared one by one with `===`. */
type Look = readonly unknown[];
let looks = new WeakMap<Element, Look>();

/** All is drawn again: what looks depend on beside their values, the fonts by which labels are measured, has come. */
export function forgetLooks(): void {
  looks = new WeakMap();
}

/** Draws a mark again if anything that decides its look is another than before; gives the redrawing the look of before. */
export function whenChanged(element: Element, look: Look, redraw: (before: Look | undefined) => void): void {
  const before = looks.get(element);
  if (before !== undefined && before.length === look.length && before.every((value, i) => value === look[i])) return;
  looks.set(element, look);
  redraw(before);
}

export function layer(root: Group, name: string): Group {
  const found = root.select<SVGGElement>(`:scope > g.layer-${name}`);
  return found.empty() ? root.append('g').attr('class', `layer-${name}`) : found;
}

/** An element that the keyboard reaches: one tab stop for the figure, kept by the view; arrows inside. */
export function asButton<Datum>(
  selection: Selection<SVGGElement, Datum, SVGGElement, unknown>,
  label: (datum: Datum) => string,
  isSelected: (datum: Datum) => boolean,
): void {
  selection
    .attr('role', 'button')
    .attr('tabindex', function keep() {
      return this.getAttribute('tabindex') ?? '-1';
    })
    .attr('aria-label', label)
    .attr('aria-pressed', (datum) => `${isSelected(datum)}`);
}

/** Group A, B, C… */
export const letterOf = (group: number): string => String.fromCharCode(65 + (group % 26));
/** The tone of a group: 1 to 4. */
export const groupTone = (group: number): number => (group % 4) + 1;
