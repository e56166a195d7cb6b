/** Every program of the machine, by name: small commands, Kafka's tools, servers, the shell. */
import { zookeeperServer } from '../cluster/zookeeper/server.ts';
import type { Programs } from '../kernel/process.ts';
import { kafkaTools } from './kafkaTools/programs.ts';
import { smallCommands } from './programs.ts';
import { withBash } from './withBash.ts';

const servers: Programs = { 'zookeeper-server': zookeeperServer };

export const programs: Programs = withBash({ smallCommands, kafkaTools, hidden: servers });
