/** From the words of a command to its arguments: braces, tilde, variables, arithmetic, splitting, file names, in bash's order. */
import type { ArithmeticExpression, Word, WordPart } from 'unbash';
import { evaluate } from './arithmetic.ts';
import { braceAlternatives } from './braces.ts';
import type { ExpansionScope } from './expansionScope.ts';
import { ExpansionError } from './expansionScope.ts';
import { expandParameter } from './parameters.ts';
import { hasWildcard, literalPattern, matchingPaths } from './pattern.ts';

/** The arguments that a word stands for: none, one or several. */
export function expandWord(word: Word, scope: ExpansionScope): readonly string[] {
  return partsWithoutBraces(partsOf(word)).flatMap((parts) => {
    const fields = new FieldBuilder(scope, { splits: true });
    fields.addParts(withTilde(parts, scope));
    return fields.fields().flatMap(({ text, pattern }) => {
      if (!hasWildcard(pattern)) return [text];
      const paths = matchingPaths(scope.files, scope.cwd, pattern);
      // Bash leaves a pattern without match as it is.
      return paths.length > 0 ? paths : [text];
    });
  });
}

/** A word where bash neither splits nor looks for files: assignments, here strings, `[[ … ]]`. */
export const expandToText = (word: Word, scope: ExpansionScope): string => expandPartsToText(partsOf(word), scope);

export function expandPartsToText(parts: readonly WordPart[], scope: ExpansionScope): string {
  const fields = new FieldBuilder(scope, { splits: false });
  fields.addParts(withTilde(parts, scope));
  return fields
    .fields()
    .map(({ text }) => text)
    .join(' ');
}

/** The value of an assignment: `~` is the home at its beginning and after each `:`. */
export function expandAssignedValue(word: Word, scope: ExpansionScope): string {
  const home = scope.get('HOME') ?? '~';
  const parts = partsOf(word).map((part): WordPart => {
    if (part.type !== 'Literal' || !part.text.includes('~')) return part;
    const value = part.value.replace(/(^|:)~(?=[/:]|$)/g, (_tilde, before: string) =>
      before === '' && part.pos !== word.pos ? '~' : before + home,
    );
    return { ...part, value, text: value };
  });
  return expandPartsToText(parts, scope);
}

/** A word as a pattern: what was quoted stands for itself. */
export function expandToPattern(word: Word, scope: ExpansionScope): string {
  const fields = new FieldBuilder(scope, { splits: false });
  fields.addParts(withTilde(partsOf(word), scope));
  return fields
    .fields()
    .map(({ pattern }) => pattern)
    .join(' ');
}

/** A word without parts is one literal, its quoting already undone. */
const partsOf = (word: Word): readonly WordPart[] =>
  word.parts ?? [{ type: 'Literal', pos: word.pos, end: word.end, value: word.value, text: word.text }];

function withTilde(parts: readonly WordPart[], scope: ExpansionScope): readonly WordPart[] {
  const [first, ...rest] = parts;
  if (first?.type !== 'Literal' || !/^~(?:\/|$)/.test(first.text) || (first.text === '~' && rest.length > 0))
    return parts;
  const home = scope.get('HOME') ?? '~';
  const value = home + first.value.slice(1);
  // Quoted, so that a home with a space is not split.
  return [{ type: 'SingleQuoted', pos: first.pos, end: first.end, value, text: first.text }, ...rest];
}

function partsWithoutBraces(parts: readonly WordPart[]): readonly (readonly WordPart[])[] {
  const at = parts.findIndex(({ type }) => type === 'BraceExpansion');
  const part = parts[at];
  if (part === undefined) return [parts];
  return braceAlternatives(part.text).flatMap((value) =>
    partsWithoutBraces([
      ...parts.slice(0, at),
      { type: 'Literal', pos: part.pos, end: part.end, value, text: value },
      ...parts.slice(at + 1),
    ]),
  );
}

interface Field {
  readonly text: string;
  /** The same, with `\` before quoted characters that would mean something in a pattern. */
  readonly pattern: string;
}

