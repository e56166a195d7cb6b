/** Why an election chose whom it chose: by the order of the assignment, the ISR, and who was alive. */
import type { ClusterFacts } from '../../cluster/facts.ts';

export interface ElectionWhy {
  /** `order`: the first of the list that is alive and in the ISR. */
  readonly kind: 'order' | 'preferred' | 'shutdown' | 'reassigned' | 'unclean' | 'none';
  readonly replicas: readonly number[];
  /** Of those before the chosen one in the list. */
  readonly offline: readonly number[];
  readonly outOfSync: readonly number[];
}

export function electionWhy({
  leader,
  strategy,
  replicas,
  offline,
}: Pick<ClusterFacts['leaderElected'], 'leader' | 'strategy' | 'replicas' | 'offline'>): ElectionWhy {
  const passedOver = replicas.slice(0, Math.max(0, replicas.indexOf(leader)));
  const kind =
    leader < 0
      ? 'none'
      : strategy === 'Preferred'
        ? 'preferred'
        : strategy === 'ControlledShutdown'
          ? 'shutdown'
          : strategy === 'Reassign'
            ? 'reassigned'
            : strategy === 'Unclean'
              ? 'unclean'
              : 'order';
  return {
    kind,
    replicas,
    offline: passedOver.filter((id) => offline.includes(id)),
    outOfSync: kind === 'order' ? passedOver.filter((id) => !offline.includes(id)) : [],
  };
}
