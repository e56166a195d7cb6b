/** How processes are called in sentences: by what they are in the cluster, else by their program and terminal. */
import type { ClusterPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { ProcessId } from '../../kernel/events.ts';
import type { World } from '../../kernel/world.ts';
import type { NameOf } from './sentences.ts';
import { sentencesIn } from './sentence.ts';

/** A server that has ended keeps its name while the picture shows it. */
export function namesOf(picture: ClusterPicture, { processes }: Pick<World, 'processes'>, language: Language): NameOf {
  const names = new Map<ProcessId, string>();
  const ensembleSize = picture.zookeepers.length;
  for (const { process, broker } of picture.brokers) names.set(process, `broker ${broker}`);
  for (const { process, server } of picture.zookeepers)
    names.set(process, ensembleSize > 1 ? `ZooKeeper ${server}` : 'ZooKeeper');
  return (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const process = processes[id];
    if (process === undefined) return sentencesIn(language).process(id);
    if (process.terminal === null) return `${process.program} (${1000 + id})`;
    return process.program === 'bash'
      ? sentencesIn(language).shell(process.terminal)
      : `${process.program} (${process.terminal})`;
  };
}
