/** `Utils.loadProps`: a `.properties` file of the virtual machine, as `java.util.Properties` reads it. */
import { parse } from 'dot-properties';
import type { ProcessInput } from '../../kernel/process.ts';
import { readText, resolvePath } from '../../kernel/fileSystem.ts';
import { thrown } from './stackTrace.ts';

/** Keys and values, untyped. Throws a NoSuchFileException. */
export function loadProperties(
  { files, cwd }: Pick<ProcessInput, 'files' | 'cwd'>,
  path: string,
): Readonly<Record<string, string>> {
  const text = readText(files, resolvePath(cwd, path));
  if (text === undefined) throw thrown('java.nio.file.NoSuchFileException', path);
  const properties: Record<string, string> = {};
  for (const [key, value] of Object.entries(parse(text))) {
    if (typeof value === 'string') properties[key] = value;
  }
  return properties;
}
