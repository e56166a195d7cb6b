import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../kernel/events.ts';
import { asDirectory, findNode, readText } from '../../kernel/fileSystem.ts';
import { hexOfZxid } from '../protocol/zookeeper.ts';
import type { Ensemble } from './testing/ensemble.ts';
import { ensembleOf } from './testing/ensemble.ts';
import { ask, create } from './testing/scriptedClient.ts';

const exists = (path: string, watch = false) => ({ op: 'exists', path, watch }) as const;
const zxidOf = (zk: Ensemble, server: number): string => hexOfZxid(zk.serving(server)!.database.lastZxid);

/** Three servers that serve; the third leads. */
function threeServing(seed = 1): Ensemble {
  const zk = ensembleOf(3, seed);
  zk.start(1, 2, 3);
  zk.lab.wait(4_000);
  return zk;
}

describe('an election', () => {
  test('among servers that start together makes the greatest number leader', () => {
    expect(threeServing().roles()).toEqual(['follower', 'follower', 'leader']);
  });

  test('waits for a majority', () => {
    const zk = ensembleOf(3);
    zk.start(1);
    zk.lab.wait(30_000);
    expect(zk.roles()).toEqual(['looking', 'down', 'down']);

    zk.start(2);
    zk.lab.wait(3_500);
    expect(zk.roles()).toEqual(['follower', 'leader', 'down']);
  });

  test('is over: a greater number that arrives late follows', () => {
    const zk = ensembleOf(3);
    zk.start(1, 2);
    zk.lab.wait(4_000);
    zk.start(3);
    zk.lab.wait(3_500);

    expect(zk.roles()).toEqual(['follower', 'leader', 'follower']);
  });

  test('prefers the longer history to the greater number', () => {
    const zk = threeServing();
    zk.lab.startClient({ connectString: zk.addresses(1), steps: [ask(500, create('/a'))] });
    zk.kill(2);
    zk.lab.wait(2_000);
    zk.kill(1, 3);
    zk.start(1, 2);
    zk.lab.wait(5_000);

    expect(zk.roles()).toEqual(['leader', 'follower', 'down']);
    expect(zk.has(2, '/a')).toBe(true);
  });

  test('of an ensemble of five needs three', () => {
    const zk = ensembleOf(5);
    zk.start(1, 2);
    zk.lab.wait(10_000);
    expect(zk.roles()).toEqual(['looking', 'looking', 'down', 'down', 'down']);

    zk.start(3);
    zk.lab.wait(3_500);
    zk.start(4, 5);
    zk.lab.wait(3_500);
    expect(zk.roles()).toEqual(['follower', 'follower', 'leader', 'follower', 'follower']);
  });
});

describe('the loss of the leader', () => {
  test('makes the others elect another one within a second, of a greater epoch', () => {
    const zk = threeServing();
    expect(zxidOf(zk, 3)).toBe('0x100000000');
    zk.kill(3);
    zk.lab.wait(1_000);

    expect(zk.roles()).toEqual(['follower', 'leader', 'down']);
    expect(zxidOf(zk, 2)).toBe('0x200000000');
  });

  test('by a pause has the same effect, and the old leader follows when it goes on', () => {
    const zk = threeServing();
    zk.pause(3);
    zk.lab.wait(6_000);
    expect(zk.roles().slice(0, 2)).toEqual(['follower', 'leader']);

    zk.resume(3);
    zk.lab.wait(5_000);
    expect(zk.roles()).toEqual(['follower', 'leader', 'follower']);
  });

  test('by cut links has the same effect', () => {
    const zk = threeServing();
    zk.setLink(3, 1, true);
    zk.setLink(3, 2, true);
    zk.lab.wait(10_000);
    expect(zk.roles()).toEqual(['follower', 'leader', 'looking']);

    zk.setLink(3, 1, false);
    zk.setLink(3, 2, false);
    zk.lab.wait(70_000);
    expect(zk.roles()).toEqual(['follower', 'leader', 'follower']);
  });

  test('repeated raises the epoch each time, in the files too', () => {
    const zk = threeServing();
    for (const leader of [3, 2, 3, 2]) {
      zk.kill(leader);
      zk.lab.wait(3_000);
      zk.start(leader);
      zk.lab.wait(4_000);
    }

    const epochs = ['acceptedEpoch', 'currentEpoch'].map((name) => {
      const directory = asDirectory(findNode(zk.lab.simulation.world.files, '/tmp/zookeeper-1/version-2'));
      return readText(directory!, name);
    });
    expect([zk.roles(), epochs]).toEqual([
      ['follower', 'follower', 'leader'],
      ['5', '5'],
    ]);
  });
});

