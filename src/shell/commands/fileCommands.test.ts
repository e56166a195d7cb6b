import { describe, expect, test } from 'vitest';
import { kafkaFolder, machineWithKafka } from '../environment.ts';
import { Machine } from '../testing/machine.ts';

describe('commands on files', () => {
  test.each([
    ['mkdir d; mkdir d', 'mkdir: cannot create directory ‘d’: File exists\n'],
    ['mkdir x/y', 'mkdir: cannot create directory ‘x/y’: No such file or directory\n'],
    ['mkdir -p x/y; ls -R x', 'x:\ny\n\nx/y:\n'],
    ['rmdir x', "rmdir: failed to remove 'x': No such file or directory\n"],
    ['mkdir d; rm d', "rm: cannot remove 'd': Is a directory\n"],
    ['mkdir d; touch d/f; rm -r d; ls', ''],
    ['rm nofile; rm -f nofile', "rm: cannot remove 'nofile': No such file or directory\n"],
    ['cp nofile x', "cp: cannot stat 'nofile': No such file or directory\n"],
    ['echo a > f; cp f g; mv g h; cat h; ls', 'a\nf  h\n'],
    ['mkdir d; touch d/f; cp d e; cp -r d e; ls e', "cp: -r not specified; omitting directory 'd'\nf\n"],
    ['echo a > f; cp f f', "cp: 'f' and 'f' are the same file\n"],
    ['ls nofile', "ls: cannot access 'nofile': No such file or directory\n"],
    ['touch b a; ls -1; ls -r', 'a\nb\nb  a\n'],
    ['touch .h a; ls; ls -a', 'a\n.  ..  .h  a\n'],
    ['touch b; mkdir a; ls | cat', 'a\nb\n'],
    ['printf 12345 > f; ls -l f', '-rw-r--r-- 1 apprenant apprenant 5 May 19 09:00 f\n'],
    ['mkdir -p a/b; touch a/b/c.txt; find . -name "*.txt"; find a -type d', './a/b/c.txt\na\na/b\n'],
    ['mkdir d; du -sh d', '4.0K\td\n'],
    ['printf 12345 > f; stat -c "%n %s %F" f', 'f 5 regular file\n'],
    ['which ls nothing', '/usr/bin/ls\n'],
    ['whoami; hostname; uname', 'apprenant\nlocalhost\nLinux\n'],
    ['date; date +%F', 'Mon May 19 09:00:00 UTC 2025\n2025-05-19\n'],
    ['A=b env | grep ^A=; env X=1 printenv', 'A=b\nenv: line 1: printenv: command not found\n'],
    ['basename /a/b.txt .txt; dirname /a/b.txt', 'b\n/a\n'],
    ['nano nowhere/x', 'nano: the directory of "nowhere/x" does not exist\n'],
  ])('%s', (command, expected) => {
    expect(new Machine().run(command).output).toBe(expected);
  });

  test('ls fills columns downwards, with tabs where they reach', () => {
    const names =
      'cleaner-offset-checkpoint log-start-offset-checkpoint meta.properties recovery-point-offset-checkpoint';

    expect(new Machine().run(`touch ${names} replication-offset-checkpoint t-0; ls`).output).toBe(
      'cleaner-offset-checkpoint  log-start-offset-checkpoint\tmeta.properties  recovery-point-offset-checkpoint  replication-offset-checkpoint  t-0\n',
    );
  });

  test('an editor is asked for by a fact', () => {
    const machine = new Machine();
    machine.run('nano notes.txt');

    expect(machine.facts).toEqual([{ name: 'editorOpened', detail: { path: '/home/apprenant/notes.txt' } }]);
  });
});

