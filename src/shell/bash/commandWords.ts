/** The words of a simple command, expanded. */
import type { Command } from 'unbash';
import { expandAssignedValue, expandWord } from './expansion.ts';
import type { ExpansionScope } from './expansionScope.ts';
import type { Shell } from './shell.ts';
import { exportedVariables, isAssignment } from './shell.ts';

/** The command's name and its arguments. `export A=$b` does not split the value. Throws ExpansionError. */
export function argumentsOf({ name, args }: Command, scope: ExpansionScope): readonly string[] {
  const words = name === undefined ? [] : expandWord(name, scope);
  return [
    ...words,
    ...args.flatMap((argument) => {
      if (argument.type === 'Word') return expandWord(argument, scope);
      const value = argument.value.type === 'Word' ? expandAssignedValue(argument.value, scope) : '';
      return [`${argument.name}${argument.append === true ? '+' : ''}=${value}`];
    }),
  ];
}

/** `A=1 B=2` before the name: name and value of each. Arrays are not simulated: their first element is taken. */
export function assignmentsOf({ prefix }: Command, scope: ExpansionScope): readonly (readonly [string, string])[] {
  return prefix.filter(isAssignment).map(({ name, value, append }) => {
    const word = value.type === 'Word' ? value : value.elements[0];
    const text = word === undefined ? '' : expandAssignedValue(word, scope);
    return [name, append === true ? (scope.get(name) ?? '') + text : text];
  });
}

/** The environment of the command: what is exported, and its own assignments. */
export const environmentOf = (
  node: Command,
  shell: Shell,
  scope: ExpansionScope,
): Readonly<Record<string, string>> => ({
  ...exportedVariables(shell),
  ...Object.fromEntries(assignmentsOf(node, scope)),
});
