/** `date`: virtual time, on the calendar of the simulation, in UTC. */
import { formatTime } from '../text/dates.ts';
import { command } from './command.ts';

export const date = command(
  {
    name: 'date',
    help: 'Usage: date [OPTION]... [+FORMAT]\nDisplay the current time in the given FORMAT.\n\n  -u, --utc    print Coordinated Universal Time (the machine is in UTC)\n',
    flags: 'uR',
    valued: 'I',
    long: { utc: 'u', universal: 'u' },
  },
  (run) => {
    const [format] = run.operands;
    if (format === undefined) run.out(`${formatTime('%a %b %e %H:%M:%S %Z %Y', run.now)}\n`);
    else if (format.startsWith('+')) run.out(`${formatTime(format.slice(1), run.now)}\n`);
    else run.complain(`invalid date ‘${format}’`);
  },
);
