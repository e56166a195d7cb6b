/** The icon of each deed, and the key that does it to what is selected. */
import type { IconName } from '../../views/marks/iconPaths.ts';
import type { ClockVerb, DiskVerb } from './hostDeeds.ts';
import type { LinkVerb } from './linkDeeds.ts';
import type { MessageVerb } from './messageDeeds.ts';
import type { ProcessVerb } from './processDeeds.ts';

type Verb = ProcessVerb | LinkVerb | DiskVerb | ClockVerb | MessageVerb | 'expire';
/** What leads to deeds of a kind. */
type Kind = 'links' | 'disk' | 'clock' | 'timers';

export const iconOf: Readonly<Record<Verb | Kind, IconName>> = {
  kill: 'skull',
  stop: 'stop',
  pause: 'pause',
  resume: 'play',
  restart: 'play',
  cut: 'scissors',
  cutForth: 'scissors',
  cutBack: 'scissors',
  slow: 'knot',
  lossy: 'die',
  mend: 'check',
  expire: 'bolt',
  diskFull: 'disk',
  diskFailed: 'disk',
  diskSlow: 'disk',
  diskSound: 'check',
  clockHourAhead: 'clock',
  clockWeekAhead: 'clock',
  clockHourBehind: 'clock',
  clockRight: 'check',
  lose: 'cross',
  disconnect: 'scissors',
  links: 'link',
  disk: 'disk',
  clock: 'clock',
  timers: 'hourglass',
};

export const shortcutOf: Readonly<Partial<Record<Verb | Kind, string>>> = {
  kill: 'K',
  pause: 'S',
  resume: 'S',
  restart: 'R',
  cut: 'X',
  slow: 'N',
  lossy: 'D',
};
