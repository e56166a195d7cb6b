/** The words of the group view in French; the page adds how clients are called. */
import type { GroupWords } from './groupWords.ts';

const secondsText = (ms: number): string =>
  `${(Math.max(0, Math.floor(ms / 100)) / 10).toFixed(1).replace('.', ',')}\u00a0s`;

export const groupWordsFr: Omit<GroupWords, 'client'> = {
  figure: (group) => `Groupe ${group}\u00a0: ses membres, ses partitions, qui lit quoi`,
  figureKind: 'schéma',
  generation: (generation) => `Génération ${generation}`,
  nextGeneration: (generation) => `Vers la génération ${generation}`,
  memberCount: (members) => `${members} ${members < 2 ? 'membre' : 'membres'}`,
  noMember: (days) => `Aucun membre · positions gardées ${days} jours`,
  absent: 'absent',
  groupLeader: 'leader du groupe',
  awaitsJoin: 'JoinGroup en attente',
  awaitsSync: 'SyncGroup en attente',
  session: (leftMs, ofMs) => `session\u00a0: encore ${secondsText(leftMs)} sur ${Math.round(ofMs / 1000)}`,
  coordinator: 'Coordinateur',
  coordinatorIs: (broker, partition) =>
    `Coordinateur\u00a0: broker ${broker}, leader de __consumer_offsets-${partition}`,
  assignor: (name) => (name === null ? 'pas encore de répartition' : `répartition\u00a0: ${name}`),
  rebalance: 'rééquilibrage',
  changeHands: 'changent de main',
  nothingMoved: 'rien ne change de main',
  whoReads: 'Qui lit quoi',
  nobody: 'personne ne lit',
  now: 'maintenant',
  position: 'plein\u00a0: validé · creux\u00a0: lu',
  lag: (count) => (count === null ? '…' : count === 0 ? 'à jour' : `retard ${count}`),
  clock: (seconds) => `${seconds}\u00a0s`,
  member: ({ number, name, isLeader, partitions }) =>
    `Membre ${number}, ${name}${isLeader ? ', leader du groupe' : ''}, ${partitions.length === 0 ? 'aucune partition' : partitions.join(', ')}`,
  partition: ({ name, reader, committed, position, end, lag }) =>
    `${name}, ${reader === null ? 'personne ne lit' : `lue par ${reader}`}, position validée ${committed ?? 'aucune'}, lue jusqu’à ${position ?? 'inconnu'}, fin ${end ?? 'inconnue'}, retard ${lag ?? 'inconnu'}`,
  group: (group, state, generation) => `Groupe ${group}, ${state}, génération ${generation}`,
  table: {
    caption: (group) => `Partitions du groupe ${group}`,
    partition: 'Partition',
    member: 'Membre',
    committed: 'Position validée',
    position: 'Lu jusqu’à',
    end: 'Fin (HW)',
    lag: 'Retard',
    none: 'personne',
  },
};
