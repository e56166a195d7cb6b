/**
 * Text as a terminal shows it: `\n` becomes `\r\n`, and lines get the colours of the theme by what they are: a prompt, a command, a
 * warning, an error. No character is added to what was printed.
 */
import type { Happening } from '../../kernel/facts.ts';

export type Printed = Extract<Happening, { kind: 'printed' }>;

/** Colours by their places in the palette that the theme fills. */
const sgr = { prompt: '32', warn: '33', error: '31', command: '1;97', dim: '90' } as const;

const paint = (text: string, style: keyof typeof sgr): string =>
  text === '' ? '' : `\u001b[${sgr[style]}m${text}\u001b[0m`;

/** What bash prints before it waits for a line. */
export const isPromptOf = (program: string | undefined, { to, text }: Printed): boolean =>
  (program === 'bash' || program === 'sh') && to === 'stderr' && !text.endsWith('\n');

/** The line may begin with the end of what came before. */
export function stylePrompt(text: string): string {
  const lineAt = text.lastIndexOf('\n') + 1;
  return withReturns(text.slice(0, lineAt)) + paint(text.slice(lineAt), 'prompt');
}

export function stylePrinted({ text, to }: Printed): string {
  // Whoever sends escapes decides on colours.
  if (text.includes('\u001b')) return withReturns(text);
  let styled = '';
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    const style = styleOfLine(line, to);
    styled += style === undefined ? line : paint(line, style);
    if (newline !== -1) styled += '\r\n';
    at = end + 1;
  }
  return styled;
}

/** A line that was typed, and its Return; at bash's prompt it is a command. */
export const styleEcho = (line: string, { isCommand }: { readonly isCommand: boolean }): string =>
  `${isCommand ? paint(line, 'command') : line}\r\n`;

/** A command that is proposed, not typed yet. */
export const styleProposal = (text: string): string => paint(text, 'dim');
export const styleCommand = (text: string): string => paint(text, 'command');

const withReturns = (text: string): string => text.replaceAll('\n', '\r\n');

/** log4j's layout in Kafka's scripts: `[2025-05-19 09:00:00,000] WARN …`. */
const logLevel = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] (WARN|ERROR|FATAL) /;

function styleOfLine(line: string, to: Printed['to']): 'warn' | 'error' | undefined {
  const level = logLevel.exec(line)?.[1];
  if (level !== undefined) return level === 'WARN' ? 'warn' : 'error';
  if (line.startsWith('WARNING: ')) return 'warn';
  if (to === 'stderr' && /^(?:bash: |Error\b|Exception in thread |Missing required argument |Caused by: )/.test(line))
    return 'error';
  return undefined;
}
