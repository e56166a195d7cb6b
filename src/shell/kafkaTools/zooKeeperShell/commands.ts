/**
 * The commands of ZooKeeper's shell as scripts: they ask the server and print. Follows `org.apache.zookeeper.cli` (3.8.4).
 */
import type {
  Acl,
  CreateMode,
  Stat,
  ZkErrorName,
  ZkRequest,
  ZkResponse,
  ZkResult,
} from '../../../cluster/protocol/zookeeper.ts';
import { hexOfZxid, zkErrorWords } from '../../../cluster/protocol/zookeeper.ts';
import { CliFailure } from './cliFailure.ts';
import type { CommandLine } from './cliOptions.ts';
import { parseCommandLine } from './cliOptions.ts';
import { usageOf } from './commandTable.ts';
import { javaDateText } from '../../../cluster/zookeeper/javaDateText.ts';

export type CommandStep =
  | { readonly kind: 'ask'; readonly request: ZkRequest }
  | { readonly kind: 'print'; readonly to: 'stdout' | 'stderr'; readonly text: string };
export type ZkCommand<Result = void> = Generator<CommandStep, Result, ZkResult>;

const done: ZkResult = { error: 'OK', response: null };

function* print(text: string, to: 'stdout' | 'stderr' = 'stdout'): ZkCommand {
  yield { kind: 'print', to, text };
}

/** The response to a request, by the request's kind; throws what the shell says of the error. */
function* ask<Op extends ZkResponse['op']>(
  request: ZkRequest & { readonly op: Op },
  path: string,
): ZkCommand<Extract<ZkResponse, { op: Op }>> {
  validatePath(path);
  const { error, response } = yield { kind: 'ask', request };
  if (response === null || error !== 'OK') throw failureOf(error, path);
  // A server answers a request with a response of its own kind.
  return response as Extract<ZkResponse, { op: Op }>;
}

/** `CliWrapperException.getMessage`. */
function failureOf(error: ZkErrorName, path: string): CliFailure {
  const words: Partial<Record<ZkErrorName, string>> = {
    NODEEXISTS: `Node already exists: ${path}`,
    NONODE: `Node does not exist: ${path}`,
    NOTEMPTY: `Node not empty: ${path}`,
    NOCHILDRENFOREPHEMERALS: `Ephemerals cannot have children: ${path}`,
    INVALIDACL: `Acl is not valid : ${path}`,
    NOAUTH: `Insufficient permission : ${path}`,
    BADARGUMENTS: `Arguments are not valid : ${path}`,
    BADVERSION: `version No is not valid : ${path}`,
  };
  return new CliFailure(words[error] ?? `KeeperErrorCode = ${zkErrorWords[error]} for ${path}`);
}

function validatePath(path: string): void {
  const problem =
    path === ''
      ? 'Path length must be > 0'
      : !path.startsWith('/')
        ? 'Path must start with / character'
        : path.length > 1 && path.endsWith('/')
          ? 'Path must not end with / character'
          : path.includes('//')
            ? `Invalid path string "${path}" caused by empty node name specified @${path.indexOf('//') + 1}`
            : null;
  if (problem !== null) throw new CliFailure(problem);
}

interface Definition {
  /** As `parseCommandLine` takes them. */
  readonly options: string;
  /** Words at least, the command's name included; with fewer it prints its usage. */
  readonly least: number;
  readonly run: (line: CommandLine) => ZkCommand;
}

const definitions: Readonly<Record<string, Definition>> = {
  ls: { options: 'swR', least: 2, run: ls },
  get: { options: 'sw', least: 2, run: getData },
  stat: { options: 'w', least: 2, run: stat },
  create: { options: 'esct:', least: 2, run: create },
  set: { options: 'sv:', least: 3, run: setData },
  delete: { options: 'v:', least: 2, run: remove },
  deleteall: { options: 'b:', least: 2, run: removeAll },
  sync: { options: '', least: 2, run: sync },
  getAcl: { options: 's', least: 2, run: getAcl },
  getAllChildrenNumber: { options: '', least: 2, run: getAllChildrenNumber },
  getEphemerals: { options: '', least: 1, run: getEphemerals },
  addWatch: { options: 'm:', least: 2, run: addWatch },
  removewatches: { options: 'cdal', least: 2, run: removeWatches },
  version: { options: '', least: 1, run: version },
  whoami: { options: '', least: 1, run: whoAmI },
  config: { options: 'cws', least: 1, run: config },
};

