/** The words of the page in French; `en.ts` says the same in English. */
const nb = '\u00a0';
const plural = (count: number, one: string, many: string): string => `${count}${nb}${count > 1 ? many : one}`;

export const fr = {
  loading: 'Chargement…',
  backHome: 'Vive le Log, retour au parcours',
  otherLanguage: 'Switch to English',
  themeIs: (theme: 'system' | 'light' | 'dark' | 'projector'): string =>
    `Thème${nb}: ${{ system: 'du système', light: 'clair', dark: 'sombre', projector: 'projecteur' }[theme]}`,
  minutes: (count: number): string => `env. ${count}${nb}min`,
  home: {
    title: 'Votre parcours',
    aside: 'Reprendre, bac à sable, crédits',
    progress: (done: number, all: number): string => `${done} sur ${all} leçons faites`,
    lessonCount: (count: number): string => plural(count, 'leçon', 'leçons'),
    done: 'faite',
    begin: 'Commencer',
    resume: 'Reprendre',
    beginNow: 'Commencer',
    resumeNow: 'Continuer',
    sandbox: 'Bac à sable',
    sandboxText: 'Un cluster vide, toutes les commandes du labo, le temps sous la main.',
    brokers: (count: number): string => plural(count, 'broker', 'brokers'),
    credits: 'Crédits et licences',
    creditLines: [
      'Code sous licence Apache 2.0. Contenu du cours sous CC BY-SA 4.0, d’après le support «\u00a0Spark Python – Kafka\u00a0» ; deux pages inspirées par le travail de Régis Behmo (CC BY-SA 4.0).',
      'Polices Atkinson Hyperlegible Next et Mono (Braille Institute, OFL 1.1). Votre progression reste sur cet appareil.',
    ],
    trademark:
      'Apache, Apache Kafka, Kafka, Apache ZooKeeper et leurs logos sont des marques de l’Apache Software Foundation. Ce simulateur n’est ni affilié à la fondation ni approuvé par elle.',
  },
  lab: {
    skipTo: 'Aller à',
    path: 'Fil d’Ariane',
    resizeLesson: 'Largeur de la leçon',
    resizeTerminals: 'Hauteur des terminaux',
    restartTitle: 'Recommencer depuis le début\u00a0: cette session est effacée',
    close: 'Fermer',
  },
  editor: {
    label: (path: string): string => `Contenu de ${path}`,
    keys: 'Ctrl S enregistre, Échap ferme sans enregistrer.',
    cancel: 'Fermer sans enregistrer',
    save: 'Enregistrer',
  },
  keys: {
    title: 'Raccourcis clavier',
    rows: [
      ['Espace', 'lecture, pause'],
      ['→  ←', 'un pas, dans un sens ou l’autre'],
      ['Maj →  Maj ←', 'événement marqué'],
      ['[  ]', 'moins vite, plus vite'],
      ['M', 'poser un signet'],
      ['L', 'leçon'],
      ['T', 'terminal'],
      ['Échap Échap', 'quitter le terminal'],
      ['V', 'tableau de ce schéma'],
      ['W', '«\u00a0Pourquoi\u00a0?\u00a0» de la sélection'],
      ['F6', 'région suivante'],
      ['Ctrl Z', 'revenir avant la dernière action'],
      ['Ctrl Entrée', 'taper pour moi'],
      ['Ctrl B  Ctrl J', 'plier la leçon, les terminaux'],
      ['flèches, dans le schéma', 'voisin'],
      ['?', 'ces raccourcis'],
    ],
    letters: 'Touches d’une seule lettre actives',
    narration: 'Narration pour lecteur d’écran',
    narrationLevels: { essential: 'essentiel', normal: 'normal', all: 'tout' },
    motion: 'Mouvement',
    motions: { system: 'comme le système', full: 'complet', reduced: 'réduit' },
  },
};

/** Widened, so that another language may say it differently. */
export type Words = typeof fr;
