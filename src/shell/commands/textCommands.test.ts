import { describe, expect, test } from 'vitest';
import { Machine } from '../testing/machine.ts';

const abc = "printf 'b 2\\na 10\\nc 1\\n' > f;";

describe('commands that read lines', () => {
  test.each([
    ['head -n 1 f', 'b 2\n'],
    ['head -n -2 f', 'b 2\n'],
    ['tail -2 f', 'a 10\nc 1\n'],
    ['tail -n +3 f', 'c 1\n'],
    ['cat -n f | head -1', '     1\tb 2\n'],
    ['sort f', 'a 10\nb 2\nc 1\n'],
    ['sort -k2n f', 'c 1\nb 2\na 10\n'],
    ['sort -rn -k2,2 f', 'a 10\nb 2\nc 1\n'],
    ['sort -t" " -k2 f | cut -d" " -f1', 'c\na\nb\n'],
    ["printf 'a\\na\\nb\\n' | uniq -c", '      2 a\n      1 b\n'],
    ['wc f', ' 3  6 13 f\n'],
    ['wc -l < f', '3\n'],
    ['cat f | wc', '      3       6      13\n'],
    ['cut -c1 f', 'b\na\nc\n'],
    ['tr a-c A-C < f', 'B 2\nA 10\nC 1\n'],
    ["echo 'a  b' | tr -s ' '", 'a b\n'],
    ['grep -n a f', '2:a 10\n'],
    ['grep -c 1 f', '2\n'],
    ['grep -v a f', 'b 2\nc 1\n'],
    ["grep -oE '[0-9]+' f", '2\n10\n1\n'],
    ['grep -A1 b f', 'b 2\na 10\n'],
    ['grep nothing f; echo $?', '1\n'],
    ['grep a f nofile; echo $?', 'f:a 10\ngrep: nofile: No such file or directory\n2\n'],
    ["sed 's/a/X/' f", 'b 2\nX 10\nc 1\n'],
    ['sed -n 2p f', 'a 10\n'],
    ["sed '1d;$d' f", 'a 10\n'],
    ["sed -E 's/([a-z]) ([0-9]+)/\\2-\\1/' f", '2-b\n10-a\n1-c\n'],
    ["sed -i 's/b/bb/g' f; cat f", 'bb 2\na 10\nc 1\n'],
    ["sed -n '/a/,/c/p' f", 'a 10\nc 1\n'],
    ["awk '{print $2}' f", '2\n10\n1\n'],
    ['awk \'/a/ {print $1 "=" $2, NR}\' f', 'a=10 2\n'],
    ["awk '$2 > 1 {print $1}' f", 'b\na\n'],
    ['cat f | tee g | head -1; cat g', 'b 2\nb 2\na 10\nc 1\n'],
    ["cut -d' ' -f1 f | xargs echo x", 'x b a c\n'],
    ['seq 3 | xargs -n1 echo n', 'n 1\nn 2\nn 3\n'],
    ['seq 1 2 5', '1\n3\n5\n'],
    ['yes | head -2', 'y\ny\n'],
    ['sort nofile', 'sort: cannot read: nofile: No such file or directory\n'],
    ['cat -x f', "cat: invalid option -- 'x'\nTry 'cat --help' for more information.\n"],
    ['more f', 'b 2\na 10\nc 1\n'],
    ['cp f g; echo d >> g; diff f g', '3a4\n> d\n'],
  ])('%s', (command, expected) => {
    expect(new Machine().run(abc + command).output).toBe(expected);
  });

  test('what comes through a pipe is written at once, and Ctrl-C ends all of it', () => {
    const machine = new Machine();
    machine.open('t', { PATH: '/usr/bin', PS1: '$ ' });

    expect(machine.type('t', '(echo a; sleep 1; echo ab; sleep 100) | grep a', 500_000)).toBe('a\n');
    expect(machine.settle('t', 1_000_000)).toBe('ab\n');
    expect(machine.interrupt('t')).toBe('\n$ ');
  });

  test('tail -f shows what a file grows by', () => {
    const machine = new Machine();
    machine.run('echo a > /tmp/log');
    machine.open('t', { PATH: '/usr/bin', PS1: '$ ' });
    machine.type('t', 'tail -f /tmp/log');
    machine.run('echo b >> /tmp/log');

    expect(machine.settle('t', 200_000)).toBe('b\n');
  });
});
