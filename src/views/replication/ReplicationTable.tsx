/** The table of one partition's replication: what the figure shows, to be read, listened to, or copied. */
import type { JSX } from 'react';
import type { ReplicationPicture } from '../../cluster/broker/pictureOfReplication.ts';
import '../clusterTable/clusterTable.css';
import type { ReplicationWords } from './replicationWords.ts';

export interface ReplicationTableProps {
  readonly picture: ReplicationPicture;
  readonly nowMs: number;
  readonly words: ReplicationWords;
}

export function ReplicationTable({ picture, nowMs, words }: ReplicationTableProps): JSX.Element {
  const { table } = words;
  const caption = table.caption(picture.topic, picture.partition);
  return (
    // A scrolling region takes the focus, so that the keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="cluster-table" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {[table.broker, table.role, table.isr, table.highWatermark, table.logEndOffset].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">{table.knownEnd}</th>
            <th scope="col">{table.caughtUp}</th>
            <th scope="col">{table.epochs}</th>
          </tr>
        </thead>
        <tbody>
          {picture.replicas.map(({ replica, known, epochs }) => (
            <tr key={replica.broker}>
              <th scope="row">{replica.broker}</th>
              <td>
                {replica.role === 'leader'
                  ? words.leader.split(' ')[0]
                  : replica.role === 'offline'
                    ? words.offline
                    : words.follower.split(' ')[0]}
              </td>
              <td>{replica.isInSync ? table.yes : table.no}</td>
              <td>{replica.highWatermark}</td>
              <td>{replica.logEndOffset}</td>
              <td>{known?.logEndOffset ?? '–'}</td>
              <td>
                {known === null
                  ? '–'
                  : words.caughtUp(
                      known.lastCaughtUpMs === null ? null : Math.max(0, nowMs - known.lastCaughtUpMs),
                      picture.replicaLagTimeMaxMs,
                    )}
              </td>
              <td>{epochs.map(({ epoch, startOffset }) => table.epochFrom(epoch, startOffset)).join(', ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
