/** `>`, `>>`, `<`, `2>&1`, `&>`, here documents and here strings: the streams that a command gets instead of its shell's. */
import type { Redirection } from 'unbash';
import type { FileChange, FileSystem } from '../../kernel/fileSystem.ts';
import { asDirectory, canHold, findNode, resolvePath } from '../../kernel/fileSystem.ts';
import { expandPartsToText, expandToText, expandWord } from './expansion.ts';
import type { ExpansionScope } from './expansionScope.ts';
import { ExpansionError } from './expansionScope.ts';
import type { InputEnd, OutputEnd, Streams } from './shell.ts';

export interface Redirected {
  readonly streams: Streams;
  /** Files created or emptied, before the command runs. */
  readonly changes: readonly FileChange[];
}

/** Throws ExpansionError where bash refuses (`x: No such file or directory`); the command is then not run. */
export function redirect(redirections: readonly Redirection[], streams: Streams, scope: ExpansionScope): Redirected {
  let result: Redirected = { streams, changes: [] };
  for (const redirection of redirections) result = redirectOne(redirection, result, scope);
  return result;
}

function redirectOne(redirection: Redirection, { streams, changes }: Redirected, scope: ExpansionScope): Redirected {
  if (redirection.type === 'HereString') {
    const text = redirection.target === undefined ? '' : expandToText(redirection.target, scope);
    return { streams: { ...streams, stdin: { kind: 'text', text: `${text}\n` } }, changes };
  }
  if (redirection.type === 'HereDoc') {
    const { body, operator } = redirection;
    const whole = body.parts === undefined ? body.text : expandPartsToText(body.parts, scope);
    const text = operator === '<<-' ? whole.replace(/^\t+/gm, '') : whole;
    return { streams: { ...streams, stdin: { kind: 'text', text } }, changes };
  }
  const { operator, descriptor } = redirection;
  const number = descriptor?.type === 'FileDescriptor' ? descriptor.value : 1;
  const target =
    redirection.target === undefined ? '' : targetOf(expandWord(redirection.target, scope), redirection.target.text);
  switch (operator) {
    case '<':
    case '<>':
      return { streams: { ...streams, stdin: openToRead(target, scope) }, changes };
    case '<&':
      return { streams, changes };
    case '>&':
      if (/^\d$/.test(target) || target === '-') {
        return { streams: withOutput(streams, number, duplicated(streams, target)), changes };
      }
      return openBoth(target, { append: false }, { streams, changes }, scope);
    case '&>':
    case '&>>':
      return openBoth(target, { append: operator === '&>>' }, { streams, changes }, scope);
    default: {
      const opened = openToWrite(target, { append: operator === '>>' }, streams, scope);
      return {
        streams: withOutput(streams, number, opened.end),
        changes: [...changes, ...opened.changes],
      };
    }
  }
}

function targetOf(words: readonly string[], typed: string): string {
  const [only] = words;
  if (only === undefined || words.length > 1) throw new ExpansionError(`${typed}: ambiguous redirect`);
  return only;
}

function withOutput(streams: Streams, descriptor: number, end: OutputEnd): Streams {
  if (descriptor === 1) return { ...streams, stdout: end };
  if (descriptor === 2) return { ...streams, stderr: end };
  // Other descriptors are opened and never written by anything here.
  return streams;
}

function duplicated(streams: Streams, target: string): OutputEnd {
  if (target === '1') return streams.stdout;
  if (target === '2') return streams.stderr;
  if (target === '-') return { kind: 'null' };
  throw new ExpansionError(`${target}: Bad file descriptor`);
}

function openBoth(
  target: string,
  mode: { readonly append: boolean },
  { streams, changes }: Redirected,
  scope: ExpansionScope,
): Redirected {
  const opened = openToWrite(target, mode, streams, scope);
  return {
    streams: { ...streams, stdout: opened.end, stderr: opened.end },
    changes: [...changes, ...opened.changes],
  };
}

function openToWrite(
  target: string,
  { append }: { readonly append: boolean },
  streams: Streams,
  { files, cwd }: ExpansionScope,
): { readonly end: OutputEnd; readonly changes: readonly FileChange[] } {
  const path = resolvePath(cwd, target);
  if (path === '/dev/null') return { end: { kind: 'null' }, changes: [] };
  if (path === '/dev/stdout' || path === '/dev/tty') return { end: streams.stdout, changes: [] };
  if (path === '/dev/stderr') return { end: streams.stderr, changes: [] };
  if (target === '') throw new ExpansionError(': No such file or directory');
  if (asDirectory(findNode(files, path)) !== undefined || target.endsWith('/'))
    throw new ExpansionError(`${target}: Is a directory`);
  if (!canHold(files, path)) throw new ExpansionError(`${target}: ${reasonNotToHold(files, path)}`);
  const end: OutputEnd = { kind: 'file', path };
  const isThere = findNode(files, path) !== undefined;
  return { end, changes: append && isThere ? [] : [{ kind: 'write', path, text: '' }] };
}

function reasonNotToHold(files: FileSystem, path: string): string {
  const parent = findNode(files, path.slice(0, path.lastIndexOf('/')) || '/');
  if (parent === undefined) return 'No such file or directory';
  return parent.kind === 'file' ? 'Not a directory' : 'Permission denied';
}

function openToRead(target: string, { files, cwd }: ExpansionScope): InputEnd {
  const path = resolvePath(cwd, target);
  if (path === '/dev/null') return { kind: 'null' };
  if (path === '/dev/stdin' || path === '/dev/tty') return { kind: 'inherit' };
  const node = findNode(files, path);
  if (node === undefined) throw new ExpansionError(`${target}: No such file or directory`);
  // A directory can be opened; reading it fails, which `cat` and others report as an empty input here.
  return { kind: 'text', text: node.kind === 'file' ? node.text() : '' };
}
