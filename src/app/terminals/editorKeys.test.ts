import { describe, expect, test } from 'vitest';
import { screenKeysOf } from './editorKeys.ts';

const insert = (text: string) => ({ kind: 'edit', key: { kind: 'insert', text } });
const command = (kind: string) => ({ kind: 'edit', key: { kind } });

describe('what a keyboard sends', () => {
  test.each([
    ['é', [insert('é')]],
    ['\r', [{ kind: 'enter' }]],
    ['\u0003', [{ kind: 'interrupt' }]],
    ['\u0004', [{ kind: 'endOfFileOrDelete' }]],
    ['\u001b', [{ kind: 'escape' }]],
    ['\u001b[A', [command('previousLine')]],
    ['\u001b[1;5D', [command('wordLeft')]],
    ['\u001b\u007f', [command('killWordBack')]],
    ['\u001b[200~', []],
    ['un\r\ndeux\r', [insert('un'), { kind: 'enter' }, insert('deux'), { kind: 'enter' }]],
  ])('%j', (data, keys) => {
    expect(screenKeysOf(data)).toEqual(keys);
  });
});
