/**
 * The replay of each file of vectors, by the file's name.
 */
import { replayAccumulator } from './accumulator.ts';
import { replayAssignments } from './assignments.ts';
import { replayCleaning } from './cleaning.ts';
import { replayCoordinatorPartition, replayLeaderElection, replayReplicaAssignment } from './controllerChoices.ts';
import { replayGroupMembers } from './groupMembers.ts';
import { replayLag, replayReset } from './offsetResets.ts';
import { replayAdaptiveLoad, replayMurmur2, replayStickySwitch } from './partitioners.ts';
import type { Json } from './json.ts';
import { replayFileSource } from './fileSource.ts';
import { replayFollowerTruncation } from './followerTruncation.ts';
import { replayLeaderEpochs } from './leaderEpochs.ts';
import { replayLogSegments } from './logSegments.ts';
import { replayRecordBatch, replayRecordSize } from './recordBatches.ts';
import { replayTransactions } from './transactions.ts';
import { replayCachedCount, replaySplit, replayWordCount } from './wordCounts.ts';

/** The second argument is the expected answer, of which a replay reads only the questions that the input leaves out. */
type AnyReplay = (input: never, questions: never) => Json;

export const replays: Readonly<Record<string, AnyReplay>> = {
  '01-murmur2-partition': replayMurmur2,
  '01-sticky-switch': replayStickySwitch,
  '01-adaptive-load': replayAdaptiveLoad,
  '01-accumulator-sticky': replayAccumulator,
  '02-assignor-range': replayAssignments,
  '02-assignor-roundrobin': replayAssignments,
  '02-assignor-sticky': replayAssignments,
  '02-assignor-cooperative-sticky': replayAssignments,
  '02-group-leader-protocol': replayGroupMembers,
  '03-leader-election': replayLeaderElection,
  '03-replica-assignment': replayReplicaAssignment,
  '03-replica-assignment-racks': replayReplicaAssignment,
  '04-coordinator-partition': replayCoordinatorPartition,
  '05-record-batch-v2': replayRecordBatch,
  '05-record-size': replayRecordSize,
  '06-log-segments': replayLogSegments,
  '07-cleaner': replayCleaning,
  '07-cleaner-producers': replayCleaning,
  '08-transactions': replayTransactions,
  '08-producer-state': replayTransactions,
  '09-follower-truncation': replayFollowerTruncation,
  '09-leader-epoch-cache': replayLeaderEpochs,
  '10-split': replaySplit,
  '10-wordcount-uncached': replayWordCount,
  '10-count-cached': replayCachedCount,
  '11-reset-offsets': replayReset,
  '11-lag': replayLag,
  '12-file-stream-source': replayFileSource,
};
