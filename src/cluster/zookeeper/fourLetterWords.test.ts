import { describe, expect, test } from 'vitest';
import type { ProcessId, Socket } from '../../kernel/events.ts';
import { laboratory } from '../../kernel/testing/laboratory.ts';
import { puppet } from '../../kernel/testing/puppet.ts';
import { changeFiles, emptyDirectory } from '../../kernel/fileSystem.ts';
import { timeZero } from '../../kernel/time.ts';
import { isZkMessage } from '../protocol/zookeeper.ts';
import { zookeeperServer } from './server.ts';
import { zookeeperProperties } from './testing/scriptedClient.ts';

const socket = 1 as Socket;
/** `echo -n WORD | nc localhost 2181`. */
const netcat = puppet((event, { argv }) => {
  if (event.type === 'STARTED') return [{ type: 'connect', params: { socket, port: 2181 } }];
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
