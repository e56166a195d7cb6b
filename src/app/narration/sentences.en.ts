/** What happens, said in English. */
import type { IsrShrinkWhy, RebalanceWhy } from '../../cluster/facts.ts';
import { electionWhy } from './electionWhy.ts';
import type { Sentences } from './sentences.ts';
import { countText, durationText, listText } from './numbers.ts';

const count = (value: number): string => countText(value, 'en');
const list = (items: readonly (string | number)[]): string => listText(items, 'en');
const plural = (value: number, one: string, many: string): string => `${count(value)} ${value === 1 ? one : many}`;
const place = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic} P${partition}`;
const brokers = (ids: readonly number[]): string => (ids.length === 1 ? `broker ${ids[0]}` : `brokers ${list(ids)}`);
const isr = (ids: readonly number[]): string => (ids.length === 0 ? 'empty ISR' : `ISR: ${list(ids)}`);
const offsets = (first: number, last: number): string =>
  first === last ? `offset ${count(first)}` : `offsets ${count(first)} to ${count(last)}`;
const quoted = (text: string): string => `“${text.length > 90 ? `${text.slice(0, 89)}…` : text}”`;
const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? '';
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const member = (id: string): string => id.replace(/-([0-9a-f]{8})-[0-9a-f-]{27}$/, '-$1…');

function whyElected(detail: Parameters<typeof electionWhy>[0]): string {
  const { kind, replicas, offline, outOfSync } = electionWhy(detail);
  const order = `the list of replicas (${replicas.join(', ')})`;
  switch (kind) {
    case 'preferred':
      return `It is the preferred leader: the first of ${order}`;
    case 'shutdown':
      return 'The leader before it stops, and hands over before it goes';
    case 'reassigned':
      return 'The replicas of the partition are being moved';
    case 'unclean':
      return 'No member of the ISR is alive: unclean election of the first living replica, records may be lost';
    default: {
      const passedOver = [
        ...(offline.length > 0 ? [`${brokers(offline)} ${offline.length === 1 ? 'does' : 'do'} not answer`] : []),
        ...(outOfSync.length > 0
          ? [`${brokers(outOfSync)} ${outOfSync.length === 1 ? 'is' : 'are'} out of the ISR`]
          : []),
      ];
      return `It is the first of ${order} that is alive and in the ISR${passedOver.length === 0 ? '' : `: ${passedOver.join(', ')}`}`;
    }
  }
}

function whyShrunk(why: IsrShrinkWhy, isOne: boolean): string {
  if (why.kind === 'offline') return `the controller knows ${isOne ? 'it' : 'them'} to be offline`;
  const longest = Math.max(0, ...why.behind.map(({ agoMs }) => agoMs ?? 0));
  const limit = `${durationText(why.maxMs, 'en')} at most`;
  return longest === 0
    ? `${isOne ? 'it has' : 'they have'} never caught up with this leader (${limit})`
    : `${isOne ? 'it has' : 'they have'} not caught up with the leader for ${durationText(Math.round(longest / 1000) * 1000, 'en')} (${limit})`;
}

function whyRebalanced({ kind, memberId }: RebalanceWhy): string {
  const who = memberId === null ? 'a member' : member(memberId);
  switch (kind) {
    case 'joined':
      return `${who} asks to join`;
    case 'left':
      return `${who} has left`;
    case 'expired':
      return `${who} gave no sign of life in time`;
    case 'fenced':
      return `${who} is replaced`;
    case 'leaderRejoined':
      return `${who}, leader of the group, has seen its topics change`;
    case 'subscription':
      return `${who} is back with another subscription`;
    case 'other':
      return 'the partitions are to be divided anew';
  }
}

export const sentencesEn: Sentences = {
  told: {
    zookeeperStateChanged: ({ server, state, leader }) =>
      state === 'LOOKING'
        ? `ZooKeeper ${server} looks for a leader (LOOKING): it votes for itself first`
        : state === 'LEADING'
          ? `ZooKeeper ${server} leads (LEADING)`
          : `ZooKeeper ${server} follows ZooKeeper ${leader ?? ''} (FOLLOWING)`,
    zookeeperElected: ({ server, voters, ensembleSize, zxid, peerEpoch }) =>
      `ZooKeeper ${server} is elected by ${voters.length} votes of ${ensembleSize} (${list(voters)}): the best vote has the greatest epoch (${peerEpoch}), else the greatest zxid (${zxid}), else the greatest number`,
    quorumReached: ({ server, members, ensembleSize, epoch }) =>
      `There is a quorum around ZooKeeper ${server}: ${members.length} servers of ${ensembleSize} have its history, epoch ${epoch} begins`,
    quorumLost: ({ server, members, ensembleSize }) =>
      `Quorum lost: ZooKeeper ${server} hears only ${members.length} ${members.length === 1 ? 'server' : 'servers'} of ${ensembleSize}, itself included. Nothing is written any more`,
    zookeeperServing: ({ server }) => `ZooKeeper ${server} is ready and answers its clients`,
    sessionOpened: ({ session, timeoutMs }) =>
      `ZooKeeper opens session ${session}: it expires after ${durationText(timeoutMs, 'en')} of silence`,
    sessionExpired: ({ session }) => `Session ${session} expires: ZooKeeper has not heard from its client`,
    sessionClosed: ({ session }) => `Session ${session} is closed by its client`,
    znodeCreated: ({ path, ephemeral }) =>
      ephemeral ? `Znode ${path} is created, ephemeral: it goes away with its session` : `Znode ${path} is created`,
    znodeChanged: ({ path, version }) => `Znode ${path} changes, version ${count(version)}`,
    znodeDeleted: ({ path, session }) =>
      session === null ? `Znode ${path} is deleted` : `Znode ${path}, ephemeral, goes with its session ${session}`,
    watchFired: ({ path, event }) => `The watch on ${path} fires (${event})`,
    brokerRegistered: ({ broker, brokerEpoch }) =>
      `Broker ${broker} registers in ZooKeeper, epoch ${count(brokerEpoch)}`,
    brokerStarted: ({ broker }) => `Broker ${broker} is ready`,
    brokerStopping: ({ broker }) => `Broker ${broker} is stopping`,
    controllerElected: ({ broker, controllerEpoch }) =>
      `Broker ${broker} becomes the controller, epoch ${count(controllerEpoch)}: it was first to create znode /controller`,
    controllerResigned: ({ broker }) => `Broker ${broker} is no longer the controller`,
    logDirFailed: ({ broker, directory, why, partitions, isLast }) => {
      const cause = why === 'full' ? 'is full' : 'has failed';
      const lost =
        partitions.length === 0
          ? 'no partition was there'
          : plural(partitions.length, 'replica is out of reach', 'replicas are out of reach');
      return isLast
        ? `The disk of ${directory} ${cause}: broker ${broker} has no log directory left, and halts`
        : `The disk of ${directory} ${cause}: broker ${broker} gives that directory up, ${lost}`;
    },
    replicasOffline: ({ broker, partitions }) =>
      `The controller learns that broker ${broker} has lost ${list(partitions.map(place))}: their directory has failed`,
    topicCreated: ({ topic, assignment }) =>
      `Topic ${topic} is created: ${plural(assignment.length, 'partition', 'partitions')}, ${plural(assignment[0]?.length ?? 0, 'replica', 'replicas')}`,
    partitionsAdded: ({ topic, from, to }) =>
      `Topic ${topic} goes from ${count(from)} to ${plural(to, 'partition', 'partitions')}`,
    topicDeleted: ({ topic }) => `Topic ${topic} is deleted`,
    leaderElected: ({ leader, leaderEpoch, isr: inSync, ...at }) =>
      leader < 0
        ? `${place(at)} has no leader any more, epoch ${count(leaderEpoch)}, ${isr(inSync)}: no member of the ISR is alive`
        : `${place(at)}: broker ${leader} becomes leader, epoch ${count(leaderEpoch)}, ${isr(inSync)}. ${whyElected({ leader, ...at })}`,
    becameLeader: ({ broker, leaderEpoch, ...at }) =>
      `Broker ${broker} takes up its role as leader of ${place(at)}, epoch ${count(leaderEpoch)}`,
    becameFollower: ({ broker, leader, leaderEpoch, ...at }) =>
      leader < 0
        ? `Broker ${broker} has no leader to follow for ${place(at)}, epoch ${count(leaderEpoch)}`
        : `Broker ${broker} follows broker ${leader} for ${place(at)}, epoch ${count(leaderEpoch)}`,
    isrShrunk: ({ isr: inSync, removed, why, ...at }) =>
      `${place(at)}: ${brokers(removed)} ${removed.length === 1 ? 'leaves' : 'leave'} the ISR (${isr(inSync)}): ${whyShrunk(why, removed.length === 1)}`,
    isrExpanded: ({ isr: inSync, added, ...at }) =>
      `${place(at)}: ${brokers(added)} ${added.length === 1 ? 'comes' : 'come'} back into the ISR (${isr(inSync)}): ${added.length === 1 ? 'it has' : 'they have'} reached the high watermark`,
    logCreated: ({ broker, ...at }) => `Broker ${broker} creates the log of ${place(at)}`,
    recordsAppended: ({ broker, baseOffset, lastOffset, as, ...at }) =>
      as === 'leader'
        ? `Broker ${broker}, leader, writes ${offsets(baseOffset, lastOffset)} of ${place(at)}`
        : `Broker ${broker}, follower, copies ${offsets(baseOffset, lastOffset)} of ${place(at)}`,
    highWatermarkAdvanced: ({ broker, from, to, ...at }) =>
      `${place(at)}: on broker ${broker}, the high watermark goes from ${count(from)} to ${count(to)}`,
    logTruncated: ({ broker, from, to, ...at }) =>
      `${place(at)}: broker ${broker} truncates its log, whose end goes from ${count(from)} to ${count(to)}`,
    segmentRolled: ({ broker, baseOffset, ...at }) =>
      `${place(at)}: broker ${broker} begins a segment at offset ${count(baseOffset)}`,
    segmentDeleted: ({ broker, baseOffset, ...at }) =>
      `${place(at)}: broker ${broker} deletes the segment that begins at offset ${count(baseOffset)}`,
    logStartMoved: ({ broker, to, ...at }) =>
      `${place(at)}: on broker ${broker}, the log now begins at offset ${count(to)}`,
    recordBatched: ({ client, ...at }) => `${client} puts a record into a batch for ${place(at)}`,
    recordsAcknowledged: ({ client, baseOffset, count: records, ...at }) =>
      baseOffset === null
        ? `${client} awaits no answer for ${plural(records, 'record', 'records')} of ${place(at)}`
        : `${client} learns that ${plural(records, 'record is', 'records are')} written to ${place(at)}, from offset ${count(baseOffset)}`,
    recordsRefused: ({ client, error, count: records, ...at }) =>
      `${client} cannot write ${plural(records, 'record', 'records')} to ${place(at)}: ${error}`,
    recordsConsumed: ({ client, group, firstOffset, lastOffset, ...at }) =>
      `${client} reads ${offsets(firstOffset, lastOffset)} of ${place(at)}${group === null ? '' : ` for group ${group}`}`,
    positionReset: ({ client, to, ...at }) => `${client} moves to offset ${count(to)} of ${place(at)}`,
    groupStateChanged: ({ group, from, to, generationId, why }) =>
      why === null
        ? `Group ${group} goes from ${from} to ${to}, generation ${count(generationId)}`
        : `Group ${group} rebalances (${to}): ${whyRebalanced(why)}`,
    memberJoined: ({ group, memberId }) => `${member(memberId)} joins group ${group}`,
    memberLeft: ({ group, memberId, why }) =>
      why === 'left'
        ? `${member(memberId)} leaves group ${group}`
        : why === 'expired'
          ? `${member(memberId)} is removed from group ${group}: no heartbeat in time`
          : `${member(memberId)} is replaced in group ${group}`,
    assignmentReceived: ({ group, memberId, partitions }) =>
      partitions.length === 0
        ? `${member(memberId)} receives no partition in group ${group}`
        : `${member(memberId)} receives ${list(partitions.map(place))} in group ${group}`,
    partitionsRevoked: ({ group, memberId, partitions, isLost }) =>
      `${member(memberId)} gives up ${list(partitions.map(place))} in group ${group}${isLost ? ': the group has gone on without it' : ''}`,
    offsetCommitted: ({ group, offset, ...at }) => `Group ${group} commits offset ${count(offset)} of ${place(at)}`,
    transactionStateChanged: ({ transactionalId, from, to, producerId, producerEpoch }) =>
      `Transaction ${transactionalId} goes from ${from} to ${to}, producer ${producerId}, epoch ${count(producerEpoch)}`,
    transactionMarkerWritten: ({ broker, producerId, isCommit, offset, ...at }) =>
      `${place(at)}: on broker ${broker}, ${isCommit ? 'COMMIT' : 'ABORT'} of producer ${producerId} at offset ${count(offset)}`,
  },
  input: {
    openTerminal: ({ terminal }) => `You open terminal ${terminal}`,
    typed: ({ terminal, line }) =>
      line.trim() === ''
        ? `You press Enter in terminal ${terminal}`
        : `You type ${quoted(line.trim())} in terminal ${terminal}`,
    endOfFile: ({ terminal }) => `You type Ctrl-D in terminal ${terminal}`,
    interrupt: ({ terminal }) => `You type Ctrl-C in terminal ${terminal}`,
    start: ({ program }) => `You start ${program}`,
    signal: ({ process, signal }, name) =>
      signal === 'SIGKILL'
        ? `You kill ${name(process)} (SIGKILL)`
        : signal === 'SIGSTOP'
          ? `You pause ${name(process)} (SIGSTOP)`
          : signal === 'SIGCONT'
            ? `You wake ${name(process)} up (SIGCONT)`
            : `You send ${signal} to ${name(process)}`,
    setLink: ({ from, to, condition: { isCut, extraLatencyUs, lossPerMille } }, name) => {
      const link = `the link from ${name(from)} to ${name(to)}`;
      if (isCut) return `You cut ${link}`;
      const troubles = [
        ...(extraLatencyUs > 0 ? [`${durationText(Math.round(extraLatencyUs / 1000), 'en')} more`] : []),
        ...(lossPerMille > 0 ? [`${lossPerMille / 10}% losses`] : []),
      ];
      return troubles.length === 0 ? `You mend ${link}` : `You impair ${link}: ${list(troubles)}`;
    },
    setDisk: ({ directory, condition: { state, extraLatencyUs } }) => {
      if (state === 'full') return `You fill the disk of ${directory}: nothing more can be written to it`;
      if (state === 'failed') return `You break the disk of ${directory}`;
      return extraLatencyUs > 0
        ? `You slow the disk of ${directory} down: ${durationText(Math.round(extraLatencyUs / 1000), 'en')} more for each write`
        : `You mend the disk of ${directory}`;
    },
    setClock: ({ process, offsetMs }, name) =>
      offsetMs === 0
        ? `You set the clock of ${name(process)} right`
        : `You put the clock of ${name(process)} ${durationText(Math.abs(offsetMs), 'en')} ${offsetMs > 0 ? 'ahead' : 'back'}`,
    loseMessage: ({ outcome }) =>
      outcome === 'resent'
        ? 'You lose a message: it is sent a second time'
        : 'You lose a message, and its connection with it',
    fireTimer: ({ process, timer }, name) =>
      `You let the timer ${quoted(timer)} of ${name(process)} come first: all else waits`,
    operate: ({ process, operation, argument }, name) =>
      `You ask ${name(process)} for the operation ${operation}(${argument})`,
    changeFile: ({ change }) => `You change the file ${change.kind === 'move' ? change.from : change.path}`,
  },
  kernel: {
    started: ({ program, argv }) => `${program} starts: ${quoted(argv.join(' '))}`,
    exited: ({ exitCode, signal }, who) =>
      signal !== null
        ? `${capital(who)} is dead (${signal})`
        : exitCode === 0
          ? `${capital(who)} ends`
          : `${capital(who)} ends with code ${exitCode}`,
    signalled: ({ signal }, who) => `${capital(who)} receives ${signal}`,
    entered: ({ state }, who) => `${capital(who)} enters state ${state}`,
    connecting: ({ port }, who) => `${capital(who)} connects to port ${port}`,
    connected: ({ peer }, who, name) => `${capital(who)} is connected to ${name(peer)}`,
    accepted: ({ peer }, who, name) => `${capital(who)} accepts the connection of ${name(peer)}`,
    refused: ({ port }, who) => `${capital(who)} cannot connect: nobody listens on port ${port}`,
    closed: (_what, who) => `${capital(who)} closes a connection`,
    disconnected: (_what, who) => `${capital(who)} loses a connection`,
    timerSet: () => null,
    timerFired: () => null,
    read: ({ text }, who) =>
      text === null
        ? `${capital(who)} comes to the end of its input`
        : `${capital(who)} reads ${quoted(firstLine(text))}`,
    printed: ({ text }, who) => (text.trim() === '' ? null : `${capital(who)} prints ${quoted(firstLine(text))}`),
    fileChanged: ({ path }, who) => `${capital(who)} writes the file ${path}`,
  },
  message: {
    sent: ({ from, to, what, isResponse }) =>
      isResponse ? `${capital(from)} answers ${to}: ${what}` : `${capital(from)} asks ${to} ${what}`,
    lost: ({ from, to, what }) => `A message from ${from} to ${to} is held back by the cut: ${what}`,
    resent: ({ from, to, what }) => `A message that the cut held back leaves ${from} for ${to}: ${what}`,
    delivered: ({ from, to, what, isResponse }) =>
      isResponse
        ? `${capital(to)} receives the answer of ${from}: ${what}`
        : `${capital(to)} receives a request of ${from}: ${what}`,
  },
  apis: {
    ApiVersions: { request: 'which requests it understands', response: 'the requests it understands' },
    Metadata: { request: 'where the leaders are', response: 'the brokers, topics and leaders' },
    DescribeCluster: { request: 'who makes up the cluster', response: 'the brokers and the controller' },
    Produce: { request: 'to write a batch', response: 'what is written' },
    Fetch: { request: 'for more of the log', response: 'more of the log' },
    ListOffsets: { request: 'for the start or end of a log', response: 'the offsets asked for' },
    OffsetForLeaderEpoch: { request: 'where an epoch ends', response: 'the end of that epoch' },
    DeleteRecords: { request: 'to delete the start of a log', response: 'the new start of the log' },
    FindCoordinator: { request: 'which broker coordinates', response: 'the coordinating broker' },
    JoinGroup: { request: 'to join the group', response: 'the new generation' },
    SyncGroup: { request: 'for its partitions', response: 'the partitions assigned' },
    Heartbeat: { request: 'to note its heartbeat', response: 'heartbeat noted' },
    LeaveGroup: { request: 'to leave the group', response: 'departure noted' },
    OffsetCommit: { request: 'to commit its offsets', response: 'the offsets committed' },
    OffsetFetch: { request: 'for the committed offsets of the group', response: 'the committed offsets of the group' },
    OffsetDelete: { request: 'to forget offsets', response: 'the offsets forgotten' },
    TxnOffsetCommit: {
      request: 'to commit offsets with the transaction',
      response: 'the offsets pending in the transaction',
    },
    DescribeGroups: { request: 'for the state of groups', response: 'the state of these groups' },
    ListGroups: { request: 'for its groups', response: 'its groups' },
    DeleteGroups: { request: 'to delete groups', response: 'what became of these groups' },
    CreateTopics: { request: 'to create a topic', response: 'what became of it' },
    DeleteTopics: { request: 'to delete a topic', response: 'what became of it' },
    CreatePartitions: { request: 'to add partitions', response: 'what became of it' },
    ElectLeaders: { request: 'to elect leaders', response: 'what became of these elections' },
    AlterPartitionReassignments: { request: 'to move replicas', response: 'what became of it' },
    ListPartitionReassignments: { request: 'for the moves under way', response: 'the moves under way' },
    DescribeLogDirs: { request: 'for the size of its logs', response: 'the size of its logs' },
    DescribeProducers: { request: 'for the producers of a partition', response: 'the producers of this partition' },
    DescribeConfigs: { request: 'for a configuration', response: 'this configuration' },
    IncrementalAlterConfigs: { request: 'to change a configuration', response: 'what became of this change' },
    InitProducerId: { request: 'for a producer id', response: 'an id and its epoch' },
    AddPartitionsToTxn: { request: 'to add partitions to the transaction', response: 'what became of it' },
    AddOffsetsToTxn: { request: 'to add a group to the transaction', response: 'what became of it' },
    EndTxn: { request: 'to end the transaction', response: 'the end of the transaction' },
    WriteTxnMarkers: { request: 'to write transaction markers', response: 'the markers written' },
    DescribeTransactions: { request: 'for the state of transactions', response: 'the state of these transactions' },
    ListTransactions: { request: 'for its transactions', response: 'its transactions' },
    AllocateProducerIds: { request: 'for a block of producer ids', response: 'a block of ids' },
    LeaderAndIsr: { request: 'to take up its roles of leader and follower', response: 'roles taken up' },
    UpdateMetadata: { request: 'to note the leaders and the live brokers', response: 'noted' },
    StopReplica: { request: 'to stop replicas', response: 'the replicas stopped' },
    AlterPartition: { request: 'to change an ISR', response: 'the ISR kept' },
    ControlledShutdown: {
      request: 'to take over its partitions before it stops',
      response: 'the partitions it still leads',
    },
  },
  zooKeeper: {
    createSession: { request: 'to open or resume a session', response: 'the session' },
    create: { request: 'to create a znode', response: 'the znode created' },
    delete: { request: 'to delete a znode', response: 'the znode deleted' },
    setData: { request: 'to write into a znode', response: 'the new version' },
    exists: { request: 'whether a znode exists', response: 'whether it exists' },
    getData: { request: 'for the data of a znode', response: 'its data' },
    getChildren: { request: 'for the children of a znode', response: 'its children' },
    getChildren2: { request: 'for the children of a znode', response: 'its children' },
    getACL: { request: 'for the rights of a znode', response: 'its rights' },
    setACL: { request: 'to change the rights of a znode', response: 'its new rights' },
    reconfig: { request: 'to change the ensemble', response: 'the new ensemble' },
    getAllChildrenNumber: { request: 'how many znodes are below another', response: 'their number' },
    getEphemerals: { request: 'for the ephemeral znodes of the session', response: 'these znodes' },
    addWatch: { request: 'to set a watch', response: 'the watch set' },
    removeWatches: { request: 'to remove a watch', response: 'the watch removed' },
    multi: { request: 'for several operations as one', response: 'what became of them' },
    sync: { request: 'to catch up', response: 'caught up' },
    ping: { request: 'to note its heartbeat', response: 'heartbeat noted' },
    closeSession: { request: 'to close the session', response: 'the session closed' },
    auth: { request: 'to accept a proof of its name', response: 'its name accepted' },
    setWatches: { request: 'to set its watches again', response: 'the watches set' },
  },
  watchEvent: 'a watch has fired',
  otherMessage: 'a message',
  timers: {
    commandStart: 'The program has finished starting',
    sleep: 'The wait that was asked for is over',
    sessionExpiry: 'ZooKeeper looks for sessions that have been silent too long',
    zookeeperClient: 'It is time for this client to give ZooKeeper a sign of life',
    kafkaClient: 'Something of this client is due: a batch, a request or a heartbeat to send',
    group: 'The delay of the group is over',
    delayedOperation: 'A waiting request comes to the end of its delay',
    fetchAgain: 'It is time to ask again for more of the log',
    requestTimeout: 'A request has waited too long for its answer',
    reconnect: 'It is time to connect again',
    preferredLeaders: 'The controller checks whether preferred leaders lead',
    maintenance: 'A chore of the broker is due',
    other: 'A delay is over',
  },
  content: (phrase, name, { subject, recordCount, errors }) => {
    const said = recordCount > 0 ? `${phrase}, ${plural(recordCount, 'record', 'records')}` : phrase;
    const about = subject === null ? name : `${name} ${subject}`;
    return errors.length === 0 ? `${said} (${about})` : `error ${list(errors)} (${about})`;
  },
  process: (id) => `process ${1000 + id}`,
  shell: (terminal) => `bash of terminal ${terminal}`,
  outside: 'you',
};
