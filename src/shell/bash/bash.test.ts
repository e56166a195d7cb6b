import { describe, expect, test } from 'vitest';
import { Machine } from '../testing/machine.ts';

const run = (command: string) => new Machine().run(command);
const output = (command: string) => run(command).output;

describe('quoting and variables', () => {
  test.each([
    [`echo "a  b" c\\ d 'e $HOME'`, 'a  b c d e $HOME\n'],
    ['X="a  b"; echo $X "$X"', 'a b a  b\n'],
    ['echo ~ ~/x $USER', '/home/apprenant /home/apprenant/x apprenant\n'],
    ['false; echo $?', '1\n'],
    ['echo ${X:-none} ${#USER} ${USER%nant} ${USER/app/APP}', 'none 9 appre APPrenant\n'],
    ['echo $((2 + 3 * 4)) $((10 / 3))', '14 3\n'],
    ['echo $(echo a; echo b) "$(echo a; echo b)"', 'a b a\nb\n'],
    ['echo `echo tick`', 'tick\n'],
    ['echo {a,b}-{1..3}', 'a-1 a-2 a-3 b-1 b-2 b-3\n'],
    ['A=1 B=2; export A; echo $A$B; unset A; echo "[$A]"', '12\n[]\n'],
    ['echo a\\\nb', 'ab\n'],
    ['printf "%s-%d\\n" a 1 b 2', 'a-1\nb-2\n'],
  ])('%s', (command, expected) => {
    expect(output(command)).toBe(expected);
  });
});

describe('lists and exit codes', () => {
  test.each([
    ['true && echo yes || echo no', 'yes\n', 0],
    ['false && echo yes || echo no', 'no\n', 0],
    ['! false; echo $?', '0\n', 0],
    ['exit 3', '', 3],
    ['(exit 4); echo $?', '4\n', 0],
    ['nowhere', 'bash: line 1: nowhere: command not found\n', 127],
    ['./nowhere', 'bash: line 1: ./nowhere: No such file or directory\n', 127],
    ['/tmp', 'bash: line 1: /tmp: Is a directory\n', 126],
    ['cd nowhere', 'bash: line 1: cd: nowhere: No such file or directory\n', 1],
    ['echo a; fi', "bash: -c: line 1: syntax error near unexpected token `fi'\nbash: -c: line 1: `echo a; fi'\n", 2],
    ['cat nofile', 'cat: nofile: No such file or directory\n', 1],
    ['for i in 1 2 3; do if [ $i -eq 2 ]; then continue; fi; echo $i; done', '1\n3\n', 0],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done', '1\n2\n3\n', 0],
    ['f() { echo "$1!"; return 7; }; f hop; echo $?', 'hop!\n7\n', 0],
    ['case abc in x) echo x;; a*) echo a;; esac', 'a\n', 0],
    ['[[ abc == a* && -d /tmp ]] && echo ok', 'ok\n', 0],
  ])('%s', (command, expected, exit) => {
    expect(run(command)).toEqual({ output: expected, exit });
  });
});

describe('pipelines and redirections', () => {
  test.each([
    ['echo b > f; echo a >> f; cat f', 'b\na\n'],
    ['cat < nofile; echo $?', 'bash: line 1: nofile: No such file or directory\n1\n'],
    ['echo hidden > /dev/null; echo shown', 'shown\n'],
    ['cat nofile 2> err; cat err', 'cat: nofile: No such file or directory\n'],
    ['cat nofile &> all; cat all', 'cat: nofile: No such file or directory\n'],
    ['cat nofile 2>&1 | grep -c such', '1\n'],
    ['printf "b\\na\\nc\\n" | grep -v b | cat -n', '     1\ta\n     2\tc\n'],
    ['{ echo a; echo b; } | grep b', 'b\n'],
    ['(echo a; echo b) > f; cat f', 'a\nb\n'],
    ['for i in 1 2; do echo $i; done > f; cat f', '1\n2\n'],
    ['cat <<< "here $USER"', 'here apprenant\n'],
    ['cat <<EOF\na $USER\nEOF', 'a apprenant\n'],
    ["printf 'a 1\\nb 2\\n' | while read name count; do echo $count$name; done", '1a\n2b\n'],
    ["printf 'a\\nb\\n' > f; while read line; do echo -$line; done < f", '-a\n-b\n'],
    ['false | true; echo $?', '0\n'],
    ['echo a > /nowhere/f', 'bash: line 1: /nowhere/f: No such file or directory\n'],
    ['nowhere | cat', 'bash: line 1: nowhere: command not found\n'],
  ])('%s', (command, expected) => {
    expect(output(command)).toBe(expected);
  });
});

