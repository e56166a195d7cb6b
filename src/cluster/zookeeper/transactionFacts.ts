/** What a transaction is told as, in the journal. */
import type { KernelEffect } from '../../kernel/effects.ts';
import { tell } from '../facts.ts';
import type { LoggedTxn, TxnOp } from './transaction.ts';
import { isEphemeralOwner } from './znodeTree.ts';

/** One fact for each znode that changed; sessions are told by who opens and closes them. */
export function factsOf({ body, session }: Pick<LoggedTxn, 'body' | 'session'>): readonly KernelEffect[] {
  switch (body.kind) {
    case 'change':
      return factOf(body.change);
    case 'multi':
      return body.changes.flatMap(factOf);
    case 'closeSession':
      return body.paths.map((path) => tell('znodeDeleted', { path, session }));
    case 'createSession':
    case 'error':
      return [];
  }
}

function factOf(change: TxnOp): readonly KernelEffect[] {
  switch (change.op) {
    case 'create':
      return [tell('znodeCreated', { path: change.path, ephemeral: isEphemeralOwner(change.ephemeralOwner) })];
    case 'delete':
      return [tell('znodeDeleted', { path: change.path, session: null })];
    case 'setData':
      return [tell('znodeChanged', { path: change.path, version: change.version })];
    case 'setACL':
    case 'check':
      return [];
  }
}
