/** What is missing for a goal, said in French about the learner's own cluster. Code in back quotes. */
import type { Unmet } from './goal.ts';
import type { Count, NamedFact } from './predicate.ts';

const wanted = (count: Count): string => {
  if (typeof count === 'number') return `${count}`;
  if (count.min !== undefined && count.max !== undefined) return `entre ${count.min} et ${count.max}`;
  return count.min === undefined ? `au plus ${count.max ?? 0}` : `au moins ${count.min}`;
};

/** « aucun événement », « 1 événement », « 3 événements ». */
const several = (seen: Unmet['seen'], noun: string, none = 'aucun'): string => {
  const count = Number(seen ?? 0);
  const nouns = noun
    .split(' ')
    .map((word) => `${word}s`)
    .join(' ');
  return count === 0 ? `${none} ${noun}` : count === 1 ? `1 ${noun}` : `${count} ${nouns}`;
};

const listed = (words: readonly string[]): string => {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} et ${last}`;
};

const of = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `\`${topic}-${partition}\``;
const leaderSeen = (seen: Unmet['seen']): string =>
  seen === null
    ? 'est inconnu'
    : seen === -1
      ? 'manque\u00a0: la partition n’a pas de leader'
      : `est le broker ${seen}`;

/** « zookeeper-1 » and « broker-0 » by the names that the figure gives them. */
const named = (actor: string): string => {
  const [, kind, number] = /^(broker|zookeeper)-(\d+)$/.exec(actor) ?? [];
  if (kind === undefined) return `\`${actor}\``;
  return kind === 'broker' ? `Broker ${number}` : `ZooKeeper ${number} (zk-${number})`;
};

/** Whether it was true before: « pas encore » would deny that it was. */
type Tense = 'notYet' | 'noLonger';

/** Of what was never true so far. */
export const unmetFr = (unmet: Unmet): string => sentenceOf(unmet, 'notYet');

/** Of what was true at some time, and is no more. */
export const noLongerFr = (unmet: Unmet): string => sentenceOf(unmet, 'noLonger');