describe('the loss of a follower', () => {
  test('changes nothing for the others', () => {
    const zk = threeServing();
    zk.kill(1);
    zk.lab.wait(10_000);
    expect(zk.roles()).toEqual(['down', 'follower', 'leader']);

    const client = zk.lab.startClient({ connectString: zk.addresses(2), steps: [ask(500, create('/a'))] });
    zk.lab.wait(1_000);
    expect(zk.lab.answers(client).slice(-1)).toMatchObject([{ error: 'OK' }]);

    zk.start(1);
    zk.lab.wait(3_500);
    expect([zk.roles(), zk.has(1, '/a')]).toEqual([['follower', 'follower', 'leader'], true]);
  });
});

describe('the loss of the majority', () => {
  test('ends the service, and closes the clients', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({ connectString: zk.addresses(3), steps: [] });
    zk.lab.wait(1_000);
    zk.kill(1, 2);
    zk.lab.wait(4_000);

    expect(zk.roles()).toEqual(['down', 'down', 'looking']);
    expect(zk.lab.answers(client)).toEqual([{ session: 'connected' }, { session: 'disconnected' }]);
    expect(zk.lab.printed(zk.process(3)!)).toContain(
      'Not sufficient followers synced, only synced with sids: [ [3],[3] ]',
    );
  });

  test('expires nobody: sessions and ephemerals are there when the majority is back', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({
      sessionTimeoutMs: 6_000,
      steps: [ask(500, create('/e', 'EPHEMERAL'))],
      connectString: zk.addresses(),
    });
    zk.lab.wait(1_000);
    zk.kill(1, 2);
    zk.lab.wait(30_000);
    zk.start(1);
    zk.lab.wait(8_000);

    expect(
      zk.lab
        .answers(client)
        .filter((heard) => 'session' in heard)
        .slice(-1),
    ).toEqual([{ session: 'connected' }]);
    expect([zk.has(1, '/e'), zk.has(3, '/e')]).toEqual([true, true]);
  });
});

describe('a write', () => {
  test.each([1, 2, 3])('through server %i is there on all servers, and told to those who watch anywhere', (server) => {
    const zk = threeServing();
    const watcher = zk.lab.startClient({ connectString: zk.addresses(1), steps: [ask(300, exists('/a', true))] });
    const writer = zk.lab.startClient({ connectString: zk.addresses(server), steps: [ask(600, create('/a'))] });
    zk.lab.wait(2_000);

    expect(zk.lab.answers(writer).slice(-1)).toMatchObject([{ error: 'OK', response: { op: 'create', path: '/a' } }]);
    expect(zk.lab.answers(watcher).slice(-1)).toEqual([{ watch: { type: 'NodeCreated', path: '/a' } }]);
    expect([1, 2, 3].map((one) => zk.has(one, '/a'))).toEqual([true, true, true]);
  });

  test('is answered in its order, with the reads around it', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({
      connectString: zk.addresses(1),
      steps: [
        ask(500, exists('/a')),
        ask(500, create('/a')),
        ask(500, exists('/a')),
        ask(500, { op: 'sync', path: '/a' }),
        ask(500, { op: 'delete', path: '/a', version: -1 }),
        ask(500, exists('/a')),
      ],
    });
    zk.lab.wait(1_000);

    expect(zk.lab.answers(client).slice(1)).toMatchObject([
      { error: 'NONODE' },
      { response: { op: 'create' } },
      { response: { op: 'exists' } },
      { error: 'OK', response: { op: 'sync', path: '/a' } },
      { response: { op: 'delete' } },
      { error: 'NONODE' },
    ]);
  });

  test('is judged on top of those under way: of two that create the same znode one succeeds', () => {
    const zk = threeServing();
    const clients = [1, 2, 3].map((server) =>
      zk.lab.startClient({ connectString: zk.addresses(server), steps: [ask(500, create('/a'))] }),
    );
    zk.lab.wait(1_000);

    const results = clients.map((client) =>
      zk.lab.answers(client).flatMap((heard) => ('error' in heard ? [heard.error] : [])),
    );
    expect(results.flat().sort()).toEqual(['NODEEXISTS', 'NODEEXISTS', 'OK']);
  });

  test('survives the death of all servers once it is answered', () => {
    const zk = threeServing();
    zk.lab.startClient({ connectString: zk.addresses(2), steps: [ask(500, create('/a'))] });
    zk.lab.wait(1_000);
    zk.kill(1, 2, 3);
    zk.lab.wait(1_000);
    zk.start(1, 2, 3);
    zk.lab.wait(4_000);

    expect([1, 2, 3].map((server) => zk.has(server, '/a'))).toEqual([true, true, true]);
  });
});

