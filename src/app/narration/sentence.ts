/** One sentence for a fact, in the learner's language: for the narration, the inspector and « Pourquoi ? ». */
import { describeMessage } from '../../cluster/flights.ts';
import { isKafkaMessage } from '../../cluster/protocol/kafka/kafkaMessage.ts';
import type { ZkMessage } from '../../cluster/protocol/zookeeper.ts';
import { isZkMessage } from '../../cluster/protocol/zookeeper.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { Message } from '../../kernel/events.ts';
import type { Fact, Happening } from '../../kernel/facts.ts';
import { asClusterFact } from '../../cluster/facts.ts';
import { sentencesEn } from './sentences.en.ts';
import { sentencesFr } from './sentences.fr.ts';
import type { Courier, MessageContent, NameOf, Sentences, TimerPurpose } from './sentences.ts';

export const sentencesIn = (language: Language): Sentences => (language === 'fr' ? sentencesFr : sentencesEn);

/** Without a full stop. Null where there is nothing worth saying. `nameOf`: by number unless given. */
export function sentence(fact: Fact, language: Language, nameOf?: NameOf): string | null {
  const sentences = sentencesIn(language);
  const name = nameOf ?? sentences.process;
  const who = fact.process === null ? sentences.outside : name(fact.process);
  const { what } = fact;
  switch (what.kind) {
    case 'told':
      return toldSentence(fact, sentences);
    case 'input':
      return inputSentence(what, sentences, name);
    case 'sent':
    case 'lost':
    case 'resent':
      return sentences.message[what.kind](courier(what.message, who, name(what.to), sentences));
    case 'delivered':
      return sentences.message.delivered(courier(what.message, name(what.from), who, sentences));
    case 'timerFired':
      return sentences.timers[purposeOf(what.timer)];
    default:
      return kernelSentence(what, sentences, who, name);
  }
}

/** What a message says, as it follows « demande à … »: « la suite du journal (Fetch) ». */
function messageSentence(message: Message, sentences: Sentences): string {
  return sentences.content(phraseOf(message, sentences), message.name, contentOf(message));
}

function courier(message: Message, from: string, to: string, sentences: Sentences): Courier {
  return { from, to, what: messageSentence(message, sentences), isResponse: contentOf(message).isResponse };
}

/** What the message of a fact says, without its ends; null for a fact of another kind. */
export function messagePhrase({ what }: Fact, language: Language): string | null {
  return 'message' in what ? messageSentence(what.message, sentencesIn(language)) : null;
}

/** Whether what its message says follows « demande ». */
export const isRequest = ({ what }: Fact): boolean => 'message' in what && !contentOf(what.message).isResponse;

function toldSentence(fact: Fact, { told }: Sentences): string | null {
  const known = asClusterFact(fact);
  if (known === null) return null;
  // The table pairs each name with what says its detail; the compiler cannot follow a union through a look-up.
  const { name, detail } = known;
  const say = told[name] as (of: typeof detail) => string;
  return say(detail);
}

function inputSentence({ input }: Extract<Happening, { kind: 'input' }>, sentences: Sentences, name: NameOf): string {
  const say = sentences.input[input.kind] as (of: typeof input, name: NameOf) => string;
  return say(input, name);
}

type KernelHappening = Extract<Happening, { kind: keyof Sentences['kernel'] }>;
function kernelSentence(what: KernelHappening, sentences: Sentences, who: string, name: NameOf): string | null {
  const say = sentences.kernel[what.kind] as (of: KernelHappening, who: string, name: NameOf) => string | null;
  return say(what, who, name);
}

function phraseOf(message: Message, { apis, zooKeeper, watchEvent, otherMessage }: Sentences): string {
  if (isKafkaMessage(message)) return apis[message.api][message.kind];
  if (!isZkMessage(message)) return otherMessage;
  switch (message.kind) {
    case 'watchEvent':
      return watchEvent;
    case 'request':
    case 'reply':
    case 'connectRequest':
    case 'connectResponse':
      return zooKeeper[message.name][
        message.kind === 'request' || message.kind === 'connectRequest' ? 'request' : 'response'
      ];
    default:
      return otherMessage;
  }
}

function contentOf(message: Message): MessageContent {
  if (isKafkaMessage(message)) {
    const isResponse = message.kind === 'response';
    const recordCount = describeMessage(message).records.length;
    return { isResponse, subject: null, recordCount, errors: isResponse ? errorsIn(message.body) : [] };
  }
  if (!isZkMessage(message)) return { isResponse: true, subject: null, recordCount: 0, errors: [] };
  const isResponse =
    message.kind !== 'request' && message.kind !== 'connectRequest' && message.kind !== 'fourLetterWord';
  const errors = message.kind === 'reply' && message.result.error !== 'OK' ? [message.result.error] : [];
  return { isResponse, subject: znodeOf(message), recordCount: 0, errors };
}

/** The znode that a message of ZooKeeper's protocol is about; null for several. */
function znodeOf(message: ZkMessage): string | null {
  if (message.kind === 'watchEvent') return message.event.path;
  if (message.kind !== 'request') return null;
  const { request } = message;
  if (request.op !== 'multi') return 'path' in request ? request.path : null;
  const [first, ...others] = request.ops.filter(({ op }) => op !== 'check');
  return first === undefined || others.length > 0 ? null : first.path;
}

const deepest = 5;
/** Names of the errors that a response carries, wherever in its body. */
function errorsIn(body: unknown, depth = 0, found = new Set<string>()): readonly string[] {
  if (typeof body !== 'object' || body === null || depth > deepest) return [...found];
  for (const [field, value] of Object.entries(body)) {
    if (field === 'errorCode' && typeof value === 'string' && value !== 'NONE') found.add(value);
    else if (field !== 'records') errorsIn(value, depth + 1, found);
  }
  return [...found];
}

const purposes: readonly (readonly [RegExp, TimerPurpose])[] = [
  [/^(jvm|startUp)/, 'commandStart'],
  [/^sleep/, 'sleep'],
  [/^zookeeper server sessionExpiry/, 'sessionExpiry'],
  [/^zookeeper server /, 'other'],
  [/^zookeeper /, 'zookeeperClient'],
  [/^group /, 'group'],
  [/^kafka-client-/, 'kafkaClient'],
  [/^expiration reaper$/, 'delayedOperation'],
  [/^fetch /, 'fetchAgain'],
  [/^timeout /, 'requestTimeout'],
  [/^reconnect /, 'reconnect'],
  [/^rebalance$/, 'preferredLeaders'],
  [/^((recovery )?checkpoint|check ISR|log retention|log cleaner|delete logs|alter partition)$/, 'maintenance'],
];
const purposeOf = (timer: string): TimerPurpose => purposes.find(([pattern]) => pattern.test(timer))?.[1] ?? 'other';
