/**
 * The commands of ZooKeeper's shell as scripts: they ask the server and print. Follows `org.apache.zookeeper.cli` (3.8.4).
 */
import type { Acl, CreateMode, Stat } from '../../../cluster/protocol/zookeeper.ts';
import { hexOfZxid, openAcl } from '../../../cluster/protocol/zookeeper.ts';
import { javaDateText } from '../../../cluster/zookeeper/javaDateText.ts';
import { illegalArgument } from '../stackTrace.ts';
import { aclText, parseAcl } from './aclText.ts';
import { CliFailure } from './cliFailure.ts';
import type { CommandLine, Options } from './cliOptions.ts';
import { parseCommandLine } from './cliOptions.ts';
import { clientConfigText } from './clientConfigText.ts';
import type { ZkCommand } from './commandSteps.ts';
import { ask, checkPath, failureOf, keeperMessage, print } from './commandSteps.ts';
import { usageOf } from './commandTable.ts';
import { parseInt32 } from './javaNumbers.ts';
import { deleteQuota, listQuota, quotaToDelete, quotaToSet, setQuota } from './quotaCommands.ts';
import { problemOfPath } from './zkPath.ts';

interface Definition {
  readonly options: Options;
  /** Words at least, the command's name included; with fewer, or with more than `most`, it prints its usage. */
  readonly least: number;
  readonly most?: number;
  /** Says so when an argument follows the path, and takes it for the option behind it. */
  readonly takesLaterOption?: 'w';
  readonly run: (line: CommandLine) => ZkCommand;
}

const reconfigParts = ['file', 'members', 'add', 'remove'];

const definitions: Readonly<Record<string, Definition>> = {
  ls: { options: { letters: '?swR' }, least: 1, takesLaterOption: 'w', run: ls },
  get: { options: { letters: 'sw' }, least: 2, takesLaterOption: 'w', run: getData },
  stat: { options: { letters: 'w' }, least: 2, takesLaterOption: 'w', run: stat },
  create: { options: { letters: 'esct:' }, least: 2, run: create },
  set: { options: { letters: 'sv:' }, least: 3, run: setData },
  delete: { options: { letters: 'v:' }, least: 2, run: remove },
  deleteall: { options: { letters: 'b:' }, least: 2, run: removeAll },
  sync: { options: { letters: '' }, least: 2, run: sync },
  getAcl: { options: { letters: 's' }, least: 2, run: getAcl },
  setAcl: { options: { letters: 'sv:R' }, least: 3, run: setAcl },
  getAllChildrenNumber: { options: { letters: '' }, least: 2, run: getAllChildrenNumber },
  getEphemerals: { options: { letters: '' }, least: 1, run: getEphemerals },
  addWatch: { options: { letters: 'm:' }, least: 2, most: 2, run: addWatch },
  removewatches: { options: { letters: 'cdal' }, least: 2, run: removeWatches },
  setquota: { options: { letters: 'n:b:N:B:', group: quotaToSet }, least: 2, run: setQuota },
  listquota: { options: { letters: '' }, least: 2, run: listQuota },
  delquota: { options: { letters: 'nbNB', group: quotaToDelete }, least: 2, run: deleteQuota },
  reconfig: { options: { letters: 'sv:', names: reconfigParts }, least: 0, run: reconfig },
  version: { options: { letters: '' }, least: 1, most: 1, run: version },
  config: { options: { letters: 'swc' }, least: 1, run: config },
};

/** Undefined for a command that asks nothing of the server, or is not simulated. */
export function commandOf(words: readonly string[]): (() => ZkCommand) | undefined {
  const [name = ''] = words;
  if (name === 'whoami') return whoAmI;
  const definition = definitions[name];
  if (definition === undefined) return undefined;
  return function* run(): ZkCommand {
    const { options, least, most = Infinity, takesLaterOption } = definition;
    const line = parseCommandLine(words, options);
    if (line.args.length < least || line.args.length > most) throw new CliFailure(usageOf(name));
    if (takesLaterOption === undefined || line.args.length < 3) return yield* definition.run(line);
    const usage = usageOf(name)
      .replace('[-R] ', '')
      .replace(name === 'ls' ? '[-s] ' : '', '');
    yield* print(`'${name} path [watch]' has been deprecated. Please use '${usage}' instead.\n`, 'stderr');
    yield* definition.run(parseCommandLine(words.with(2, `-${takesLaterOption}`), options));
  };
}