describe('a write that was answered', () => {
  test('is on the disks of a majority: it survives without the leader, too', () => {
    const zk = threeServing();
    zk.lab.startClient({ connectString: zk.addresses(3), steps: [ask(500, create('/a'))] });
    zk.lab.wait(1_000);
    zk.kill(1, 2, 3);
    zk.start(1, 2);
    zk.lab.wait(4_000);

    expect([zk.roles(), zk.has(1, '/a')]).toEqual([['follower', 'leader', 'down'], true]);
  });

  test('needs a majority: without it, it is logged by the leader alone and never answered', () => {
    const zk = threeServing();
    const writer = zk.lab.startClient({ connectString: zk.addresses(3), steps: [ask(1_500, create('/a'))] });
    zk.lab.wait(1_000);
    zk.pause(1);
    zk.pause(2);
    zk.lab.wait(2_000);

    expect(zk.lab.answers(writer)).toEqual([{ session: 'connected' }]);
    expect([zk.has(3, '/a'), zk.serving(3)!.database.logged.length]).toEqual([false, 1]);
  });
});

describe('a transaction that only the leader has', () => {
  /** The leader is alone when it writes `/lost`; the others go on without it. */
  function divergedServer3(): Ensemble {
    const zk = threeServing();
    zk.lab.startClient({
      connectString: zk.addresses(3),
      steps: [ask(500, create('/kept')), ask(1_500, create('/lost'))],
    });
    zk.lab.wait(1_000);
    zk.setLink(3, 1, true);
    zk.setLink(3, 2, true);
    zk.lab.wait(1_000);
    zk.kill(3);
    zk.lab.wait(8_000);
    return zk;
  }

  test('is truncated when the leader comes back', () => {
    const zk = divergedServer3();
    expect(zk.roles()).toEqual(['follower', 'leader', 'down']);
    zk.start(3);
    zk.lab.wait(4_000);

    expect(zk.lab.printed(zk.process(3)!)).toContain('Truncating log to get in sync with the leader');
    expect([zk.roles()[2], zk.has(3, '/kept'), zk.has(3, '/lost')]).toEqual(['follower', true, false]);
  });

  test('goes with a snapshot when others were committed in the meantime', () => {
    const zk = divergedServer3();
    zk.lab.startClient({ connectString: zk.addresses(1), steps: [ask(500, create('/other'))] });
    zk.lab.wait(1_000);
    zk.start(3);
    zk.lab.wait(4_000);

    expect(zk.lab.printed(zk.process(3)!)).toContain('Getting a snapshot from leader');
    expect(['/kept', '/lost', '/other'].map((path) => zk.has(3, path))).toEqual([true, false, true]);
  });

  test('loses against a later epoch, however long it is', () => {
    const zk = divergedServer3();
    zk.kill(1, 2);
    zk.start(1, 3);
    zk.lab.wait(5_000);

    expect(zk.roles()).toEqual(['leader', 'down', 'follower']);
    expect(zk.has(3, '/lost')).toBe(false);
  });

  test('lives on when the leader leads the next majority, too: nobody had been answered, and nobody else has led since', () => {
    const zk = threeServing();
    const writer = zk.lab.startClient({ connectString: zk.addresses(3), steps: [ask(1_500, create('/a'))] });
    zk.lab.wait(1_000);
    zk.setLink(3, 1, true);
    zk.setLink(3, 2, true);
    zk.lab.wait(1_000);
    zk.kill(1, 2, 3);
    zk.start(1, 3);
    zk.lab.wait(5_000);

    expect(zk.lab.answers(writer).slice(0, 2)).not.toContainEqual(expect.objectContaining({ error: 'OK' }));
    expect([zk.roles(), zk.has(1, '/a')]).toEqual([['follower', 'down', 'leader'], true]);
  });
});

