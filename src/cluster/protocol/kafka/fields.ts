/** Fields that several of Kafka's request and response bodies share. Quotas are not modelled: no body has `throttleTimeMs`. */
import type { ErrorName } from '../../../kafka/errors.ts';

export interface Failable {
  readonly errorCode: ErrorName;
}
/** `errorMessage` null: the client shows the error's own text. */
export interface FailableWithMessage extends Failable {
  readonly errorMessage: string | null;
}
/** A topic's UUID in Kafka's base64 form (22 characters); `ZERO_UUID` when there is none. */
export type TopicId = string;
export const ZERO_UUID: TopicId = 'AAAAAAAAAAAAAAAAAAAAAA';
