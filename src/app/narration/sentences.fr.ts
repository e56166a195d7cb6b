/** What happens, said in French. */
import type { IsrShrinkWhy, RebalanceWhy } from '../../cluster/facts.ts';
import { electionWhy } from './electionWhy.ts';
import type { Sentences } from './sentences.ts';
import { countText, durationText, listText } from './numbers.ts';

const count = (value: number): string => countText(value, 'fr');
const list = (items: readonly (string | number)[]): string => listText(items, 'fr');
const plural = (value: number, one: string, many: string): string =>
  `${count(value)} ${Math.abs(value) < 2 ? one : many}`;
const place = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} P${partition}`;
const brokers = (ids: readonly number[]): string =>
  ids.length === 1 ? `le broker ${ids[0]}` : `les brokers ${list(ids)}`;
const isr = (ids: readonly number[]): string => (ids.length === 0 ? 'ISR vide' : `ISR\u00a0: ${list(ids)}`);
const offsets = (first: number, last: number): string =>
  first === last ? `l’offset ${count(first)}` : `les offsets ${count(first)} à ${count(last)}`;
const quoted = (text: string): string => `«\u00a0${text.length > 90 ? `${text.slice(0, 89)}…` : text}\u00a0»`;
const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? '';
/** Names of brokers take the article; those of programs do not. */
const takesArticle = (name: string): boolean => name.startsWith('broker ');
const le = (name: string): string => (takesArticle(name) ? `le ${name}` : name);
const au = (name: string): string => (takesArticle(name) ? `au ${name}` : `à ${name}`);
const du = (name: string): string => (takesArticle(name) ? `du ${name}` : `de ${name}`);
const Le = (name: string): string => le(name).replace(/^./, (letter) => letter.toUpperCase());
const member = (id: string): string => id.replace(/-([0-9a-f]{8})-[0-9a-f-]{27}$/, '-$1…');

function whyElected(detail: Parameters<typeof electionWhy>[0]): string {
  const { kind, replicas, offline, outOfSync } = electionWhy(detail);
  const order = `la liste des réplicas (${replicas.join(', ')})`;
  switch (kind) {
    case 'preferred':
      return `C’est le leader préféré\u00a0: le premier de ${order}`;
    case 'shutdown':
      return `L’ancien leader s’arrête, il cède sa place avant de partir`;
    case 'reassigned':
      return 'Les réplicas de la partition sont déplacés';
    case 'unclean':
      return `Aucun membre de l’ISR ne vit\u00a0: élection non propre du premier réplica vivant, des événements peuvent être perdus`;
    default: {
      const passedOver = [
        ...(offline.length > 0 ? [`${brokers(offline)} ne ${offline.length === 1 ? 'répond' : 'répondent'} plus`] : []),
        ...(outOfSync.length > 0
          ? [`${brokers(outOfSync)} ${outOfSync.length === 1 ? 'est' : 'sont'} hors de l’ISR`]
          : []),
      ];
      return `C’est le premier de ${order} qui est vivant et dans l’ISR${passedOver.length === 0 ? '' : `\u00a0: ${passedOver.join(', ')}`}`;
    }
  }
}

function whyShrunk(why: IsrShrinkWhy, isOne: boolean): string {
  if (why.kind === 'offline') return `le contrôleur ${isOne ? 'le' : 'les'} sait hors ligne`;
  const longest = Math.max(0, ...why.behind.map(({ agoMs }) => agoMs ?? 0));
  const limit = `${durationText(why.maxMs, 'fr')} au plus`;
  return longest === 0
    ? `${isOne ? 'il n’a' : 'ils n’ont'} jamais rattrapé ce leader (${limit})`
    : `${isOne ? 'il n’a' : 'ils n’ont'} pas rattrapé le leader depuis ${durationText(Math.round(longest / 1000) * 1000, 'fr')} (${limit})`;
}

function whyRebalanced({ kind, memberId }: RebalanceWhy): string {
  const who = memberId === null ? 'un membre' : member(memberId);
  switch (kind) {
    case 'joined':
      return `${who} demande à entrer`;
    case 'left':
      return `${who} est parti`;
    case 'expired':
      return `${who} n’a pas donné signe de vie à temps`;
    case 'fenced':
      return `${who} est remplacé`;
    case 'leaderRejoined':
      return `${who}, leader du groupe, a vu changer ses topics`;
    case 'subscription':
      return `${who} revient avec un autre abonnement`;
    case 'other':
      return 'les partitions doivent être réparties à nouveau';
  }
}

export const sentencesFr: Sentences = {
  told: {
    zookeeperStateChanged: ({ server, state, leader }) =>
      state === 'LOOKING'
        ? `ZooKeeper ${server} cherche un leader (LOOKING)\u00a0: il vote d’abord pour lui-même`
        : state === 'LEADING'
          ? `ZooKeeper ${server} passe leader (LEADING)`
          : `ZooKeeper ${server} suit ZooKeeper ${leader ?? ''} (FOLLOWING)`,
    zookeeperElected: ({ server, voters, ensembleSize, zxid, peerEpoch }) =>
      `ZooKeeper ${server} est élu par ${voters.length} voix sur ${ensembleSize} (${list(voters)})\u00a0: le meilleur vote est la plus grande époque (${peerEpoch}), sinon le plus grand zxid (${zxid}), sinon le plus grand numéro`,
    quorumReached: ({ server, members, ensembleSize, epoch }) =>
      `Le quorum est atteint autour de ZooKeeper ${server}\u00a0: ${members.length} serveurs sur ${ensembleSize} ont son histoire, l’époque ${epoch} commence`,
    quorumLost: ({ server, members, ensembleSize }) =>
      `Quorum perdu\u00a0: ZooKeeper ${server} n’entend plus que ${members.length} ${members.length < 2 ? 'serveur' : 'serveurs'} sur ${ensembleSize}, lui compris. Plus rien ne s’écrit`,
    zookeeperServing: ({ server }) => `ZooKeeper ${server} est prêt et répond à ses clients`,
    sessionOpened: ({ session, timeoutMs }) =>
      `ZooKeeper ouvre la session ${session}\u00a0: elle expire après ${durationText(timeoutMs, 'fr')} de silence`,
    sessionExpired: ({ session }) =>
      `La session ${session} expire\u00a0: ZooKeeper n’a plus de nouvelles de son client`,
    sessionClosed: ({ session }) => `La session ${session} est fermée par son client`,
    znodeCreated: ({ path, ephemeral }) =>
      ephemeral
        ? `Le znode ${path} est créé, éphémère\u00a0: il disparaît avec sa session`
        : `Le znode ${path} est créé`,
    znodeChanged: ({ path, version }) => `Le znode ${path} change, version ${count(version)}`,
    znodeDeleted: ({ path, session }) =>
      session === null
        ? `Le znode ${path} est supprimé`
        : `Le znode ${path}, éphémère, disparaît avec sa session ${session}`,
    watchFired: ({ path, event }) => `Le watch posé sur ${path} se déclenche (${event})`,
    brokerRegistered: ({ broker, brokerEpoch }) =>
      `Le broker ${broker} s’inscrit dans ZooKeeper, époque ${count(brokerEpoch)}`,
    brokerStarted: ({ broker }) => `Le broker ${broker} est prêt`,
    brokerStopping: ({ broker }) => `Le broker ${broker} s’arrête`,
    controllerElected: ({ broker, controllerEpoch }) =>
      `Le broker ${broker} devient contrôleur, époque ${count(controllerEpoch)}\u00a0: il a créé le znode /controller le premier`,
    controllerResigned: ({ broker }) => `Le broker ${broker} n’est plus contrôleur`,
    logDirFailed: ({ broker, directory, why, partitions, isLast }) => {
      const cause = why === 'full' ? 'est plein' : 'est en panne';
      const lost =
        partitions.length === 0
          ? 'aucune partition n’y était'
          : plural(partitions.length, 'réplique n’est plus accessible', 'répliques ne sont plus accessibles');
      return isLast
        ? `Le disque de ${directory} ${cause}\u00a0: le broker ${broker} n’a plus de répertoire de journaux, il s’arrête`
        : `Le disque de ${directory} ${cause}\u00a0: le broker ${broker} abandonne ce répertoire, ${lost}`;
    },
    replicasOffline: ({ broker, partitions }) =>
      `Le contrôleur apprend que le broker ${broker} n’a plus ${list(partitions.map(place))}\u00a0: leur répertoire est en panne`,
    topicCreated: ({ topic, assignment }) =>
      `Le topic ${topic} est créé\u00a0: ${plural(assignment.length, 'partition', 'partitions')}, ${plural(assignment[0]?.length ?? 0, 'réplica', 'réplicas')}`,
    partitionsAdded: ({ topic, from, to }) =>
      `Le topic ${topic} passe de ${count(from)} à ${plural(to, 'partition', 'partitions')}`,
    topicDeleted: ({ topic }) => `Le topic ${topic} est supprimé`,
    leaderElected: ({ leader, leaderEpoch, isr: inSync, ...at }) =>
      leader < 0
        ? `${place(at)} n’a plus de leader, époque ${count(leaderEpoch)}, ${isr(inSync)}\u00a0: aucun membre de l’ISR n’est vivant`
        : `${place(at)}\u00a0: le broker ${leader} devient leader, époque ${count(leaderEpoch)}, ${isr(inSync)}. ${whyElected({ leader, ...at })}`,
    becameLeader: ({ broker, leaderEpoch, ...at }) =>
      `Le broker ${broker} prend son rôle de leader de ${place(at)}, époque ${count(leaderEpoch)}`,
    becameFollower: ({ broker, leader, leaderEpoch, ...at }) =>
      leader < 0
        ? `Le broker ${broker} n’a pas de leader à suivre pour ${place(at)}, époque ${count(leaderEpoch)}`
        : `Le broker ${broker} suit le broker ${leader} pour ${place(at)}, époque ${count(leaderEpoch)}`,
    isrShrunk: ({ isr: inSync, removed, why, ...at }) =>
      `${place(at)}\u00a0: ${brokers(removed)} ${removed.length === 1 ? 'sort' : 'sortent'} de l’ISR (${isr(inSync)})\u00a0: ${whyShrunk(why, removed.length === 1)}`,
    isrExpanded: ({ isr: inSync, added, ...at }) =>
      `${place(at)}\u00a0: ${brokers(added)} ${added.length === 1 ? 'revient' : 'reviennent'} dans l’ISR (${isr(inSync)})\u00a0: ${added.length === 1 ? 'il a' : 'ils ont'} rattrapé le high watermark`,
    logCreated: ({ broker, ...at }) => `Le broker ${broker} crée le journal de ${place(at)}`,
    recordsAppended: ({ broker, baseOffset, lastOffset, as, ...at }) =>
      as === 'leader'
        ? `Le broker ${broker}, leader, écrit ${offsets(baseOffset, lastOffset)} de ${place(at)}`
        : `Le broker ${broker}, suiveur, copie ${offsets(baseOffset, lastOffset)} de ${place(at)}`,
    highWatermarkAdvanced: ({ broker, from, to, ...at }) =>
      `${place(at)}\u00a0: sur le broker ${broker}, le high watermark passe de ${count(from)} à ${count(to)}`,
    logTruncated: ({ broker, from, to, ...at }) =>
      `${place(at)}\u00a0: le broker ${broker} tronque son journal, sa fin passe de ${count(from)} à ${count(to)}`,
    segmentRolled: ({ broker, baseOffset, ...at }) =>
      `${place(at)}\u00a0: le broker ${broker} ouvre un segment à l’offset ${count(baseOffset)}`,
    segmentDeleted: ({ broker, baseOffset, ...at }) =>
      `${place(at)}\u00a0: le broker ${broker} supprime le segment qui commence à l’offset ${count(baseOffset)}`,
    logStartMoved: ({ broker, to, ...at }) =>
      `${place(at)}\u00a0: sur le broker ${broker}, le journal commence maintenant à l’offset ${count(to)}`,
    recordBatched: ({ client, ...at }) => `${client} met un événement dans un lot pour ${place(at)}`,
    recordsAcknowledged: ({ client, baseOffset, count: records, ...at }) =>
      baseOffset === null
        ? `${client} n’attend pas de réponse pour ${plural(records, 'événement', 'événements')} de ${place(at)}`
        : `${client} apprend que ${plural(records, 'événement est écrit', 'événements sont écrits')} dans ${place(at)}, à partir de l’offset ${count(baseOffset)}`,
    recordsRefused: ({ client, error, count: records, ...at }) =>
      `${client} n’arrive pas à écrire ${plural(records, 'événement', 'événements')} dans ${place(at)}\u00a0: ${error}`,
    recordsConsumed: ({ client, group, firstOffset, lastOffset, ...at }) =>
      `${client} lit ${offsets(firstOffset, lastOffset)} de ${place(at)}${group === null ? '' : ` pour le groupe ${group}`}`,
    positionReset: ({ client, to, ...at }) => `${client} se place à l’offset ${count(to)} de ${place(at)}`,
    groupStateChanged: ({ group, from, to, generationId, why }) =>
      why === null
        ? `Le groupe ${group} passe de ${from} à ${to}, génération ${count(generationId)}`
        : `Le groupe ${group} se rééquilibre (${to})\u00a0: ${whyRebalanced(why)}`,
    memberJoined: ({ group, memberId }) => `${member(memberId)} entre dans le groupe ${group}`,
    memberLeft: ({ group, memberId, why }) =>
      why === 'left'
        ? `${member(memberId)} quitte le groupe ${group}`
        : why === 'expired'
          ? `${member(memberId)} est exclu du groupe ${group}\u00a0: aucun battement à temps`
          : `${member(memberId)} est remplacé dans le groupe ${group}`,
    assignmentReceived: ({ group, memberId, partitions }) =>
      partitions.length === 0
        ? `${member(memberId)} ne reçoit aucune partition dans le groupe ${group}`
        : `${member(memberId)} reçoit ${list(partitions.map(place))} dans le groupe ${group}`,
    partitionsRevoked: ({ group, memberId, partitions, isLost }) =>
      `${member(memberId)} rend ${list(partitions.map(place))} dans le groupe ${group}${isLost ? '\u00a0: le groupe a continué sans lui' : ''}`,
    offsetCommitted: ({ group, offset, ...at }) =>
      `Le groupe ${group} valide l’offset ${count(offset)} de ${place(at)}`,
    transactionStateChanged: ({ transactionalId, from, to, producerId, producerEpoch }) =>
      `La transaction ${transactionalId} passe de ${from} à ${to}, producteur ${producerId}, époque ${count(producerEpoch)}`,
    transactionMarkerWritten: ({ broker, producerId, isCommit, offset, ...at }) =>
      `${place(at)}\u00a0: sur le broker ${broker}, ${isCommit ? 'COMMIT' : 'ABORT'} du producteur ${producerId} à l’offset ${count(offset)}`,
  },
  input: {
    openTerminal: ({ terminal }) => `Vous ouvrez le terminal ${terminal}`,
    typed: ({ terminal, line }) =>
      line.trim() === ''
        ? `Vous appuyez sur Entrée dans le terminal ${terminal}`
        : `Vous tapez ${quoted(line.trim())} dans le terminal ${terminal}`,
    endOfFile: ({ terminal }) => `Vous tapez Ctrl-D dans le terminal ${terminal}`,
    interrupt: ({ terminal }) => `Vous tapez Ctrl-C dans le terminal ${terminal}`,
    start: ({ program }) => `Vous démarrez ${program}`,
    signal: ({ process, signal }, name) =>
      signal === 'SIGKILL'
        ? `Vous tuez ${le(name(process))} (SIGKILL)`
        : signal === 'SIGSTOP'
          ? `Vous mettez ${le(name(process))} en pause (SIGSTOP)`
          : signal === 'SIGCONT'
            ? `Vous réveillez ${le(name(process))} (SIGCONT)`
            : `Vous envoyez ${signal} ${au(name(process))}`,
    setLink: ({ from, to, condition: { isCut, extraLatencyUs, lossPerMille } }, name) => {
      const link = `le lien ${du(name(from))} vers ${le(name(to))}`;
      if (isCut) return `Vous coupez ${link}`;
      const troubles = [
        ...(extraLatencyUs > 0 ? [`${durationText(Math.round(extraLatencyUs / 1000), 'fr')} de plus`] : []),
        ...(lossPerMille > 0 ? [`${count(lossPerMille / 10).replace('.', ',')}\u00a0% de pertes`] : []),
      ];
      return troubles.length === 0 ? `Vous réparez ${link}` : `Vous dégradez ${link}\u00a0: ${list(troubles)}`;
    },
    changeFile: ({ change }) => `Vous changez le fichier ${change.kind === 'move' ? change.from : change.path}`,
    setDisk: ({ directory, condition: { state, extraLatencyUs } }) => {
      if (state === 'full') return `Vous remplissez le disque de ${directory}\u00a0: plus rien ne peut y être écrit`;
      if (state === 'failed') return `Vous mettez en panne le disque de ${directory}`;
      return extraLatencyUs > 0
        ? `Vous ralentissez le disque de ${directory}\u00a0: ${durationText(Math.round(extraLatencyUs / 1000), 'fr')} de plus à chaque écriture`
        : `Vous réparez le disque de ${directory}`;
    },
    setClock: ({ process, offsetMs }, name) =>
      offsetMs === 0
        ? `Vous remettez à l’heure l’horloge ${du(name(process))}`
        : `Vous ${offsetMs > 0 ? 'avancez' : 'retardez'} l’horloge ${du(name(process))} de ${durationText(Math.abs(offsetMs), 'fr')}`,
    loseMessage: ({ outcome }) =>
      outcome === 'resent'
        ? 'Vous faites perdre un message\u00a0: il est envoyé une seconde fois'
        : 'Vous faites perdre un message, et sa connexion avec lui',
    fireTimer: ({ process, timer }, name) =>
      `Vous déclenchez d’abord la minuterie ${quoted(timer)} ${du(name(process))}\u00a0: tout le reste attend`,
    operate: ({ process, operation, argument }, name) =>
      `Vous demandez ${au(name(process))} l’opération ${operation}(${argument})`,
  },
  kernel: {
    started: ({ program, argv }) => `${program} démarre\u00a0: ${quoted(argv.join(' '))}`,
    exited: ({ exitCode, signal }, who) =>
      signal !== null
        ? `${Le(who)} est mort (${signal})`
        : exitCode === 0
          ? `${Le(who)} se termine`
          : `${Le(who)} se termine avec le code ${exitCode}`,
    signalled: ({ signal }, who) => `${Le(who)} reçoit ${signal}`,
    entered: ({ state }, who) => `${Le(who)} passe à l’état ${state}`,
    connecting: ({ port }, who) => `${Le(who)} se connecte au port ${port}`,
    connected: ({ peer }, who, name) => `${Le(who)} est connecté ${au(name(peer))}`,
    accepted: ({ peer }, who, name) => `${Le(who)} accepte la connexion ${du(name(peer))}`,
    refused: ({ port }, who) => `${Le(who)} ne peut pas se connecter\u00a0: personne n’écoute sur le port ${port}`,
    closed: (_what, who) => `${Le(who)} ferme une connexion`,
    disconnected: (_what, who) => `${Le(who)} perd une connexion`,
    timerSet: () => null,
    timerFired: () => null,
    read: ({ text }, who) =>
      text === null ? `${Le(who)} arrive à la fin de son entrée` : `${Le(who)} lit ${quoted(firstLine(text))}`,
    printed: ({ text }, who) => (text.trim() === '' ? null : `${Le(who)} affiche ${quoted(firstLine(text))}`),
    fileChanged: ({ path }, who) => `${Le(who)} écrit le fichier ${path}`,
  },
  message: {
    sent: ({ from, to, what, isResponse }) =>
      isResponse ? `${Le(from)} répond ${au(to)}\u00a0: ${what}` : `${Le(from)} demande ${au(to)} ${what}`,
    lost: ({ from, to, what }) => `Un message ${du(from)} ${au(to)} est arrêté par la coupure\u00a0: ${what}`,
    resent: ({ from, to, what }) => `Un message retenu par la coupure repart ${du(from)} vers ${le(to)}\u00a0: ${what}`,
    delivered: ({ from, to, what, isResponse }) =>
      isResponse
        ? `${Le(to)} reçoit la réponse ${du(from)}\u00a0: ${what}`
        : `${Le(to)} reçoit une demande ${du(from)}\u00a0: ${what}`,
  },
  apis: {
    ApiVersions: { request: 'quelles requêtes il comprend', response: 'les requêtes qu’il comprend' },
    Metadata: { request: 'où sont les leaders', response: 'les brokers, topics et leaders' },
    DescribeCluster: { request: 'qui forme le cluster', response: 'les brokers et le contrôleur' },
    Produce: { request: 'd’écrire un lot', response: 'ce qui est écrit' },
    Fetch: { request: 'la suite du journal', response: 'la suite du journal' },
    ListOffsets: { request: 'le début ou la fin d’un journal', response: 'les offsets demandés' },
    OffsetForLeaderEpoch: { request: 'où finit une époque', response: 'la fin de cette époque' },
    DeleteRecords: { request: 'd’effacer le début d’un journal', response: 'le nouveau début du journal' },
    FindCoordinator: { request: 'quel broker coordonne', response: 'le broker coordinateur' },
    JoinGroup: { request: 'd’entrer dans le groupe', response: 'la nouvelle génération' },
    SyncGroup: { request: 'ses partitions', response: 'les partitions attribuées' },
    Heartbeat: { request: 'de noter son battement', response: 'battement noté' },
    LeaveGroup: { request: 'de quitter le groupe', response: 'le départ est noté' },
    OffsetCommit: { request: 'de valider ses offsets', response: 'les offsets validés' },
    OffsetFetch: { request: 'les offsets validés du groupe', response: 'les offsets validés du groupe' },
    OffsetDelete: { request: 'd’oublier des offsets', response: 'les offsets oubliés' },
    TxnOffsetCommit: {
      request: 'de valider des offsets avec la transaction',
      response: 'les offsets en attente de la transaction',
    },
    DescribeGroups: { request: 'l’état de groupes', response: 'l’état de ces groupes' },
    ListGroups: { request: 'ses groupes', response: 'ses groupes' },
    DeleteGroups: { request: 'de supprimer des groupes', response: 'le sort de ces groupes' },
    CreateTopics: { request: 'de créer un topic', response: 'le sort de cette création' },
    DeleteTopics: { request: 'de supprimer un topic', response: 'le sort de cette suppression' },
    CreatePartitions: { request: 'd’ajouter des partitions', response: 'le sort de cet ajout' },
    ElectLeaders: { request: 'd’élire des leaders', response: 'le sort de ces élections' },
    AlterPartitionReassignments: { request: 'de déplacer des réplicas', response: 'le sort de ces déplacements' },
    ListPartitionReassignments: { request: 'les déplacements en cours', response: 'les déplacements en cours' },
    DescribeLogDirs: { request: 'la taille de ses journaux', response: 'la taille de ses journaux' },
    DescribeProducers: { request: 'les producers d’une partition', response: 'les producers de cette partition' },
    DescribeConfigs: { request: 'une configuration', response: 'cette configuration' },
    IncrementalAlterConfigs: { request: 'de changer une configuration', response: 'le sort de ce changement' },
    InitProducerId: { request: 'un identifiant de producer', response: 'un identifiant et son époque' },
    AddPartitionsToTxn: { request: 'd’ajouter des partitions à la transaction', response: 'le sort de cet ajout' },
    AddOffsetsToTxn: { request: 'd’ajouter un groupe à la transaction', response: 'le sort de cet ajout' },
    EndTxn: { request: 'de finir la transaction', response: 'la fin de la transaction' },
    WriteTxnMarkers: { request: 'd’écrire des marqueurs de transaction', response: 'les marqueurs écrits' },
    DescribeTransactions: { request: 'l’état de transactions', response: 'l’état de ces transactions' },
    ListTransactions: { request: 'ses transactions', response: 'ses transactions' },
    AllocateProducerIds: { request: 'un bloc d’identifiants de producers', response: 'un bloc d’identifiants' },
    LeaderAndIsr: { request: 'de tenir ses rôles de leader et de suiveur', response: 'rôles pris' },
    UpdateMetadata: { request: 'de noter les leaders et les brokers vivants', response: 'c’est noté' },
    StopReplica: { request: 'd’arrêter des réplicas', response: 'les réplicas arrêtés' },
    AlterPartition: { request: 'de changer un ISR', response: 'l’ISR retenu' },
    ControlledShutdown: {
      request: 'de reprendre ses partitions avant son arrêt',
      response: 'les partitions qui lui restent',
    },
  },
  zooKeeper: {
    createSession: { request: 'd’ouvrir ou de reprendre une session', response: 'la session' },
    create: { request: 'de créer un znode', response: 'le znode créé' },
    delete: { request: 'de supprimer un znode', response: 'le znode supprimé' },
    setData: { request: 'd’écrire dans un znode', response: 'la nouvelle version' },
    exists: { request: 'si un znode existe', response: 'si ce znode existe' },
    getData: { request: 'le contenu d’un znode', response: 'son contenu' },
    getChildren: { request: 'les enfants d’un znode', response: 'ses enfants' },
    getChildren2: { request: 'les enfants d’un znode', response: 'ses enfants' },
    getACL: { request: 'les droits d’un znode', response: 'ses droits' },
    setACL: { request: 'de changer les droits d’un znode', response: 'ses nouveaux droits' },
    reconfig: { request: 'de changer l’ensemble', response: 'le nouvel ensemble' },
    getAllChildrenNumber: { request: 'combien de znodes sont sous un autre', response: 'leur nombre' },
    getEphemerals: { request: 'les znodes éphémères de la session', response: 'ces znodes' },
    addWatch: { request: 'de poser un watch', response: 'le watch posé' },
    removeWatches: { request: 'de retirer un watch', response: 'le watch retiré' },
    multi: { request: 'plusieurs opérations d’un bloc', response: 'le sort de ces opérations' },
    sync: { request: 'de se mettre à jour', response: 'c’est à jour' },
    ping: { request: 'de noter son battement', response: 'battement noté' },
    closeSession: { request: 'de fermer la session', response: 'la session fermée' },
    auth: { request: 'd’accepter la preuve de son nom', response: 'son nom accepté' },
    setWatches: { request: 'de reposer ses watches', response: 'les watches posés' },
  },
  watchEvent: 'un watch s’est déclenché',
  otherMessage: 'un message',
  timers: {
    commandStart: 'Le démarrage du programme est achevé',
    sleep: 'L’attente demandée est finie',
    sessionExpiry: 'ZooKeeper regarde quelles sessions se taisent depuis trop longtemps',
    zookeeperClient: 'Il est temps pour ce client de donner signe de vie à ZooKeeper',
    kafkaClient: 'Une échéance de ce client arrive\u00a0: un lot, une demande ou un battement à envoyer',
    group: 'Le délai du groupe est écoulé',
    delayedOperation: 'Une requête en attente arrive au bout de son délai',
    fetchAgain: 'Il est temps de redemander la suite du journal',
    requestTimeout: 'Une requête attend depuis trop longtemps sa réponse',
    reconnect: 'Il est temps de se reconnecter',
    preferredLeaders: 'Le contrôleur regarde si les leaders préférés mènent',
    maintenance: 'Une tâche d’entretien du broker est due',
    other: 'Un délai est écoulé',
  },
  content: (phrase, name, { subject, recordCount, errors }) => {
    const said = recordCount > 0 ? `${phrase}, ${plural(recordCount, 'événement', 'événements')}` : phrase;
    const about = subject === null ? name : `${name} ${subject}`;
    return errors.length === 0 ? `${said} (${about})` : `erreur ${list(errors)} (${about})`;
  },
  process: (id) => `processus ${1000 + id}`,
  shell: (terminal) => `bash du terminal ${terminal}`,
  outside: 'vous',
};
