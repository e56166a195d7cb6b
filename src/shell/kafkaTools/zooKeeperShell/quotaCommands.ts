/** `setquota`, `listquota` and `delquota` of ZooKeeper's shell: the client itself keeps the znodes of quotas. Follows `org.apache.zookeeper.cli` (3.8.4). */
import type { StatsTrack } from '../../../cluster/zookeeper/quotas.ts';
import {
  limitPathOf,
  parseStatsTrack,
  quotaRoot,
  statPathOf,
  statsTrackText,
} from '../../../cluster/zookeeper/quotas.ts';
import { CliFailure } from './cliFailure.ts';
import type { CommandLine, OptionGroup } from './cliOptions.ts';
import type { ZkCommand } from './commandSteps.ts';
import { ask, exists, print } from './commandSteps.ts';

const meanings = { n: 'num soft quota', b: 'bytes soft quota', N: 'num hard quota', B: 'bytes hard quota' };
export const quotaToSet: OptionGroup = { options: meanings, isRequired: true };
export const quotaToDelete: OptionGroup = { options: meanings, isRequired: false };

/** The figure that an option stands for. */
const figures = { n: 'count', b: 'bytes', N: 'countHardLimit', B: 'byteHardLimit' } as const;
type Letter = keyof typeof figures;
const lettersOf = (line: CommandLine): readonly Letter[] =>
  (['n', 'b', 'N', 'B'] as const).filter((letter) => line.has(letter));

export function* setQuota(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  if (path.startsWith(quotaRoot)) return yield* print(`cannot set a quota under the path: ${quotaRoot}\n`, 'stderr');
  const quota = new Map(Object.values(figures).map((figure) => [figure as string, -1]));
  for (const letter of lettersOf(line)) {
    const problem = problemOfValue(letter, line.valueOf(letter) ?? '');
    if (problem !== null) return yield* print(`${problem}\n`, 'stderr');
    quota.set(figures[letter], Number(line.valueOf(letter)));
  }
  if (!(yield* exists(path))) throw new CliFailure(`${path} does not exist.`);
  yield* refuseQuotaBelow(path);
  yield* refuseQuotaAbove(path);
  yield* writeQuota(path, quota);
}

function problemOfValue(letter: Letter, value: string): string | null {
  const isLong = letter === 'b' || letter === 'B';
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number) || Math.abs(number) > (isLong ? 2 ** 63 : 2 ** 31)) {
    return 'NumberFormatException happens when parsing the option value';
  }
  if (isLong) return number >= 0 ? null : 'the bytes quota must be greater than or equal to zero';
  return number > 0 ? null : 'the num quota must be greater than zero';
}

function* refuseQuotaBelow(path: string): ZkCommand {
  const own = `${quotaRoot}${path}`;
  const places = (yield* exists(own)) ? [own] : [];
  for (let place = places.shift(); place !== undefined; place = places.shift()) {
    const { children } = yield* ask({ op: 'getChildren', path: place, watch: false }, place);
    if (place !== own && children.includes('zookeeper_limits')) {
      throw new CliFailure(`${path} has a child ${place.slice(quotaRoot.length)} which has a quota`);
    }
    places.unshift(...[...children].sort().map((child) => `${place}/${child}`));
  }
}

function* refuseQuotaAbove(path: string): ZkCommand {
  let place = quotaRoot;
  for (const name of path.split('/').slice(1, -1)) {
    place += `/${name}`;
    if (!(yield* exists(place))) return;
    const { children } = yield* ask({ op: 'getChildren', path: place, watch: false }, place);
    if (children.length === 0) return;
    if (children.includes('zookeeper_limits')) {
      throw new CliFailure(`${path} has a parent ${place.slice(quotaRoot.length)} which has a quota`);
    }
  }
}

function* writeQuota(path: string, quota: StatsTrack): ZkCommand {
  let place = quotaRoot;
  for (const name of path.split('/').slice(1)) {
    place += `/${name}`;
    if (!(yield* exists(place))) yield* create(place, null);
  }
  const [limitPath, statPath] = [limitPathOf(path), statPathOf(path)];
  if (!(yield* exists(limitPath))) {
    yield* create(limitPath, statsTrackText(quota));
    yield* create(
      statPath,
      statsTrackText(
        new Map([
          ['count', 0],
          ['bytes', 0],
        ]),
      ),
    );
    yield* warnOfExcess(yield* statsAt(limitPath), yield* statsAt(statPath));
    return;
  }
  const changed = new Map(yield* statsAt(limitPath));
  for (const [figure, limit] of quota) if (limit > -1) changed.set(figure, limit);
  yield* warnOfExcess(changed, yield* statsAt(statPath));
  yield* ask({ op: 'setData', path: limitPath, data: statsTrackText(changed), version: -1 }, limitPath);
}

function* create(path: string, data: string | null): ZkCommand {
  yield* ask({ op: 'create', path, data, mode: 'PERSISTENT' }, path);
}

function* statsAt(path: string): ZkCommand<StatsTrack> {
  const { data } = yield* ask({ op: 'getData', path, watch: false }, path);
  return parseStatsTrack(data ?? '');
}

function* warnOfExcess(limits: StatsTrack, stats: StatsTrack): ZkCommand {
  for (const [figure, hard] of [
    ['count', 'countHardLimit'],
    ['bytes', 'byteHardLimit'],
  ] as const) {
    const existing = stats.get(figure) ?? -1;
    const isLess = [figure, hard].some(
      (limit) => (limits.get(limit) ?? -1) > -1 && (limits.get(limit) ?? -1) < existing,
    );
    if (isLess)
      yield* print(`[Warning]: the ${figure} quota you create is less than the existing ${figure}:${existing}\n`);
  }
}

export function* listQuota(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  yield* print(`absolute path is ${limitPathOf(path)}\n`, 'stderr');
  if (!(yield* exists(limitPathOf(path))) || !(yield* exists(statPathOf(path)))) {
    return yield* print(`quota for ${path} does not exist.\n`, 'stderr');
  }
  yield* print(`Output quota for ${path} ${statsTrackText(yield* statsAt(limitPathOf(path)))}\n`);
  yield* print(`Output stat for ${path} ${statsTrackText(yield* statsAt(statPathOf(path)))}\n`);
}

export function* deleteQuota(line: CommandLine): ZkCommand {
  const path = line.args[1]!;
  const limitPath = limitPathOf(path);
  if (!(yield* exists(limitPath))) return yield* print(`Quota does not exist for ${path}\n`);
  const letters = lettersOf(line);
  if (letters.length > 0) {
    const changed = new Map(yield* statsAt(limitPath));
    for (const letter of letters) changed.set(figures[letter], -1);
    yield* ask({ op: 'setData', path: limitPath, data: statsTrackText(changed), version: -1 }, limitPath);
    return;
  }
  let place = `${quotaRoot}${path}`;
  const { children } = yield* ask({ op: 'getChildren', path: place, watch: false }, place);
  for (const child of children) yield* remove(`${place}/${child}`);
  while (place !== quotaRoot) {
    const below = yield* ask({ op: 'getChildren', path: place, watch: false }, place);
    if (below.children.length > 0) return;
    yield* remove(place);
    place = place.slice(0, place.lastIndexOf('/'));
  }
}

function* remove(path: string): ZkCommand {
  yield* ask({ op: 'delete', path, version: -1 }, path);
}