/** Undefined for a command that asks nothing of the server, or is not simulated. */
export function commandOf(words: readonly string[]): (() => ZkCommand) | undefined {
  const [name = ''] = words;
  const definition = definitions[name];
  if (definition === undefined) return undefined;
  return function* run(): ZkCommand {
    const line = parseCommandLine(words, definition.options);
    if (line.args.length < definition.least) throw new CliFailure(usageOf(name));
    yield* definition.run(line);
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
  yield* print(`${data ?? ''}\n${line.has('s') ? statText(node) : ''}`);
}

function* ls(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const watch = line.has('w');
  if (line.has('R')) {
    yield* ask({ op: 'getData', path, watch }, path);
    yield* print(`${path}\n`);
    yield* printBelow(path, watch);
    return;
  }
  const { children, stat: node } = yield* ask({ op: 'getChildren2', path, watch }, path);
  yield* print(`[${[...children].sort().join(', ')}]\n${line.has('s') ? statText(node) : ''}`);
}

/** Children before grandchildren, a subtree after the other; a node that has gone meanwhile is passed over. */
function* printBelow(path: string, watch: boolean): ZkCommand {
  const { response } = yield { kind: 'ask', request: { op: 'getChildren', path, watch } };
  if (response?.op !== 'getChildren') return;
  const below = [...response.children].sort().map((child) => `${path === '/' ? '' : path}/${child}`);
  for (const child of below) yield* print(`${child}\n`);
  for (const child of below) yield* printBelow(child, watch);
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
  const [, path = '', data = null, acl] = line.args;
  const [isEphemeral, isSequential, isContainer] = ['e', 's', 'c'].map((option) => line.has(option));
  if (isContainer === true && (isEphemeral === true || isSequential === true)) {
    throw new CliFailure('-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.');
  }
  if (line.has('t')) throw new CliFailure('TTL znodes are not simulated.');
  if (acl !== undefined) throw new CliFailure('ACLs other than world:anyone are not simulated.');
  const lasting: CreateMode = isSequential === true ? 'PERSISTENT_SEQUENTIAL' : 'PERSISTENT';
  const passing: CreateMode = isSequential === true ? 'EPHEMERAL_SEQUENTIAL' : 'EPHEMERAL';
  const mode: CreateMode = isContainer === true ? 'CONTAINER' : isEphemeral === true ? passing : lasting;
  const { path: created } = yield* ask({ op: 'create', path, data, mode }, path);
  yield* print(`Created ${created}\n`, 'stderr');
}

function* setData(line: CommandLine): ZkCommand {
  const [, path = '', data = ''] = line.args;
  const { stat: node } = yield* ask({ op: 'setData', path, data, version: versionOf(line) }, path);
  if (line.has('s')) yield* print(statText(node));
}

function* remove(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  yield* ask({ op: 'delete', path, version: versionOf(line) }, path);
}

const versionOf = (line: CommandLine): number => Number(line.valueOf('v') ?? -1);

/** The subtree is listed first, then deleted from its leaves. */
function* removeAll(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const tree = [path];
  for (let at = 0; at < tree.length; at++) {
    const parent = tree[at]!;
    const { children } = yield* ask({ op: 'getChildren', path: parent, watch: false }, parent);
    tree.push(...children.map((child) => `${parent === '/' ? '' : parent}/${child}`));
  }
  let hasFailed = false;
  for (const node of tree.reverse()) {
    const { error } = yield { kind: 'ask', request: { op: 'delete', path: node, version: -1 } };
    hasFailed ||= error !== 'OK' && error !== 'NONODE';
  }
  if (hasFailed) yield* print('Failed to delete some node(s) in the subtree!\n', 'stderr');
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

const aclText = ({ scheme, id, perms }: Acl): string => {
  const letters = [
    [4, 'c'],
    [8, 'd'],
    [1, 'r'],
    [2, 'w'],
    [16, 'a'],
  ] as const;
  return `'${scheme},'${id}\n: ${letters.map(([bit, letter]) => ((perms & bit) === 0 ? '' : letter)).join('')}\n`;
};

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

function* addWatch(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const mode = (line.valueOf('m') ?? 'PERSISTENT_RECURSIVE').toUpperCase();
  if (mode !== 'PERSISTENT' && mode !== 'PERSISTENT_RECURSIVE') throw new CliFailure(usageOf('addWatch'));
  yield* ask({ op: 'addWatch', path, mode }, path);
}

function* removeWatches(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const kind = line.has('c') ? 'Children' : line.has('d') ? 'Data' : 'Any';
  yield* ask({ op: 'removeWatches', path, kind }, path);
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

/** What a command that has only printed is answered. */
export const printed = done;
