/** Bytes of a transaction as it is proposed and logged: header, body, digest of the tree. Follows `Util#marshallTxnEntry` (3.8.4). */
import { utf8Length } from '../../../kernel/fileSystem.ts';
import type { LoggedTxn, TxnBody, TxnOp } from '../transaction.ts';

const headerSize = 8 + 4 + 8 + 8 + 4;
const digestSize = 4 + 8;
const textSize = (text: string | null): number => 4 + utf8Length(text ?? '');

export const proposalSize = ({ body }: LoggedTxn): number => headerSize + bodySize(body) + digestSize;

function bodySize(body: TxnBody): number {
  switch (body.kind) {
    case 'createSession':
    case 'error':
      return 4;
    case 'closeSession':
      return 4 + body.paths.reduce((sum, path) => sum + textSize(path), 0);
    case 'multi':
      return 4 + body.changes.reduce((sum, change) => sum + 4 + 4 + opSize(change), 0);
    case 'change':
      return opSize(body.change);
  }
}

function opSize(change: TxnOp): number {
  switch (change.op) {
    case 'create':
      return textSize(change.path) + textSize(change.data) + aclSize(change.acl) + 1 + 4;
    case 'delete':
      return textSize(change.path);
    case 'setData':
      return textSize(change.path) + textSize(change.data) + 4;
    case 'setACL':
      return textSize(change.path) + aclSize(change.acl) + 4;
    case 'check':
      return 4 + 4;
  }
}

const aclSize = (acl: Extract<TxnOp, { readonly op: 'create' }>['acl']): number =>
  4 + acl.reduce((sum, { scheme, id }) => sum + 4 + textSize(scheme) + textSize(id), 0);
