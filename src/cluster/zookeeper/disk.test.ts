import { describe, expect, test } from 'vitest';
import type { DiskCondition } from '../../kernel/host.ts';
import { ms } from '../../kernel/time.ts';
import { ensembleOf } from './testing/ensemble.ts';
import { ask, create, zkLaboratory } from './testing/scriptedClient.ts';

const full: DiskCondition = { state: 'full', extraLatencyUs: 0 };

/** A server alone that serves, and a client that creates `/a` after 2 s. */
function oneServer() {
  const lab = zkLaboratory();
  const server = lab.startServer();
  lab.wait(4000);
  const client = lab.startClient({
    steps: [ask(2000, create('/a')), ask(6000, { op: 'exists', path: '/a', watch: false })],
  });
  lab.wait(1000);
  const setDisk = (condition: DiskCondition) => lab.apply({ kind: 'setDisk', directory: '/tmp/zookeeper', condition });
  const lines = () =>
    lab
      .printed(server)
      .split('\n')
      .map((line) => line.replace(/^\[[^\]]*\] /, ''));
  return { lab, server, client, setDisk, lines };
}

describe('the disk of a server', () => {
  test('that is full ends it with the next transaction, which nobody is told of', () => {
    const { lab, server, client, setDisk, lines } = oneServer();
    setDisk(full);
    lab.wait(1500);

    const from = lines().findIndex((line) => line.includes('Severe'));
    expect(lines().slice(from, from + 4)).toEqual([
      'ERROR Severe unrecoverable error, from thread : SyncThread:0 (org.apache.zookeeper.server.ZooKeeperCriticalThread)',
      'java.io.IOException: No space left on device',
      'INFO Thread SyncThread:0 exits, error code 1 (org.apache.zookeeper.server.ZooKeeperServerListenerImpl)',
      'INFO SyncRequestProcessor exited! (org.apache.zookeeper.server.SyncRequestProcessor)',
    ]);
    expect(lines().at(-2)).toBe('ERROR Exiting JVM with code 1 (org.apache.zookeeper.util.ServiceUtils)');
    expect(lab.simulation.world.processes[server]).toMatchObject({ status: 'exited', exitCode: 1 });
    expect(lab.answers(client)).not.toContainEqual(expect.objectContaining({ error: 'OK' }));
  });

  test('that is full keeps it from starting: it takes a snapshot first', () => {
    const { lab, server, setDisk } = oneServer();
    lab.kill(server);
    setDisk(full);
    const again = lab.startServer();
    lab.wait(4000);

    expect(lab.simulation.world.processes[again]).toMatchObject({ status: 'exited', exitCode: 10 });
    expect(lab.printed(again)).toContain(
      'ERROR Severe unrecoverable error, exiting (org.apache.zookeeper.server.ZooKeeperServer)',
    );
  });

  test('that is slow delays its answers, and it says so from a second on', () => {
    const { lab, client, setDisk, lines } = oneServer();
    setDisk({ state: 'sound', extraLatencyUs: ms(1500) });
    lab.wait(2000);
    const early = lab.answers(client).length;
    lab.wait(1000);

    expect([early, lab.answers(client).length]).toEqual([1, 2]);
    expect(lines()).toContain(
      'WARN fsync-ing the write ahead log in SyncThread:0 took 1500ms which will adversely effect operation latency.' +
        'File size is 67108880 bytes. See the ZooKeeper troubleshooting guide (org.apache.zookeeper.server.persistence.FileTxnLog)',
    );
  });

  test('that is full ends a member of an ensemble; the others go on', () => {
    const zk = ensembleOf(3);
    zk.start(1, 2, 3);
    zk.lab.wait(8000);
    zk.lab.apply({ kind: 'setDisk', directory: '/tmp/zookeeper-1', condition: full });
    zk.lab.startClient({ connectString: zk.addresses(2, 3), steps: [ask(1000, create('/a'))] });
    zk.lab.wait(3000);

    expect([zk.isRunning(1), zk.has(2, '/a'), zk.has(3, '/a')]).toEqual([false, true, true]);
  });
});

describe('the wall clock of a server', () => {
  test('dates its log and its znodes; its sessions live by another clock', () => {
    const { lab, server, client, setDisk, lines } = oneServer();
    lab.apply({ kind: 'setClock', process: server, offsetMs: 86_400_000 });
    // A line to be dated: the disk is slow.
    setDisk({ state: 'sound', extraLatencyUs: ms(1500) });
    lab.wait(10_000);

    const dated = lab
      .printed(server)
      .split('\n')
      .find((line) => line.includes('fsync-ing'));
    const found = lab.answers(client).find((heard) => 'response' in heard && heard.response?.op === 'exists');
    const ctime =
      found !== undefined && 'response' in found && found.response?.op === 'exists' ? found.response.stat : null;
    expect(dated).toMatch(/^\[2025-05-20 /);
    expect(new Date(ctime?.ctime ?? 0).toISOString()).toMatch(/^2025-05-20/);
    expect(lines().filter((line) => line.includes('Expiring session'))).toEqual([]);
  });
});
