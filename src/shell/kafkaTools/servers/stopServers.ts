/** `kafka-server-stop.sh` and `zookeeper-server-stop.sh` (3.9.0): a signal to every such server of the machine. */
import type { Program } from '../../../kernel/process.ts';
import type { FileSystem } from '../../../kernel/fileSystem.ts';
import { readText, resolvePath } from '../../../kernel/fileSystem.ts';
import { exit, print, signalProcess } from '../../effects.ts';
import type { ProcessEntry } from '../../processTable.ts';
import { runningProcesses } from '../../processTable.ts';
import { defineProgram, startUpUsOf } from '../../program.ts';
import { signalNamed } from '../../signals.ts';

const stopScript = (program: string, noneToStop: string): Program =>
  defineProgram<null>({
    startUpUs: startUpUsOf.smallCommand,
    start({ argv, cwd, env, files }) {
      const chosen = chosenServers(argv.slice(1));
      const remark =
        chosen.nodeId !== undefined && chosen.processRole !== undefined && program === 'kafka-server-start'
          ? [print('When both node-id and process-role are provided, the value for node-id will take precedence\n')]
          : [];
      const servers = runningProcesses(files).filter((process) => process.program === program);
      if (servers.length === 0) return { state: null, effects: [...remark, print(`${noneToStop}\n`), exit(1)] };
      const stopped =
        program === 'kafka-server-start' ? servers.filter((server) => isChosen(server, chosen, files, cwd)) : servers;
      const signal = signalNamed(env['SIGNAL'] ?? 'TERM') ?? 'SIGTERM';
      const effects = [...remark, ...stopped.map(({ process }) => signalProcess(process, signal)), exit(0)];
      return { state: null, effects };
    },
    handle: (state) => ({ state, effects: [] }),
  });

interface Chosen {
  readonly nodeId?: string;
  readonly processRole?: string;
}

function chosenServers(args: readonly string[]): Chosen {
  const words = args.join(' ');
  const processRole = /--process-role=([^ ]*)/.exec(words)?.[1];
  const nodeId = /--node-id=([^ ]*)/.exec(words)?.[1];
  return {
    ...(nodeId === undefined || nodeId === '' ? {} : { nodeId }),
    ...(processRole === undefined || processRole === '' ? {} : { processRole }),
  };
}

/** All of them unless told; else those whose configuration file has the value, as `sed` finds it. */
function isChosen({ argv }: ProcessEntry, { nodeId, processRole }: Chosen, files: FileSystem, cwd: string): boolean {
  if (nodeId === undefined && processRole === undefined) return true;
  const [key, value] = nodeId === undefined ? ['process.roles=', processRole] : ['node.id=', nodeId];
  const config = readText(files, resolvePath(cwd, argv[1] ?? ''));
  const line = config?.split('\n').find((text) => text.includes(key));
  return line?.replace(key, '') === value;
}

export const kafkaServerStop = stopScript('kafka-server-start', 'No kafka server to stop');
export const zooKeeperServerStop = stopScript('zookeeper-server-start', 'No zookeeper server to stop');
