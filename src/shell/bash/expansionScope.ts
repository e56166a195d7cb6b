/** What expansions see of the shell. */
import type { CommandExpansionPart } from 'unbash';
import type { FileSystem } from '../../kernel/fileSystem.ts';

/** What expansions read and change. */
export interface ExpansionScope {
  readonly files: FileSystem;
  readonly cwd: string;
  /** `$1`, `$2`… */
  readonly positional: readonly string[];
  /** Variables and special parameters; undefined where unset. */
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  /** What a command substitution printed, without the line ends at its end. It has run before. */
  outputOf(part: CommandExpansionPart): string;
}

/** In bash's words after `bash: `; the command is not run. */
export class ExpansionError extends Error {
  readonly endsShell: boolean;

  constructor(message: string, { endsShell = false }: { readonly endsShell?: boolean } = {}) {
    super(message);
    this.endsShell = endsShell;
  }
}
