/** The servers of the cluster, as programs of the virtual machine. */
import type { Programs } from '../kernel/process.ts';
import { kafkaServer } from './broker/kafkaServer.ts';
import { zookeeperServer } from './zookeeper/server.ts';

export const servers: Programs = { 'zookeeper-server': zookeeperServer, 'kafka-server': kafkaServer };
