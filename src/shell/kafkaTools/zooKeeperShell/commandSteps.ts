/** A command of ZooKeeper's shell as a script, and the steps that it is made of: it asks the server and prints. */
import type { ZkErrorName, ZkRequest, ZkResponse, ZkResult } from '../../../cluster/protocol/zookeeper.ts';
import { zkErrorWords } from '../../../cluster/protocol/zookeeper.ts';
import { CliFailure } from './cliFailure.ts';
import { problemOfPath } from './zkPath.ts';

export type CommandStep =
  | { readonly kind: 'ask'; readonly request: ZkRequest }
  | { readonly kind: 'print'; readonly to: 'stdout' | 'stderr'; readonly text: string };
export type ZkCommand<Result = void> = Generator<CommandStep, Result, ZkResult>;

/** What a command that has only printed is answered. */
export const printed: ZkResult = { error: 'OK', response: null };

export function* print(text: string, to: 'stdout' | 'stderr' = 'stdout'): ZkCommand {
  if (text !== '') yield { kind: 'print', to, text };
}

/** The response to a request, by the request's kind; throws what the shell says of the error. */
export function* ask<Op extends ZkResponse['op']>(
  request: ZkRequest & { readonly op: Op },
  path: string,
): ZkCommand<Extract<ZkResponse, { op: Op }>> {
  checkPath(path);
  const { error, response } = yield { kind: 'ask', request };
  if (response === null || error !== 'OK') throw failureOf(error, path);
  // A server answers a request with a response of its own kind.
  return response as Extract<ZkResponse, { op: Op }>;
}

export function* exists(path: string): ZkCommand<boolean> {
  checkPath(path);
  const { error } = yield { kind: 'ask', request: { op: 'exists', path, watch: false } };
  if (error !== 'OK' && error !== 'NONODE') throw failureOf(error, path);
  return error === 'OK';
}

/** Throws what the client says of a path that is none. */
export function checkPath(path: string): void {
  const problem = problemOfPath(path);
  if (problem !== null) throw new CliFailure(problem);
}

/** `KeeperException.getMessage`. */
export const keeperMessage = (error: ZkErrorName, path: string): string =>
  `KeeperErrorCode = ${zkErrorWords[error]}${path === '' ? '' : ` for ${path}`}`;

/** `CliWrapperException.getMessage`. */
export function failureOf(error: ZkErrorName, path: string): CliFailure {
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
  return new CliFailure(words[error] ?? keeperMessage(error, path));
}