describe('a learner that was away', () => {
  test('gets what it lacks, as a difference', () => {
    const zk = threeServing();
    const steps = Array.from({ length: 20 }, (_, i) => ask(400 + i, create(`/n${i}`)));
    zk.lab.startClient({ connectString: zk.addresses(3), steps });
    zk.lab.wait(410);
    zk.kill(1);
    zk.lab.wait(2_000);
    zk.start(1);
    zk.lab.wait(3_000);

    expect(zk.lab.printed(zk.process(1)!)).toContain('Getting a diff from the leader');
    expect(zk.history(1)).toEqual(zk.history(3));
  });
});

describe('a session', () => {
  const sessionsOf = (zk: Ensemble, client: ProcessId): readonly string[] =>
    zk.lab.answers(client).flatMap((heard) => ('session' in heard ? [heard.session] : []));

  test.each([1, 3])('survives the death of server %i that served it, with its ephemerals and its watches', (server) => {
    const zk = threeServing();
    // Each client shuffles the servers: one of them begins with that server.
    const clients = Array.from({ length: 8 }, (_, i) =>
      zk.lab.startClient({
        connectString: zk.addresses(),
        steps: [ask(500, create(`/e${i}`, 'EPHEMERAL')), ask(600, exists('/new', true))],
      }),
    );
    zk.lab.wait(1_000);
    const served = [...zk.serving(server)!.connections.values()].map(({ peer }) => peer);
    const at = clients.findIndex((client) => served.includes(client));
    const client = clients[at]!;
    const { sessionId } = zk.lab.client(client).client;
    zk.kill(server);
    zk.lab.wait(5_000);
    zk.lab.startClient({ connectString: zk.addresses(2), steps: [ask(500, create('/new'))] });
    zk.lab.wait(2_000);

    expect(sessionsOf(zk, client)).toEqual(['connected', 'disconnected', 'connected']);
    expect([zk.lab.client(client).client.sessionId, zk.has(2, `/e${at}`)]).toEqual([sessionId, true]);
    expect(zk.lab.answers(client)).toContainEqual({ watch: { type: 'NodeCreated', path: '/new' } });
  });

  test('whose client was killed expires on all servers, whoever served it', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({
      connectString: zk.addresses(1),
      sessionTimeoutMs: 6_000,
      steps: [ask(500, create('/e', 'EPHEMERAL'))],
    });
    zk.lab.wait(5_000);
    expect(zk.has(2, '/e')).toBe(true);
    zk.lab.kill(client);
    zk.lab.wait(10_000);

    expect([1, 2, 3].map((server) => zk.has(server, '/e'))).toEqual([false, false, false]);
    expect(zk.lab.factsOf('told').filter(({ name }) => name === 'sessionExpired')).toHaveLength(1);
  });

  test('lives as long as its client, through a follower', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({
      connectString: zk.addresses(1),
      sessionTimeoutMs: 4_000,
      steps: [ask(500, create('/e', 'EPHEMERAL'))],
    });
    zk.lab.wait(60_000);

    expect([sessionsOf(zk, client), zk.has(3, '/e')]).toEqual([['connected'], true]);
  });

  test('that has expired is refused by every server', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({ connectString: zk.addresses(), sessionTimeoutMs: 6_000, steps: [] });
    zk.lab.wait(1_000);
    zk.lab.apply({ kind: 'signal', process: client, signal: 'SIGSTOP' });
    zk.lab.wait(15_000);
    zk.lab.apply({ kind: 'signal', process: client, signal: 'SIGCONT' });
    zk.lab.wait(5_000);

    expect(sessionsOf(zk, client)).toEqual(['connected', 'disconnected', 'expired']);
  });

  test('closed by its client goes with its ephemerals at once', () => {
    const zk = threeServing();
    const client = zk.lab.startClient({
      connectString: zk.addresses(1),
      steps: [ask(500, create('/e', 'EPHEMERAL')), { atMs: 600, do: 'close' }],
    });
    zk.lab.wait(700);

    expect([sessionsOf(zk, client), zk.has(3, '/e')]).toEqual([['connected', 'closed'], false]);
  });
});
