/**
 * Servers and clients by the names that lessons give them: `broker-1`, `zookeeper-2`; any other name is that of a terminal, and stands for
 * the program that runs there. And the inputs by which something is done to them, as the page's menus do it.
 */
import type { Health } from '../cluster/picture.ts';
import type { ProcessId, Signal } from '../kernel/events.ts';
import { healthyLink } from '../kernel/network.ts';
import type { Input } from '../kernel/input.ts';
import type { World } from '../kernel/world.ts';
import { serverStart } from '../scenario/serverStart.ts';
import { pictureOf } from '../shell/picture/pictureOf.ts';
import type { Action } from './lesson.ts';

/** What is done to the cluster itself, beside its terminals. */
export type ClusterAction = Extract<Action, { readonly kind: 'disturb' | 'link' }>;

interface Server {
  readonly process: ProcessId;
  readonly health: Health;
}

/** The latest process of a server; undefined for one that never ran, and for a name of another form. */
export function serverNamed(world: World, name: string): Server | undefined {
  const match = /^(broker|zookeeper)-(\d+)$/.exec(name);
  if (match === null) return undefined;
  const { brokers, zookeepers } = pictureOf(world);
  const number = Number(match[2]);
  return match[1] === 'broker'
    ? brokers.find(({ broker }) => broker === number)
    : zookeepers.find(({ server }) => server === number);
}

/** The process that is meant by the name and has not ended. */
export function processNamed(world: World, name: string): ProcessId | undefined {
  const server = serverNamed(world, name);
  if (server !== undefined) return server.health === 'dead' ? undefined : server.process;
  // The last of a pipeline is not always the one that matters: the Kafka tool is.
  const running = world.processes.filter(
    ({ terminal, parent, isForeground, status }) =>
      terminal === name && parent !== null && isForeground && status !== 'exited',
  );
  return (running.find(({ program }) => program.startsWith('kafka-')) ?? running.at(-1))?.id;
}

const signalOf: Readonly<Record<'kill' | 'stop' | 'pause' | 'resume', Signal>> = {
  kill: 'SIGKILL',
  stop: 'SIGTERM',
  pause: 'SIGSTOP',
  resume: 'SIGCONT',
};

/** Nothing when who is meant does not run, or runs already. */
export function inputsOf(world: World, action: ClusterAction): readonly Input[] {
  if (isInEffect(world, action)) return [];
  if (action.kind === 'link') {
    const [one, other] = action.between.map((name) => processNamed(world, name));
    if (one === undefined || other === undefined) return [];
    const condition = { ...healthyLink, isCut: action.isCut };
    return [
      { kind: 'setLink', from: one, to: other, condition },
      { kind: 'setLink', from: other, to: one, condition },
    ];
  }
  if (action.how === 'start') return [serverStart(action.whom, { zookeepers: pictureOf(world).zookeepers.length })];
  const process = processNamed(world, action.whom);
  return process === undefined ? [] : [{ kind: 'signal', process, signal: signalOf[action.how] }];
}

/** The cluster is as the action would make it. */
export function isInEffect(world: World, action: ClusterAction): boolean {
  if (action.kind === 'link') {
    const [one, other] = action.between.map((name) => processNamed(world, name));
    const isCut = [...world.links.impaired()].some(
      ({ from, to, condition }) =>
        condition.isCut && ((from === one && to === other) || (from === other && to === one)),
    );
    return isCut === action.isCut;
  }
  const process = processNamed(world, action.whom);
  const status = process === undefined ? 'exited' : world.processes[process]?.status;
  switch (action.how) {
    case 'kill':
    case 'stop':
      return status === 'exited';
    case 'pause':
      return status === 'paused';
    case 'resume':
      return status === 'running';
    case 'start':
      return status !== 'exited';
  }
}
