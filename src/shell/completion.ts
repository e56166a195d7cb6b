/**
 * Tab at bash's prompt: what the word before the cursor may become. Commands, files and variables as bash completes them; options,
 * topics and addresses as a completion script of Kafka's tools would.
 */
import type { FileSystem } from '../kernel/fileSystem.ts';
import { asDirectory, findNode, resolvePath } from '../kernel/fileSystem.ts';
import { builtinNames } from './bash/builtins/builtins.ts';
import type { Shell } from './bash/shell.ts';
import { lookUp } from './bash/shell.ts';
import type { WordAtCursor } from './completionWord.ts';
import { wordAtCursor } from './completionWord.ts';
import { optionsOfTool, valuesOfOption } from './toolCompletion.ts';
import { smallCommands } from './programs.ts';

/** What the machine and the cluster have. */
export interface CompletionSources {
  readonly shell: Shell;
  readonly files: FileSystem;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  /** `host:port` of the brokers that listen. */
  readonly brokers: readonly string[];
}

export interface Completion {
  /** Where the word begins; it goes to the cursor. */
  readonly from: number;
  /** What takes its place: all that the candidates have in common, as it is to be typed. */
  readonly replacement: string;
  /** What to list when there are several; sorted. */
  readonly candidates: readonly string[];
}

interface Candidate {
  /** The whole word, without quotes. */
  readonly word: string;
  /** As a list shows it. */
  readonly label: string;
  /** What follows the word when it is the only one. */
  readonly end: '' | ' ';
}

export function complete(line: string, cursor: number, sources: CompletionSources): Completion {
  const at = wordAtCursor(line.slice(0, cursor));
  const found = new Map(candidatesFor(at, sources).map((candidate) => [candidate.word, candidate]));
  const candidates = [...found.values()]
    .filter(({ word }) => word.startsWith(at.word))
    .sort((one, other) => (one.label < other.label ? -1 : 1));
  const [only] = candidates;
  if (only === undefined) return { from: cursor, replacement: '', candidates: [] };
  const isUnique = candidates.length === 1;
  const common = candidates.reduce((prefix, { word }) => commonPrefix(prefix, word), only.word);
  const end = isUnique && only.end !== '' ? `${at.quote}${only.end}` : '';
  return {
    from: at.from,
    replacement: at.quote + escape(common, at.quote) + end,
    candidates: candidates.map(({ label }) => label),
  };
}

const plain = (word: string): Candidate => ({ word, label: word, end: ' ' });
/** `name=`: the value follows. */
const unended = (word: string): Candidate => ({ word, label: word, end: '' });

function candidatesFor(at: WordAtCursor, sources: CompletionSources): readonly Candidate[] {
  const { shell, files } = sources;
  if (at.quote !== "'" && /^\$\w*$/.test(at.word))
    return [...shell.variables.keys()].map((name) => unended(`$${name}`));
  const [command, ...args] = at.before;
  if (at.isRedirection) return filesFor(at.word, sources, () => true);
  if (command === undefined) return at.word.includes('/') ? programsIn(at.word, sources) : commandNames(sources);
  if (command === 'cd' || command === 'rmdir') return filesFor(at.word, sources, (isDirectory) => isDirectory);
  const tool = toolOf(command, shell, files);
  if (tool !== undefined) {
    const values = valuesOfOption(args.at(-1) ?? '', sources);
    if (values !== undefined) return values.map((value) => (value.endsWith('=') ? unended(value) : plain(value)));
    if (at.word.startsWith('-')) return optionsOfTool(tool).map((option) => plain(option));
  }
  return filesFor(at.word, sources, () => true);
}

/** The script of Kafka that a command is, without `.sh`. */
function toolOf(command: string, shell: Shell, files: FileSystem): string | undefined {
  const name = /([^/]+)\.sh$/.exec(command)?.[1];
  const isThere = findNode(files, resolvePath(shell.cwd, command))?.kind === 'file' || !command.includes('/');
  return isThere ? name : undefined;
}

function commandNames({ shell, files }: CompletionSources): readonly Candidate[] {
  const inPath = (lookUp(shell, 'PATH') ?? '').split(':').flatMap((folder) => executablesIn(files, folder));
  const names = [...builtinNames, ...Object.keys(smallCommands), ...shell.aliases.keys(), ...shell.functions.keys()];
  return [...names, ...inPath].map((name) => plain(name));
}

function executablesIn(files: FileSystem, folder: string): readonly string[] {
  const entries = [...(asDirectory(findNode(files, folder))?.entries ?? [])];
  return entries.filter(([, node]) => node.kind === 'file' && node.isExecutable).map(([name]) => name);
}

const programsIn = (word: string, sources: CompletionSources): readonly Candidate[] =>
  filesFor(word, sources, (isDirectory, isExecutable) => isDirectory || isExecutable);

function filesFor(
  word: string,
  { shell, files }: CompletionSources,
  isWanted: (isDirectory: boolean, isExecutable: boolean) => boolean,
): readonly Candidate[] {
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const prefix = word.slice(folder.length);
  if (word === '~') return [{ word: '~/', label: '~/', end: '' }];
  const place = folder.startsWith('~/') ? `${lookUp(shell, 'HOME') ?? ''}/${folder.slice(2)}` : folder;
  const entries = asDirectory(findNode(files, resolvePath(shell.cwd, place)))?.entries ?? new Map();
  return [...entries].flatMap(([name, node]) => {
    const isDirectory = node.kind !== 'file';
    if (!name.startsWith(prefix) || (name.startsWith('.') && prefix === '')) return [];
    if (!isWanted(isDirectory, node.kind === 'file' && node.isExecutable)) return [];
    const label = isDirectory ? `${name}/` : name;
    return [{ word: folder + label, label, end: isDirectory ? '' : ' ' } as const];
  });
}

function commonPrefix(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** As it has to be typed so that bash reads it as this word. */
function escape(word: string, quote: WordAtCursor['quote']): string {
  if (quote === '"') return word.replace(/["\\`]/g, '\\$&');
  if (quote === "'") return word;
  return word.replace(/[\s"'\\`;&|<>()*?[\]{}!#]/g, (character, index: number) =>
    character === '#' && index > 0 ? character : `\\${character}`,
  );
}
