/** The margin of the replication view in French. */
import type { Situation } from './situation.ts';
import type { ReplicationStoryWords } from './story.ts';

const brokers = (ids: readonly number[]): string =>
  ids.length === 1 ? `le broker ${ids[0]}` : `les brokers ${ids.slice(0, -1).join(', ')} et ${ids.at(-1)}`;
const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());
const range = (from: number, to: number): string =>
  to - from === 1 ? `l’offset ${from}` : `les offsets ${from} ${to - from === 2 ? 'et' : 'à'} ${to - 1}`;
const s = (count: number): string => (count > 1 ? 's' : '');

function title(situation: Situation): string {
  switch (situation.kind) {
    case 'noLeader':
      return 'Personne ne mène';
    case 'diverging': {
      const count = situation.to - situation.from;
      return count === 1 ? 'Un événement de trop' : `${count} événements de trop`;
    }
    case 'underMinIsr':
      return 'Trop peu de réplicas synchronisés';
    case 'dead':
      return situation.brokers.length === 1 ? 'Un réplica manque' : 'Des réplicas manquent';
    case 'outOfSync':
      return 'Hors de l’ISR';
    case 'copying':
      return 'La copie est en route';
    case 'alone':
      return 'Un seul réplica';
    case 'empty':
      return 'Rien à copier encore';
    case 'inSync':
      return 'Tous ont tout';
  }
}

function paragraphs(situation: Situation): readonly string[] {
  switch (situation.kind) {
    case 'noLeader':
      return [
        'Sans leader, personne ne peut écrire ni lire cette partition.',
        situation.isr.length === 0
          ? 'Aucun réplica n’est dans l’ISR.'
          : `Seul un membre vivant de l’ISR peut être élu sans perte. L’ISR retenu est ${situation.isr.join(', ')}\u00a0: redémarrez ${brokers(situation.isr)}.`,
      ];
    case 'diverging':
      return [
        situation.isCut
          ? `Le broker ${situation.broker} avait écrit ${range(situation.from, situation.to)} sous une ancienne époque, sans que personne ne les copie. Il vient de les effacer.`
          : `Le broker ${situation.broker} a ${range(situation.from, situation.to)}, écrit${s(situation.to - situation.from)} sous une ancienne époque. Le leader actuel, le broker ${situation.leader}, ne les a pas.`,
        situation.from >= situation.highWatermark
          ? `Un suiveur cite sa dernière époque dans son Fetch\u00a0; le leader répond où cette époque finit chez lui, et le suiveur coupe là. Son HW n’avait jamais dépassé ${situation.highWatermark}\u00a0: aucun consommateur n’a lu ce qui est coupé.`
          : `Son HW était à ${situation.highWatermark}\u00a0: des consommateurs ont pu lire ce qui est coupé. Une élection non propre permet cette perte.`,
      ];
    case 'underMinIsr':
      return [
        `L’ISR compte ${situation.isrCount} réplica${s(situation.isrCount)}, min.insync.replicas en demande ${situation.minInSyncReplicas}.`,
        'Le leader refuse les écritures acks=all (NotEnoughReplicas) et le HW n’avance plus. Les lectures continuent.',
      ];
    case 'dead':
      return [
        `${capital(brokers(situation.brokers))} ne répond${situation.brokers.length > 1 ? 'ent' : ''} plus.`,
        situation.isInSync
          ? `Encore dans l’ISR, ${situation.brokers.length > 1 ? 'ils retiennent le HW. Le contrôleur les en sort quand leur session expire' : 'il retient le HW. Le contrôleur l’en sort quand sa session expire'}, ou le leader après ${situation.maxMs / 1000}\u00a0s sans rattrapage (replica.lag.time.max.ms).`
          : situation.brokers.length > 1
            ? 'Hors de l’ISR, ils ne retiennent plus le HW\u00a0: les écritures se valident sans eux.'
            : 'Hors de l’ISR, il ne retient plus le HW\u00a0: les écritures se valident sans lui.',
      ];
    case 'outOfSync':
      return [
        `${capital(brokers(situation.brokers))} ${situation.brokers.length > 1 ? 'sont vivants' : 'est vivant'}, mais hors de l’ISR\u00a0: en retard, ou pas encore revenu${s(situation.brokers.length)}.`,
        `Pour rentrer, un suiveur doit atteindre le HW du leader, ${situation.highWatermark}. Hors de l’ISR, il ne peut pas être élu sans perte.`,
      ];
    case 'copying':
      return [
        `Le leader a écrit jusqu’à ${situation.end}. ${capital(brokers(situation.brokers))} ${situation.brokers.length > 1 ? 'viennent' : 'vient'} chercher la suite\u00a0: ce sont les suiveurs qui demandent.`,
        `Le leader n’apprend où en est un suiveur qu’à sa demande suivante. D’ici là le HW reste à ${situation.highWatermark}, et les consommateurs ne voient rien au-delà.`,
      ];
    case 'alone':
      return [
        'Cette partition n’a qu’un réplica\u00a0: le HW suit aussitôt la fin du journal.',
        'Si ce broker tombe, la partition n’a plus de leader. S’il perd son disque, les événements sont perdus.',
      ];
    case 'empty':
      return [
        'Les suiveurs demandent la suite au leader, qui garde leur demande jusqu’à 500\u00a0ms quand il n’a rien de nouveau.',
        'Écrivez un événement pour voir la copie partir.',
      ];
    case 'inSync':
      return [
        `Chaque membre de l’ISR a les événements 0 à ${situation.end - 1}, et le leader le sait.`,
        'Les suiveurs redemandent sans cesse la suite. Le leader garde leur demande jusqu’à 500\u00a0ms quand il n’a rien de nouveau\u00a0: c’est ce qui prouve qu’ils suivent.',
      ];
  }
}

export const replicationStoryFr: ReplicationStoryWords = {
  eyebrow: 'Réplication',
  title,
  paragraphs,
  labels: {
    leader: 'Leader',
    isr: 'ISR',
    asked: 'ISR demandé au contrôleur',
    minInSyncReplicas: 'min.insync.replicas',
    leaderEnd: 'LEO du leader',
    knownEnd: (broker) => `LEO du broker ${broker}, connu du leader`,
    highWatermark: 'HW = le plus petit LEO connu de l’ISR',
    waiting: 'acks=all en attente',
  },
  leaderIs: (broker, epoch) => `broker ${broker}, époque ${epoch}`,
  none: 'aucun',
  unknown: 'inconnu',
  waits: (requests, offset) => `${requests}, jusqu’à ${offset}`,
  trials: {
    nextFetch: (broker) => `Un pas\u00a0: la prochaine demande du broker\u00a0${broker}`,
    pause: (broker, seconds) => `Suspendre le broker\u00a0${broker} plus de ${seconds}\u00a0s`,
    resume: (broker) => `Réveiller le broker\u00a0${broker}`,
    kill: (broker) => `Tuer le leader, broker\u00a0${broker}`,
  },
};