describe('file names', () => {
  test.each([
    ['echo > b.txt; echo > a.txt; echo *.txt', 'a.txt b.txt\n'],
    ['echo *.nothing', '*.nothing\n'],
    ['echo > "a b"; ls "a b"; for f in a*; do echo "[$f]"; done', "'a b'\n[a b]\n"],
    ['echo /etc/h*', '/etc/hostname /etc/hosts\n'],
    ['echo "*"', '*\n'],
  ])('%s', (command, expected) => {
    expect(output(command)).toBe(expected);
  });
});

describe('a terminal', () => {
  test('has a prompt with the folder, and keeps what is typed for the next lines', () => {
    const machine = new Machine();

    expect(machine.open('t')).toBe('apprenant@localhost:~$ ');
    expect(machine.type('t', ['x=1', 'cd /tmp', 'echo $x'])).toBe(
      'apprenant@localhost:~$ apprenant@localhost:/tmp$ 1\napprenant@localhost:/tmp$ ',
    );
  });

  test('drops the prompt of the slides, and asks for the rest of what goes on', () => {
    const machine = new Machine();
    machine.open('t');

    expect(machine.type('t', ['$ echo a \\', 'b', 'echo "c', 'd"'])).toBe(
      '> a b\napprenant@localhost:~$ > c\nd\napprenant@localhost:~$ ',
    );
  });

  test('says nothing but the output without PS1', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '' });

    expect(machine.type('t', ['echo a', 'nowhere'])).toBe('a\nbash: nowhere: command not found\n');
  });

  test('runs commands in the background, tells their number, and that they are done', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });

    expect(machine.type('t', 'sleep 5 &')).toBe('[1] 1001\n$ ');
    expect(machine.type('t', 'jobs')).toBe('[1]+  Running                 sleep 5 &\n$ ');
    expect(machine.type('t', 'echo $!')).toBe('1001\n$ ');
    machine.advance(6_000_000);
    expect(machine.type('t', '')).toBe('[1]+  Done                    sleep 5\n$ ');
  });

  test('stops what runs with Ctrl-C, and the rest of the line', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });
    machine.type('t', 'sleep 100; echo never');

    expect(machine.interrupt('t')).toBe('\n$ ');
    expect(machine.type('t', 'echo $?')).toBe('130\n$ ');
    machine.type('t', 'sleep 100 &');
    expect(machine.interrupt('t')).toBe('\n$ ');
    expect(machine.type('t', ['kill %1', ''])).toBe('$ [1]+  Terminated              sleep 100\n$ ');
  });

  test('brings a job back with fg, where Ctrl-C stops it', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });
    machine.type('t', 'sleep 100 &');

    expect(machine.type('t', 'fg')).toBe('sleep 100\n');
    expect(machine.interrupt('t')).toBe('\n$ ');
    expect(machine.type('t', 'jobs')).toBe('$ ');
  });

  test('never stops time with an endless loop', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });

    expect(machine.type('t', 'while true; do :; done', 100_000)).toBe('');
    expect(machine.interrupt('t')).toBe('\n$ ');
  });

  test('gives up a substitution at Ctrl-C', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });
    machine.type('t', 'x=$(sleep 100); echo never');

    expect(machine.interrupt('t')).toBe('\n$ ');
    expect(machine.type('t', 'echo $?')).toBe('130\n$ ');
  });

  test('starts another shell with a prompt, and comes back from it', () => {
    const machine = new Machine();
    machine.open('t');

    expect(machine.type('t', ['bash', 'exit 3', 'echo $?'])).toBe(
      'apprenant@localhost:~$ exit\napprenant@localhost:~$ 3\napprenant@localhost:~$ ',
    );
  });

  test('recalls lines with !', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });

    expect(machine.type('t', ['echo a', '!!', '!x'])).toBe('a\n$ echo a\na\n$ bash: !x: event not found\n$ ');
    expect(machine.type('t', 'history')).toBe('    1  echo a\n    2  echo a\n    3  history\n$ ');
  });

  test('ends with Ctrl-D', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });

    expect(machine.endOfFile('t')).toBe('exit\n');
    expect(machine.simulation.world.terminals.has('t')).toBe(false);
  });

  test('replaces aliases', () => {
    const machine = new Machine();
    machine.open('t', { HOME: '/home/apprenant', PATH: '/usr/bin', PS1: '$ ' });

    expect(machine.type('t', ["alias say='echo I say'", 'say hello', 'type say'])).toBe(
      "$ I say hello\n$ say is aliased to `echo I say'\n$ ",
    );
  });
});
