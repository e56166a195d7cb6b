import { describe, expect, test } from 'vitest';
import { ask, create, zkLaboratory } from './testing/scriptedClient.ts';

const exists = (path: string, watch = false) => ({ op: 'exists', path, watch }) as const;
const sessions = (heard: readonly object[]): unknown[] =>
  heard.flatMap((one) => ('session' in one ? [one.session] : []));

describe('a client without server', () => {
  test('tries again every second, and warns each time', () => {
    const lab = zkLaboratory();
    const client = lab.startClient({ steps: [] });
    lab.wait(3_500);

    const opening = 'INFO Opening socket connection to server localhost/127.0.0.1:2181.';
    const warning =
      'WARN Session 0x0 for server localhost/127.0.0.1:2181, Closing socket connection. Attempting reconnect except it is a SessionExpiredException.';
    const times = 4;
    expect(lab.client(client).lines).toEqual(Array.from({ length: times }, () => [opening, warning]).flat());
  });

  test('answers CONNECTIONLOSS to what waited for the attempt that failed', () => {
    const lab = zkLaboratory();
    const client = lab.startClient({ steps: [ask(0, exists('/'))] });
    lab.wait(100);

    expect(lab.answers(client)).toEqual([{ error: 'CONNECTIONLOSS', response: null }]);
  });

  test('names a host that does not exist as Java does', () => {
    const lab = zkLaboratory();
    const client = lab.startClient({ connectString: 'nulle-part:2181', steps: [] });
    lab.wait(100);

    expect(lab.client(client).lines).toEqual([
      'ERROR Unable to resolve address: nulle-part/<unresolved>:2181',
      'WARN Session 0x0 for server nulle-part/<unresolved>:2181, Closing socket connection. Attempting reconnect except it is a SessionExpiredException.',
    ]);
  });
});

describe('a session', () => {
  test('has its timeout negotiated into [2, 20] ticks', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    const short = lab.startClient({ sessionTimeoutMs: 1_000, steps: [] });
    const long = lab.startClient({ sessionTimeoutMs: 600_000, steps: [] });
    lab.wait(1_000);

    expect([lab.client(short).client.timeoutMs, lab.client(long).client.timeoutMs]).toEqual([6_000, 60_000]);
  });

  test('is kept alive by a ping every third of its timeout while nothing else is said', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    lab.startClient({ steps: [] });
    lab.wait(60_500);

    const pings = lab.factsOf('sent').filter(({ message }) => message.name === 'ping');
    const [pingsAndAnswers, minute, third] = [2, 60, 6];
    expect(pings).toHaveLength((pingsAndAnswers * minute) / third);
    expect(lab.facts.some(({ what }) => what.kind === 'told' && what.name === 'sessionExpired')).toBe(false);
  });

  test('survives the restart of the server, with its ephemerals and its watches', () => {
    const lab = zkLaboratory();
    const first = lab.startServer();
    lab.wait(3_000);
    const owner = lab.startClient({ steps: [ask(500, create('/e', 'EPHEMERAL')), ask(600, exists('/new', true))] });
    lab.wait(2_000);
    lab.kill(first);
    lab.wait(1_000);
    lab.startServer();
    lab.wait(10_000);
    const witness = lab.startClient({ steps: [ask(500, exists('/e')), ask(600, create('/new'))] });
    lab.wait(2_000);

    expect(sessions(lab.answers(owner))).toEqual(['connected', 'disconnected', 'connected']);
    expect(lab.answers(owner)).toContainEqual({ watch: { type: 'NodeCreated', path: '/new' } });
    expect(lab.answers(witness)).toContainEqual({
      error: 'OK',
      response: { op: 'exists', stat: expect.objectContaining({ ephemeralOwner: lab.client(owner).client.sessionId }) },
    });
  });

  test('learns of changes that it missed while it was away', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    const watcher = lab.startClient({
      steps: [
        ask(300, create('/seen')),
        ask(400, exists('/seen', true)),
        ask(500, { op: 'getChildren', path: '/seen', watch: true }),
      ],
    });
    lab.wait(1_000);
    const cut = { isCut: true, extraLatencyUs: 0, lossPerMille: 0 };
    const server = 0 as typeof watcher;
    lab.apply({ kind: 'setLink', from: server, to: watcher, condition: cut });
    lab.apply({ kind: 'setLink', from: watcher, to: server, condition: cut });
    lab.startClient({
      steps: [ask(500, { op: 'setData', path: '/seen', data: 'x', version: 0 }), ask(600, create('/seen/child'))],
    });
    lab.wait(13_000);
    expect(sessions(lab.answers(watcher))).toEqual(['connected', 'disconnected']);
    lab.apply({ kind: 'setLink', from: server, to: watcher, condition: { ...cut, isCut: false } });
    lab.apply({ kind: 'setLink', from: watcher, to: server, condition: { ...cut, isCut: false } });
    lab.wait(4_000);

    expect(lab.answers(watcher).slice(-3)).toEqual([
      { session: 'connected' },
      { watch: { type: 'NodeDataChanged', path: '/seen' } },
      { watch: { type: 'NodeChildrenChanged', path: '/seen' } },
    ]);
  });

  test('that expired while its client was away is told so, and a new one can be opened', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    const client = lab.startClient({
      steps: [ask(500, create('/e', 'EPHEMERAL')), { atMs: 90_000, do: 'connect' }],
    });
    lab.wait(1_000);
    const firstSession = lab.client(client).client.sessionId;
    lab.apply({ kind: 'signal', process: client, signal: 'SIGSTOP' });
    lab.wait(30_000);
    lab.apply({ kind: 'signal', process: client, signal: 'SIGCONT' });
    lab.wait(70_000);

    expect(sessions(lab.answers(client))).toEqual(['connected', 'disconnected', 'expired', 'connected']);
    expect(lab.client(client).client.sessionId).not.toBe(firstSession);
  });

  test('ends with its ephemerals when it is closed', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    const client = lab.startClient({ steps: [ask(500, create('/e', 'EPHEMERAL')), { atMs: 600, do: 'close' }] });
    const witness = lab.startClient({ steps: [ask(300, exists('/e', true)), ask(1_000, exists('/e'))] });
    lab.wait(2_000);

    expect(sessions(lab.answers(client))).toEqual(['connected', 'closed']);
    expect(lab.answers(witness).slice(-1)).toEqual([{ error: 'NONODE', response: null }]);
    expect(lab.client(client).lines.slice(-2)).toEqual([
      `INFO Session: ${lab.client(client).client.sessionId} closed`,
      `INFO EventThread shut down for session: ${lab.client(client).client.sessionId}`,
    ]);
  });
});

describe('a connect string', () => {
  test('may end with a chroot, which the application never sees', () => {
    const lab = zkLaboratory();
    lab.startServer();
    lab.wait(3_000);
    const whole = lab.startClient({ steps: [ask(300, create('/kafka')), ask(2_000, exists('/kafka/a'))] });
    const below = lab.startClient({
      connectString: 'localhost:2181/kafka',
      steps: [ask(1_000, exists('/a', true)), ask(1_100, create('/a'))],
    });
    lab.wait(4_000);

    expect(lab.answers(below).slice(1)).toEqual([
      { error: 'NONODE', response: null },
      { watch: { type: 'NodeCreated', path: '/a' } },
      { error: 'OK', response: expect.objectContaining({ op: 'create', path: '/a' }) },
    ]);
    expect(lab.answers(whole).slice(-1)).toMatchObject([{ error: 'OK' }]);
  });
});