/** Nobody proves who they are here: only the address is known. */
function* whoAmI(): ZkCommand {
  yield* ask({ op: 'exists', path: '/', watch: false }, '/');
  yield* print('Auth scheme: User\nip: 127.0.0.1\n');
}

function* config(line: CommandLine): ZkCommand {
  const path = '/zookeeper/config';
  const { data, stat: node } = yield* ask({ op: 'getData', path, watch: line.has('w') }, path);
  const text = line.has('c') ? clientConfigText(data ?? '') : (data ?? '');
  yield* print(`${text}\n${line.has('s') ? statText(node) : ''}`);
}

function* ls(line: CommandLine): ZkCommand {
  if (line.has('?')) yield* print('usage: ls [options] path\n -?   help\n -R   recurse\n -s   stat\n -w   watch\n');
  const path = line.args[1];
  if (path === undefined) throw new CliFailure(usageOf('ls'));
  const watch = line.has('w');
  if (line.has('R')) {
    yield* visitSubtree(path, watch, (node) => print(`${node}\n`));
    return;
  }
  const { children, stat: node } = yield* ask({ op: 'getChildren2', path, watch }, path);
  yield* print(`[${[...children].sort().join(', ')}]\n${line.has('s') ? statText(node) : ''}`);
}

/** `ZKUtil.visitSubTreeDFS`. */
function* visitSubtree(path: string, watch: boolean, visit: (path: string) => ZkCommand): ZkCommand {
  yield* ask({ op: 'getData', path, watch }, path);
  yield* visit(path);
  yield* visitBelow(path, watch, visit);
}

/** Children before grandchildren, a subtree after the other; a node that has gone meanwhile is passed over. */
function* visitBelow(path: string, watch: boolean, visit: (path: string) => ZkCommand): ZkCommand {
  const { error, response } = yield { kind: 'ask', request: { op: 'getChildren', path, watch } };
  if (error !== 'OK' && error !== 'NONODE') throw failureOf(error, path);
  if (response?.op !== 'getChildren') return;
  const below = [...response.children].sort().map((child) => `${path === '/' ? '' : path}/${child}`);
  for (const child of below) yield* visit(child);
  for (const child of below) yield* visitBelow(child, watch, visit);
}

function* getData(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const { data, stat: node } = yield* ask({ op: 'getData', path, watch: line.has('w') }, path);
  yield* print(`${data ?? 'null'}\n${line.has('s') ? statText(node) : ''}`);
}

function* stat(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const { stat: node } = yield* ask({ op: 'exists', path, watch: line.has('w') }, path);
  yield* print(statText(node));
}

function* create(line: CommandLine): ZkCommand {
  const [, path = '', data = null, aclArgument] = line.args;
  const mode = createModeOf(line);
  const { acl, problems } = aclArgument === undefined ? { acl: openAcl, problems: [] } : parseAcl(aclArgument);
  for (const problem of problems) yield* print(`${problem}\n`, 'stderr');
  if (acl.length === 0) yield* refuseAcl(mode.includes('SEQUENTIAL') ? `${path}1` : path, null);
  checkPath(mode.includes('SEQUENTIAL') ? `${path}1` : path);
  const { error, response } = yield { kind: 'ask', request: { op: 'create', path, data, mode, acl } };
  if (error === 'INVALIDACL') yield* refuseAcl(path, path);
  if (response?.op !== 'create') throw failureOf(error, path);
  yield* print(`Created ${response.path}\n`, 'stderr');
}

