import { describe, expect, test } from 'vitest';
import type { ProcessId, Socket } from '../../kernel/events.ts';
import { laboratory } from '../../kernel/testing/laboratory.ts';
import { puppet } from '../../kernel/testing/puppet.ts';
import { changeFiles, emptyDirectory } from '../../kernel/fileSystem.ts';
import { timeZero } from '../../kernel/time.ts';
import { isZkMessage } from '../protocol/zookeeper.ts';
import { zookeeperServer } from './server.ts';
import type { Ensemble } from './testing/ensemble.ts';
import { ensembleOf } from './testing/ensemble.ts';
import { ask, create, zookeeperProperties } from './testing/scriptedClient.ts';

const socket = 1 as Socket;
/** `echo -n WORD | nc localhost 2181`. */
const netcat = puppet((event, { argv }) => {
  if (event.type === 'STARTED') return [{ type: 'connect', params: { socket, port: Number(argv[2] ?? 2181) } }];
  if (event.type !== 'CONNECTED') return [];
  const message = { protocol: 'zookeeper', kind: 'fourLetterWord', name: 'FourLetterWord', word: argv[1] };
  return [{ type: 'send', params: { socket, message } }];
});

function answerTo(word: string, properties = ''): string | undefined {
  const file = { kind: 'write', path: '/zk.properties', text: zookeeperProperties + properties } as const;
  const root = changeFiles(emptyDirectory(timeZero), { kind: 'makeDirectory', path: '/tmp' }, timeZero);
  const lab = laboratory({ 'zookeeper-server': zookeeperServer, netcat }, { files: changeFiles(root, file, timeZero) });
  lab.start('zookeeper-server', './zk.properties');
  lab.runUntil(3_000_000);
  const client: ProcessId = lab.start('netcat', word);
  lab.runUntil(4_000_000);
  expect(lab.heard(client).at(-1)?.type).toBe('DISCONNECTED');
  for (const event of lab.heard(client))
    if (event.type === 'MESSAGE' && isZkMessage(event.message) && event.message.kind === 'fourLetterAnswer')
      return event.message.text;
  return undefined;
}

describe('a four-letter word', () => {
  test('srvr is answered by default', () => {
    expect(answerTo('srvr')).toBe(
      [
        'Zookeeper version: 3.8.4-9316c2a7a97e1666d8f4593f34dd6fc36ecc436c, built on 2024-02-12 22:16 UTC',
        'Latency min/avg/max: 0/0.0/0',
        'Received: 1',
        'Sent: 0',
        'Connections: 1',
        'Outstanding: 0',
        'Zxid: 0x0',
        'Mode: standalone',
        'Node count: 5',
        '',
      ].join('\n'),
    );
  });

  test('of another kind waits to be allowed', () => {
    expect(answerTo('ruok')).toBe('ruok is not executed because it is not in the whitelist.\n');
    expect(answerTo('ruok', '4lw.commands.whitelist=srvr, ruok\n')).toBe('imok');
    expect(answerTo('mntr', '4lw.commands.whitelist=*\n')).toContain('zk_server_state\tstandalone\n');
  });

  test('that is none is not answered', () => {
    expect(answerTo('zzzz')).toBeUndefined();
  });
});

describe('a four-letter word to a member of an ensemble', () => {
  const answerOf = (zk: Ensemble, server: number, word: string): string => {
    const client = zk.lab.start('netcat', word, String(2180 + server));
    zk.lab.wait(50);
    const answers = zk.lab
      .heard(client)
      .flatMap((event) =>
        event.type === 'MESSAGE' && isZkMessage(event.message) && event.message.kind === 'fourLetterAnswer'
          ? [event.message.text]
          : [],
      );
    return answers[0] ?? '';
  };
  const serving = (): Ensemble => {
    const zk = ensembleOf(3, 1, { netcat });
    zk.start(1, 2, 3);
    zk.lab.wait(4_000);
    return zk;
  };

  test('srvr tells its role, and of a leader the sizes of proposals', () => {
    const zk = serving();
    const last = (server: number): readonly string[] => answerOf(zk, server, 'srvr').split('\n').slice(6);
    expect(last(3)).toEqual([
      'Zxid: 0x100000000',
      'Mode: leader',
      'Node count: 5',
      'Proposal sizes last/min/max: -1/-1/-1',
      '',
    ]);
    zk.lab.startClient({ connectString: zk.addresses(1), steps: [ask(500, create('/a'))] });
    zk.lab.wait(1_000);

    expect(last(3)).toEqual([
      'Zxid: 0x100000002',
      'Mode: leader',
      'Node count: 6',
      'Proposal sizes last/min/max: 86/48/86',
      '',
    ]);
    expect(last(1)).toEqual(['Zxid: 0x100000002', 'Mode: follower', 'Node count: 6', '']);
  });

  test('conf names the members', () => {
    expect(answerOf(serving(), 2, 'conf').split('\n').slice(-12)).toEqual([
      'serverId=2',
      'initLimit=5',
      'syncLimit=2',
      'electionAlg=3',
      'electionPort=3889',
      'quorumPort=2889',
      'peerType=0',
      'membership: ',
      'server.1=localhost:2888:3888:participant',
      'server.2=localhost:2889:3889:participant',
      'server.3=localhost:2890:3890:participant',
      'version=0',
    ]);
  });

  test('dump tells the sessions of the ensemble, the connections of the server', () => {
    const zk = serving();
    const client = zk.lab.startClient({ connectString: zk.addresses(1), steps: [ask(500, create('/e', 'EPHEMERAL'))] });
    zk.lab.wait(1_000);
    const { sessionId } = zk.lab.client(client).client;

    expect(answerOf(zk, 1, 'dump')).toContain(
      `SessionTracker dump:\nGlobal Sessions(1):\n${sessionId}\t18000ms\nephemeral nodes dump:\nSessions with Ephemerals (1):\n${sessionId}:\n\t/e\n`,
    );
    expect(answerOf(zk, 3, 'dump')).toContain(
      `SessionTracker dump:\nSession Sets (1)/(1):\n1 expire at Mon May 19 09:00:24 UTC 2025:\n\t${sessionId}\n`,
    );
  });

  test('that asks about data is told that it is not serving, without a leader', () => {
    const zk = ensembleOf(3, 1, { netcat });
    zk.start(1);
    zk.lab.wait(4_000);

    expect(['srvr', 'stat', 'ruok', 'isro'].map((word) => answerOf(zk, 1, word))).toEqual([
      'This ZooKeeper instance is not currently serving requests\n',
      'This ZooKeeper instance is not currently serving requests\n',
      'imok',
      'null',
    ]);
  });
});
