/** The command substitutions of a command, in the order in which bash runs them. */
import type { CommandExpansionPart, CommandNode, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';

/** Of a node itself: not those of the commands inside it, which have their turn when they run. */
export function substitutionsOf(node: CommandNode): readonly CommandExpansionPart[] {
  const found: CommandExpansionPart[] = [];
  const visit = (child: SyntaxNode): void => {
    if (child.type === 'CommandExpansion') found.push(child);
    else if (!isNestedCode(child)) forEachChild(child, visit);
  };
  forEachChild(node, visit);
  return found;
}

const nested = new Set<SyntaxNode['type']>([
  'CompoundList',
  'Statement',
  'Elif',
  'Script',
  'If',
  'For',
  'While',
  'Subshell',
  'BraceGroup',
  'Case',
  'Function',
]);
const isNestedCode = ({ type }: SyntaxNode): boolean => nested.has(type);

/** The text between `$(` and `)`, or between backticks with their escapes undone. */
export function textOfSubstitution({ text, script }: CommandExpansionPart): string {
  if (text.startsWith('`')) return script?.source ?? text.slice(1, -1).replace(/\\([\\`$])/g, '$1');
  return text.slice(2, -1);
}
