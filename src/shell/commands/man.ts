/** `man`: there are no manual pages here; the commands explain themselves. */
import { command } from './command.ts';

export const man = command({ name: 'man', help: 'Usage: man PAGE\n', flags: '', readsItsOptions: true }, (run) => {
  const page = run.operands.find((word) => !word.startsWith('-') && !/^\d$/.test(word));
  if (page === undefined) {
    run.error("What manual page do you want?\nFor example, try 'man man'.\n");
    run.exitCode = 1;
  } else {
    run.error(`No manual entry for ${page}\nThe simulated machine has no manual pages: try '${page} --help'.\n`);
    run.exitCode = 16;
  }
});
