import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineBreakPieces } from './lineBreaks.ts';

describe('Java may break a line', () => {
  test.each([
    ['the leader', ['the ', 'leader']],
    ['max-partition-memory-bytes', ['max-', 'partition-', 'memory-', 'bytes']],
    ['HOST1:PORT1,HOST2:PORT2.', ['HOST1:', 'PORT1,', 'HOST2:', 'PORT2.']],
    ['--broker-list(deprecated) is', ['--', 'broker-', 'list', '(deprecated) ', 'is']],
    ['kafka.tools.ConsoleProducer$LineMessageReader)', ['kafka.', 'tools.', 'ConsoleProducer$LineMessageReader)']],
    ["haven't seen", ["haven't ", 'seen']],
    ['topic5:-3>', ['topic5:', '-3', '>']],
    ['\tcleanup.policy', ['\t', 'cleanup.', 'policy']],
    ['1.5 times', ['1.5 ', 'times']],
  ])('in %j', (text, pieces) => {
    expect(lineBreakPieces(text)).toEqual(pieces);
  });

  test('and no character is lost', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(lineBreakPieces(text).join('')).toBe(text);
      }),
    );
  });
});
