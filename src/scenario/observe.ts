/**
 * What a scenario observes of the cluster: read from the processes and the disk as they are, without a message. Names and forms are those
 * that the recorder gets from real Kafka through its clients.
 */
import type { World } from '../kernel/world.ts';
import { readText, resolvePath } from '../kernel/fileSystem.ts';
import { kafkaFolder } from '../shell/environment.ts';
import { placePath } from './clusterFiles.ts';
import type { Json } from './masks.ts';
import { answeringBrokers, observeCluster, observeTopic } from './observe/brokers.ts';
import { observeGroup } from './observe/groups.ts';
import { observeLog } from './observe/logs.ts';
import { observeController, observeZnode } from './observe/znodes.ts';
import type { Observation } from './schema.ts';

/** `{ error }` where the state could not be had. */
export function observe(world: World, step: Observation): Json {
  switch (step.what) {
    case 'file': {
      const text = readText(world.files, resolvePath(kafkaFolder, placePath(step.path)));
      return text === undefined ? { error: 'NoFile' } : { text };
    }
    case 'znode':
      return observeZnode(world, placePath(step.path));
    case 'controller':
      return observeController(world);
    case 'log':
      return observeLog(world, step);
    default:
      return throughBroker(world, step);
  }
}

function throughBroker(world: World, step: Extract<Observation, { what: 'cluster' | 'topic' | 'group' }>): Json {
  const brokers = answeringBrokers(world);
  if (brokers.length === 0) return { error: 'NoBroker' };
  const asked = step.from === undefined ? brokers[0] : brokers.find(({ brokerId }) => brokerId === step.from);
  if (asked === undefined) return { error: 'ConnectException' };
  if (step.what === 'cluster') return observeCluster(asked);
  return step.what === 'topic'
    ? observeTopic(world, asked, brokers, step.topic)
    : observeGroup(asked, brokers, step.group);
}