describe('processes', () => {
  test('are listed while they run, and end by kill', () => {
    const machine = new Machine();
    machine.open('t', { PATH: '/usr/bin', PS1: '$ ' });
    machine.type('t', 'sleep 100 &');

    expect(machine.type('t', 'ps')).toBe(
      '    PID TTY          TIME CMD\n   1000 pts/0    00:00:00 bash\n   1001 pts/0    00:00:00 sleep\n   1002 pts/0    00:00:00 ps\n$ ',
    );
    expect(machine.type('t', 'pgrep sleep | xargs kill; sleep 0.1', 200_000)).toBe(
      '[1]+  Terminated              sleep 100\n$ ',
    );
    expect(machine.type('t', 'kill 1001')).toBe('bash: kill: (1001) - No such process\n$ ');
  });

  test('ps sees the other commands of its pipeline', () => {
    expect(new Machine().run("ps ax | awk '{print $5}'").output).toBe('COMMAND\nbash\nps\nawk\n');
  });

  test('jps finds only itself on a machine without Java programs', () => {
    expect(new Machine().run('jps').output).toBe('1001 Jps\n');
  });
});

describe("the course's installation, from an empty home", () => {
  test('downloads the archive and unpacks it', () => {
    const machine = new Machine();
    machine.run('mkdir telechargements');

    const download = machine.run(
      'curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o telechargements/kafka.tgz',
    );
    machine.run('mkdir kafka; cd kafka; tar -xzf ../telechargements/kafka.tgz');

    expect(download.exit).toBe(0);
    expect(download.output.split(/[\r\n]/).at(-2)).toBe(
      '100  116M  100  116M    0     0  23.2M      0  0:00:05  0:00:05 --:--:-- 23.2M',
    );
    expect(machine.run('ls kafka/kafka_2.13-3.9.0').output).toBe(
      'LICENSE  NOTICE  bin  config  libs  licenses  site-docs\n',
    );
    expect(machine.run('ls kafka/*/bin/kafka-topics.sh').output).toBe('kafka/kafka_2.13-3.9.0/bin/kafka-topics.sh\n');
    expect(machine.text(`${kafkaFolder}/config/server.properties`)).toContain('\nbroker.id=0\n');
  });

  test.each([
    [
      'curl -s https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o nowhere/kafka.tgz',
      'curl: (23) Failure writing output to destination\n',
      23,
    ],
    ['curl https://example.com/', 'curl: (6) Could not resolve host: example.com\n', 6],
    ['curl -s localhost:8083', '', 7],
    [
      'tar -xzf kafka.tgz',
      'tar (child): kafka.tgz: Cannot open: No such file or directory\ntar (child): Error is not recoverable: exiting now\ntar: Child returned status 2\ntar: Error is not recoverable: exiting now\n',
      2,
    ],
    [
      'echo no > f.tgz; tar -xzf f.tgz',
      '\ngzip: stdin: not in gzip format\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now\n',
      2,
    ],
  ])('%s', (command, output, exit) => {
    expect(new Machine().run(command)).toEqual({ output, exit });
  });
});

describe("Kafka's scripts", () => {
  test('run the program of their name, from wherever they are called', () => {
    const machine = new Machine({ files: machineWithKafka(), cwd: kafkaFolder });

    expect(machine.run('bin/kafka-acls.sh --list')).toEqual({
      output: 'kafka-acls.sh: this tool of Kafka 3.9.0 exists, but the simulator does not have it yet.\n',
      exit: 1,
    });
    expect(machine.run('bin/kafka-nothing.sh')).toEqual({
      output: 'bash: line 1: bin/kafka-nothing.sh: No such file or directory\n',
      exit: 127,
    });
    expect(machine.run('cat LICENSE | head -1; config/server.properties').output).toBe(
      '                                 Apache License\nbash: line 1: config/server.properties: Permission denied\n',
    );
    expect(
      machine.run('cd bin; ./kafka-acls.sh > /dev/null 2>&1; echo $?; bash kafka-acls.sh 2> /dev/null; echo $?').output,
    ).toBe('1\n1\n');
    expect(
      machine.run('export PATH=$PATH:~/kafka/kafka_2.13-3.9.0/bin; cd /; kafka-acls.sh 2>&1 | grep -c exists').output,
    ).toBe('1\n');
  });
});
