/** The scripts that start servers, and the script that starts any class (3.9.0). */
import { launcherProgram } from './launcher.ts';

export const kafkaServerStart = launcherProgram({
  usage: (script) => `USAGE: ${script} [-daemon] server.properties [--override property=value]*\n`,
  before: ['-name', 'kafkaServer', '-loggc', 'kafka.Kafka'],
});

export const zooKeeperServerStart = launcherProgram({
  usage: (script) => `USAGE: ${script} [-daemon] zookeeper.properties\n`,
  before: ['-name', 'zookeeper', '-loggc', 'org.apache.zookeeper.server.quorum.QuorumPeerMain'],
});

export const kafkaRunClass = launcherProgram({
  usage: (script) => `USAGE: ${script} [-daemon] [-name servicename] [-loggc] classname [opts]\n`,
  before: [],
});
