/** Bugs to be planted, as replacements in the source: what somebody who misread the protocol could have written. */

export interface Mutant {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
}

const one = (name: string, file: string, find: string, replace: string): Mutant => ({
  name,
  edits: [{ file, find, replace }],
});

const partition = 'src/cluster/broker/partition.ts';
const stateMachine = 'src/cluster/controller/partitionStateMachine.ts';
const replicaManager = 'src/cluster/broker/replicaManager.ts';
const alterPartition = 'src/cluster/controller/alterPartition.ts';
const appendRecords = 'src/cluster/broker/appendRecords.ts';
const followerFetch = 'src/kafka/replication/followerFetch.ts';
const producerState = 'src/kafka/log/producerStateEntry.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'duplicate sequence accepted',
    edits: [
      {
        file: producerState,
        find: 'if (batch.producerEpoch !== entry.producerEpoch) return null;\n  const lastSequence',
        replace: 'if (batch.producerEpoch !== -5) return null;\n  const lastSequence',
      },
      {
        file: producerState,
        find: 'if (entry.producerEpoch === NO_PRODUCER_EPOCH) return null;',
        replace: 'if (entry.producerEpoch !== -5) return null;',
      },
    ],
  },
  {
    name: 'min.insync.replicas not looked at',
    edits: [
      {
        file: appendRecords,
        find: 'if (options.acks === -1 && isUnderMinIsr(partition)) {',
        replace: 'if (options.acks === -1 && partition.isr.length < 0) {',
      },
      {
        file: partition,
        find: 'partition.log === null || isUnderMinIsr(partition)) return false;',
        replace: 'partition.log === null) return false;',
      },
    ],
  },
  one(
    'high watermark off by one',
    partition,
    'log: withHighWatermark(log, replicatedTo) });',
    'log: withHighWatermark(log, (replicatedTo + 1) as Offset) });',
  ),
  one(
    'high watermark without waiting for followers',
    partition,
    'if (isAwaited) replicatedTo',
    'if (false && isAwaited) replicatedTo',
  ),
  one(
    'high watermark moves under min.insync.replicas',
    partition,
    'partition.log === null || isUnderMinIsr(partition)) return false;',
    'partition.log === null) return false;',
  ),
  one(
    'leader epoch not raised by an election',
    stateMachine,
    'leaderEpoch: (current.leaderEpoch + 1) as LeaderEpoch,',
    'leaderEpoch: current.leaderEpoch,',
  ),
  one(
    'leader elected outside the ISR',
    'src/kafka/controller/leaderElection.ts',
    'liveReplicas.includes(id) && inSyncReplicas.includes(id)',
    'liveReplicas.includes(id)',
  ),
  one('unclean election without its setting', stateMachine, 'if (strategy.allowUnclean) return then', 'return then'),
  one(
    'ISR not cut down by an unclean election',
    stateMachine,
    'elect(leader, [leader], liveReplicas, true)',
    'elect(leader, [leader, ...inSyncReplicas], liveReplicas, true)',
  ),
  {
    name: 'ISR proposals of old leaders not fenced',
    edits: [
      {
        file: alterPartition,
        find: "if (asked.leaderEpoch < current.leaderEpoch) return { key, error: 'FENCED_LEADER_EPOCH' };",
        replace: '',
      },
      {
        file: alterPartition,
        find: "if (asked.partitionEpoch < current.partitionEpoch) return { key, error: 'INVALID_UPDATE_VERSION' };",
        replace: '',
      },
      {
        file: alterPartition,
        find: 'if (!isActive || broker?.epoch !== request.brokerEpoch) {',
        replace: 'if (!isActive) {',
      },
    ],
  },
  one(
    'ISR grows by followers that lag',
    partition,
    'follower.logEndOffset < partition.log.highWatermark ||\n    follower.logEndOffset < partition.leaderEpochStartOffset ||',
    '',
  ),
  one(
    'stale controller epoch accepted',
    replicaManager,
    'if (request.controllerEpoch < turn.broker.controllerEpoch)\n    return { response',
    'if (request.controllerEpoch < -5)\n    return { response',
  ),
  one(
    'controller epoch not raised',
    'src/cluster/controller/election.ts',
    'const next = epoch + 1;',
    'const next = Math.max(1, epoch);',
  ),
  one(
    'follower does not truncate',
    'src/cluster/broker/fetchLoop.ts',
    'if (answer.divergingEpoch !== null)\n',
    'if (answer.divergingEpoch !== null && answer.divergingEpoch.epoch < 0)\n',
  ),
  one(
    'leader does not see that logs part',
    'src/kafka/replication/fetchAnswer.ts',
    'if (divergingEpoch.epoch < lastFetchedEpoch || divergingEpoch.endOffset < fromOffset)',
    'if (divergingEpoch.epoch < -5)',
  ),
  one(
    'follower truncates to its high watermark',
    followerFetch,
    'if (lastFetchedEpoch === null) return',
    'if (lastFetchedEpoch === null || log.logEndOffset > log.highWatermark) return',
  ),
  one(
    'acks=all answered after the leader only',
    appendRecords,
    'if (partition.log.highWatermark < requiredOffset) return null;',
    '',
  ),
  one(
    'consumers read to the log end',
    'src/cluster/broker/kafkaApis/fetch.ts',
    "isolationLevel === 1 ? 'lastStableOffset' : 'highWatermark'",
    "'logEnd'",
  ),
  one(
    'offset committed before delivery',
    'src/cluster/client/consumer/offsetCommit.ts',
    'offset: position?.offset ?? 0,',
    'offset: (position?.offset ?? 0) + 1,',
  ),
  one(
    'consumer skips the first record of a fetch',
    'src/cluster/client/consumer/fetchCollector.ts',
    'for (let i = nextIndex; i < until; i++) {',
    'for (let i = nextIndex === 0 && until > 1 ? 1 : nextIndex; i < until; i++) {',
  ),
  one(
    'two members get the same partition',
    'src/kafka/assignor/rangeAssignor.ts',
    'from + share + (i < remainder ? 1 : 0)',
    'from + share + 1',
  ),
  one(
    'coordinator forgets the offsets it loads',
    'src/cluster/coordinator/groupLoading.ts',
    'committed: committed.get(groupId) ?? noOffsets.committed,',
    'committed: noOffsets.committed,',
  ),
  one(
    'tombstone dropped early',
    'src/kafka/cleaner/cleanBatch.ts',
    'batch.deleteHorizonMs !== null && batch.deleteHorizonMs <= nowMs',
    'batch.deleteHorizonMs === null || batch.deleteHorizonMs <= nowMs',
  ),
  one(
    'compaction keeps the first value',
    'src/kafka/cleaner/offsetMap.ts',
    'building.offsets.set(key, offset);',
    'if (!building.offsets.has(key)) building.offsets.set(key, offset);',
  ),
  one(
    'ephemerals outlive their session',
    'src/cluster/zookeeper/transaction.ts',
    'for (const path of body.paths) {',
    'for (const path of body.paths.slice(1)) {',
  ),
  one(
    'version of a znode not raised',
    'src/cluster/zookeeper/transaction.ts',
    "op: 'setData', path, data, version: node.version + 1 }",
    "op: 'setData', path, data, version: node.version }",
  ),
  one(
    'vote without zxid',
    'src/cluster/zookeeper/quorum/vote.ts',
    'if (vote.zxid !== than.zxid) return vote.zxid > than.zxid;',
    '',
  ),
  one(
    'aborted data visible',
    'src/kafka/consumer/completedFetch.ts',
    'else if (batch.isTransactional && abortedProducers.has(batch.producerId)) {',
    'else if (batch.isTransactional && batch.baseOffset < 0) {',
  ),
  one(
    'last stable offset is the high watermark',
    'src/kafka/log/partitionLog.ts',
    'if (unstable === null) return log.highWatermark;',
    'if (unstable === null || unstable >= 0) return log.highWatermark;',
  ),
  one(
    'offsets of an aborted transaction count',
    'src/cluster/coordinator/groupOffsets.ts',
    'if (!isCommit) return { ...offsets, pendingTransactional };',
    '',
  ),
  one(
    'new coordinator aborts what was decided',
    'src/cluster/transaction/loading.ts',
    "sendMarkersOfLoaded(turn, completion, { isCommit: state === 'PrepareCommit' });",
    "sendMarkersOfLoaded(turn, completion, { isCommit: state === 'PrepareAbort' });",
  ),
  one(
    'old generation commits',
    'src/cluster/coordinator/offsetCommits.ts',
    "return generationId === group.generationId ? null : 'ILLEGAL_GENERATION';",
    'return null;',
  ),
  one(
    'static member not fenced',
    'src/cluster/coordinator/membership.ts',
    'if (holder !== memberId) {',
    "if (holder !== memberId && operation === 'nothing') {",
  ),
  one(
    'session not expired',
    'src/cluster/zookeeper/sessionTracker.ts',
    '.filter(([, { expiresAtMs }]) => expiresAtMs <= nowMs)',
    '.filter(([, { expiresAtMs }]) => expiresAtMs <= nowMs - 100_000)',
  ),
  one(
    'watch lost',
    'src/cluster/zookeeper/watchTable.ts',
    'for (const socket of [...(once ?? []), ...standingWatchers(current, event)]) {',
    'for (const socket of [...[...(once ?? [])].slice(1), ...standingWatchers(current, event)]) {',
  ),
  one(
    'zxid reused',
    'src/cluster/zookeeper/database.ts',
    'nextZxid = ({ lastZxid }: ZkDatabase): Zxid => (lastZxid + 1) as Zxid;',
    'nextZxid = ({ lastZxid }: ZkDatabase): Zxid => (lastZxid + (lastZxid % 7 === 3 ? 0 : 1)) as Zxid;',
  ),
  one(
    'zxid reused by a new leader of the ensemble',
    'src/cluster/zookeeper/quorum/proposals.ts',
    'zxid: (lastProposed + 1) as Zxid',
    'zxid: ((lastProposed % 4_294_967_296) + 1) as Zxid',
  ),
  one(
    'writes of an old controller not fenced',
    'src/cluster/controller/zkWrites.ts',
    'path: paths.controllerEpoch, version: epochZkVersion }',
    'path: paths.controllerEpoch, version: -1 }',
  ),
  one(
    'fetches of an old leader epoch answered',
    'src/cluster/broker/kafkaApis/fetch.ts',
    "if (asked.currentLeaderEpoch < partition.leaderEpoch) return 'FENCED_LEADER_EPOCH';",
    '',
  ),
  one(
    'producer epoch not fenced',
    producerState,
    "if (batch.producerEpoch >= entry.producerEpoch || origin === 'replication') return null;",
    'if (batch.producerEpoch >= -5) return null;',
  ),
  one(
    'a minority is a quorum',
    'src/cluster/zookeeper/quorum/peerState.ts',
    'new Set(sids).size > config.servers.length / 2;',
    'new Set(sids).size > config.servers.length / 2 - 1;',
  ),
  one(
    'expired session taken up again',
    'src/cluster/zookeeper/clientRequests.ts',
    '  if (isValid) {\n    acceptSession(turn, socket);',
    '  if (isValid || turn.now >= 0) {\n    acceptSession(turn, socket);',
  ),
  one(
    'version of a znode not compared',
    'src/cluster/zookeeper/transaction.ts',
    'expected !== -1 && expected !== actual;',
    'expected !== -1 && expected > actual;',
  ),
  one(
    'markers sent though the decision was not written',
    'src/cluster/transaction/endTransaction.ts',
    "  if (error === 'NONE' && metadata !== null) {\n    const prepared = prepareComplete(metadata,",
    '  if (metadata !== null) {\n    const prepared = prepareComplete({ ...metadata, ...transit, pendingState: null },',
  ),
  one(
    'transactional id begins anew with its old epoch',
    'src/cluster/transaction/transactionMetadata.ts',
    'const bumped = (producerEpoch + 1) as ProducerEpoch;',
    'const bumped = Math.max(producerEpoch, 0) as ProducerEpoch;',
  ),
  one(
    'transaction aborted without fencing its producer',
    'src/cluster/transaction/transactionMetadata.ts',
    '(hasFailedEpochFence ? producerEpoch : producerEpoch + 1)',
    '(hasFailedEpochFence ? producerEpoch : producerEpoch + 0)',
  ),
  one(
    'producer ids given twice',
    'src/cluster/broker/producerIdManager.ts',
    'encodeProducerIdBlock(brokerId, first, first + BLOCK_SIZE - 1)',
    'encodeProducerIdBlock(brokerId, first, first)',
  ),
  one(
    'producers not read back from the log',
    'src/kafka/log/truncation.ts',
    'if (logEndOffset > producers.mapEndOffset && !wasEmpty) {',
    'if (logEndOffset > producers.mapEndOffset && wasEmpty) {',
  ),
  one(
    'sequence gap accepted',
    producerState,
    'if (batch.baseSequence === (lastSequence',
    'if (batch.baseSequence >= (lastSequence',
  ),
  one(
    'leader epochs outlive a truncation',
    'src/kafka/log/truncation.ts',
    'leaderEpochs: truncateEpochsFromEnd(log.leaderEpochs, offset),',
    'leaderEpochs: log.leaderEpochs,',
  ),
  one(
    'new leader takes all it has for committed',
    partition,
    'log: isNewEpoch ? withLeaderEpoch(log, state.leaderEpoch) : log,',
    'log: isNewEpoch ? withHighWatermark(withLeaderEpoch(log, state.leaderEpoch), log.logEndOffset) : log,',
  ),
  one(
    'read_committed reads to the high watermark',
    'src/cluster/broker/kafkaApis/fetch.ts',
    "isolationLevel === 1 ? 'lastStableOffset' : 'highWatermark'",
    "'highWatermark'",
  ),
  one(
    'nothing committed, reset to the end',
    'src/cluster/client/consumer/committedOffsets.ts',
    'if (offset < 0) return requestReset(state, autoOffsetReset);',
    "if (offset < 0) return requestReset(state, 'latest');",
  ),
  one(
    'dead members stay in their group',
    'src/cluster/coordinator/sessions.ts',
    'if (member.isNew || (member.awaitingJoin === null && member.awaitingSync === null)) return true;',
    'if (member.isNew) return true;',
  ),
  one('ISR never shrinks', partition, '  if (behind.length === 0) return;\n', '  if (behind.length >= 0) return;\n'),
  one(
    'a restarted broker takes all it has for committed',
    'src/kafka/log/reopenLog.ts',
    '    highWatermark ?? start,\n  );',
    '    reopened.logEndOffset,\n  );',
  ),
  one(
    'where a leader epoch starts not noted',
    partition,
    'leaderEpochStartOffset: isNewEpoch ? log.logEndOffset : existing.leaderEpochStartOffset,',
    'leaderEpochStartOffset: existing.leaderEpochStartOffset,',
  ),
  one(
    'retention past the high watermark',
    'src/kafka/log/retention.ts',
    'if (log.highWatermark < upperBound || !mayGo(segment, following)) break;',
    'if (!mayGo(segment, following)) break;',
  ),
  one(
    'broker epochs of control requests not compared',
    'src/cluster/broker/kafkaApis/controlPlane.ts',
    'brokerEpoch !== -1 && brokerEpoch < broker.brokerEpoch;',
    'brokerEpoch !== -1 && brokerEpoch < broker.brokerEpoch - 1e9;',
  ),
  one(
    'retried batch gets new sequences',
    'src/cluster/client/producer/transactionManager.ts',
    'if (batch.sequence !== null) return [batch, manager];',
    'if (batch.sequence !== null && isTransactional(manager)) return [batch, manager];',
  ),
  one(
    'eager member reads on what it gave up',
    'src/cluster/client/consumer/joinGroup.ts',
    'const kept = withAssignment({ ...subscription, groupTopics: [] }, without(owned, given));',
    'const kept = withAssignment({ ...subscription, groupTopics: [] }, owned);',
  ),
  one(
    'assignments go to the wrong members',
    'src/cluster/coordinator/rebalance.ts',
    'assignment: assignments.get(memberId) ?? EMPTY_BYTES };',
    'assignment: [...assignments.values()][(([...assignments.keys()].indexOf(memberId) + 1) % assignments.size)] ?? EMPTY_BYTES };',
  ),
  one(
    'heartbeats do not tell of a rebalance',
    'src/cluster/coordinator/syncGroup.ts',
    "return group.state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';",
    "return 'NONE';",
  ),
  one(
    'coordinator of groups that has resigned answers',
    'src/cluster/coordinator/groupLoading.ts',
    '  ownedPartitions.delete(partition);\n',
    '',
  ),
  one(
    'commit answered before it is replicated',
    'src/cluster/broker/groupCoordination.ts',
    'const options = { acks: -1,',
    'const options = { acks: 1,',
  ),
  one(
    'transactions never time out',
    'src/cluster/transaction/expiration.ts',
    'txnStartTimestamp + txnTimeoutMs < nowMs;',
    'txnStartTimestamp + txnTimeoutMs < 0 * nowMs;',
  ),
  one(
    'zombie adds partitions to a transaction',
    'src/cluster/transaction/addPartitions.ts',
    "if (metadata.producerEpoch !== producer.producerEpoch) return 'PRODUCER_FENCED';\n  if (metadata.pendingState",
    'if (metadata.pendingState',
  ),
  one(
    'offsets of an open transaction told',
    'src/cluster/coordinator/offsetCommits.ts',
    'if (requireStable && isUnstable(group.offsets, topicPartition))',
    'if (false && requireStable && isUnstable(group.offsets, topicPartition))',
  ),
  one(
    'learner of the ensemble brought up to date with a gap',
    'src/cluster/zookeeper/quorum/learnerSync.ts',
    'known.filter(({ zxid }) => zxid > peerZxid);',
    'known.filter(({ zxid }) => zxid > peerZxid).slice(known.length > 5 ? 1 : 0);',
  ),
  one(
    'cleaner looks beyond the last stable offset',
    'src/kafka/cleaner/cleanableRange.ts',
    '    lastStableOffset(log),\n',
    '    log.logEndOffset,\n',
  ),
  one(
    'tombstones get no time',
    'src/kafka/cleaner/cleanBatch.ts',
    '((nowMs + cleaning.deleteRetentionMs) as TimestampMs)',
    '(nowMs as TimestampMs)',
  ),
  one(
    'markers compacted away before their data',
    'src/kafka/cleaner/cleanedTransactions.ts',
    'return !this.#committed.delete(batch.producerId);',
    'return this.#committed.delete(batch.producerId);',
  ),
  one(
    'last batch of a producer compacted away',
    'src/kafka/cleaner/cleanBatch.ts',
    'const keepsEmpty = isLastOfActiveProducer(batch, cleaning.producers);',
    'const keepsEmpty = isLastOfActiveProducer(batch, cleaning.producers) && batch.isControl;',
  ),
  one(
    'markers of a former coordinator accepted',
    'src/kafka/log/producerStateEntry.ts',
    "if (entry.coordinatorEpoch <= coordinatorEpoch || origin === 'replication') return null;",
    "if (entry.coordinatorEpoch <= coordinatorEpoch + 9 || origin === 'replication') return null;",
  ),
  one(
    'transactional batches not verified',
    'src/cluster/broker/transactionVerification.ts',
    'else if (!hasOngoingTransaction(hosted.log, producerId)) {',
    'else if (producerId < 0 && !hasOngoingTransaction(hosted.log, producerId)) {',
  ),
  one(
    'multi done up to what fails',
    'src/cluster/zookeeper/transaction.ts',
    "return { kind: 'error', error: prepared.error, results };\n    }\n    changes.push",
    "return changes.length > 0 ? { kind: 'multi', changes } : { kind: 'error', error: prepared.error, results };\n    }\n    changes.push",
  ),
  one(
    'reassignment complete with some of the target in sync',
    'src/cluster/controller/reassignment.ts',
    'targetReplicas(assignment).every((id) => isr.includes(id)),',
    'targetReplicas(assignment).some((id) => isr.includes(id)),',
  ),
  one(
    'topic deleted when one replica is',
    'src/cluster/controller/topicDeletion.ts',
    "inState(turn, topic, 'ReplicaDeletionSuccessful').length === replicas.length;",
    "inState(turn, topic, 'ReplicaDeletionSuccessful').length > 0;",
  ),
  one(
    'sequences begin anew in the old epoch',
    'src/cluster/client/producer/sender.ts',
    'producerEpoch: (manager.producerEpoch + 1) as',
    'producerEpoch: (manager.producerEpoch + 0) as',
  ),
  one(
    'cooperative member does not join again after it has given up partitions',
    'src/cluster/client/consumer/joinGroup.ts',
    "consumer = requestRejoin(consumer, 'need to revoke partitions and re-join', turn);",
    '',
  ),
  one(
    'learner of the ensemble with too much not truncated',
    'src/cluster/zookeeper/quorum/learnerSync.ts',
    "if (peerZxid > most && counterOfZxid(peerZxid) !== 0) return { kind: 'TRUNC', zxid: most, proposals: [], upTo: most };",
    "if (peerZxid > most && counterOfZxid(peerZxid) !== 0) return { kind: 'DIFF', zxid: most, proposals: [], upTo: most };",
  ),
  one(
    'sequential number given twice',
    'src/cluster/zookeeper/transaction.ts',
    'String(parent.childrenCreated).padStart',
    'String(parent.children.size).padStart',
  ),
];
