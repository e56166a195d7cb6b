import { describe, expect, test } from 'vitest';
import { begin } from './begin.ts';
import { type } from './lesson.ts';
import { perform } from './perform.ts';
import { programs } from '../shell/registry.ts';

/** What lines typed into zookeeper-shell bring, without what its watcher says. */
function shown(...lines: readonly string[]): readonly string[] {
  const { timeline } = begin({ preset: 'solo', terminals: ['t'], actions: [] }, { programs, seed: 3, setup: null });
  perform(timeline, [type('t', 'bin/zookeeper-shell.sh localhost:2181')]);
  const from = timeline.now;
  perform(
    timeline,
    lines.map((line) => type('t', line)),
  );
  return timeline
    .factsBetween(from, timeline.now)
    .flatMap(({ what }) => (what.kind === 'printed' && what.terminal === 't' ? what.text.split('\n') : []))
    .filter((line) => line !== '' && line !== 'WATCHER::' && !line.endsWith('state:Closed type:None path:null'));
}
const connected = 'WatchedEvent state:SyncConnected type:None path:null';

describe('addauth', () => {
  test('proves a name to this session: what is given to it, another session may not read', () => {
    const lines = shown(
      'create /mine x',
      'addauth digest alice:secret',
      'setAcl /mine auth::cdrwa',
      'getAcl /mine',
      'connect localhost:2181',
      'get /mine',
      'addauth digest alice:secret',
      'get /mine',
    );

    expect(lines).toEqual([
      'Created /mine',
      "'digest,'alice:aYXlLOpEooaV1cRAvUL1fp9Qt7E=",
      ': cdrwa',
      connected,
      'Insufficient permission : /mine',
      'x',
    ]);
  });

  test('ends the session when the server does not know the scheme', () => {
    expect(shown('addauth world anyone', 'ls /')).toEqual([
      'WatchedEvent state:AuthFailed type:None path:null',
      'Not connected',
    ]);
  });
});
