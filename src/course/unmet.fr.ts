/** What is missing for a goal, said in French about the learner's own cluster. */
import type { Count, Unmet } from './goal.ts';

const wanted = (count: Count): string => {
  if (typeof count === 'number') return `${count}`;
  if (count.min !== undefined && count.max !== undefined) return `entre ${count.min} et ${count.max}`;
  return count.min === undefined ? `au plus ${count.max ?? 0}` : `au moins ${count.min}`;
};

export function unmetFr({ predicate, seen, mustNot }: Unmet): string {
  if (mustNot && predicate.is === 'running') return `${predicate.program} tourne encore.`;
  switch (predicate.is) {
    case 'serviceRunning':
      return `${predicate.service} ne tourne pas encore.`;
    case 'serviceStopped':
      return `${predicate.service} tourne encore.`;
    case 'topicExists':
      return seen === 0
        ? `Le topic ${predicate.topic} n’existe pas.`
        : `Le topic ${predicate.topic} existe, avec ${seen ?? 0} partition(s).`;
    case 'topicAbsent':
      return `Le topic ${predicate.topic} existe encore.`;
    case 'records': {
      const which = predicate.key === undefined ? '' : ` de clé ${predicate.key}`;
      return `${predicate.topic} contient ${seen ?? 0} événement(s)${which}\u00a0; il en faut ${wanted(predicate.count)}.`;
    }
    case 'keyPartitions':
      return `La clé ${predicate.key} se trouve dans ${seen ?? 0} partition(s)\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'sharePartition':
      return `Les clés ${predicate.keys.join(' et ')} ne partagent pas de partition.`;
    case 'logStart':
      return `Le premier offset de ${predicate.topic}-${predicate.partition} est ${seen ?? 'inconnu'}.`;
    case 'commandRun': {
      const asked = [...Object.keys(predicate.options ?? {}), ...(predicate.words ?? [])].join(' ');
      if (seen !== null && seen > 0)
        return `${predicate.program}.sh a été lancé ${seen} fois\u00a0; il en faut ${wanted(predicate.count ?? 1)}.`;
      return asked === ''
        ? `La commande ${predicate.program} n’a pas encore abouti.`
        : `Il manque une commande ${predicate.program} avec ${asked}.`;
    }
    case 'interrupted':
      return `Aucun ${predicate.program} n’a été arrêté par Ctrl-C.`;
    case 'producersStopped':
      return `${seen ?? 0} producteur(s) tourne(nt) encore.`;
    case 'running':
      return (seen ?? 0) === 0
        ? `Aucun ${predicate.program} ne tourne.`
        : `${seen ?? 0} ${predicate.program} en cours\u00a0; il en faut ${wanted(predicate.count ?? { min: 1 })}.`;
    case 'consumed':
      return seen === null
        ? `Aucun lecteur ne lit ${predicate.topic}.`
        : `Le lecteur le plus avancé a affiché ${seen} événement(s) de ${predicate.topic}.`;
    case 'file':
      return predicate.exists
        ? `Le fichier ${predicate.path} n’existe pas encore.`
        : `Le fichier ${predicate.path} existe encore.`;
    case 'travelled':
      return 'Vous n’êtes pas encore revenu en arrière.';
  }
}