/** `problem` is told of the path that the exception names: null where the client itself refuses the list. */
function* refuseAcl(path: string, named: string | null): ZkCommand {
  checkPath(path);
  const text = named === null ? 'KeeperErrorCode = InvalidACL' : keeperMessage('INVALIDACL', named);
  yield* print(`${text}\n`, 'stderr');
  throw failureOf('INVALIDACL', named ?? 'null');
}

/** A TTL may be a long of 40 bits. */
const longestTtlMs = 2 ** 40 - 1;

function createModeOf(line: CommandLine): CreateMode {
  const [isEphemeral, isSequential, isContainer, hasTtl] = [line.has('e'), line.has('s'), line.has('c'), line.has('t')];
  if (isContainer && (isEphemeral || isSequential)) {
    throw new CliFailure('-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.');
  }
  const ttl = line.valueOf('t') ?? '0';
  if (!/^[+-]?\d+$/.test(ttl)) throw new CliFailure('-t argument must be a long value');
  if (hasTtl && isEphemeral) throw new CliFailure('TTLs cannot be used with Ephemeral znodes');
  if (hasTtl && isContainer) throw new CliFailure('TTLs cannot be used with Container znodes');
  if (isEphemeral) return isSequential ? 'EPHEMERAL_SEQUENTIAL' : 'EPHEMERAL';
  if (isContainer) return 'CONTAINER';
  if (!hasTtl) return isSequential ? 'PERSISTENT_SEQUENTIAL' : 'PERSISTENT';
  if (Number(ttl) <= 0 || Number(ttl) > longestTtlMs) {
    throw new CliFailure(`ttl must be positive and cannot be larger than: ${longestTtlMs}`);
  }
  return isSequential ? 'PERSISTENT_SEQUENTIAL_WITH_TTL' : 'PERSISTENT_WITH_TTL';
}

function* setData(line: CommandLine): ZkCommand {
  const [, path = '', data = ''] = line.args;
  const { stat: node } = yield* ask({ op: 'setData', path, data, version: versionOf(line) }, path);
  if (line.has('s')) yield* print(statText(node));
}

function* remove(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  if (line.args.length > 2) {
    const text = "'delete path [version]' has been deprecated. Please use 'delete [-v version] path' instead.";
    yield* print(`${text}\n`, 'stderr');
  }
  yield* ask({ op: 'delete', path, version: versionOf(line) }, path);
}

/** A word that is no number is caught by nobody. */
const versionOf = (line: CommandLine): number => parseInt32(line.valueOf('v') ?? '-1');

/** The subtree is listed first, then deleted from its leaves, a batch at once. */
function* removeAll(line: CommandLine): ZkCommand {
  const batch = line.valueOf('b') ?? '1000';
  if (!/^[+-]?\d+$/.test(batch)) throw new CliFailure('-b argument must be an int value');
  const path = line.args[1]!;
  const tree = [path];
  for (let at = 0; at < tree.length; at++) {
    const parent = tree[at]!;
    const { children } = yield* ask({ op: 'getChildren', path: parent, watch: false }, parent);
    tree.push(...children.map((child) => `${parent === '/' ? '' : parent}/${child}`));
  }
  const leavesFirst = tree.reverse();
  if (Number(batch) <= 0) {
    for (const node of leavesFirst) yield* ask({ op: 'delete', path: node, version: -1 }, node);
    return;
  }
  for (let at = 0; at < leavesFirst.length; at += Number(batch)) {
    const nodes = leavesFirst.slice(at, at + Number(batch));
    const ops = nodes.map((node) => ({ op: 'delete' as const, path: node, version: -1 }));
    const { error } = yield { kind: 'ask', request: { op: 'multi', ops } };
    if (error !== 'OK') return yield* print('Failed to delete some node(s) in the subtree!\n', 'stderr');
  }
}

function* sync(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  yield* ask({ op: 'sync', path }, path);
  yield* print('Sync is OK\n');
}

function* getAcl(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const { acl, stat: node } = yield* ask({ op: 'getACL', path }, path);
  yield* print(acl.map(aclText).join('') + (line.has('s') ? statText(node) : ''));
}

