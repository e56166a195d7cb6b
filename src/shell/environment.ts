/** The one machine of the simulation, before anybody has typed: its user, its folders, the variables a shell starts with. */
import type { FileNode, FileSystem } from '../kernel/fileSystem.ts';
import { changeFiles, emptyDirectory, textFile } from '../kernel/fileSystem.ts';
import { timeZero } from '../kernel/time.ts';
import { kafkaFolderName, unpackedKafka } from './kafkaFolder/kafkaFolder.ts';

export const user = 'apprenant';
export const hostName = 'localhost';
export const home = `/home/${user}`;
/** Where the course unpacks Kafka. */
export const kafkaFolder = `${home}/kafka/${kafkaFolderName}`;
/** Process ids as `ps` shows them are 1000 + the kernel's. */
export const firstPid = 1000;

const path = '/usr/local/bin:/usr/bin:/bin';

/** Of a shell that a person sits at. `PS1` as Debian's bash has it, without colours; set it to '' to have no prompt at all. */
export const interactiveEnvironment: Readonly<Record<string, string>> = {
  HOME: home,
  HOSTNAME: hostName,
  LANG: 'C.UTF-8',
  LOGNAME: user,
  PATH: path,
  PS1: '\\u@\\h:\\w\\$ ',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  USER: user,
};

/** The machine with an empty home. */
export function machineWithEmptyHome(): FileSystem {
  let files = emptyDirectory(timeZero);
  const place = (at: string, node: FileNode): void => {
    const parts = at.split('/').slice(1);
    for (let depth = 1; depth < parts.length; depth++)
      files = changeFiles(files, { kind: 'makeDirectory', path: `/${parts.slice(0, depth).join('/')}` }, timeZero);
    files = changeFiles(files, { kind: 'place', path: at, node }, timeZero);
  };
  const file = (text: string): FileNode => textFile(text, timeZero);
  place('/dev/null', file(''));
  place('/etc/hostname', file(`${hostName}\n`));
  place('/etc/hosts', file(`127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n`));
  place('/etc/os-release', file('NAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n'));
  place('/etc/passwd', file(`root:x:0:0:root:/root:/bin/bash\n${user}:x:1000:1000::${home}:/bin/bash\n`));
  for (const folder of [home, '/proc', '/tmp', '/usr/bin', '/usr/local/bin', '/bin', '/var/log'])
    place(folder, emptyDirectory(timeZero));
  return files;
}

/** The machine after the course's installation: Kafka unpacked in `~/kafka`. */
export function machineWithKafka(): FileSystem {
  let files = machineWithEmptyHome();
  files = changeFiles(files, { kind: 'makeDirectory', path: `${home}/kafka` }, timeZero);
  return changeFiles(files, { kind: 'place', path: kafkaFolder, node: unpackedKafka() }, timeZero);
}
