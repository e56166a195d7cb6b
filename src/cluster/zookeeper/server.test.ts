import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../kernel/events.ts';
import { asDirectory, findNode } from '../../kernel/fileSystem.ts';
import { pictureOfZooKeeper } from './pictureOfZooKeeper.ts';
import { ask, create, zkLaboratory, zookeeperProperties } from './testing/scriptedClient.ts';

/** Without the date. */
const lines = (text: string): string[] => text.split('\n').map((line) => line.replace(/^\[[^\]]*\] /, ''));
const exitCode = (lab: ReturnType<typeof zkLaboratory>, process: ProcessId) =>
  lab.simulation.world.processes[process]!.exitCode;

describe('the start of a server', () => {
  test('takes two seconds, then says where it binds and that it serves', () => {
    const lab = zkLaboratory();
    const server = lab.startServer('zookeeper.properties');
    lab.wait(1_900);
    expect(lab.printed(server)).toBe('');
    lab.wait(200);

    const shown = [
      'Reading configuration from',
      'is relative',
      'running in standalone mode',
      'Created server with tickTime',
      'binding to port',
      'PrepRequestProcessor',
    ];
    expect(lines(lab.printed(server)).filter((line) => shown.some((part) => line.includes(part)))).toEqual([
      'INFO Reading configuration from: zookeeper.properties (org.apache.zookeeper.server.quorum.QuorumPeerConfig)',
      "WARN zookeeper.properties is relative. Prepend ./ to indicate that you're sure! (org.apache.zookeeper.server.quorum.QuorumPeerConfig)",
      'WARN Either no config or no quorum defined in config, running in standalone mode (org.apache.zookeeper.server.quorum.QuorumPeerMain)',
      'INFO Reading configuration from: zookeeper.properties (org.apache.zookeeper.server.quorum.QuorumPeerConfig)',
      "WARN zookeeper.properties is relative. Prepend ./ to indicate that you're sure! (org.apache.zookeeper.server.quorum.QuorumPeerConfig)",
      'INFO Created server with tickTime 3000 ms minSessionTimeout 6000 ms maxSessionTimeout 60000 ms clientPortListenBacklog -1 datadir /tmp/zookeeper/version-2 snapdir /tmp/zookeeper/version-2 (org.apache.zookeeper.server.ZooKeeperServer)',
      'INFO binding to port 0.0.0.0/0.0.0.0:2181 (org.apache.zookeeper.server.NIOServerCnxnFactory)',
      'INFO PrepRequestProcessor (sid:0) started, reconfigEnabled=false (org.apache.zookeeper.server.PrepRequestProcessor)',
    ]);
    expect(lab.printed(server)).toContain('highest zxid is 0x0, digest is 1371985504 ');
  });

  test('fails with exit code 1 where another listens', () => {
    const lab = zkLaboratory();
    lab.startServer();
    const second = lab.startServer();
    lab.wait(3_000);

    expect(exitCode(lab, second)).toBe(1);
    expect(lines(lab.printed(second)).filter((line) => /ERROR|Exception/.test(line))).toEqual([
      'ERROR Unexpected exception, exiting abnormally (org.apache.zookeeper.server.ZooKeeperServerMain)',
      'java.net.BindException: Address already in use',
      'ERROR Exiting JVM with code 1 (org.apache.zookeeper.util.ServiceUtils)',
    ]);
  });

  test.each([
    ['absent.properties', '', 'java.lang.IllegalArgumentException: absent.properties file is missing'],
    ['bad.properties', 'clientPort=2181\n', 'java.lang.IllegalArgumentException: dataDir is not set'],
    [
      'bad.properties',
      'dataDir=/tmp/z\nclientPort=port\n',
      'java.lang.NumberFormatException: For input string: "port"',
    ],
  ])('fails with exit code 2 on %s', (path, text, exception) => {
    const lab = zkLaboratory(text === '' ? {} : { [`/${path}`]: text });
    const server = lab.startServer(path);
    lab.wait(3_000);

    expect(exitCode(lab, server)).toBe(2);
    expect(lines(lab.printed(server)).filter((line) => !line.startsWith('\t'))).toEqual([
      `INFO Reading configuration from: ${path} (org.apache.zookeeper.server.quorum.QuorumPeerConfig)`,
      `WARN ${path} is relative. Prepend ./ to indicate that you're sure! (org.apache.zookeeper.server.quorum.QuorumPeerConfig)`,
      'ERROR Invalid config, exiting abnormally (org.apache.zookeeper.server.quorum.QuorumPeerMain)',
      `org.apache.zookeeper.server.quorum.QuorumPeerConfig$ConfigException: Error processing ${path}`,
      `Caused by: ${exception}`,
      'Invalid config, exiting abnormally',
      'INFO ZooKeeper audit is disabled. (org.apache.zookeeper.audit.ZKAuditProvider)',
      'ERROR Exiting JVM with code 2 (org.apache.zookeeper.util.ServiceUtils)',
      '',
    ]);
  });
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGKILL', 137],
  ] as const)('%s ends the server with exit code %i', (signal, code) => {
    const lab = zkLaboratory();
    const server = lab.startServer();
    lab.wait(3_000);
    lab.apply({ kind: 'signal', process: server, signal });
    lab.wait(100);

    expect(exitCode(lab, server)).toBe(code);
  });
});

