/** Phrases françaises sur les réglages. L'anglais est dans `configDocs.en.ts`. */
const client = {
  'bootstrap.servers':
    'Les brokers interrogés en premier, hôte:port séparés par des virgules\u00a0; ils font connaître le reste du cluster.',
  'client.id':
    'Le nom que ce client se donne dans ses requêtes, et qu’on retrouve dans les journaux et les identifiants de membres.',
  'request.timeout.ms':
    'Combien de temps le client attend la réponse à une requête avant de l’abandonner et de recommencer.',
  'metadata.max.age.ms':
    'L’âge que peut atteindre ce que le client sait des topics et des leaders avant qu’il ne le redemande.',
  'retry.backoff.ms': 'L’attente avant de retenter une requête qui a échoué\u00a0; elle double à chaque échec.',
  'retry.backoff.max.ms': 'La plus longue attente entre deux essais d’une requête qui échoue encore.',
  'reconnect.backoff.ms': 'L’attente avant de se reconnecter à un broker perdu\u00a0; elle double à chaque échec.',
  'reconnect.backoff.max.ms': 'La plus longue attente entre deux essais de reconnexion au même broker.',
} as const;
const { 'bootstrap.servers': bootstrapServers, 'client.id': clientId } = client;

export const docsInFrench = {
  topic: {
    'cleanup.policy':
      'Ce que deviennent les vieux messages\u00a0: delete supprime des segments entiers, compact garde la dernière valeur de chaque clé\u00a0; les deux sont possibles ensemble.',
    'retention.ms':
      'Combien de temps les messages sont gardés au moins, à compter du plus récent de leur segment\u00a0; −1\u00a0: toujours.',
    'retention.bytes':
      'La taille d’une partition à partir de laquelle ses plus vieux segments sont supprimés\u00a0; −1\u00a0: sans limite.',
    'segment.bytes':
      'La taille à laquelle le journal continue dans un nouveau fichier de segment\u00a0; seuls les segments fermés sont supprimés ou compactés.',
    'segment.ms':
      'Le délai après lequel un nouveau segment commence même si le dernier n’est pas plein, compté entre horodatages de messages.',
    'segment.index.bytes':
      'La taille maximale des index d’un segment\u00a0; quand l’un est plein, un nouveau segment commence.',
    'index.interval.bytes': 'Combien d’octets de journal séparent deux entrées de l’index d’un segment.',
    'max.message.bytes': 'Le plus grand lot de messages qu’un leader accepte pour ce topic.',
    'delete.retention.ms':
      'Combien de temps un topic compacté garde une pierre tombale après le premier nettoyage qui l’a vue, pour que les lecteurs voient la suppression.',
    'min.compaction.lag.ms': 'Combien de temps un message reste à l’abri de la compaction.',
    'max.compaction.lag.ms':
      'Le délai après lequel un message doit être compacté, même si le journal n’est pas assez sale.',
    'min.cleanable.dirty.ratio':
      'La part du journal qui doit être sale, c’est-à-dire écrite depuis le dernier nettoyage, pour qu’une compaction commence.',
    'file.delete.delay.ms':
      'Combien de temps les fichiers d’un segment supprimé restent sur le disque, renommés en .deleted.',
    'unclean.leader.election.enable':
      'Si un réplica non synchronisé peut devenir leader quand aucun autre ne vit\u00a0: la partition revient, mais des messages peuvent être perdus.',
    'min.insync.replicas':
      'Combien de réplicas doivent être synchronisés pour que le leader accepte un message envoyé avec acks=all.',
    'message.timestamp.type':
      'Si un message porte l’heure donnée par son producteur (CreateTime) ou celle de son arrivée dans le journal (LogAppendTime).',
    'message.timestamp.before.max.ms': 'De combien l’horodatage d’un message peut précéder l’horloge du broker.',
    'message.timestamp.after.max.ms': 'De combien l’horodatage d’un message peut dépasser l’horloge du broker.',
  },
  broker: {
    'broker.id': 'Le numéro de ce broker, unique dans le cluster.',
    listeners: 'Les adresses auxquelles le broker attend les connexions.',
    'advertised.listeners':
      'Les adresses que le broker donne aux clients, quand elles diffèrent de celles où il écoute.',
    'broker.rack': 'La baie ou la salle du broker\u00a0: les réplicas d’une partition sont répartis entre les baies.',
    'log.dir': 'Le dossier des journaux de partitions quand log.dirs n’est pas donné.',
    'log.dirs': 'Les dossiers des journaux de partitions\u00a0; une nouvelle partition va là où il y en a le moins.',
    'num.partitions': 'Le nombre de partitions d’un topic créé sans l’indiquer, par exemple à sa première utilisation.',
    'default.replication.factor': 'Le nombre de réplicas d’un topic créé sans l’indiquer.',
    'auto.create.topics.enable':
      'Si un topic qui n’existe pas est créé quand un client le demande pour la première fois.',
    'delete.topic.enable': 'Si les topics peuvent être supprimés.',
    'min.insync.replicas':
      'La valeur par défaut du réglage de topic\u00a0: combien de réplicas synchronisés pour un message envoyé avec acks=all.',
    'unclean.leader.election.enable':
      'La valeur par défaut du réglage de topic\u00a0: si un réplica non synchronisé peut devenir leader quand aucun autre ne vit.',
    'auto.leader.rebalance.enable':
      'Si le contrôleur rend régulièrement la direction des partitions aux réplicas préférés.',
    'leader.imbalance.check.interval.seconds':
      'Tous les combien le contrôleur regarde si trop de partitions sont dirigées par un autre réplica que le préféré.',
    'leader.imbalance.per.broker.percentage':
      'La part des directions d’un broker que d’autres peuvent tenir avant que le contrôleur ne les lui rende.',
    'replica.lag.time.max.ms':
      'Combien de temps un suiveur peut ne pas rattraper son leader avant de quitter les réplicas synchronisés.',
    'replica.fetch.wait.max.ms':
      'Combien de temps un leader fait attendre la lecture d’un suiveur quand rien n’arrive\u00a0; c’est aussi le retard possible du high watermark chez les suiveurs.',
    'replica.fetch.min.bytes': 'Combien d’octets un leader attend avant de répondre à la lecture d’un suiveur.',
    'replica.fetch.max.bytes':
      'Combien d’octets d’une partition un suiveur demande à la fois\u00a0; un premier lot plus grand vient quand même.',
    'replica.fetch.response.max.bytes': 'Combien d’octets un suiveur demande à la fois, toutes partitions comprises.',
    'replica.fetch.backoff.ms': 'L’attente d’un suiveur après une lecture qui a échoué.',
    'replica.socket.timeout.ms':
      'Combien de temps un suiveur attend la réponse de son leader avant d’abandonner la connexion.',
    'replica.high.watermark.checkpoint.interval.ms':
      'Tous les combien les high watermarks sont enregistrés sur disque, d’où un broker redémarré les reprend.',
    'num.replica.fetchers': 'Combien de fils d’un broker lisent chez chacun des autres.',
    'zookeeper.connect':
      'Les serveurs ZooKeeper, hôte:port séparés par des virgules, et au besoin un chemin sous lequel le cluster range ses nœuds.',
    'zookeeper.session.timeout.ms': 'Le silence après lequel ZooKeeper tient le broker pour mort et retire son nœud.',
    'zookeeper.connection.timeout.ms':
      'Combien de temps un broker qui démarre essaie de joindre ZooKeeper avant de renoncer.',
    'controlled.shutdown.enable': 'Si un broker qui s’arrête transmet d’abord la direction de ses partitions.',
    'controlled.shutdown.max.retries': 'Combien de fois un broker qui s’arrête essaie de transmettre ses directions.',
    'controlled.shutdown.retry.backoff.ms': 'L’attente entre deux de ces essais.',
    'controller.socket.timeout.ms':
      'Combien de temps le contrôleur attend la réponse d’un broker avant de renvoyer sa requête.',
    'request.timeout.ms': 'Combien de temps un broker attend la réponse à une requête faite à un autre broker.',
    'message.max.bytes': 'La valeur par défaut du réglage de topic max.message.bytes\u00a0: le plus grand lot accepté.',
    'log.retention.ms':
      'La valeur par défaut du réglage de topic retention.ms\u00a0; elle l’emporte sur les minutes et les heures.',
    'log.retention.minutes': 'La même en minutes\u00a0; elle l’emporte sur les heures.',
    'log.retention.hours': 'La même en heures\u00a0: sept jours si rien n’est changé.',
    'log.retention.bytes': 'La valeur par défaut du réglage de topic retention.bytes.',
    'log.retention.check.interval.ms': 'Tous les combien le broker cherche des segments à supprimer.',
    'log.roll.ms': 'La valeur par défaut du réglage de topic segment.ms\u00a0; elle l’emporte sur les heures.',
    'log.roll.hours': 'La même en heures\u00a0: sept jours si rien n’est changé.',
    'log.segment.bytes': 'La valeur par défaut du réglage de topic segment.bytes.',
    'log.segment.delete.delay.ms': 'La valeur par défaut du réglage de topic file.delete.delay.ms.',
    'log.index.interval.bytes': 'La valeur par défaut du réglage de topic index.interval.bytes.',
    'log.index.size.max.bytes': 'La valeur par défaut du réglage de topic segment.index.bytes.',
    'log.cleanup.policy': 'La valeur par défaut du réglage de topic cleanup.policy.',
    'log.cleaner.enable': 'Si le nettoyeur tourne\u00a0: sans lui rien n’est compacté, pas même le topic des offsets.',
    'log.cleaner.backoff.ms': 'Combien de temps le nettoyeur dort quand rien n’est assez sale.',
    'log.cleaner.delete.retention.ms': 'La valeur par défaut du réglage de topic delete.retention.ms.',
    'log.cleaner.min.cleanable.ratio': 'La valeur par défaut du réglage de topic min.cleanable.dirty.ratio.',
    'log.cleaner.min.compaction.lag.ms': 'La valeur par défaut du réglage de topic min.compaction.lag.ms.',
    'log.cleaner.max.compaction.lag.ms': 'La valeur par défaut du réglage de topic max.compaction.lag.ms.',
    'log.cleaner.dedupe.buffer.size':
      'La mémoire de la table des clés\u00a0: ce qui n’y tient pas attend le nettoyage suivant.',
    'log.cleaner.io.buffer.load.factor': 'La part de cette mémoire qui peut être remplie.',
    'log.message.timestamp.type': 'La valeur par défaut du réglage de topic message.timestamp.type.',
    'log.message.timestamp.before.max.ms': 'La valeur par défaut du réglage de topic message.timestamp.before.max.ms.',
    'log.message.timestamp.after.max.ms': 'La valeur par défaut du réglage de topic message.timestamp.after.max.ms.',
    'offsets.topic.num.partitions':
      'Le nombre de partitions de __consumer_offsets, entre lesquelles les groupes se répartissent.',
    'offsets.topic.replication.factor':
      'Le nombre de réplicas de __consumer_offsets\u00a0; le topic n’est pas créé tant qu’il y a moins de brokers.',
    'offsets.retention.minutes': 'Combien de temps les offsets d’un groupe sans membre sont gardés.',
    'offsets.retention.check.interval.ms': 'Tous les combien le coordinateur cherche des offsets périmés.',
    'group.initial.rebalance.delay.ms':
      'Combien de temps le coordinateur attend d’autres membres avant la première répartition d’un groupe vide.',
    'group.min.session.timeout.ms': 'La plus courte session qu’un membre peut demander.',
    'group.max.session.timeout.ms': 'La plus longue session qu’un membre peut demander.',
    'group.max.size': 'Le plus grand nombre de membres d’un groupe.',
    'transaction.state.log.num.partitions':
      'Le nombre de partitions de __transaction_state, entre lesquelles les identifiants transactionnels se répartissent.',
    'transaction.state.log.replication.factor':
      'Le nombre de réplicas de __transaction_state\u00a0; le topic n’est pas créé tant qu’il y a moins de brokers.',
    'transaction.state.log.min.isr':
      'Combien de réplicas de __transaction_state doivent être synchronisés pour qu’une transaction avance.',
    'transaction.max.timeout.ms': 'Le plus long délai qu’un producteur peut demander pour ses transactions.',
    'transactional.id.expiration.ms': 'Combien de temps un identifiant transactionnel sans activité est retenu.',
    'transaction.abort.timed.out.transaction.cleanup.interval.ms':
      'Tous les combien le coordinateur cherche les transactions qui durent trop, et les annule.',
    'producer.id.expiration.ms':
      'Combien de temps une partition se rappelle les numéros de séquence d’un producteur silencieux.',
    'producer.id.expiration.check.interval.ms': 'Tous les combien un broker cherche des producteurs à oublier.',
    'fetch.max.bytes': 'La plus grande réponse à une lecture, quoi que le client demande.',
  },
  producer: {
    ...client,
    acks: 'De qui la réponse rend un message envoyé\u00a0: 0 personne, 1 le leader, all tous les réplicas synchronisés.',
    'batch.size':
      'Les octets que peut contenir un lot de messages pour une partition\u00a0; un lot plein part aussitôt.',
    'linger.ms': 'Combien de temps un lot qui n’est pas plein attend d’autres messages.',
    'buffer.memory': 'La mémoire des messages pas encore envoyés\u00a0; quand elle est pleine, send attend.',
    'max.block.ms': 'Combien de temps send attend les métadonnées ou de la mémoire avant d’échouer.',
    'max.request.size': 'La plus grande requête, et donc le plus grand message.',
    'max.in.flight.requests.per.connection':
      'Combien de requêtes peuvent être en route vers un broker\u00a0; au-delà de 1 sans idempotence, un nouvel essai peut changer l’ordre.',
    retries:
      'Combien de fois un message est renvoyé après une erreur passagère, dans la limite de delivery.timeout.ms.',
    'delivery.timeout.ms':
      'Combien de temps un message peut prendre, nouveaux essais compris, jusqu’à ce que son succès ou son échec soit connu.',
    'enable.idempotence':
      'Si les messages portent des numéros de séquence, pour qu’un nouvel essai ne soit jamais écrit deux fois\u00a0; demande acks=all.',
    'transactional.id':
      'Le nom sous lequel les transactions de ce producteur continuent après un redémarrage\u00a0; un second producteur du même nom écarte le premier.',
    'transaction.timeout.ms':
      'Combien de temps une transaction peut rester ouverte avant que le coordinateur ne l’annule.',
    'partitioner.ignore.keys': 'Si les clés ne comptent pas dans le choix de la partition.',
    'partitioner.adaptive.partitioning.enable':
      'Si les messages sans clé vont moins souvent vers les partitions dont la file est longue.',
    'key.serializer': 'La classe qui change les clés en octets.',
    'value.serializer': 'La classe qui change les valeurs en octets.',
  },
  consumer: {
    ...client,
    'group.id': 'Le groupe dont les membres se partagent les partitions et dont les offsets sont retenus.',
    'group.instance.id':
      'Un nom durable pour ce membre\u00a0: redémarré pendant sa session, il retrouve ses partitions sans nouvelle répartition.',
    'auto.offset.reset':
      'Où commencer sans offset enregistré, ou avec un offset hors limites\u00a0: earliest, latest, ou none, qui échoue.',
    'enable.auto.commit': 'Si les offsets s’enregistrent d’eux-mêmes pendant la lecture.',
    'auto.commit.interval.ms': 'Tous les combien les offsets s’enregistrent d’eux-mêmes.',
    'partition.assignment.strategy':
      'Les façons de partager les partitions que ce membre accepte, la préférée d’abord\u00a0; le groupe en prend une commune.',
    'session.timeout.ms':
      'Le silence après lequel le coordinateur tient le membre pour mort et redistribue ses partitions.',
    'heartbeat.interval.ms':
      'Tous les combien le membre dit au coordinateur qu’il vit, et apprend une nouvelle répartition.',
    'max.poll.interval.ms': 'Le plus long délai entre deux poll avant que le membre ne quitte de lui-même le groupe.',
    'max.poll.records': 'Combien de messages un poll rend au plus.',
    'fetch.min.bytes': 'Combien d’octets un broker attend avant de répondre à une lecture.',
    'fetch.max.wait.ms': 'Combien de temps un broker fait attendre une lecture quand il y a trop peu à envoyer.',
    'fetch.max.bytes': 'Combien d’octets une lecture peut rapporter, toutes partitions comprises.',
    'max.partition.fetch.bytes':
      'Combien d’octets d’une partition une lecture peut rapporter\u00a0; un premier lot plus grand vient quand même.',
    'isolation.level':
      'read_uncommitted montre tous les messages, read_committed seulement ceux des transactions terminées, et aucun des annulées.',
    'allow.auto.create.topics': 'Si s’abonner à un topic qui n’existe pas peut le créer, quand le broker le veut bien.',
    'exclude.internal.topics': 'Si un abonnement par motif laisse de côté les topics internes.',
    'default.api.timeout.ms': 'Combien de temps un appel du consommateur, comme un commit, peut durer en tout.',
    'key.deserializer': 'La classe qui change les octets en clés.',
    'value.deserializer': 'La classe qui change les octets en valeurs.',
  },
  admin: {
    ...client,
    retries:
      'Combien de fois un appel est retenté après une erreur passagère, dans la limite de default.api.timeout.ms.',
    'default.api.timeout.ms': 'Combien de temps un appel peut durer en tout.',
  },
  connect: {
    'bootstrap.servers': bootstrapServers,
    'key.converter': 'Comment les clés sont écrites dans Kafka et y sont lues.',
    'value.converter': 'Comment les valeurs sont écrites dans Kafka et y sont lues.',
    'offset.storage.file.filename': 'Le fichier où un worker autonome note jusqu’où ses sources ont été lues.',
    'offset.flush.interval.ms': 'Tous les combien les positions des sources sont enregistrées.',
    'offset.flush.timeout.ms':
      'Combien de temps le worker attend les messages en route avant de renoncer à enregistrer les positions.',
    'task.shutdown.graceful.timeout.ms': 'Combien de temps un worker qui s’arrête attend ses tâches.',
    listeners: 'Les adresses de l’interface REST du worker.',
    'plugin.path': 'Les dossiers et archives où le worker cherche des connecteurs.',
  },
  streams: {
    'bootstrap.servers': bootstrapServers,
    'client.id': clientId,
    'application.id': 'Le nom de l’application\u00a0: c’est son groupe, et le début du nom de ses topics internes.',
    'commit.interval.ms':
      'Tous les combien l’application valide\u00a0: les positions sont enregistrées et les résultats en cache partent.',
    'statestore.cache.max.bytes':
      'La mémoire qui retient les résultats pour que seul le dernier de chaque clé parte\u00a0; 0 laisse passer chaque mise à jour.',
    'cache.max.bytes.buffering': 'L’ancien nom de statestore.cache.max.bytes.',
    'default.key.serde': 'Comment les clés sont lues et écrites quand rien d’autre n’est dit.',
    'default.value.serde': 'Comment les valeurs sont lues et écrites quand rien d’autre n’est dit.',
    'num.stream.threads': 'Combien de fils de cette instance se partagent les tâches.',
    'replication.factor': 'Le nombre de réplicas des topics internes\u00a0; −1 prend la valeur par défaut des brokers.',
    'state.dir': 'Le dossier de l’état local.',
  },
} as const;
