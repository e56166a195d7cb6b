/** The margin of the group view in French. */
import type { GroupSituation, GroupStoryWords } from './story.ts';

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`;

function title(situation: GroupSituation): string {
  switch (situation.kind) {
    case 'alone':
      return 'Hors de tout groupe';
    case 'empty':
      return 'Personne ne lit';
    case 'preparing':
      return 'Le groupe se réunit';
    case 'completing':
      return 'Le leader répartit';
    case 'idle':
      return situation.names.length === 1 ? 'Un membre sans partition' : 'Des membres sans partition';
    case 'behind':
      return 'Il reste à lire';
    case 'upToDate':
      return 'Tout est lu';
    case 'dead':
      return 'Le groupe est supprimé';
  }
}

const howAssigned = (protocol: string | null): string =>
  protocol === 'cooperative-sticky'
    ? 'Avec cooperative-sticky, un membre ne rend que ce qui doit changer de main\u00a0: le reste est lu sans arrêt.'
    : `Avec ${protocol ?? 'cette répartition'}, chacun rend tout avant de recevoir sa nouvelle part.`;

function paragraphs(situation: GroupSituation): readonly string[] {
  switch (situation.kind) {
    case 'alone':
      return [
        `${situation.name} n’a pas de coordinateur à cet instant\u00a0: pas encore entré dans son groupe, ou lecteur sans groupe.`,
      ];
    case 'empty':
      return [
        'Le groupe n’a plus de membre. Ses positions validées restent dans __consumer_offsets.',
        `Elles sont gardées ${situation.retentionDays} jours (offsets.retention.minutes)\u00a0: un lecteur qui revient reprend là.`,
      ];
    case 'preparing':
      return [
        situation.waiting.length === 0
          ? 'Le coordinateur attend les membres qui veulent entrer.'
          : `Le coordinateur attend le JoinGroup de ${list(situation.waiting)}. Il le leur fait savoir dans la réponse à leur prochain battement.`,
        situation.joined.length === 0
          ? 'Au premier membre d’un groupe vide, il attend 3\u00a0s que d’autres arrivent (group.initial.rebalance.delay.ms).'
          : `${list(situation.joined)} ${situation.joined.length === 1 ? 'attend' : 'attendent'} déjà la nouvelle génération.`,
      ];
    case 'completing':
      return [
        `Tous sont entrés. ${situation.leader ?? 'Le leader du groupe'}, leader du groupe, calcule la répartition et l’envoie dans son SyncGroup.`,
        'Le coordinateur ne répartit rien\u00a0: il garde le résultat et le donne à chacun.',
      ];
    case 'idle':
      return [
        `Une partition n’est lue que par un membre du groupe. Pour ${situation.partitionCount} ${situation.partitionCount < 2 ? 'partition' : 'partitions'}, ${list(situation.names)} ${situation.names.length === 1 ? 'reste' : 'restent'} en réserve.`,
        'Si un membre s’en va, la réserve prend sa part.',
      ];
    case 'behind':
      return [
        `Le retard est l’écart entre la position validée et le HW\u00a0: ${situation.lag} ${situation.lag < 2 ? 'événement' : 'événements'} en tout.`,
        `Un lecteur valide ce qu’il a lu toutes les 5\u00a0s (auto.commit.interval.ms). ${howAssigned(situation.protocol)}`,
      ];
    case 'upToDate':
      return [
        'Chaque partition a un membre qui la lit, et sa position validée est au bout.',
        howAssigned(situation.protocol),
      ];
    case 'dead':
      return ['Le coordinateur a supprimé ce groupe, ou l’a cédé à un autre broker.'];
  }
}

export const groupStoryFr: GroupStoryWords = {
  eyebrow: 'Consumer groups',
  title,
  paragraphs,
  labels: {
    state: 'État',
    generation: 'Génération',
    coordinator: 'Coordinateur',
    offsets: 'Positions gardées dans',
    leader: 'Leader du groupe',
    assignor: 'Répartition',
    members: 'Membres',
    lag: 'Retard, en tout',
    stop: 'Plus long arrêt de lecture',
    rebalanceDue: 'Temps laissé pour rejoindre',
  },
  broker: (id) => `broker ${id}`,
  none: 'aucun',
  seconds: (ms) =>
    ms > 0 && ms < 100
      ? `${Math.round(ms)}\u00a0ms`
      : `${(Math.max(0, Math.round(ms / 100)) / 10).toFixed(1).replace('.', ',')}\u00a0s`,
  trials: {
    heartbeat: (name) => `Un pas\u00a0: le prochain battement de ${name}`,
    pause: (name, seconds) => `Suspendre ${name} plus de ${seconds}\u00a0s`,
    resume: (name) => `Réveiller ${name}`,
    kill: (name) => `Tuer ${name}`,
  },
};
