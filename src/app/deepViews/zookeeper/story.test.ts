import { describe, expect, test } from 'vitest';
import type { ZooKeeperPicture } from '../../../cluster/picture.ts';
import type { ProcessId } from '../../../kernel/events.ts';
import type { ZooKeeperNow } from '../../../views/zookeeper/layout.ts';
import { zooKeeperSituation } from './story.ts';

const server = (
  number: number,
  role: ZooKeeperPicture['role'],
  health: ZooKeeperPicture['health'] = 'running',
): ZooKeeperPicture => ({
  process: number as ProcessId,
  server: number,
  port: 2180 + number,
  health,
  role,
  isServing: health === 'running' && role !== 'looking',
  zxid: '0x100000001',
  sessions: [],
});
const now = (servers: readonly ZooKeeperPicture[], size: number, seated: readonly number[]): ZooKeeperNow => ({
  nowUs: 0,
  startedUs: 0,
  ensemble: { size, votes: [], seated, znodes: [], sessions: [], lastZxid: null },
  servers,
  events: [],
  deleted: [],
  selectedPath: null,
  ownTopicCount: 0,
  nameOf: () => null,
  nameOfSession: () => null,
});

describe('what is said of ZooKeeper', () => {
  test('of a server alone speaks of no vote', () => {
    expect(zooKeeperSituation(now([server(1, 'standalone')], 1, [1])).kind).toBe('standalone');
  });

  test('names the leader and how many follow, while more than half do', () => {
    const servers = [server(1, 'follower'), server(2, 'follower', 'dead'), server(3, 'leader')];

    expect(zooKeeperSituation(now(servers, 3, [1, 3]))).toEqual({ kind: 'quorum', leader: 3, seated: 2, size: 3 });
  });

  test('is an election while enough are alive to decide one, and a lost quorum while not', () => {
    const looking = [server(1, 'looking'), server(3, 'looking')];

    expect(zooKeeperSituation(now(looking, 3, []))).toMatchObject({ kind: 'noQuorum', isElecting: true });
    expect(zooKeeperSituation(now([server(1, 'looking')], 3, []))).toMatchObject({ alive: 1, isElecting: false });
  });

  test('is that nothing answers, when nothing runs', () => {
    expect(zooKeeperSituation(now([server(1, 'standalone', 'dead')], 1, []))).toEqual({ kind: 'down' });
  });
});
