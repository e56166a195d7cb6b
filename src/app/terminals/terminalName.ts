/** The names that lessons give their terminals, in the learner's words: `lecteur-1` is « Lecteur 1 ». */
import type { TerminalTexts } from './texts.fr.ts';

export function terminalName(terminal: string, { names }: TerminalTexts): string {
  const [, base = terminal, number] = /^(.*?)(?:-(\d+))?$/.exec(terminal) ?? [];
  const name = names[base] ?? base.charAt(0).toUpperCase() + base.slice(1);
  return number === undefined ? name : `${name}\u00a0${number}`;
}
