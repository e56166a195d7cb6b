/** Every command that bash has in itself. */
import type { Builtin } from '../builtin.ts';
import { cd, pwd } from './directories.ts';
import { breakLoop, command, continueLoop, evaluate, exec, exit, returnFrom, source } from './flow.ts';
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
  ['builtin', command],
  ['cd', cd],
  ['command', command],
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
]);

export const builtinNamed = (name: string): Builtin | undefined => table.get(name);
export const isBuiltin = (name: string): boolean => table.has(name);
/** For completion. */
export const builtinNames: readonly string[] = [...table.keys()];
