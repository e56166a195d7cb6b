/** A submitted request as the transaction that it makes. Follows `PrepRequestProcessor#pRequest2Txn` (3.8.4). */
import type { Submission } from './requestPath.ts';
import type { TxnBody } from './transaction.ts';
import { prepareTransaction } from './transaction.ts';
import type { Stamp, ZnodeTree } from './znodeTree.ts';

/** `tree`: as all transactions before it leave it. */
export function bodyOf(tree: ZnodeTree, { session, identities, request }: Submission, stamp: Stamp): TxnBody {
  switch (request.op) {
    case 'createSession':
      return { kind: 'createSession', timeoutMs: request.timeoutMs };
    case 'closeSession':
      return { kind: 'closeSession', paths: [...(tree.ephemerals.get(session) ?? [])] };
    default:
      return prepareTransaction(tree, { session, identities }, request, stamp);
  }
}
