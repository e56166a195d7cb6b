/** Every command that bash has in itself. */
import type { Builtin } from '../builtin.ts';
import { cd, pwd } from './directories.ts';
import {
  breakLoop,
  command,
  continueLoop,
  evaluate,
  exec,
  exit,
  letBe,
  notSimulated,
  returnFrom,
  source,
} from './flow.ts';
import { bg, disown, fg, jobs, kill, wait } from './jobControl.ts';
import { history, typeOf } from './lookup.ts';
import { bracket, echo, fail, printf, succeed, test } from './output.ts';
import { alias, declare, exportVariables, read, set, shift, unalias, unset } from './variables.ts';

const table: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', succeed],
  ['.', source],
  ['[', bracket],
  ['alias', alias],
  ['bg', bg],
  ['break', breakLoop],
  ['builtin', command((name) => isBuiltin(name))],
  ['cd', cd],
  ['command', command((name) => isBuiltin(name))],
  ['continue', continueLoop],
  ['declare', declare],
  ['disown', disown],
  ['echo', echo],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['export', exportVariables],
  ['false', fail],
  ['fg', fg],
  ['hash', succeed],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letBe],
  ['local', declare],
  ['logout', exit],
  ['printf', printf],
  ['pwd', pwd],
  ['read', read],
  ['readonly', declare],
  ['return', returnFrom],
  ['set', set],
  ['shift', shift],
  ['source', source],
  ['test', test],
  ['true', succeed],
  ['type', typeOf((name) => isBuiltin(name))],
  ['typeset', declare],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
  ...'bind caller compgen complete dirs enable fc getopts help mapfile popd pushd readarray shopt suspend times trap ulimit umask'
    .split(' ')
    .map((name) => [name, notSimulated] as const),
]);

export const builtinNamed = (name: string): Builtin | undefined => table.get(name);
export const isBuiltin = (name: string): boolean => table.has(name);
/** For completion. */
export const builtinNames: readonly string[] = [...table.keys()];
