/**
 * Java's exceptions as values: what Kafka's clients give back, and what tools print of them.
 *
 * Classes and texts follow `org.apache.kafka.common.errors` and `Throwable#toString`, `#printStackTrace` (3.9.0).
 */
import { type ErrorName, errorOfException, kafkaErrors } from '../../kafka/errors.ts';

export interface JavaException {
  /** Full name: `org.apache.kafka.common.errors.TimeoutException`. */
  readonly class: string;
  readonly message: string | null;
  readonly cause?: JavaException;
}

const ERRORS = 'org.apache.kafka.common.errors.';
/** The one exception of the protocol that has its place elsewhere. */
const INVALID_RECORD = 'org.apache.kafka.common.InvalidRecordException';
const isApiException = (className: string): boolean => className.startsWith(ERRORS) || className === INVALID_RECORD;

/** The exception of an error code, with the broker's own message if it gave one. NONE has none: it would be our bug. */
export function exceptionOf(error: ErrorName, message?: string | null): JavaException {
  const { exception, message: usual } = kafkaErrors[error];
  const className = error === 'INVALID_RECORD' ? INVALID_RECORD : ERRORS + (exception ?? 'UnknownServerException');
  return { class: className, message: message ?? usual };
}

/** An exception of `org.apache.kafka.common.errors` by its simple name: TimeoutException, DisconnectException… */
export function apiException(simpleName: string, message: string | null, cause?: JavaException): JavaException {
  return withCause({ class: ERRORS + simpleName, message }, cause);
}

/** `org.apache.kafka.common.KafkaException`. */
export function kafkaException(message: string | null, cause?: JavaException): JavaException {
  return withCause({ class: 'org.apache.kafka.common.KafkaException', message }, cause);
}

/** `org.apache.kafka.common.config.ConfigException` for a whole configuration. */
export function configException(message: string): JavaException {
  return { class: 'org.apache.kafka.common.config.ConfigException', message };
}

function withCause(exception: JavaException, cause: JavaException | undefined): JavaException {
  return cause === undefined ? exception : { ...exception, cause };
}

/** `getClass().getSimpleName()`. */
export function simpleName({ class: name }: JavaException): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `Throwable#toString`: the class, and the message if there is one. */
export function exceptionText({ class: name, message }: JavaException): string {
  return message === null ? name : `${name}: ${message}`;
}

/** A protocol error that may pass (`RetriableException`), client-side ones included. */
export function isRetriable(exception: JavaException): boolean {
  const name = simpleName(exception);
  if (name === 'DisconnectException' || name === 'StaleMetadataException') return true;
  const error = isApiException(exception.class) ? errorOfException(name) : undefined;
  return error !== undefined && kafkaErrors[error].isRetriable;
}

/** Wrong metadata was the reason (`InvalidMetadataException`): to be had anew before the next try. */
export function isInvalidMetadata(exception: JavaException): boolean {
  return invalidMetadata.has(simpleName(exception));
}
const invalidMetadata = new Set([
  'UnknownTopicOrPartitionException',
  'LeaderNotAvailableException',
  'NotLeaderOrFollowerException',
  'FencedLeaderEpochException',
  'KafkaStorageException',
  'NetworkException',
  'DisconnectException',
  'ReplicaNotAvailableException',
  'ListenerNotFoundException',
  'UnknownTopicIdException',
  'InconsistentTopicIdException',
]);

/** Of the package of the protocol's errors, and no `ApiException`s. */
const withStack = new Set(
  ['SerializationException', 'RecordDeserializationException', 'WakeupException', 'InterruptException'].map(
    (name) => ERRORS + name,
  ),
);
/** Exceptions of the protocol are made without a stack (`ApiException#fillInStackTrace`): only their line is printed. */
export function hasStackTrace({ class: name }: JavaException): boolean {
  return withStack.has(name) || !isApiException(name);
}
