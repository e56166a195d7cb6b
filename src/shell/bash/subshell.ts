/** A shell within the shell – `( … )`, `$( … )`, an element of a pipeline – is a process of its own that starts with a copy of its parent. */
import type { Shell, ShellFunction, Variable } from './shell.ts';
import { exportedVariables } from './shell.ts';

/** The environment variable that carries the copy; no program sees it. */
export const inheritanceVariable = '_BASH_INHERITED';

/** What a subshell takes over, besides its folder and what is exported. */
export interface Inheritance {
  readonly text: string;
  readonly line: number;
  readonly pid: number;
  readonly name: string;
  readonly namesLines: boolean;
  readonly variables: readonly (readonly [name: string, Variable])[];
  readonly functions: readonly string[];
  readonly positional: readonly string[];
  readonly lastExit: number;
  readonly lastBackgroundPid: number | null;
  readonly isInBackground: boolean;
  /** The file that its standard output is, if it is one: `2>&1` then means that file. */
  readonly stdoutFile: string | null;
}

/** The environment of a subshell that runs `text`. */
export function environmentOfSubshell(
  shell: Shell,
  text: string,
  { isInBackground, stdoutFile }: { readonly isInBackground: boolean; readonly stdoutFile: string | null },
): Readonly<Record<string, string>> {
  const inheritance: Inheritance = {
    text,
    line: shell.line,
    pid: shell.pid,
    name: shell.name,
    namesLines: shell.namesLines,
    variables: [...shell.variables],
    functions: [...shell.functions.values()].map((definition: ShellFunction) => definition.text),
    positional: shell.positional,
    lastExit: shell.lastExit,
    lastBackgroundPid: shell.lastBackgroundPid,
    isInBackground,
    stdoutFile,
  };
  return { ...exportedVariables(shell), [inheritanceVariable]: JSON.stringify(inheritance) };
}

/** The copy, in a subshell; undefined in any other shell. */
export function inheritanceOf(env: Readonly<Record<string, string>>): Inheritance | undefined {
  const text = env[inheritanceVariable];
  return text === undefined ? undefined : (JSON.parse(text) as Inheritance);
}