describe('the data directory', () => {
  test('shows a snapshot of each start and a log from its first transaction on', () => {
    const lab = zkLaboratory();
    const first = lab.startServer();
    lab.wait(3_000);
    lab.startClient({ steps: [ask(300, create('/a'))] });
    lab.wait(1_000);
    lab.kill(first);
    lab.wait(1_000);
    const second = lab.startServer();
    lab.wait(5_000);

    const directory = asDirectory(findNode(lab.simulation.world.files, '/tmp/zookeeper/version-2'));
    expect([...(directory?.entries.keys() ?? [])].sort()).toEqual(['log.1', 'snapshot.0', 'snapshot.2']);
    expect(lab.printed(second)).toContain('INFO Reading snapshot /tmp/zookeeper/version-2/snapshot.0 ');
    expect(lab.printed(second)).toContain('INFO 2 txns loaded in ');
  });

  test('once removed under a running server is not written again', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    lab.apply({ kind: 'changeFile', change: { kind: 'remove', path: '/tmp/zookeeper' } });
    const client = lab.startClient({ steps: [ask(300, create('/a'))] });
    lab.wait(1_000);

    expect(lab.answers(client).slice(-1)).toMatchObject([{ error: 'OK' }]);
    expect(findNode(lab.simulation.world.files, '/tmp/zookeeper')).toBeUndefined();
  });
});

describe('a session whose client was killed', () => {
  test.each([
    [18_000, 12_000, 21_000],
    [6_000, 4_000, 9_000],
  ])('of %i ms expires between %i and %i ms later, and its ephemerals go', (sessionTimeoutMs, least, most) => {
    for (let killedAtMs = 5_000; killedAtMs < 17_000; killedAtMs += 1_700) {
      const lab = zkLaboratory();
      lab.startServer();
      lab.wait(3_000);
      const client = lab.startClient({ sessionTimeoutMs, steps: [ask(500, create('/e', 'EPHEMERAL'))] });
      lab.wait(killedAtMs);
      lab.kill(client);
      const diedAt = lab.simulation.world.now;
      lab.wait(25_000);

      const expired = lab.facts.find(({ what }) => what.kind === 'told' && what.name === 'sessionExpired');
      const afterMs = ((expired?.at ?? 0) - diedAt) / 1000;
      expect(afterMs).toBeGreaterThanOrEqual(least);
      expect(afterMs).toBeLessThanOrEqual(most);
      expect(lab.factsOf('told').filter(({ name }) => name === 'znodeDeleted')).toMatchObject([
        { detail: { path: '/e' } },
      ]);
    }
  });
});

describe('a picture of the server', () => {
  test('names its sessions, their clients and their ephemerals', () => {
    const lab = zkLaboratory();
    const server = lab.startServer();
    lab.wait(3_000);
    const client = lab.startClient({ steps: [ask(500, create('/e', 'EPHEMERAL'))] });
    lab.wait(1_000);

    expect(pictureOfZooKeeper(lab.simulation.world.processes[server]!)).toEqual({
      process: server,
      server: 1,
      port: 2181,
      health: 'running',
      role: 'standalone',
      isServing: true,
      zxid: '0x2',
      sessions: [{ id: lab.client(client).client.sessionId, client, timeoutMs: 18_000, ephemerals: ['/e'] }],
    });
    expect(lab.factsOf('told').map(({ name }) => name)).toEqual(['zookeeperServing', 'sessionOpened', 'znodeCreated']);
  });
});

describe('a member of an ensemble', () => {
  test('without leader turns clients away', () => {
    const servers = [1, 2, 3].map((id) => `server.${id}=localhost:${2887 + id}:${3887 + id}\n`).join('');
    const lab = zkLaboratory({
      '/zookeeper-1.properties': `${zookeeperProperties}initLimit=5\nsyncLimit=2\n${servers}`,
    });
    lab.apply({ kind: 'changeFile', change: { kind: 'makeDirectory', path: '/tmp/zookeeper' } });
    lab.apply({ kind: 'changeFile', change: { kind: 'write', path: '/tmp/zookeeper/myid', text: '1\n' } });
    const server = lab.startServer('zookeeper-1.properties');
    lab.wait(3_000);
    lab.startClient({ steps: [] });
    lab.wait(1_000);

    expect(pictureOfZooKeeper(lab.simulation.world.processes[server]!)).toMatchObject({ server: 1, role: 'looking' });
    expect(lab.factsOf('told').map(({ name, detail }) => [name, detail['state']])).toEqual([
      ['zookeeperStateChanged', 'LOOKING'],
    ]);
  });
});
