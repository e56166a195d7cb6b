/** All families, to be called after every event of a simulation. */
import type { Fact } from '../../kernel/facts.ts';
import type { World } from '../../kernel/world.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { Assignments } from './assignments.ts';
import { CommittedOffsets } from './committedOffsets.ts';
import { CommittedRecords } from './committedRecords.ts';
import { Compaction } from './compaction.ts';
import { Controllers } from './controllers.ts';
import { CoordinatorLogs } from './coordinatorLogs.ts';
import { Deletions } from './deletions.ts';
import { Deliveries } from './deliveries.ts';
import { Elections } from './elections.ts';
import { Fencing } from './fencing.ts';
import { FetchEpochs } from './fetchEpochs.ts';
import { GroupAnswers } from './groupAnswers.ts';
import { Groups } from './groups.ts';
import { HighWatermarkCheckpoints } from './highWatermarkCheckpoints.ts';
import { HighWatermarks } from './highWatermarks.ts';
import { Idempotence } from './idempotence.ts';
import type { Invariant } from './invariant.ts';
import { IsrExpansions } from './isrExpansions.ts';
import { Laggards } from './laggards.ts';
import { LeaderEpochs } from './leaderEpochs.ts';
import { Leadership } from './leadership.ts';
import { LearnerSyncs } from './learnerSyncs.ts';
import { LogMatching } from './logMatching.ts';
import { MarkersSent } from './markersSent.ts';
import { MemberSessions } from './memberSessions.ts';
import type { Observation } from './observation.ts';
import { Observer } from './observation.ts';
import { PartitionHistories } from './partitionHistories.ts';
import { ProducerEpochs } from './producerEpochs.ts';
import { Reassignments } from './reassignments.ts';
import { Refusals } from './refusals.ts';
import { Retention } from './retention.ts';
import { Revocations } from './revocations.ts';
import { Sequences } from './sequences.ts';
import { Sessions } from './sessions.ts';
import { StaleMembers } from './staleMembers.ts';
import { StoredOffsets } from './storedOffsets.ts';
import { TransactionMarkers } from './transactionMarkers.ts';
import { Transactions } from './transactions.ts';
import { Visibility } from './visibility.ts';
import { Votes } from './votes.ts';
import { ZnodeConditions } from './znodeConditions.ts';
import { Znodes } from './znodes.ts';
import { ZombieProducers } from './zombieProducers.ts';

export interface Totals {
  readonly elections: number;
  readonly uncleanElections: number;
  readonly truncations: number;
  readonly isrChanges: number;
  readonly rebalances: number;
  readonly cleanings: number;
  readonly transactionsCommitted: number;
  readonly transactionsAborted: number;
  readonly acknowledged: number;
  readonly consumed: number;
  readonly lostUncleanly: number;
}

export class ClusterInvariants {
  readonly histories = new PartitionHistories();
  readonly #observer = new Observer();
  readonly #elections = new Elections(this.histories);
  readonly #committed = new CommittedRecords(this.histories);
  readonly #acknowledgements = new Acknowledgements(this.histories);
  readonly #transactions = new Transactions(this.histories);
  readonly #visibility = new Visibility(this.histories);
  readonly #groups = new Groups();
  readonly #compaction = new Compaction(this.#visibility);
  /** In this order: what was written to ZooKeeper decides what may be lost, and what is committed what may be seen. */
  readonly #invariants: readonly Invariant[] = [
    new Votes(),
    new Znodes(),
    new LearnerSyncs(),
    new ZnodeConditions(),
    new Sessions(),
    this.#elections,
    new Reassignments(),
    new Deletions(),
    new Controllers(),
    new Fencing(),
    new Leadership(),
    new LeaderEpochs(),
    new LogMatching(),
    new FetchEpochs(),
    this.#committed,
    new HighWatermarks(this.histories),
    new HighWatermarkCheckpoints(),
    new Retention(),
    new IsrExpansions(),
    new Laggards(),
    new Idempotence(),
    new Sequences(),
    this.#acknowledgements,
    this.#compaction,
    this.#transactions,
    new MarkersSent(),
    new TransactionMarkers(),
    new ProducerEpochs(),
    new ZombieProducers(),
    new CoordinatorLogs(),
    this.#visibility,
    new CommittedOffsets(this.histories, this.#visibility),
    new Deliveries(this.histories, this.#visibility),
    new StoredOffsets(),
    this.#groups,
    new GroupAnswers(),
    new Revocations(),
    new Assignments(),
    new StaleMembers(),
    new MemberSessions(),
    new Refusals(),
  ];

  /** `facts`: those of the event. Throws `InvariantBroken`. */
  afterEvent(world: World, facts: readonly Fact[]): Observation {
    const seen = this.#observer.look(world, facts);
    for (const invariant of this.#invariants) invariant.afterEvent(seen);
    return seen;
  }

  totals(): Totals {
    const { acknowledged } = this.#acknowledgements;
    let lostUncleanly = 0;
    for (const [, history] of this.histories.all()) lostUncleanly += history.lostUncleanly;
    return {
      elections: this.#elections.elections,
      uncleanElections: this.#elections.uncleanElections,
      truncations: this.#committed.truncations,
      isrChanges: this.#elections.isrChanges,
      rebalances: this.#groups.rebalances,
      cleanings: this.#compaction.cleanings,
      transactionsCommitted: this.#transactions.committed,
      transactionsAborted: this.#transactions.aborted,
      acknowledged: acknowledged['1'] + acknowledged['-1'],
      consumed: this.#visibility.consumed,
      lostUncleanly,
    };
  }
}
