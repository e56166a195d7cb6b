/** The words of the inspector in English. */
import type { InspectorWords } from './words.ts';

export const inspectorWordsEn: InspectorWords = {
  title: (mark, name) => {
    switch (mark.kind) {
      case 'broker':
        return `Broker ${mark.broker}`;
      case 'zookeeper':
        return `ZooKeeper ${mark.server}`;
      case 'replica':
        return `${mark.topic} P${mark.partition} on broker ${mark.broker}`;
      case 'record':
        return `${mark.topic} P${mark.partition}, offset ${mark.offset}, on broker ${mark.broker}`;
      case 'message':
        return 'Message in flight';
      case 'producer':
        return name === '' ? 'Producer' : name;
      case 'tool':
        return name === '' ? 'Command' : name;
      case 'link':
        return `Link ${name}`;
      case 'member':
        return name === '' ? 'Reader' : name;
      case 'znode':
        return `Znode ${mark.path}`;
      default:
        return `Group ${mark.group}`;
    }
  },
  close: 'Close (Esc)',
  openView: 'Open the view',
  values: 'Values',
  configuration: 'Configuration',
  byDefault: (value) => `default ${value}`,
  noDefault: 'no default',
  otherSettings: (count) => `${count} other settings, at their default`,
  notSimulated: 'Accepted, without effect in this simulator.',
  unknownSetting: 'Unknown to Kafka, ignored.',
  recentFacts: 'Recent facts',
  noFacts: 'Nothing has happened lately.',
  why: 'Why?',
  whyOf: (sentence) => `Why: ${sentence}`,
  goTo: (clock, sentence) => `Go to ${clock}: ${sentence}`,
  chain: 'Why?',
  back: 'Back',
  because: 'because',
  also: 'and also because',
  times: (count) => `${count} messages`,
  further: 'Go further back',
  gone: 'This does not exist at this instant.',
  health: { starting: 'starting', running: 'running', paused: 'paused', stopping: 'stopping', dead: 'stopped' },
  roles: {
    leader: 'leader',
    follower: 'follower',
    offline: 'offline',
    standalone: 'alone',
    looking: 'looking for a leader',
  },
  cellStates: {
    stored: 'readable by consumers',
    aboveHighWatermark: 'above the high watermark: not readable yet',
    tombstone: 'tombstone',
    marker: 'transaction marker',
    gap: 'compacted away',
  },
  response: 'response',
  yes: 'yes',
  no: 'no',
  none: 'none',
  noneOfIt: 'none',
  asks: 'asks',
  labels: {
    group: 'Group',
    version: 'Version',
    owner: 'Ephemeral, of session',
    createdBy: 'Created by zxid',
    modifiedBy: 'Modified by zxid',
    children: 'Children',
    data: 'Data',
    health: 'State',
    controller: 'Controller',
    session: 'ZooKeeper session',
    port: 'Port',
    logDir: 'Log directory',
    pid: 'PID',
    replicasHere: 'Replicas',
    role: 'Role',
    zxid: 'Last zxid',
    leaderEpoch: 'Leader epoch',
    inSync: 'In the ISR',
    highWatermark: 'High watermark (HW)',
    logEndOffset: 'Log end offset (LEO)',
    logStartOffset: 'Log start offset',
    behindLeader: 'Behind the leader',
    leader: 'Leader of the partition',
    isr: 'ISR',
    assignment: 'Assigned replicas',
    clientId: 'client.id',
    acks: 'acks',
    idempotent: 'Idempotent',
    producerId: 'Producer id',
    topics: 'Topics',
    waiting: 'Records waiting',
    command: 'Command',
    state: 'State',
    generation: 'Generation',
    protocol: 'Assignment',
    coordinator: 'Coordinator',
    offset: 'Offset',
    key: 'Key',
    value: 'Value',
    message: 'Message',
    from: 'From',
    to: 'To',
    flightTime: 'Flight time',
    inFlight: 'Messages in flight',
    heldBack: 'Held back by the cut',
    records: 'Records on board',
    members: 'Members',
  },
  controllerEpoch: (epoch) => `yes, epoch ${epoch}`,
  broker: (id) => `broker ${id}`,
  sessionTimeout: (duration, ephemerals) =>
    `expires after ${duration}, ${ephemerals} ephemeral ${ephemerals === 1 ? 'znode' : 'znodes'}`,
  leads: (leads, follows) => `leader of ${leads} ${leads === 1 ? 'partition' : 'partitions'}, follower of ${follows}`,
  lag: (lag) => (lag === 0 ? 'up to date' : `lag ${lag}`),
  partition: (topic, partition) => `${topic} P${partition}`,
};
