import { describe, expect, test } from 'vitest';
import type { ClusterFactName, ClusterFacts } from '../../cluster/facts.ts';
import type { FactId, Message, ProcessId, Socket } from '../../kernel/events.ts';
import type { Fact, Happening } from '../../kernel/facts.ts';
import type { Input } from '../../kernel/input.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { sentence } from './sentence.ts';
import { sentencesEn } from './sentences.en.ts';
import { sentencesFr } from './sentences.fr.ts';

const process = 3 as ProcessId;
const other = 4 as ProcessId;
const socket = 1 as Socket;
const at = { topic: 'paiements', partition: 0 };
const onBroker = { ...at, broker: 1 };
const fact = (what: Happening): Fact => ({ id: 0 as FactId, at: 0 as VirtualTimeUs, process, causes: [], what });
const nameOf = (id: ProcessId): string => (id === process ? 'broker 0' : 'broker 1');

const details: ClusterFacts = {
  zookeeperServing: { server: 1 },
  zookeeperStateChanged: { server: 2, state: 'FOLLOWING', leader: 3 },
  zookeeperElected: { server: 3, voters: [1, 3], ensembleSize: 3, zxid: '0x1000000a6', peerEpoch: 1 },
  quorumReached: { server: 3, members: [3, 1], ensembleSize: 3, epoch: 2 },
  quorumLost: { server: 3, members: [3], ensembleSize: 3 },
  sessionOpened: { session: '0x1', timeoutMs: 18_000 },
  sessionExpired: { session: '0x1' },
  sessionClosed: { session: '0x1' },
  znodeCreated: { path: '/brokers/ids/1', ephemeral: true },
  znodeChanged: { path: '/controller_epoch', version: 2 },
  znodeDeleted: { path: '/controller', session: '0x1' },
  watchFired: { path: '/controller', event: 'NodeDeleted' },
  brokerRegistered: { broker: 1, brokerEpoch: 25 },
  brokerStarted: { broker: 1 },
  brokerStopping: { broker: 1 },
  controllerElected: { broker: 1, controllerEpoch: 2 },
  controllerResigned: { broker: 1 },
  logDirFailed: { broker: 1, directory: '/tmp/kafka-logs', why: 'full', partitions: [at], isLast: false },
  replicasOffline: { broker: 1, partitions: [at] },
  topicCreated: {
    topic: 'paiements',
    assignment: [
      [0, 1],
      [1, 0],
    ],
  },
  partitionsAdded: { topic: 'paiements', from: 2, to: 4 },
  topicDeleted: { topic: 'paiements' },
  leaderElected: {
    ...at,
    leader: 2,
    leaderEpoch: 5,
    isr: [2, 0],
    strategy: 'Offline',
    replicas: [1, 2, 0],
    offline: [1],
  },
  becameLeader: { ...onBroker, leaderEpoch: 5 },
  becameFollower: { ...onBroker, leader: 2, leaderEpoch: 5 },
  isrShrunk: {
    ...at,
    isr: [0],
    removed: [1, 2],
    why: { kind: 'lag', maxMs: 30_000, behind: [{ broker: 1, agoMs: 45_300 }] },
  },
  isrExpanded: { ...at, isr: [0, 1], added: [1] },
  logCreated: onBroker,
  recordsAppended: { ...onBroker, baseOffset: 3, lastOffset: 5, as: 'leader' },
  highWatermarkAdvanced: { ...onBroker, from: 3, to: 6 },
  logTruncated: { ...onBroker, from: 6, to: 4 },
  segmentRolled: { ...onBroker, baseOffset: 100 },
  segmentDeleted: { ...onBroker, baseOffset: 0 },
  logStartMoved: { ...onBroker, to: 100 },
  recordBatched: { ...at, client: 'console-producer' },
  recordsAcknowledged: { ...at, client: 'console-producer', baseOffset: 3, count: 1 },
  recordsRefused: { ...at, client: 'console-producer', error: 'TimeoutException', count: 2 },
  recordsConsumed: { ...at, client: 'console-consumer', group: 'audit', firstOffset: 3, lastOffset: 3, count: 1 },
  positionReset: { ...at, client: 'console-consumer', to: 0 },
  groupStateChanged: {
    group: 'audit',
    from: 'Empty',
    to: 'PreparingRebalance',
    generationId: 1,
    why: { kind: 'left', memberId: 'm' },
  },
  memberJoined: { group: 'audit', memberId: 'console-consumer-9f1b2c3d-0000-4000-8000-1234567890ab' },
  memberLeft: { group: 'audit', memberId: 'm', why: 'expired' },
  assignmentReceived: { group: 'audit', memberId: 'm', partitions: [at] },
  partitionsRevoked: { group: 'audit', memberId: 'm', partitions: [at], isLost: false },
  offsetCommitted: { ...at, group: 'audit', offset: 12_345 },
  transactionStateChanged: {
    transactionalId: 'paie',
    from: 'Ongoing',
    to: 'PrepareCommit',
    producerId: 1000,
    producerEpoch: 2,
  },
  transactionMarkerWritten: { ...onBroker, producerId: 1000, isCommit: true, offset: 7 },
};
const names = Object.keys(details) as ClusterFactName[];

