/** Figures that a run measures: told at once, and kept together in `test-results/bench.json`. No test fails by them: machines differ. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Figures = Readonly<Record<string, number>>;

const folder = 'test-results';

export class FigureBook {
  readonly #figures: Record<string, Figures> = {};

  /** Rounded to tenths. */
  note(what: string, figures: Figures): void {
    const rounded = Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]),
    );
    this.#figures[what] = rounded;
    const told = Object.entries(rounded).map(([name, value]) => `${name} ${value}`);
    console.log(`  figures: ${what}: ${told.join(', ')}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(this.#figures, null, 2)}\n`);
  }
}
