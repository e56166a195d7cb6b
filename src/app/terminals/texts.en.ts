/** The words of the terminals in English; `texts.fr.ts` has the same keys. */
import type { TerminalTexts } from './texts.fr.ts';

export const textsEn: TerminalTexts = {
  region: 'Terminals',
  tabs: 'Open terminals',
  names: {
    admin: 'Admin',
    broker: 'Broker',
    coulisses: 'Backstage',
    lecteur: 'Reader',
    producteur: 'Producer',
    terminal: 'Terminal',
    zookeeper: 'ZooKeeper',
  },
  running: (program) => `${program} running`,
  idle: 'idle',
  closed: 'closed',
  screen: (name) => `${name} terminal`,
  input: (name) => `Input of the ${name} terminal. Escape twice to leave it.`,
  open: 'Open a terminal',
  close: (name) => `Close the ${name} terminal (ends what runs in it)`,
  split: 'Two terminals side by side',
  unsplit: 'One terminal only',
  typeForMe: 'Type for me',
  typeRest: 'Type the rest',
  typeIn: (name) => `Type for me · ${name}`,
  ended: 'The shell of this terminal has ended.',
  reopen: 'Open again',
  none: 'No terminal is open.',
};