const condition = { isCut: false, extraLatencyUs: 40_000, lossPerMille: 25 };
const inputs: { readonly [Kind in Input['kind']]: Extract<Input, { kind: Kind }> } = {
  openTerminal: { kind: 'openTerminal', terminal: 'admin', program: 'bash', cwd: '/', env: {} },
  typed: { kind: 'typed', terminal: 'admin', line: 'ls' },
  endOfFile: { kind: 'endOfFile', terminal: 'admin' },
  interrupt: { kind: 'interrupt', terminal: 'admin' },
  start: { kind: 'start', program: 'kafka-server', argv: [], cwd: '/', env: {}, outputFile: '/out' },
  signal: { kind: 'signal', process, signal: 'SIGKILL' },
  setLink: { kind: 'setLink', from: process, to: other, condition },
  setDisk: { kind: 'setDisk', directory: '/tmp/kafka-logs', condition: { state: 'full', extraLatencyUs: 0 } },
  setClock: { kind: 'setClock', process, offsetMs: -3_600_000 },
  loseMessage: { kind: 'loseMessage', message: 5 as FactId, outcome: 'resent' },
  fireTimer: { kind: 'fireTimer', process, timer: 'check ISR' },
  operate: { kind: 'operate', process, operation: 'expireSession', argument: '0x100' },
  changeFile: { kind: 'changeFile', change: { kind: 'touch', path: '/a' } },
};
const message: Message = { name: 'Hello' };
const kernel: readonly Happening[] = [
  { kind: 'started', program: 'ls', argv: ['ls', '-l'] },
  { kind: 'exited', exitCode: 1, signal: null },
  { kind: 'exited', exitCode: 137, signal: 'SIGKILL' },
  { kind: 'signalled', signal: 'SIGTERM' },
  { kind: 'entered', state: 'RUNNING' },
  { kind: 'connecting', socket, port: 9092 },
  { kind: 'connected', socket, peer: other },
  { kind: 'accepted', socket, peer: other },
  { kind: 'refused', socket, port: 9092 },
  { kind: 'closed', socket },
  { kind: 'disconnected', socket },
  { kind: 'sent', to: other, message, dueAt: null },
  { kind: 'lost', to: other, message },
  { kind: 'resent', to: other, message, dueAt: 5 as VirtualTimeUs },
  { kind: 'delivered', from: other, message },
  { kind: 'timerFired', timer: 'expiration reaper' },
  { kind: 'read', text: 'hello\n' },
  { kind: 'printed', terminal: 'admin', to: 'stdout', text: 'hello\n' },
  { kind: 'fileChanged', path: '/a' },
];

describe.each(['fr', 'en'] as const)('a fact in %s', (language) => {
  test.each(names)('of the cluster has its sentence: %s', (name) => {
    const told = sentence(fact({ kind: 'told', name, mark: null, detail: { ...details[name] } }), language);

    expect(told).toMatch(/^\p{L}/u);
    expect(told).not.toMatch(/undefined|NaN|object|\.$/);
  });

  test.each(Object.values(inputs))('that came from outside has its sentence: $kind', (input) => {
    expect(sentence(fact({ kind: 'input', input }), language, nameOf)).toMatch(/^(Vous|You) /);
  });

  test.each(kernel)('of the kernel has its sentence: $kind', (what) => {
    expect(sentence(fact(what), language, nameOf)).toMatch(/^\p{L}/u);
  });

  test('that only prepares another one has none', () => {
    expect(sentence(fact({ kind: 'timerSet', timer: 'x', dueAt: 5 as VirtualTimeUs }), language)).toBeNull();
  });
});