function* setAcl(line: CommandLine): ZkCommand {
  const [, path = '', text = ''] = line.args;
  const { acl, problems } = parseAcl(text);
  for (const problem of problems) yield* print(`${problem}\n`, 'stderr');
  const version = versionOf(line);
  if (line.has('R')) yield* visitSubtree(path, false, (node) => setAclOfVisited(node, acl, version));
  else {
    checkPath(path);
    if (acl.length === 0) throw failureOf('INVALIDACL', 'null');
    const { stat: node } = yield* ask({ op: 'setACL', path, acl, version }, path);
    if (line.has('s')) yield* print(statText(node));
  }
}

/** What goes wrong is printed, without an end of its line. */
function* setAclOfVisited(path: string, acl: readonly Acl[], version: number): ZkCommand {
  if (acl.length === 0) return yield* print('KeeperErrorCode = InvalidACL');
  const { error } = yield { kind: 'ask', request: { op: 'setACL', path, acl, version } };
  if (error !== 'OK') yield* print(keeperMessage(error, path));
}

function* getAllChildrenNumber(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const { totalNumber } = yield* ask({ op: 'getAllChildrenNumber', path }, path);
  yield* print(`${totalNumber}\n`);
}

function* getEphemerals(line: CommandLine): ZkCommand {
  const path = line.args[1] ?? '/';
  const { ephemerals } = yield* ask({ op: 'getEphemerals', prefixPath: path }, path);
  yield* print(`[${ephemerals.join(', ')}]\n`);
}

/** What is wrong with the path is caught by nobody. */
function* addWatch(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const mode = (line.valueOf('m') ?? 'PERSISTENT_RECURSIVE').toUpperCase();
  if (mode !== 'PERSISTENT' && mode !== 'PERSISTENT_RECURSIVE') throw new CliFailure(usageOf('addWatch'));
  const problem = problemOfPath(path);
  if (problem !== null) throw illegalArgument(problem);
  yield* ask({ op: 'addWatch', path, mode }, path);
}

function* removeWatches(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const kind = line.has('c') ? 'Children' : line.has('d') ? 'Data' : 'Any';
  yield* ask({ op: 'removeWatches', path, kind }, path);
}

function* reconfig(line: CommandLine): ZkCommand {
  const [file, members, add, leave] = reconfigParts.map((part) => line.has(part));
  const isWhole = file === true || members === true;
  const isChange = add === true || leave === true;
  if (!isWhole && !isChange) throw new CliFailure(usageOf('reconfig'));
  if (!/^[+-]?[\da-fA-F]+$/.test(line.valueOf('v') ?? '0')) {
    throw new CliFailure('-v must be followed by a long (configuration version)');
  }
  if (isWhole && isChange) {
    const mixing = "Can't use -file or -members together with -add or -remove";
    throw new CliFailure(`${mixing} (mixing incremental and non-incremental modes is not allowed)`);
  }
  if (file === true && members === true) {
    throw new CliFailure("Can't use -file and -members together (conflicting non-incremental modes)");
  }
  const { error } = yield { kind: 'ask', request: { op: 'reconfig' } };
  throw failureOf(error, '');
}

function* version(): ZkCommand {
  yield* print(
    'ZooKeeper CLI version: 3.8.4-9316c2a7a97e1666d8f4593f34dd6fc36ecc436c, built on 2024-02-12 22:16 UTC\n',
  );
}

const statText = (node: Stat): string =>
  [
    `cZxid = ${hexOfZxid(node.czxid)}`,
    `ctime = ${javaDateText(node.ctime)}`,
    `mZxid = ${hexOfZxid(node.mzxid)}`,
    `mtime = ${javaDateText(node.mtime)}`,
    `pZxid = ${hexOfZxid(node.pzxid)}`,
    `cversion = ${node.cversion}`,
    `dataVersion = ${node.version}`,
    `aclVersion = ${node.aversion}`,
    `ephemeralOwner = ${node.ephemeralOwner}`,
    `dataLength = ${node.dataLength}`,
    `numChildren = ${node.numChildren}`,
    '',
  ].join('\n');
