/** `read`: a line of input into variables. */
import type { Execution } from './execution.ts';
import type { Frame, InputEnd } from './shell.ts';
import { lookUp, withVariable } from './shell.ts';

/** The line there is – `read` has waited for it – or the end of the input, which is exit code 1. */
export function readVariables(
  execution: Execution,
  { names, isRaw, separators }: Extract<Frame, { kind: 'read' }>,
): void {
  const taken = takeLine(execution, isRaw);
  const blanks = separators ?? lookUp(execution.shell, 'IFS') ?? ' \t\n';
  for (const [name, value] of assign(names, taken.line, blanks)) {
    execution.shell = withVariable(execution.shell, name, value);
  }
  execution.finish(taken.isComplete ? 0 : 1);
}

interface Taken {
  readonly line: string;
  /** False at the end of the input. */
  readonly isComplete: boolean;
}

function takeLine(execution: Execution, isRaw: boolean): Taken {
  const { stdin } = execution.shell.streams;
  const given = stdin.kind === 'text' ? stdin.text : stdin.kind === 'inherit' ? execution.shell.unread : '';
  let end = given.indexOf('\n');
  // Without -r, a backslash at the end of a line continues it.
  const continues = (at: number): boolean => at > 0 && given.charAt(at - 1) === '\\' && at < given.length - 1;
  if (!isRaw) while (continues(end)) end = given.indexOf('\n', end + 1);
  const isComplete = end >= 0;
  const raw = isComplete ? given.slice(0, end) : given;
  const rest = isComplete ? given.slice(end + 1) : '';
  if (stdin.kind === 'text') keepRest(execution, stdin, rest);
  else if (stdin.kind === 'inherit') execution.shell = { ...execution.shell, unread: rest };
  return { line: isRaw ? raw : raw.replace(/\\\n/g, '').replace(/\\(.)/g, '$1'), isComplete };
}

/** The rest is for whoever reads the same stream next, such as the next round of a loop. */
function keepRest(execution: Execution, from: InputEnd, rest: string): void {
  const stdin = { kind: 'text', text: rest } as const;
  const { shell } = execution;
  const frames = shell.frames.map((frame) =>
    'before' in frame && frame.before.stdin === from ? { ...frame, before: { ...frame.before, stdin } } : frame,
  );
  execution.shell = { ...shell, frames, streams: { ...shell.streams, stdin } };
}

/** Each name a word, the last one all the rest. */
function assign(names: readonly string[], line: string, blanks: string): readonly (readonly [string, string])[] {
  const isBlank = (char: string): boolean => blanks.includes(char);
  let rest = trimmed(line, isBlank);
  return names.map((name, index) => {
    if (index === names.length - 1) return [name, rest] as const;
    const at = rest.split('').findIndex(isBlank);
    const word = at < 0 ? rest : rest.slice(0, at);
    rest = at < 0 ? '' : trimmed(rest.slice(at + 1), (char) => isBlank(char) && /\s/.test(char));
    return [name, word] as const;
  });
}

function trimmed(text: string, isBlank: (char: string) => boolean): string {
  let [from, to] = [0, text.length];
  const isSpace = (char: string): boolean => /\s/.test(char) && isBlank(char);
  while (from < to && isSpace(text.charAt(from))) from++;
  while (to > from && isSpace(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}
