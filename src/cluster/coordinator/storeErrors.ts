/** How a failed append to `__consumer_offsets` is told to who waits for it. Follows `GroupMetadataManager#storeGroup` and `maybeConvertOffsetCommitError` (3.9.0). */
import type { ErrorName } from '../../kafka/errors.ts';

/** For a group's generation. */
export function storeErrorOf(error: ErrorName): ErrorName {
  if (error === 'REQUEST_TIMED_OUT') return 'REBALANCE_IN_PROGRESS';
  if (isTooLarge(error)) return 'UNKNOWN_SERVER_ERROR';
  return commonErrorOf(error);
}

/** For offsets. */
export function commitErrorOf(error: ErrorName): ErrorName {
  if (error === 'NETWORK_EXCEPTION') return 'COORDINATOR_LOAD_IN_PROGRESS';
  if (isTooLarge(error)) return 'INVALID_COMMIT_OFFSET_SIZE';
  return commonErrorOf(error);
}

const isTooLarge = (error: ErrorName): boolean =>
  error === 'MESSAGE_TOO_LARGE' || error === 'RECORD_LIST_TOO_LARGE' || error === 'INVALID_FETCH_SIZE';

function commonErrorOf(error: ErrorName): ErrorName {
  switch (error) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'NOT_ENOUGH_REPLICAS':
    case 'NOT_ENOUGH_REPLICAS_AFTER_APPEND':
      return 'COORDINATOR_NOT_AVAILABLE';
    case 'NOT_LEADER_OR_FOLLOWER':
    case 'KAFKA_STORAGE_ERROR':
      return 'NOT_COORDINATOR';
    default:
      return error;
  }
}
