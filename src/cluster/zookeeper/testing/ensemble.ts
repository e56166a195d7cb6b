/** For tests: an ensemble of servers on one virtual machine, with what a test asks of it: faults, roles, four-letter words. */
import type { SnapshotFrom } from 'xstate';
import type { ProcessId } from '../../../kernel/events.ts';
import { healthyLink } from '../../../kernel/network.ts';
import { ms } from '../../../kernel/time.ts';
import type { Programs } from '../../../kernel/process.ts';
import { findZnode } from '../znodeTree.ts';
import type { LoggedTxn } from '../transaction.ts';
import { appliedAfter } from '../database.ts';
import { pictureOfZooKeeper } from '../pictureOfZooKeeper.ts';
import type { QuorumPeer } from '../quorum/peerState.ts';
import type { zookeeperServer } from '../server.ts';
import type { Serving } from '../servingState.ts';
import type { ZkLaboratory } from './scriptedClient.ts';
import { zkLaboratory } from './scriptedClient.ts';
import { noZxid } from '../../protocol/zookeeper.ts';

export interface Ensemble {
  readonly lab: ZkLaboratory;
  /** Starts the servers of those numbers, or starts them again, their links mended. */
  start(...servers: readonly number[]): void;
  kill(...servers: readonly number[]): void;
  pause(server: number): void;
  resume(server: number): void;
  /** Cuts both ways between two servers, or mends them. */
  setLink(one: number, other: number, isCut: boolean, latencyMs?: number): void;
  process(server: number): ProcessId | undefined;
  isRunning(server: number): boolean;
  /** Roles by server, `down` for those that do not run, and `(not serving)` behind those that do not serve. */
  roles(): readonly string[];
  serving(server: number): Serving | null;
  peer(server: number): QuorumPeer;
  /** All that a server has applied and still knows, oldest first. */
  history(server: number): readonly LoggedTxn[];
  has(server: number, path: string): boolean;
  /** The connect string of all servers, or of those. */
  addresses(...servers: readonly number[]): string;
}

const clientPort = (server: number): number => 2180 + server;

/** `programs`: others that the test starts. */
export function ensembleOf(size: number, seed = 1, programs: Programs = {}): Ensemble {
  const numbers = Array.from({ length: size }, (_, i) => i + 1);
  const members = numbers.map((id) => `server.${id}=localhost:${2887 + id}:${3887 + id}\n`).join('');
  const files: Record<string, string> = {};
  for (const id of numbers)
    files[`/zookeeper-${id}.properties`] =
      `dataDir=/tmp/zookeeper-${id}\nclientPort=${clientPort(id)}\nmaxClientCnxns=0\ntickTime=2000\ninitLimit=5\nsyncLimit=2\n4lw.commands.whitelist=*\n${members}`;
  const lab = zkLaboratory(files, seed, programs);
  for (const id of numbers) {
    lab.apply({ kind: 'changeFile', change: { kind: 'makeDirectory', path: `/tmp/zookeeper-${id}` } });
    lab.apply({ kind: 'changeFile', change: { kind: 'write', path: `/tmp/zookeeper-${id}/myid`, text: `${id}\n` } });
  }
  const processes = new Map<number, ProcessId>();
  const snapshotOf = (server: number): SnapshotFrom<typeof zookeeperServer> =>
    lab.simulation.world.processes[processes.get(server)!]!.snapshot as SnapshotFrom<typeof zookeeperServer>;
  const isRunning = (server: number): boolean => {
    const process = processes.get(server);
    return process !== undefined && lab.simulation.world.processes[process]!.status !== 'exited';
  };
  const serving = (server: number): Serving | null => (isRunning(server) ? snapshotOf(server).context.serving : null);
  const peer = (server: number): QuorumPeer => snapshotOf(server).context.peer!;
  const databaseOf = (server: number) => serving(server)?.database ?? peer(server).database;
  return {
    lab,
    start(...servers) {
      for (const server of servers) {
        for (const { from, to } of lab.simulation.world.links.impaired())
          if (from === processes.get(server) || to === processes.get(server))
            lab.apply({ kind: 'setLink', from, to, condition: healthyLink });
        processes.set(server, lab.startServer(`./zookeeper-${server}.properties`));
      }
    },
    kill(...servers) {
      for (const server of servers) if (isRunning(server)) lab.kill(processes.get(server)!);
    },
    pause: (server) => lab.apply({ kind: 'signal', process: processes.get(server)!, signal: 'SIGSTOP' }),
    resume: (server) => lab.apply({ kind: 'signal', process: processes.get(server)!, signal: 'SIGCONT' }),
    setLink(one, other, isCut, latencyMs = 0) {
      const [from, to] = [processes.get(one)!, processes.get(other)!];
      const condition = { isCut, extraLatencyUs: ms(latencyMs), lossPerMille: 0 };
      lab.apply({ kind: 'setLink', from, to, condition });
      lab.apply({ kind: 'setLink', from: to, to: from, condition });
    },
    process: (server) => processes.get(server),
    isRunning,
    roles: () =>
      numbers.map((server) => {
        if (!isRunning(server)) return 'down';
        const role = pictureOfZooKeeper(lab.simulation.world.processes[processes.get(server)!]!)!.role;
        return role === 'looking' || serving(server) !== null ? role : `${role} (not serving)`;
      }),
    serving,
    peer,
    history: (server) => appliedAfter(databaseOf(server), noZxid),
    has: (server, path) => findZnode(databaseOf(server).tree, path) !== undefined,
    addresses: (...servers) =>
      (servers.length === 0 ? numbers : servers).map((server) => `localhost:${clientPort(server)}`).join(','),
  };
}
