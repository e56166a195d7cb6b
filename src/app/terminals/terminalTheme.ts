/** The colours and the font of a terminal, read from the page's tokens. */
import type { ITerminalOptions } from '@xterm/xterm';

/** As the variables stand at that element. */
export function terminalOptionsAt(element: HTMLElement): ITerminalOptions {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const ink = token('--term-ink');
  const dim = token('--term-dim');
  const prompt = token('--term-prompt');
  const command = token('--term-cmd') || ink;
  return {
    fontFamily: style.fontFamily,
    fontSize: Math.round(Number.parseFloat(style.fontSize)),
    theme: {
      background: token('--term-bg'),
      foreground: ink,
      cursor: prompt,
      cursorAccent: token('--term-bg'),
      selectionBackground: /^#[0-9a-f]{6}$/i.test(dim) ? `${dim}66` : dim,
      green: prompt,
      yellow: token('--term-warn'),
      red: token('--term-err'),
      brightBlack: dim,
      white: ink,
      brightWhite: command,
    },
  };
}
