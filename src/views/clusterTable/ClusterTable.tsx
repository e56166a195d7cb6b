/** The table of the cluster's picture: the same data as the figure, in the same order, to be read, listened to, or copied. */
import type { JSX } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import './clusterTable.css';
import { brokerColumns, groupRows, partitionRows } from './rows.ts';
import type { TableWords } from './tableWords.ts';

export interface ClusterTableProps {
  readonly picture: ClusterPicture;
  readonly words: TableWords;
}

export function ClusterTable({ picture, words }: ClusterTableProps): JSX.Element {
  const brokers = brokerColumns(picture);
  const partitions = partitionRows(picture, brokers);
  const groups = groupRows(picture);
  const none = <span className="cluster-table-none">{words.none}</span>;
  const orDash = (value: number | string | null): JSX.Element | number | string =>
    value ?? <span className="cluster-table-none">–</span>;
  const list = (ids: readonly number[]): JSX.Element | string => (ids.length === 0 ? none : ids.join(', '));
  return (
    // A scrolling region takes the focus, so that the keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="cluster-table" tabIndex={0} aria-label={words.partitions}>
      <table>
        <caption>{words.partitions}</caption>
        <thead>
          <tr>
            <th scope="col">{words.topic}</th>
            <th scope="col">{words.partition}</th>
            <th scope="col">{words.leader}</th>
            <th scope="col">{words.leaderEpoch}</th>
            <th scope="col">{words.replicas}</th>
            <th scope="col">{words.isr}</th>
            {brokers.map((id) => (
              <BrokerHeads key={id} id={id} words={words} />
            ))}
          </tr>
        </thead>
        <tbody>
          {partitions.length === 0 ? <Nothing text={words.noTopic} columns={6 + 2 * brokers.length} /> : null}
          {partitions.map((row) => (
            <tr key={`${row.topic}-${row.partition}`}>
              <th scope="row">
                {row.topic}
                {row.isInternal ? <small> ({words.internal})</small> : null}
              </th>
              <td>P{row.partition}</td>
              <td>{row.leader ?? none}</td>
              <td>{row.leaderEpoch}</td>
              <td>{list(row.replicas)}</td>
              <td>{list(row.isr)}</td>
              {row.positions.map((position, index) => (
                <Positions key={brokers[index]} position={position} orDash={orDash} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{words.groups}</caption>
        <thead>
          <tr>
            <th scope="col">{words.group}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.topic}</th>
            <th scope="col">{words.partition}</th>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.committed}</th>
            <th scope="col">{words.end}</th>
            <th scope="col">{words.lag}</th>
          </tr>
        </thead>
        <tbody>
          {groups.length === 0 ? <Nothing text={words.noGroup} columns={8} /> : null}
          {groups.map((row) =>
            'topic' in row ? (
              <tr key={`${row.group} ${row.topic}-${row.partition}`}>
                <th scope="row">{row.group}</th>
                <td>{row.state}</td>
                <td>{row.topic}</td>
                <td>P{row.partition}</td>
                <td>{row.member ?? none}</td>
                <td>{orDash(row.committed)}</td>
                <td>{orDash(row.end)}</td>
                <td>{orDash(row.lag)}</td>
              </tr>
            ) : (
              <tr key={row.group}>
                <th scope="row">{row.group}</th>
                <td>{row.state}</td>
                <td colSpan={6}>{none}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}

function BrokerHeads({ id, words }: { readonly id: number; readonly words: TableWords }): JSX.Element {
  return (
    <>
      <th scope="col">{words.highWatermark(id)}</th>
      <th scope="col">{words.logEndOffset(id)}</th>
    </>
  );
}

interface PositionsProps {
  readonly position: { readonly highWatermark: number; readonly logEndOffset: number } | null;
  readonly orDash: (value: number | null) => JSX.Element | number | string;
}
function Positions({ position, orDash }: PositionsProps): JSX.Element {
  return (
    <>
      <td>{orDash(position?.highWatermark ?? null)}</td>
      <td>{orDash(position?.logEndOffset ?? null)}</td>
    </>
  );
}

function Nothing({ text, columns }: { readonly text: string; readonly columns: number }): JSX.Element {
  return (
    <tr>
      <td colSpan={columns}>{text}</td>
    </tr>
  );
}
