import { describe, expect, test } from 'vitest';
import type { ProcessId } from '../../kernel/events.ts';
import { digestOf } from './authentication.ts';
import { ensembleOf } from './testing/ensemble.ts';
import type { ZkLaboratory } from './testing/scriptedClient.ts';
import { ask, create, zkLaboratory } from './testing/scriptedClient.ts';

const getData = (path: string) => ({ op: 'getData', path, watch: false }) as const;
const ownOnly = (path: string) =>
  ({ op: 'setACL', path, acl: [{ perms: 31, scheme: 'auth', id: '' }], version: -1 }) as const;
const proof = (atMs: number, auth: string, scheme = 'digest') => ({ atMs, do: 'addAuth', scheme, auth }) as const;

const errors = (lab: ZkLaboratory, client: ProcessId) =>
  lab.client(client).heard.flatMap((one) => ('error' in one ? [one.error] : []));

function oneServer() {
  const lab = zkLaboratory();
  const server = lab.startServer();
  lab.wait(3_000);
  return { lab, server };
}

describe('a name and its password', () => {
  test('are kept as ZooKeeper’s documentation shows it', () => {
    expect(digestOf('super:superpw')).toBe('super:g9oN2HttPfn8MMWJZ2r45Np/LIA=');
  });

  test('open to their owner what only the owner may see, and to nobody else', () => {
    const { lab, server } = oneServer();
    const owner = lab.startClient({
      steps: [
        ask(500, create('/mine')),
        proof(600, 'alice:secret'),
        ask(700, ownOnly('/mine')),
        ask(800, getData('/mine')),
      ],
    });
    const other = lab.startClient({ steps: [proof(500, 'alice:guess'), ask(1_000, getData('/mine'))] });
    lab.wait(2_000);

    expect(errors(lab, owner)).toEqual(['OK', 'OK', 'OK']);
    expect(errors(lab, other)).toEqual(['NOAUTH']);
    expect(lab.printed(server)).toMatch(
      /INFO Session 0x1\w+: auth success for scheme digest and address \/127\.0\.0\.1:/,
    );
  });

  test('are what a watch needs too: who may not read a znode does not hear of it', () => {
    const { lab } = oneServer();
    const watch = { op: 'addWatch', path: '/mine', mode: 'PERSISTENT' } as const;
    const owner = lab.startClient({
      steps: [
        ask(500, create('/mine')),
        proof(600, 'alice:secret'),
        ask(700, ownOnly('/mine')),
        ask(800, watch),
        ask(1_000, { op: 'setData', path: '/mine', data: 'x', version: -1 }),
      ],
    });
    const other = lab.startClient({ steps: [ask(900, watch)] });
    lab.wait(2_000);
    const events = (client: ProcessId) => lab.client(client).heard.filter((one) => 'watch' in one);

    expect(events(owner)).toMatchObject([{ watch: { type: 'NodeDataChanged', path: '/mine' } }]);
    expect(events(other)).toEqual([]);
  });

  test('are shown again by the client to each server that it comes to', () => {
    const { lab, server } = oneServer();
    const owner = lab.startClient({
      steps: [
        proof(0, 'alice:secret'),
        ask(500, create('/mine')),
        ask(700, ownOnly('/mine')),
        ask(9_000, getData('/mine')),
      ],
    });
    lab.wait(1_000);
    lab.apply({ kind: 'signal', process: server, signal: 'SIGKILL' });
    lab.startServer();
    lab.wait(10_000);

    expect(errors(lab, owner)).toEqual(['OK', 'OK', 'OK']);
  });

  test('go with what a follower passes on to its leader', () => {
    const ensemble = ensembleOf(3);
    const { lab } = ensemble;
    ensemble.start(1, 2, 3);
    lab.wait(5_000);
    const clients = [1, 2, 3].map((server) =>
      lab.startClient({
        connectString: ensemble.addresses(server),
        steps: [proof(0, 'alice:secret'), ask(500, create(`/mine${server}`)), ask(700, ownOnly(`/mine${server}`))],
      }),
    );
    lab.wait(2_000);

    for (const client of clients) expect(errors(lab, client)).toEqual(['OK', 'OK']);
  });
});

describe('a scheme that the server does not know', () => {
  test('ends the client: it is told AuthFailed, and its session is left to expire', () => {
    const { lab, server } = oneServer();
    const client = lab.startClient({ steps: [proof(500, 'anyone', 'world')] });
    lab.wait(2_000);

    expect(lab.client(client).heard).toMatchObject([{ session: 'connected' }, { session: 'authFailed' }]);
    expect(lab.printed(server)).toContain('WARN No authentication provider for scheme: world has ip digest  (');
  });
});
