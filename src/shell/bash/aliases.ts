/** Aliases: the first word of a command replaced by a text, before the line is parsed for good. */
import type { SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';

/** The line with its aliases replaced; an alias whose text begins with itself is replaced once. */
export function expandAliases(line: string, aliases: ReadonlyMap<string, string>): string {
  if (aliases.size === 0) return line;
  const used = new Set<string>();
  let expanded = line;
  for (;;) {
    const places = placesOf(expanded, aliases, used);
    if (places.length === 0) return expanded;
    for (const { name, pos, end } of places.toReversed()) {
      expanded = expanded.slice(0, pos) + (aliases.get(name) ?? name) + expanded.slice(end);
    }
    for (const { name } of places) used.add(name);
  }
}

interface Place {
  readonly name: string;
  readonly pos: number;
  readonly end: number;
}

function placesOf(line: string, aliases: ReadonlyMap<string, string>, used: ReadonlySet<string>): readonly Place[] {
  const places: Place[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Command' && node.name !== undefined) {
      const { text, pos, end } = node.name;
      if (aliases.has(text) && !used.has(text)) places.push({ name: text, pos, end });
    }
    forEachChild(node, visit);
  };
  visit(parse(line));
  return places.sort((one, other) => one.pos - other.pos);
}
