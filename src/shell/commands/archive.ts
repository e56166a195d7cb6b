/** Kafka's archive as a file: known by its text, whatever its name. */
import type { FileNode, TextFile } from '../../kernel/fileSystem.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { archiveSizeInBytes, kafkaFolderName } from '../kafkaFolder/kafkaFolder.ts';

/** It begins as gzip's files do. */
const marker = `\u001f\u008b${kafkaFolderName}.tgz, simulated\n`;

export const kafkaArchive = (modifiedAt: VirtualTimeUs): TextFile => ({
  kind: 'file',
  text: () => marker,
  sizeInBytes: archiveSizeInBytes,
  isExecutable: false,
  modifiedAt,
});

/** Whole, and not a part that an interrupted download left. */
export const isKafkaArchive = (node: FileNode): boolean => node.kind === 'file' && node.text() === marker;

/** The address of the archive at the Apache Software Foundation and its mirrors. */
export const isArchiveAddress = (url: string): boolean =>
  /^(?:https?:\/\/)?(?:downloads|dlcdn|archive|www|mirrors?)\.apache\.org\/(?:dist\/|dyn\/\S*?)?kafka\/3\.9\.0\/kafka_2\.13-3\.9\.0\.tgz$/.test(
    url,
  );
