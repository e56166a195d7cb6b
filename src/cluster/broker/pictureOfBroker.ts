/** A broker as the pictures show it, read from its process. */
import type { SnapshotFrom } from 'xstate';
import type { Process } from '../../kernel/process.ts';
import type { BrokerPicture, Health } from '../picture.ts';
import type { Broker } from './broker.ts';
import type { kafkaServer } from './kafkaServer.ts';

/** What a broker knows; null for a process of another program. */
export function brokerIn(process: Process): Broker | null {
  if (process.program !== 'kafka-server') return null;
  // The program's name proves whose snapshot it is.
  return (process.snapshot as SnapshotFrom<typeof kafkaServer>).context;
}

/** `session`: as ZooKeeper keeps it. */
export function pictureOfBroker(process: Process, broker: Broker, session: BrokerPicture['session']): BrokerPicture {
  const isActive = broker.controller.isActive && process.status !== 'exited';
  return {
    process: process.id,
    broker: broker.brokerId >= 0 ? broker.brokerId : broker.settings.brokerId,
    port: broker.settings.listener.port,
    health: healthOf(process, broker),
    isController: isActive,
    controllerEpoch: isActive ? broker.controller.epoch : null,
    hasSession: broker.zk.client?.status === 'CONNECTED' && process.status !== 'exited',
    session,
    logDir: broker.settings.logDirs[0] ?? '',
  };
}

function healthOf({ status, snapshot }: Process, { stopping }: Broker): Health {
  if (status === 'exited') return 'dead';
  if (status === 'paused') return 'paused';
  if (stopping.step !== 'no' || snapshot.value === 'SHUTTING_DOWN' || snapshot.value === 'PENDING_CONTROLLED_SHUTDOWN')
    return 'stopping';
  return snapshot.value === 'RUNNING' ? 'running' : 'starting';
}
