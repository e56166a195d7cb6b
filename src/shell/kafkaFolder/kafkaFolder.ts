/** What `tar -xzf kafka_2.13-3.9.0.tgz` makes: the archive's names, as a tree. Scripts and texts are the simulator's own. */
import type { Directory, FileNode } from '../../kernel/fileSystem.ts';
import { asDirectory, changeFiles, emptyDirectory, textFile } from '../../kernel/fileSystem.ts';
import { epochOfSimulationMs, ms } from '../../kernel/time.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { configFiles } from './configFiles.ts';
import { libraryNames } from './libraries.ts';
import { mainClassOf, scriptNames, windowsScriptNames } from './scripts.ts';

/** The folder that the archive holds. */
export const kafkaFolderName = 'kafka_2.13-3.9.0';
/** Bytes of kafka_2.13-3.9.0.tgz, to the nearest two million or so: the exact count was not at hand. */
export const archiveSizeInBytes = 122_000_000;

/** 29 October 2024, about when the release was made: before the simulation begins, hence negative. */
const madeAt = ms(1_730_160_000_000 - epochOfSimulationMs) as VirtualTimeUs;

const license = `                                 Apache License
                           Version 2.0, January 2004
                        http://www.apache.org/licenses/

(The whole text is at the address above. Kafka's archive prints it here, followed by
the licenses of the libraries in libs/, whose texts are in licenses/.)
`;
const notice = `Apache Kafka
Copyright 2024 The Apache Software Foundation.

This product includes software developed at
The Apache Software Foundation (https://www.apache.org/).
`;
const licenseNames = `CDDL+GPL-1.1 DWTFYWTPL argparse-MIT eclipse-distribution-license-1.0 eclipse-public-license-2.0 jline-BSD-3-clause
jopt-simple-MIT jsr305-BSD-3-clause paranamer-BSD-3-clause pcollections-MIT protobuf-java-BSD-3-clause slf4j-MIT zstd-jni-BSD-2-clause`;

function scriptText(name: string): string {
  const mainClass = mainClassOf[name.slice(0, name.lastIndexOf('.'))];
  const what = mainClass === undefined ? `${name} of Apache Kafka 3.9.0, simulated.` : `Runs ${mainClass}, simulated.`;
  return name.endsWith('.bat') ? `@rem ${what}\r\n` : `#!/bin/bash\n# ${what}\n`;
}

/** Paths within the folder, and what is there. */
function contents(): readonly (readonly [path: string, node: FileNode])[] {
  const file = (text: string, isExecutable = false): FileNode => textFile(text, madeAt, isExecutable);
  return [
    ['LICENSE', file(license)],
    ['NOTICE', file(notice)],
    ...scriptNames.map((name) => [`bin/${name}`, file(scriptText(name), true)] as const),
    ...windowsScriptNames.map((name) => [`bin/windows/${name}`, file(scriptText(name), true)] as const),
    ...Object.entries(configFiles).map(([name, text]) => [`config/${name}`, file(text)] as const),
    // A jar's bytes mean nothing here: it has its name.
    ...libraryNames.map((name) => [`libs/${name}`, file('')] as const),
    ...licenseNames.split(/\s+/).map((name) => [`licenses/${name}`, file('')] as const),
    [`site-docs/${kafkaFolderName}-site-docs.tgz`, file('')],
  ];
}

/** The Kafka folder as just unpacked. */
export function unpackedKafka(): Directory {
  let folder = emptyDirectory(madeAt);
  for (const [path, node] of contents()) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++)
      folder = changeFiles(folder, { kind: 'makeDirectory', path: parts.slice(0, depth).join('/') }, madeAt);
    folder = changeFiles(folder, { kind: 'place', path, node }, madeAt);
  }
  return folder;
}

/** Whether a directory is an unpacked Kafka, whatever its name: its scripts can find their libraries. */
export function isKafkaFolder(node: FileNode | undefined): boolean {
  const libraries = asDirectory(asDirectory(node)?.entries.get('libs'));
  return libraries !== undefined && [...libraries.entries.keys()].some((name) => name.startsWith('kafka_2.13-'));
}