/** Collects the fields of one word. */
class FieldBuilder {
  readonly #scope: ExpansionScope;
  readonly #splits: boolean;
  readonly #done: Field[] = [];
  #text = '';
  #pattern = '';
  /** False until something, be it an empty quote, begins the field. */
  #hasBegun = false;

  constructor(scope: ExpansionScope, { splits }: { readonly splits: boolean }) {
    this.#scope = scope;
    this.#splits = splits;
  }

  fields(): readonly Field[] {
    return this.#hasBegun ? [...this.#done, { text: this.#text, pattern: this.#pattern }] : this.#done;
  }

  addParts(parts: readonly WordPart[]): void {
    for (const part of parts) this.#addPart(part);
  }

  #addPart(part: WordPart): void {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return this.#addQuoted(part.value);
      case 'Glob':
      case 'ExtendedGlob':
        return this.#append(part.text, part.text);
      case 'BraceExpansion':
        return this.#addQuoted(part.text);
      case 'DoubleQuoted':
      case 'LocaleString': {
        const [only] = part.parts;
        const isAll = part.parts.length === 1 && only?.type === 'SimpleExpansion' && only.text === '$@';
        if (!isAll || this.#scope.positional.length > 0) this.#hasBegun = true;
        for (const child of part.parts) {
          if (child.type === 'SimpleExpansion' && child.text === '$@' && this.#splits) this.#addEach();
          else this.#addQuoted(this.#valueOf(child));
        }
        return;
      }
      case 'SimpleExpansion':
        if (part.text === '$@' && this.#splits) return this.#addEach();
        return this.#addSplit(this.#valueOf(part));
      case 'ParameterExpansion':
      case 'CommandExpansion':
      case 'ArithmeticExpansion':
        return this.#addSplit(this.#valueOf(part));
      case 'ProcessSubstitution':
        throw new ExpansionError(`${part.text}: process substitution is not simulated`);
    }
  }

  #valueOf(part: WordPart): string {
    const scope = this.#scope;
    switch (part.type) {
      case 'Literal':
        return part.value;
      case 'SimpleExpansion':
        return scope.get(part.text.slice(1)) ?? '';
      case 'ParameterExpansion':
        return expandParameter(part, scope, { text: expandToText, pattern: expandToPattern });
      case 'CommandExpansion':
        return scope.outputOf(part);
      case 'ArithmeticExpansion':
        return part.expression === undefined ? '0' : String(evaluateIn(scope, part.expression));
      default:
        return part.text;
    }
  }

  /** `"$@"`: each argument a field of its own. */
  #addEach(): void {
    for (const [index, argument] of this.#scope.positional.entries()) {
      if (index > 0) this.#finish();
      this.#addQuoted(argument);
    }
  }

  #addQuoted(text: string): void {
    this.#append(text, literalPattern(text));
  }

  #addSplit(text: string): void {
    if (!this.#splits) return this.#append(text, text);
    const separators = this.#scope.get('IFS') ?? ' \t\n';
    if (separators === '') {
      if (text !== '') this.#append(text, text);
      return;
    }
    let word = '';
    for (const char of text) {
      if (!separators.includes(char)) word += char;
      else {
        if (word !== '') this.#append(word, word);
        word = '';
        // A separator that is not blank delimits even an empty field.
        if (!/\s/.test(char)) this.#hasBegun = true;
        this.#finish();
      }
    }
    if (word !== '') this.#append(word, word);
  }

  #append(text: string, pattern: string): void {
    this.#text += text;
    this.#pattern += pattern;
    this.#hasBegun = true;
  }

  #finish(): void {
    if (this.#hasBegun) this.#done.push({ text: this.#text, pattern: this.#pattern });
    this.#text = '';
    this.#pattern = '';
    this.#hasBegun = false;
  }
}

/** Throws ArithmeticError. */
export const evaluateIn = (scope: ExpansionScope, expression: ArithmeticExpression): number =>
  evaluate(expression, {
    get: (name) => scope.get(name) ?? '',
    set: (name, value) => scope.set(name, value),
    expand: ({ value, parts }) => (parts === undefined ? value : expandPartsToText(parts, scope)),
  });
