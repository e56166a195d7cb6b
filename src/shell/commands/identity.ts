/** `whoami`, `id`, `hostname`, `uname`. */
import { hostName, user } from '../environment.ts';
import { command } from './command.ts';

export const whoami = command(
  {
    name: 'whoami',
    help: 'Usage: whoami\nPrint the user name associated with the current effective user ID.\n',
    flags: '',
  },
  (run) => {
    const [extra] = run.operands;
    if (extra === undefined) run.out(`${user}\n`);
    else run.misuse(`extra operand ‘${extra}’`);
  },
);

export const id = command(
  {
    name: 'id',
    help: 'Usage: id [OPTION]...\nPrint user and group information.\n\n  -u   print only the user ID\n  -n   print a name instead of a number\n',
    flags: 'ung',
  },
  (run) => {
    const { options } = run;
    if (options.has('n')) run.out(`${user}\n`);
    else if (options.has('u') || options.has('g')) run.out('1000\n');
    else run.out(`uid=1000(${user}) gid=1000(${user}) groups=1000(${user})\n`);
  },
);

export const hostname = command(
  { name: 'hostname', help: 'Usage: hostname\nShow the name of the host.\n', flags: 'fsiI' },
  (run) => run.out(run.options.has('i') || run.options.has('I') ? '127.0.0.1\n' : `${hostName}\n`),
);

/** By letter, in the order of `uname -a`. */
const parts: readonly (readonly [string, string])[] = [
  ['s', 'Linux'],
  ['n', hostName],
  ['r', '6.1.0-21-amd64'],
  ['v', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03)'],
  ['m', 'x86_64'],
  ['o', 'GNU/Linux'],
];

export const uname = command(
  {
    name: 'uname',
    help: 'Usage: uname [OPTION]...\nPrint certain system information.\n\n  -a, -s, -n, -r, -v, -m, -o\n',
    flags: 'asnrvmo',
    long: { all: 'a' },
  },
  (run) => {
    const { options } = run;
    const isWanted = ([letter]: readonly [string, string]): boolean =>
      options.has('a') || options.has(letter) || (options.given.length === 0 && letter === 's');
    run.out(
      `${parts
        .filter(isWanted)
        .map(([, text]) => text)
        .join(' ')}\n`,
    );
  },
);
