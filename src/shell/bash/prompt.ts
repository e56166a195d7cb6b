/** `PS1` and its escapes. */
import { hostName, user } from '../environment.ts';
import type { Shell } from './shell.ts';
import { lookUp } from './shell.ts';

/** The prompt as printed; '' for a shell without `PS1`. */
export function promptOf(shell: Shell, variable: 'PS1' | 'PS2'): string {
  const template = lookUp(shell, variable) ?? (variable === 'PS2' && lookUp(shell, 'PS1') !== '' ? '> ' : '');
  return template.replace(/\\(\[|\]|[a-zA-Z$\\])/g, (escape, letter: string) => {
    switch (letter) {
      case 'u':
        return user;
      case 'h':
      case 'H':
        return hostName;
      case 'w':
        return shortened(shell);
      case 'W':
        return shell.cwd === lookUp(shell, 'HOME') ? '~' : (shell.cwd.split('/').at(-1) ?? '/') || '/';
      case '$':
        return '$';
      case 'n':
        return '\n';
      case 'e':
        return '\u001b';
      case 's':
        return 'bash';
      case '[':
      case ']':
        return '';
      case '\\':
        return '\\';
      default:
        return escape;
    }
  });
}

/** The folder with `~` for the home. */
function shortened(shell: Shell): string {
  const home = lookUp(shell, 'HOME');
  const { cwd } = shell;
  if (home === undefined || home === '') return cwd;
  return cwd === home ? '~' : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
}
