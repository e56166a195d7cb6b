/** What a deep view shows of the cluster: read anew when the cluster has changed, the same answer as long as it has not. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Lab } from '../session/Lab.ts';

export function readerOf<Now>(lab: Lab, read: (cluster: ClusterPicture) => Now): () => Now {
  let last: { readonly cluster: ClusterPicture; readonly now: Now } | null = null;
  return () => {
    const cluster = lab.picture();
    if (last?.cluster !== cluster) last = { cluster, now: read(cluster) };
    return last.now;
  };
}