function sentenceOf({ predicate, seen, mustNot }: Unmet, tense: Tense): string {
  const count = Number(seen ?? 0);
  const wasNever = tense === 'notYet';
  const yet = wasNever ? ' encore' : '';
  if (mustNot && predicate.is === 'running') {
    return count > 1
      ? `${count} commandes \`${predicate.program}.sh\` tournent${yet}\u00a0; arrêtez-les.`
      : `Une commande \`${predicate.program}.sh\` tourne${yet}\u00a0; arrêtez-la.`;
  }
  switch (predicate.is) {
    case 'serviceRunning':
      return `${named(predicate.service)} ne tourne ${wasNever ? 'pas encore' : 'plus'}.`;
    case 'serviceStopped':
      if (seen !== 'dead') return `${named(predicate.service)} tourne${yet}.`;
      return predicate.how === 'killed'
        ? `${named(predicate.service)} a été arrêté proprement\u00a0; ici, il faut le tuer.`
        : `${named(predicate.service)} a été tué\u00a0; ici, il faut l’arrêter proprement.`;
    case 'servicePaused':
      return `${named(predicate.service)} n’est pas figé.`;
    case 'zooKeepersDown':
      return `${count === 0 ? 'Aucun serveur ZooKeeper n’est arrêté' : count === 1 ? 'Un seul serveur ZooKeeper est arrêté' : `${count} serveurs ZooKeeper sont arrêtés`}\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'linkCut':
      return mustNot
        ? `Le lien entre ${predicate.between.map(named).join(' et ')} est${yet} coupé.`
        : `Le lien entre ${predicate.between.map(named).join(' et ')} n’est pas coupé.`;
    case 'topicExists':
      if (seen === 0) return `Le topic \`${predicate.topic}\` n’existe pas.`;
      return typeof seen === 'string'
        ? `Le topic \`${predicate.topic}\` existe, avec ${several(seen.slice(1), 'copie')} par partition.`
        : `Le topic \`${predicate.topic}\` existe, avec ${several(seen, 'partition')}.`;
    case 'topicAbsent':
      return `Le topic \`${predicate.topic}\` existe${yet}.`;
    case 'records': {
      const which = predicate.key === undefined ? '' : ` de clé \`${predicate.key}\``;
      return `Dans \`${predicate.topic}\`\u00a0: ${several(seen, 'événement')}${which}\u00a0; il en faut ${wanted(predicate.count)}.`;
    }
    case 'keyedProducers':
      return `${count === 0 ? `Aucun producteur n’a${yet} écrit` : count === 1 ? 'Un seul producteur a écrit' : `${count} producteurs ont écrit`} avec une clé dans \`${predicate.topic}\`\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'keyPartitions':
      return `La clé \`${predicate.key}\` se trouve dans ${several(seen, 'partition', 'aucune')}\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'sharePartition':
      return `Les clés ${listed(predicate.keys)} ne partagent pas de partition.`;
    case 'logStart':
      return `Le premier offset de ${of(predicate)} est ${seen ?? 'inconnu'}.`;
    case 'logEnd':
      return `La fin du journal de ${of(predicate)} est à ${seen ?? 'un offset inconnu'}\u00a0; il faut ${wanted(predicate.offset)}.`;
    case 'holes':
      return `Dans ${of(predicate)}, ${several(seen, 'offset', 'aucun')} sans événement\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'segments':
      return `Le journal de ${of(predicate)} compte ${several(seen, 'segment')}\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'unreadable':
      return `Dans ${of(predicate)}, ${several(seen, 'événement')} au-dessus du high watermark\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'commandRun': {
      const asked = [...Object.keys(predicate.options ?? {}), ...(predicate.words ?? [])];
      if (count > 0)
        return `\`${predicate.program}\` a été lancé ${count} fois\u00a0; il faut ${wanted(predicate.count ?? 1)}.`;
      const isDone = predicate.exit === undefined ? 'été lancée' : 'abouti';
      return asked.length === 0
        ? `La commande \`${predicate.program}\` n’a pas${yet} ${isDone}.`
        : `La commande \`${predicate.program}\` avec ${listed(asked)} n’a pas${yet} ${isDone}.`;
    }
    case 'zooKeeperAsked':
      return `Aucune session ZooKeeper n’a${yet} demandé \`${predicate.command} ${predicate.path}\`.`;
    case 'watchHeard':
      return `Aucune surveillance posée sur \`${predicate.path}\` ne s’est${yet} déclenchée.`;
    case 'interrupted':
      return `Aucune commande \`${predicate.program}.sh\` n’a${yet} été arrêtée par Ctrl-C.`;
    case 'producersStopped':
      return count > 1 ? `${count} producteurs tournent${yet}.` : `Un producteur tourne${yet}.`;
    case 'running':
      return count === 0
        ? `Aucune commande \`${predicate.program}.sh\` ne tourne${wasNever ? '' : ' plus'}.`
        : `${count} \`${predicate.program}.sh\` en cours\u00a0; il en faut ${wanted(predicate.count ?? { min: 1 })}.`;
    case 'consumed':
      if (predicate.live === true && count === 0)
        return `Aucun lecteur n’a${yet} reçu de ligne de \`${predicate.topic}\` écrite après son démarrage.`;
      return seen === null
        ? `Aucun lecteur de ce genre ne lit \`${predicate.topic}\`.`
        : count === 0
          ? `Aucun événement de \`${predicate.topic}\` n’est${yet} affiché.`
          : `Le lecteur le plus avancé de \`${predicate.topic}\` a affiché ${several(seen, 'événement')}.`;
    case 'file':
      return predicate.exists
        ? `Le fichier \`${predicate.path}\` n’existe pas${yet}.`
        : `Le fichier \`${predicate.path}\` existe${yet}.`;
    case 'happened':
      return happenings[predicate.fact](yet);
    case 'travelled':
      return `Vous n’êtes pas${yet} revenu en arrière.`;
    case 'wentOn':
      return seen === null
        ? 'Il restera ensuite à laisser repartir le temps.'
        : 'Le temps est arrêté\u00a0: appuyez sur `Espace` pour repartir.';
    case 'leaderIs':
      return `Le leader de ${of(predicate)} ${leaderSeen(seen)}.`;
    case 'leaderIsNot':
      return seen === predicate.broker
        ? `Le leader de ${of(predicate)} est${yet} le broker ${seen}.`
        : `Le leader de ${of(predicate)} ${leaderSeen(seen)}.`;
    case 'leaderEpoch':
      return `L’époque de leader de ${of(predicate)} vaut ${count}\u00a0; il faut ${wanted(predicate.epoch)}.`;
    case 'leadersSpread':
      return `Les partitions de \`${predicate.topic}\` sont menées par ${several(seen, 'broker')}\u00a0; il en faut ${wanted(predicate.brokers)}.`;
    case 'isrSize':
      return `L’ISR de ${of(predicate)} compte ${several(seen, 'réplica')}\u00a0; il en faut ${wanted(predicate.size)}.`;
    case 'underReplicated':
      return `\`${predicate.topic}\` a ${several(seen, 'partition', 'zéro')} dont l’ISR est incomplet\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'controllerIs':
      return seen === -1 ? 'Aucun broker n’est contrôleur.' : `Le contrôleur est le broker ${seen}.`;
    case 'controllerIsNot':
      return seen === -1 ? 'Aucun broker n’est contrôleur.' : `Le contrôleur est${yet} le broker ${seen}.`;
    case 'controllerEpoch':
      return `L’époque du contrôleur vaut ${count}\u00a0; il faut ${wanted(predicate.epoch)}.`;
    case 'znode':
      if (predicate.exists === false) return `Le znode \`${predicate.path}\` existe${yet}.`;
      if (seen === null) return `Le znode \`${predicate.path}\` n’existe pas.`;
      return predicate.children === undefined
        ? `Le znode \`${predicate.path}\` n’a pas${yet} le contenu attendu.`
        : `Le znode \`${predicate.path}\` a ${several(seen, 'enfant', 'zéro')}\u00a0; il en faut ${wanted(predicate.children)}.`;
    case 'zooKeeperServes':
      if (mustNot) return `ZooKeeper sert${yet}\u00a0: il a sa majorité.`;
      return seen === null
        ? 'ZooKeeper ne sert pas\u00a0: il n’a pas de leader.'
        : `Le leader de ZooKeeper est${yet} le serveur ${seen}.`;
    case 'groupState':
      return seen === null
        ? `Le groupe \`${predicate.group}\` n’existe pas${yet}.`
        : `Le groupe \`${predicate.group}\` est dans l’état ${seen}, ${wasNever ? 'pas encore' : 'et non'} ${predicate.state}.`;
    case 'groupMembers':
      return `Le groupe \`${predicate.group}\` compte ${several(seen, 'membre')}\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'idleMembers':
      return `Dans le groupe \`${predicate.group}\`, ${several(seen, 'membre')} sans partition\u00a0; il en faut ${wanted(predicate.count)}.`;
    case 'allAssigned':
      return `${several(seen, 'partition', 'Aucune')} de \`${predicate.topic}\` ${count > 1 ? 'lues' : 'lue'} par le groupe \`${predicate.group}\`\u00a0; il les faut toutes.`;
    case 'committed':
      return seen === null
        ? `Le groupe \`${predicate.group}\` n’a${yet} rien validé dans ${of(predicate)}.`
        : `La position validée du groupe \`${predicate.group}\` dans ${of(predicate)} est ${seen}\u00a0; il faut ${wanted(predicate.offset)}.`;
    case 'lag':
      return seen === null
        ? `Le groupe \`${predicate.group}\` n’a${yet} rien validé dans \`${predicate.topic}\`.`
        : `Le retard du groupe \`${predicate.group}\` est de ${several(seen, 'événement', 'zéro')}\u00a0; il faut ${wanted(predicate.records)}.`;
  }
}

/** What has not happened. */
const happenings: Readonly<Record<NamedFact, (yet: string) => string>> = {
  controllerElected: (yet) => `Aucun contrôleur n’a${yet} été élu.`,
  isrExpanded: (yet) => `L’ISR ne s’est pas${yet} agrandi.`,
  isrShrunk: (yet) => `L’ISR n’a pas${yet} rétréci.`,
  leaderElected: (yet) => `Aucun leader n’a${yet} été élu.`,
  recordsRefused: (yet) => `Aucune écriture n’a${yet} été refusée ainsi.`,
  sessionExpired: (yet) => `Aucune session ZooKeeper n’a${yet} expiré.`,
  zookeeperElected: (yet) => `ZooKeeper n’a pas${yet} élu d’autre leader.`,
};
