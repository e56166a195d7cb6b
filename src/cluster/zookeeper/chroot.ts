/** A chroot of the connect string: the application's paths are below it, the server's are whole. Follows `ZooKeeper#prependChroot`. */
import type { MultiOp, WatchedEvent, ZkRequest, ZkResponse, ZkResult } from '../protocol/zookeeper.ts';

export function prependChroot(chroot: string, request: ZkRequest): ZkRequest {
  if (chroot === '') return request;
  const whole = (path: string): string => (path === '/' ? chroot : chroot + path);
  switch (request.op) {
    case 'reconfig':
      return request;
    case 'multi':
      return { ...request, ops: request.ops.map((op): MultiOp => ({ ...op, path: whole(op.path) })) };
    case 'getEphemerals':
      return { ...request, prefixPath: whole(request.prefixPath) };
    default:
      return { ...request, path: whole(request.path) };
  }
}

const strip = (chroot: string, path: string): string => (path === chroot ? '/' : path.slice(chroot.length));

export const stripChrootOfEvent = (chroot: string, event: WatchedEvent): WatchedEvent =>
  chroot === '' ? event : { ...event, path: strip(chroot, event.path) };

export function stripChroot(chroot: string, result: ZkResult): ZkResult {
  if (chroot === '' || result.response === null) return result;
  return { ...result, response: stripResponse(chroot, result.response) };
}

function stripResponse(chroot: string, response: ZkResponse): ZkResponse {
  switch (response.op) {
    case 'create':
    case 'sync':
      return { ...response, path: strip(chroot, response.path) };
    case 'getEphemerals':
      return { ...response, ephemerals: response.ephemerals.map((path) => strip(chroot, path)) };
    case 'multi':
      return {
        ...response,
        results: response.results.map((part) =>
          part.op === 'create' ? { ...part, path: strip(chroot, part.path) } : part,
        ),
      };
    default:
      return response;
  }
}
