/**
 * Wrong turns that may be taken in any lesson, read from the line that was typed last: a tool called from the wrong folder, a properties
 * file that is not there, ZooKeeper's port in place of a broker's, a placeholder typed as it stands, a command typed into a program.
 */
import { resolvePath } from '../kernel/fileSystem.ts';
import { home, kafkaFolder } from '../shell/environment.ts';
import type { Evidence } from './evidence.ts';
import type { LastLine } from './lastLine.ts';

/** Folders are as a shell takes them, the home as `~`. */
export type GeneralTurn =
  /** `<dossier>` of an example. */
  | { readonly is: 'placeholder'; readonly word: string }
  | { readonly is: 'typedIntoProgram'; readonly program: string }
  /** The tool is there, seen from the Kafka folder; `tool`: as it is called from there. */
  | { readonly is: 'otherFolder'; readonly folder: string; readonly tool: string | null }
  /** It is in `bin`, and the shell is in the Kafka folder. */
  | { readonly is: 'withoutBin'; readonly tool: string }
  | { readonly is: 'unknownCommand'; readonly word: string }
  /** The script of a server was started without its file, or with one that does not exist; `example`: one that does. */
  | { readonly is: 'noProperties'; readonly script: string; readonly example: string }
  | { readonly is: 'absentProperties'; readonly file: string; readonly folder: string; readonly example: string }
  | { readonly is: 'zooKeeperPort'; readonly port: number; readonly brokerPort: number }
  | { readonly is: 'brokerPort'; readonly port: number; readonly zooKeeperPort: number };

/** Null when the last line, of this task, was none of these. */
export function generalTurnOf(evidence: Evidence): GeneralTurn | null {
  const { lastLine, taskSince } = evidence;
  if (lastLine === null || lastLine.at < taskSince) return null;
  if (lastLine.busyWith !== null)
    return isToolCalled(lastLine.line) ? { is: 'typedIntoProgram', program: lastLine.busyWith } : null;
  return (
    placeholderIn(lastLine, evidence) ??
    notFound(lastLine, evidence) ??
    propertiesMissed(lastLine, evidence) ??
    portMistaken(lastLine, evidence)
  );
}

/** A script stands where a command does: `bin/kafka-topics.sh …`, also after a pipe. */
export const isToolCalled = (line: string): boolean => /(?:^|[|;&])\s*[\w./~-]+\.sh(?:\s|$)/.test(line);

function placeholderIn({ line, cwd }: LastLine, evidence: Evidence): GeneralTurn | null {
  const [word, name] = /<(\p{L}[\p{L}\p{N}_.’'-]*)>/u.exec(line) ?? [];
  // `sort <in>out` is a redirection.
  return word === undefined || evidence.hasFile(resolvePath(cwd, name ?? '')) ? null : { is: 'placeholder', word };
}

function notFound({ line, cwd, exitCode }: LastLine, evidence: Evidence): GeneralTurn | null {
  const isThere = evidence.hasFile(kafkaFolder);
  const [command = '', target = ''] = line.split(/\s+/);
  if (command === 'cd' && exitCode === 1 && isThere && kafkaFolder.endsWith(`/${target.replace(/\/$/, '')}`))
    return { is: 'otherFolder', folder: tilde(kafkaFolder), tool: null };
  if (exitCode !== 126 && exitCode !== 127) return null;
  const words = line.split(/[|;&]+/).map((part) => part.trim().split(/\s+/)[0] ?? '');
  const word = words.find(
    (one) => one.endsWith('.sh') && !(one.includes('/') && evidence.hasFile(resolvePath(cwd, one))),
  );
  if (word === undefined) return words.length === 1 ? { is: 'unknownCommand', word: command } : null;
  const tool = `bin/${word.slice(word.lastIndexOf('/') + 1)}`;
  if (!isThere || !evidence.hasFile(`${kafkaFolder}/${tool}`)) return { is: 'unknownCommand', word };
  return cwd === kafkaFolder ? { is: 'withoutBin', tool } : { is: 'otherFolder', folder: tilde(kafkaFolder), tool };
}

const exampleOf: Readonly<Record<string, string>> = {
  'zookeeper-server-start': 'config/zookeeper.properties',
  'kafka-server-start': 'config/server.properties',
};

function propertiesMissed(lastLine: LastLine, evidence: Evidence): GeneralTurn | null {
  for (const { program, argv } of startedBy(lastLine, evidence)) {
    const example = exampleOf[program];
    if (example === undefined) continue;
    const file = argv.slice(1).find((argument) => argument !== '-daemon');
    if (file === '--version' || file === '--help') continue;
    if (file === undefined || file.startsWith('-')) return { is: 'noProperties', script: `${program}.sh`, example };
    if (!evidence.hasFile(resolvePath(lastLine.cwd, file)))
      return { is: 'absentProperties', file, folder: tilde(lastLine.cwd), example };
  }
  return null;
}

function portMistaken(lastLine: LastLine, evidence: Evidence): GeneralTurn | null {
  const { zookeepers, brokers } = evidence.picture;
  const [zooKeeperPort, brokerPort] = [zookeepers[0]?.port ?? 2181, brokers[0]?.port ?? 9092];
  for (const { program, argv } of startedBy(lastLine, evidence)) {
    const isShell = program === 'zookeeper-shell';
    const address = isShell ? argv[1] : addressIn(argv);
    const ports = [...(address ?? '').matchAll(/:(\d+)/g)].map(([, port]) => Number(port));
    const port = ports.find((one) => (isShell ? brokers : zookeepers).some((server) => server.port === one));
    if (port === undefined) continue;
    return isShell ? { is: 'brokerPort', port, zooKeeperPort } : { is: 'zooKeeperPort', port, brokerPort };
  }
  return null;
}

/** `--bootstrap-server localhost:9092`, with `=` too, and by its older names. */
function addressIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((argument) =>
    /^--(?:bootstrap-server|broker-list|bootstrap-servers)(?:=|$)/.test(argument),
  );
  return at < 0 ? undefined : argv[at]!.includes('=') ? argv[at]!.split('=')[1] : argv[at + 1];
}

const startedBy = ({ terminal, at }: LastLine, { commands }: Evidence): Evidence['commands'] =>
  commands.filter((command) => command.terminal === terminal && command.startedAt >= at);

const tilde = (path: string): string =>
  path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
