/** The words of the terminals in French; `texts.en.ts` has the same keys. */
export const textsFr = {
  region: 'Terminaux',
  tabs: 'Terminaux ouverts',
  /** By the base of a terminal's name. */
  names: {
    admin: 'Admin',
    broker: 'Broker',
    coulisses: 'Coulisses',
    lecteur: 'Lecteur',
    producteur: 'Producteur',
    terminal: 'Terminal',
    zookeeper: 'ZooKeeper',
  } as Readonly<Record<string, string>>,
  running: (program: string) => `${program} en cours`,
  idle: 'libre',
  closed: 'fermé',
  screen: (name: string) => `Terminal ${name}`,
  input: (name: string) => `Saisie du terminal ${name}. Échap deux fois pour en sortir.`,
  open: 'Ouvrir un terminal',
  close: (name: string) => `Fermer le terminal ${name} (arrête ce qui y tourne)`,
  split: 'Deux terminaux côte à côte',
  unsplit: 'Un seul terminal',
  typeForMe: 'Taper pour moi',
  typeRest: 'Taper le reste',
  typeIn: (name: string) => `Taper pour moi · ${name}`,
  ended: 'Le shell de ce terminal est terminé.',
  reopen: 'Rouvrir',
  none: 'Aucun terminal ouvert.',
};

export type TerminalTexts = typeof textsFr;
