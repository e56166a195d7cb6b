/** The course as the home page shows it: chapters, and of each the lessons that exist. */
import type { Language } from './courseLesson.ts';

type Words = Readonly<Record<Language, string>>;

export interface Chapter {
  readonly id: string;
  readonly title: Words;
  readonly lessons: readonly { readonly id: string; readonly title: Words; readonly minutes: number }[];
}

export const courseMap: readonly Chapter[] = [
  {
    id: 'M0',
    title: { fr: 'Accueil', en: 'Welcome' },
    lessons: [{ id: 'prise-en-main-du-labo', title: { fr: 'Votre atelier', en: 'Your workshop' }, minutes: 8 }],
  },
  {
    id: 'M8',
    title: { fr: 'Travaux pratiques', en: 'Hands-on lab' },
    lessons: [
      { id: 'tp-installer', title: { fr: 'TP 1 — Installer', en: 'Lab 1 — Install' }, minutes: 8 },
      { id: 'tp-demarrer', title: { fr: 'TP 2 — Démarrer', en: 'Lab 2 — Start' }, minutes: 10 },
      { id: 'tp-topic', title: { fr: 'TP 3 — Créer un topic', en: 'Lab 3 — Create a topic' }, minutes: 8 },
      { id: 'tp-produire', title: { fr: 'TP 4 — Écrire', en: 'Lab 4 — Produce' }, minutes: 8 },
      { id: 'tp-consommer', title: { fr: 'TP 5 — Lire, relire', en: 'Lab 5 — Consume, again and again' }, minutes: 12 },
    ],
  },
  {
    id: 'M2',
    title: { fr: 'Les briques', en: 'Building blocks' },
    lessons: [
      {
        id: 'serveurs-et-clients',
        title: { fr: 'Qui est serveur, qui est client', en: 'Servers and clients' },
        minutes: 12,
      },
      { id: 'lire-n-efface-pas', title: { fr: 'Lire n’efface pas', en: 'Reading does not delete' }, minutes: 10 },
      { id: 'partitions-et-cles', title: { fr: 'Même clé, même couloir', en: 'Same key, same lane' }, minutes: 15 },
      { id: 'trois-copies', title: { fr: 'Trois copies valent mieux qu’une', en: 'Three copies' }, minutes: 12 },
      {
        id: 'les-trois-offsets',
        title: { fr: 'Les trois sens du mot offset', en: 'Three meanings of offset' },
        minutes: 15,
      },
      { id: 'voyager-dans-le-log', title: { fr: 'Rembobiner', en: 'Rewinding' }, minutes: 10 },
      { id: 'travailler-en-groupe', title: { fr: 'Travailler en groupe', en: 'Consumer groups' }, minutes: 18 },
    ],
  },
  {
    id: 'M3',
    title: { fr: 'ZooKeeper', en: 'ZooKeeper' },
    lessons: [
      { id: 'l-arbre-des-znodes', title: { fr: 'L’arbre des znodes', en: 'The tree of znodes' }, minutes: 12 },
      {
        id: 'elire-et-voter',
        title: { fr: 'Élire un chef, voter à la majorité', en: 'Electing a leader, voting by majority' },
        minutes: 14,
      },
      {
        id: 'kafka-dans-zookeeper',
        title: { fr: 'Ce que Kafka confie à ZooKeeper', en: 'What Kafka keeps in ZooKeeper' },
        minutes: 14,
      },
    ],
  },
  {
    id: 'M4',
    title: { fr: 'Ce qui reste\u00a0: rétention et compaction', en: 'What stays: retention and compaction' },
    lessons: [{ id: 'compaction', title: { fr: 'La compaction, à l’œil', en: 'Compaction, seen' }, minutes: 16 }],
  },
  {
    id: 'M9',
    title: { fr: 'Pannes, garanties et surprises', en: 'Failures, guarantees and surprises' },
    lessons: [
      { id: 'panne-leader', title: { fr: 'Panne — le leader tombe', en: 'Failure — the leader dies' }, minutes: 14 },
      {
        id: 'panne-controleur',
        title: { fr: 'Panne — le contrôleur tombe', en: 'Failure — the controller dies' },
        minutes: 10,
      },
      {
        id: 'isr-qui-retrecit',
        title: { fr: 'Panne — un suiveur traîne', en: 'Failure — a follower lags' },
        minutes: 14,
      },
      {
        id: 'min-insync',
        title: { fr: 'Panne — refuser plutôt que risquer', en: 'Failure — refusing rather than risking' },
        minutes: 12,
      },
      {
        id: 'zookeeper-sans-majorite',
        title: { fr: 'Panne — ZooKeeper sans majorité', en: 'Failure — ZooKeeper without a majority' },
        minutes: 12,
      },
    ],
  },
];
