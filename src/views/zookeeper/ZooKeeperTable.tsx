/** The tables of ZooKeeper: its servers, and its znodes as far as the tree is open. */
import type { JSX } from 'react';
import '../clusterTable/clusterTable.css';
import type { ZooKeeperNow } from './layout.ts';
import type { ZooKeeperWords } from './zooKeeperWords.ts';

export function ZooKeeperTable({
  now,
  words,
}: {
  readonly now: ZooKeeperNow;
  readonly words: ZooKeeperWords;
}): JSX.Element {
  const { servers, ensemble, nameOf, nameOfSession } = now;
  const { table } = words;
  return (
    // A scrolling region takes the focus, so that the keyboard can scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="cluster-table" tabIndex={0} aria-label={table.znodes}>
      <table>
        <caption>{table.servers}</caption>
        <thead>
          <tr>
            {[table.server, table.state, table.zxid, table.voteFor].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {servers.map(({ server, health, role, zxid }) => (
            <tr key={server}>
              <th scope="row">{words.server(server)}</th>
              <td>{health === 'dead' ? words.down : role}</td>
              <td>{zxid}</td>
              <td>{ensemble.votes.find((one) => one.server === server)?.vote.leader ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{table.znodes}</caption>
        <thead>
          <tr>
            {[table.path, table.version, table.data, table.owner, table.watchers].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ensemble.znodes.map(({ path, version, data, owner, watchers }) => (
            <tr key={path}>
              <th scope="row">{path}</th>
              <td>{version}</td>
              <td>{data ?? ''}</td>
              <td>{owner === null ? '' : (nameOfSession(owner) ?? owner)}</td>
              <td>{[...new Set(watchers.flatMap((client) => nameOf(client) ?? []))].join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
