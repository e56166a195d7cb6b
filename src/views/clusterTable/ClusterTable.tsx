/** The table of the cluster's picture: the same data as the figure, in the same order, to be read, listened to, or copied. */
import type { JSX } from 'react';
import type { ClusterPicture } from '../../cluster/picture.ts';
import './clusterTable.css';
import type { PartitionRow, ReplicaPositions, ServerRow } from './rows.ts';
import { brokerColumns, groupRows, partitionRows, serverRows } from './rows.ts';
import type { TableWords } from './tableWords.ts';

export interface ClusterTableProps {
  readonly picture: ClusterPicture;
  readonly words: TableWords;
}

export function ClusterTable({ picture, words }: ClusterTableProps): JSX.Element {
  const brokers = brokerColumns(picture);
  const partitions = partitionRows(picture, brokers);
  const internal = partitions.filter(({ isInternal }) => isInternal);
  const groups = groupRows(picture);
  const none = <span className="cluster-table-none">{words.none}</span>;
  const orDash = (value: number | string | null): JSX.Element | number | string =>
    value ?? <span className="cluster-table-none">–</span>;
  return (
    // A scrolling region takes the focus, so that the keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="cluster-table" tabIndex={0} aria-label={words.partitions}>
      <Partitions
        caption={words.partitions}
        rows={partitions.filter(({ isInternal }) => !isInternal)}
        brokers={brokers}
        words={words}
        orDash={orDash}
      />
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
      <Servers rows={serverRows(picture)} words={words} orDash={orDash} />
      {internal.length === 0 ? null : (
        <details>
          <summary>{words.internalPartitions(internal.length)}</summary>
          <Partitions
            caption={words.internalPartitions(internal.length)}
            rows={internal}
            brokers={brokers}
            words={words}
            orDash={orDash}
          />
        </details>
      )}
    </section>
  );
}

interface PartitionsProps {
  readonly caption: string;
  readonly rows: readonly PartitionRow[];
  /** Ids, by column. */
  readonly brokers: readonly number[];
  readonly words: TableWords;
  readonly orDash: (value: number | string | null) => JSX.Element | number | string;
}
function Partitions({ caption, rows, brokers, words, orDash }: PartitionsProps): JSX.Element {
  const none = <span className="cluster-table-none">{words.none}</span>;
  const list = (ids: readonly number[]): JSX.Element | string => (ids.length === 0 ? none : ids.join(', '));
  return (
    <table>
      <caption>{caption}</caption>
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
        {rows.length === 0 ? <Nothing text={words.noTopic} columns={6 + 3 * brokers.length} /> : null}
        {rows.map((row) => (
          <tr key={`${row.topic}-${row.partition}`}>
            <th scope="row">{row.topic}</th>
            <td>P{row.partition}</td>
            <td>{row.leader ?? none}</td>
            <td>{row.leaderEpoch}</td>
            <td>{list(row.replicas)}</td>
            <td>{list(row.isr)}</td>
            {row.positions.map((position, index) => (
              <Positions key={brokers[index]} position={position} orDash={orDash} words={words} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BrokerHeads({ id, words }: { readonly id: number; readonly words: TableWords }): JSX.Element {
  return (
    <>
      <th scope="col">{words.replicaState(id)}</th>
      <th scope="col">{words.highWatermark(id)}</th>
      <th scope="col">{words.logEndOffset(id)}</th>
    </>
  );
}

interface PositionsProps {
  readonly position: ReplicaPositions | null;
  readonly words: TableWords;
  readonly orDash: (value: number | string | null) => JSX.Element | number | string;
}
function Positions({ position, orDash, words }: PositionsProps): JSX.Element {
  return (
    <>
      <td className={position === null ? undefined : `cluster-table-${position.state}`}>
        {orDash(position === null ? null : words.replicaStates[position.state])}
      </td>
      <td>{orDash(position?.highWatermark ?? null)}</td>
      <td>{orDash(position?.logEndOffset ?? null)}</td>
    </>
  );
}

interface ServersProps {
  readonly rows: readonly ServerRow[];
  readonly words: TableWords;
  readonly orDash: (value: string | null) => JSX.Element | number | string;
}
function Servers({ rows, words, orDash }: ServersProps): JSX.Element {
  return (
    <table>
      <caption>{words.servers}</caption>
      <thead>
        <tr>
          <th scope="col">{words.server}</th>
          <th scope="col">{words.health}</th>
          <th scope="col">{words.role}</th>
          <th scope="col">{words.session}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, health, role, session }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{words.healths[health]}</td>
            <td>{orDash(role === null ? null : (words.roles[role] ?? role))}</td>
            <td>{orDash(session === null ? null : words.sessions[session])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Nothing({ text, columns }: { readonly text: string; readonly columns: number }): JSX.Element {
  return (
    <tr>
      <td colSpan={columns}>{text}</td>
    </tr>
  );
}
