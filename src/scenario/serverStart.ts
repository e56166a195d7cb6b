/** How a server that runs beside the terminals is started: the shipped script on its own configuration file, its log in a file. */
import type { Input } from '../kernel/input.ts';
import { kafkaFolder } from '../shell/environment.ts';
import type { ClusterSetup } from './clusterFiles.ts';
import { brokerConfigFile, zooKeeperConfigFile } from './clusterFiles.ts';
import { ScenarioError } from './scenarioError.ts';

/** `name`: `broker-0` or `zookeeper-1`; throws for any other form. */
export function serverStart(
  name: string,
  setup: Pick<ClusterSetup, 'zookeepers'>,
): Extract<Input, { readonly kind: 'start' }> {
  const match = /^(broker|zookeeper)-(\d+)$/.exec(name);
  if (match === null) throw new ScenarioError(`no such server: ${name}`);
  const number = Number(match[2]);
  const isBroker = match[1] === 'broker';
  const program = isBroker ? 'kafka-server-start' : 'zookeeper-server-start';
  const config = isBroker ? brokerConfigFile(number) : zooKeeperConfigFile(number, setup);
  return {
    kind: 'start',
    program,
    argv: [`bin/${program}.sh`, config],
    cwd: kafkaFolder,
    env: {},
    outputFile: serverOutputFile(name),
  };
}

/** Where a server that runs without a terminal writes its log. */
export const serverOutputFile = (name: string): string => `/var/log/${name}.out`;