describe('the two languages', () => {
  test('say the same kinds of things', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
        : typeof value;

    expect(shape(sentencesFr)).toEqual(shape(sentencesEn));
    expect(new Set(names)).toEqual(new Set(Object.keys(sentencesEn.told)));
  });
});

describe('a sentence', () => {
  const told = (name: ClusterFactName): string | null =>
    sentence(fact({ kind: 'told', name, mark: null, detail: { ...details[name] } }), 'fr');

  test('of an election names partition, leader, epoch and ISR, and why it is that leader', () => {
    expect(told('leaderElected')).toBe(
      'paiements P0\u00a0: le broker 2 devient leader, époque 5, ISR\u00a0: 2 et 0. C’est le premier de la liste des réplicas (1, 2, 0) qui est vivant et dans l’ISR\u00a0: le broker 1 ne répond plus',
    );
  });

  test('of a partition without leader does not name broker −1', () => {
    const detail = { ...details.leaderElected, leader: -1, isr: [2] };

    expect(sentence(fact({ kind: 'told', name: 'leaderElected', mark: null, detail }), 'fr')).toBe(
      'paiements P0 n’a plus de leader, époque 5, ISR\u00a0: 2\u00a0: aucun membre de l’ISR n’est vivant',
    );
  });

  test('of a shrinking ISR says since when the replica has not caught up, and what is allowed', () => {
    expect(told('isrShrunk')).toBe(
      'paiements P0\u00a0: les brokers 1 et 2 sortent de l’ISR (ISR\u00a0: 0)\u00a0: ils n’ont pas rattrapé le leader depuis 45\u00a0s (30\u00a0s au plus)',
    );
  });

  test('of a rebalance says what began it', () => {
    expect(told('groupStateChanged')).toBe('Le groupe audit se rééquilibre (PreparingRebalance)\u00a0: m est parti');
  });

  test('shortens the UUID of a member and groups the digits of an offset', () => {
    expect(told('memberJoined')).toBe('console-consumer-9f1b2c3d… entre dans le groupe audit');
    expect(told('offsetCommitted')).toBe('Le groupe audit valide l’offset 12\u00a0345 de paiements P0');
  });

  test('of a request and its answer names both ends, the API and the errors', () => {
    const request = { name: 'Fetch', api: 'Fetch', kind: 'request', correlationId: 1, clientId: 'c', body: {} };
    const response = {
      name: 'Produce',
      api: 'Produce',
      kind: 'response',
      correlationId: 1,
      body: { responses: [{ partitionResponses: [{ index: 0, errorCode: 'NOT_LEADER_OR_FOLLOWER' }] }] },
    };

    expect([
      sentence(fact({ kind: 'sent', to: other, message: request, dueAt: null }), 'fr', nameOf),
      sentence(fact({ kind: 'delivered', from: other, message: response }), 'en', nameOf),
    ]).toEqual([
      'Le broker 0 demande au broker 1 la suite du journal (Fetch)',
      'Broker 0 receives the answer of broker 1: error NOT_LEADER_OR_FOLLOWER (Produce)',
    ]);
  });

  test('of a request to ZooKeeper names the znode, unless there are several', () => {
    const ask = (request: object): string | null => {
      const message = { name: 'multi', protocol: 'zookeeper', kind: 'request', xid: 1, request };
      return sentence(fact({ kind: 'sent', to: other, message, dueAt: null }), 'en', nameOf);
    };
    const check = { op: 'check', path: '/controller_epoch', version: 1 };
    const write = { op: 'setData', path: '/brokers/topics/paiements/partitions/0/state', data: '', version: 0 };

    expect([ask({ op: 'multi', ops: [check, write] }), ask({ op: 'multi', ops: [check, write, write] })]).toEqual([
      'Broker 0 asks broker 1 for several operations as one (multi /brokers/topics/paiements/partitions/0/state)',
      'Broker 0 asks broker 1 for several operations as one (multi)',
    ]);
  });
});
