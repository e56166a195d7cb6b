/** Every program of the machine, by name: small commands, Kafka's tools, servers, the shell. */
import { servers } from '../cluster/servers.ts';
import type { Programs } from '../kernel/process.ts';
import { kafkaTools } from './kafkaTools/programs.ts';
import { smallCommands } from './programs.ts';
import { withBash } from './withBash.ts';

export const programs: Programs = withBash({ smallCommands, kafkaTools, hidden: servers });
