/** How wide a label is, so that what does not fit can be dropped whole. Measured once a text. */

/** Weights and sizes of the labels of figures; `pixels` before the scale of the interface. */
export interface LabelFont {
  readonly pixels: number;
  readonly weight: number;
  readonly isMono?: boolean;
}

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** In CSS pixels at scale 1. Without a canvas (in tests) a fair guess. */
export function textWidth(text: string, { pixels, weight, isMono = false }: LabelFont): number {
  const key = `${weight} ${pixels} ${isMono} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = measure(text, pixels, weight, isMono);
    // Until the fonts are there, widths are those of others.
    if (typeof document === 'undefined' || document.fonts.status === 'loaded') widths.set(key, width);
  }
  return width;
}

/** Asks for the fonts of labels; false where they were there already, and what was measured stands. */
export async function loadLabelFonts(): Promise<boolean> {
  const missing = ['Next', 'Mono'].map((name) => `650 12px "Atkinson Hyperlegible ${name} Variable"`);
  const hadAll = missing.every((font) => document.fonts.check(font));
  await Promise.all(missing.map((font) => document.fonts.load(font)));
  if (!hadAll) widths.clear();
  return !hadAll;
}

function measure(text: string, pixels: number, weight: number, isMono: boolean): number {
  if (typeof document === 'undefined') return text.length * pixels * 0.55;
  context ??= document.createElement('canvas').getContext('2d');
  if (context === null) return text.length * pixels * 0.55;
  context.font = `${weight} ${pixels}px "Atkinson Hyperlegible ${isMono ? 'Mono' : 'Next'} Variable", sans-serif`;
  return context.measureText(text).width;
}
