/** The table of one group: partition, who reads it, where it has committed, what is left. */
import type { JSX } from 'react';
import '../clusterTable/clusterTable.css';
import type { GroupWords } from './groupWords.ts';
import type { GroupNow } from './layout.ts';

export function GroupTable({ now, words }: { readonly now: GroupNow; readonly words: GroupWords }): JSX.Element {
  const { group, partitions } = now;
  const { table } = words;
  const readerOf = (name: string): string => {
    const found = group.members.find((member) =>
      member.partitions.some(({ topic, partition }) => `${topic} P${partition}` === name),
    );
    return found === undefined ? table.none : words.client(found);
  };
  const caption = table.caption(group.group);
  return (
    // A scrolling region takes the focus, so that the keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="cluster-table" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {[table.partition, table.member, table.committed, table.position, table.end, table.lag].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {partitions.map(({ name, committed, position, end, lag }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{readerOf(name)}</td>
              <td>{committed ?? '–'}</td>
              <td>{position ?? '–'}</td>
              <td>{end ?? '–'}</td>
              <td>{lag ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
