/** An option of a Kafka tool as data: what joptsimple is told by `accepts(…).withRequiredArg().describedAs(…).ofType(…).defaultsTo(…)`. */

/** As the usage shows it: a Java class, or the values there are. */
export type ArgumentType = 'String' | 'Integer' | 'Long' | 'Double' | 'Boolean' | `[${string}]` | `${string}|${string}`;

export interface OptionArgument {
  readonly type?: ArgumentType;
  readonly describedAs?: string;
  /** `--compression-codec` may stand alone. */
  readonly isOptional?: boolean;
  readonly defaultsTo?: string | readonly string[];
  /** One argument gives several values. */
  readonly separatedBy?: string;
}

export interface OptionSpec {
  readonly name: string;
  readonly description: string;
  readonly argument?: OptionArgument;
  readonly isRequired?: boolean;
  /** Required unless one of these is given. */
  readonly requiredUnless?: readonly string[];
  /** Only with one of these. */
  readonly availableIf?: readonly string[];
  /** Its presence lifts all requirements. */
  readonly isForHelp?: boolean;
}

/** What every tool accepts (`org.apache.kafka.server.util.CommandDefaultOptions`). */
export const commonOptions: readonly OptionSpec[] = [
  { name: 'help', description: 'Print usage information.', isForHelp: true },
  { name: 'version', description: 'Display Kafka version.', isForHelp: true },
];

export function defaultValuesOf({ argument }: OptionSpec): readonly string[] {
  const { defaultsTo } = argument ?? {};
  if (defaultsTo === undefined) return [];
  return typeof defaultsTo === 'string' ? [defaultsTo] : defaultsTo;
}
