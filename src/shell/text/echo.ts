/** `echo`, as bash has it. */
import { unescape } from './escapes.ts';

/** What `echo ARGS` prints. */
export function echoText(args: readonly string[]): string {
  let endsLine = true;
  let escapes = false;
  let first = 0;
  for (; first < args.length && /^-[neE]+$/.test(args[first]!); first++) {
    for (const letter of args[first]!.slice(1)) {
      if (letter === 'n') endsLine = false;
      else escapes = letter === 'e';
    }
  }
  const joined = args.slice(first).join(' ');
  if (!escapes) return joined + (endsLine ? '\n' : '');
  const { text, isCut } = unescape(joined);
  return text + (endsLine && !isCut ? '\n' : '');
}
