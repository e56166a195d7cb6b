/** What a card says of one record of a replica, and of a message under way. */
import type { ClusterPicture, FlightPicture } from '../../cluster/picture.ts';
import type { Language } from '../../course/courseLesson.ts';
import type { World } from '../../kernel/world.ts';
import type { StripCell } from '../../views/clusterMatrix/stripCells.ts';
import { stripCells } from '../../views/clusterMatrix/stripCells.ts';
import { namesOf } from '../narration/processNames.ts';
import type { Mark } from './mark.ts';
import type { ValueRow } from './values.ts';
import type { InspectorWords } from './words.ts';

/** Null when the replica does not hold it at this instant. */
export function recordValues(
  { topic, partition, broker, offset }: Extract<Mark, { kind: 'record' }>,
  { topics }: ClusterPicture,
  words: InspectorWords,
): readonly ValueRow[] | null {
  const replica = topics
    .find((one) => one.topic === topic)
    ?.partitions.find((one) => one.partition === partition)
    ?.replicas.find((one) => one.broker === broker);
  const [cell]: readonly StripCell[] = replica === undefined ? [] : stripCells(replica, offset, 1);
  if (cell === undefined) return null;
  const { labels, noneOfIt } = words;
  return [
    { label: labels.offset, value: `${cell.offset}` },
    { label: labels.key, value: cell.key ?? noneOfIt },
    { label: labels.value, value: cell.value ?? noneOfIt },
    { label: labels.state, value: words.cellStates[cell.state] },
  ];
}

/** So many of the records on board are told one by one. */
const mostRecords = 5;

/** Null when it has arrived. */
export function messageValues(
  fact: number,
  picture: ClusterPicture,
  { world, words, language }: { readonly world: World; readonly words: InspectorWords; readonly language: Language },
): readonly ValueRow[] | null {
  const flight: FlightPicture | undefined = picture.flights.find((one) => one.fact === fact);
  if (flight === undefined) return null;
  const { labels } = words;
  const nameOf = namesOf(picture, world, language);
  const { records } = flight;
  return [
    { label: labels.message, value: `${flight.api}${flight.isResponse ? ` (${words.response})` : ''}` },
    { label: labels.from, value: nameOf(flight.from) },
    { label: labels.to, value: nameOf(flight.to) },
    { label: labels.flightTime, value: `${((flight.dueAt - flight.sentAt) / 1000).toLocaleString(language)}\u00a0ms` },
    ...records.slice(0, mostRecords).map(({ topic, partition, key, value }) => ({
      label: words.partition(topic, partition),
      value: [key, value].filter((part) => part !== null).join(' · '),
    })),
    ...(records.length > mostRecords ? [{ label: labels.records, value: `${records.length}` }] : []),
  ];
}
