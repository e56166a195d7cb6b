/** Partitions as the picture of the cluster has them. */
import type { ClusterPicture, PartitionPicture } from '../../cluster/picture.ts';

/** None where there is no such topic. */
export const partitionsOf = ({ topics }: ClusterPicture, topic: string): readonly PartitionPicture[] =>
  topics.find((other) => other.topic === topic)?.partitions ?? [];

export const findPartition = (
  picture: ClusterPicture,
  { topic, partition }: { readonly topic: string; readonly partition: number },
): PartitionPicture | undefined => partitionsOf(picture, topic).find((other) => other.partition === partition);
