/** What a tool held over the figure would strike: the link whose wire is near, the server or client under the pointer. */
import { healthyLink } from '../../kernel/network.ts';
import type { Input } from '../../kernel/input.ts';
import type { MatrixHandle } from '../../views/clusterMatrix/ClusterMatrix.tsx';
import { endNames, inSentence, partyName } from './faultText.ts';
import { dieLossPerMille, knotUs, linkInputs, linkState } from './linkDeeds.ts';
import { struckBy } from './parties.ts';
import type { Scene } from './scene.ts';
import type { LinkTool, Tool } from './tools.ts';

export interface Aim {
  readonly label: string;
  readonly hint?: string;
  readonly inputs: readonly Input[];
  /** What is drawn of it in the figure. */
  readonly mark: { readonly attribute: 'data-link' | 'data-mark'; readonly value: string };
}

/** A wire this near is meant, in units. */
const reachUnits = 16;

const changes = {
  cut: { isCut: true },
  slow: { extraLatencyUs: knotUs },
  lossy: { lossPerMille: dieLossPerMille },
} as const;

/** Null where there is nothing that it could strike. `isOneWay`: only what goes towards the end that is nearer. */
export function aimTool(
  tool: Tool,
  { clientX, clientY, isOneWay }: { readonly clientX: number; readonly clientY: number; readonly isOneWay: boolean },
  { scene, matrix }: { readonly scene: Scene; readonly matrix: MatrixHandle | null },
): Aim | null {
  return tool === 'kill'
    ? aimAtProcess(document.elementFromPoint(clientX, clientY), scene)
    : aimAtLink(tool, matrix?.linkAt(clientX, clientY, reachUnits) ?? null, isOneWay, scene);
}

function aimAtLink(
  tool: LinkTool,
  aimed: ReturnType<MatrixHandle['linkAt']>,
  isOneWay: boolean,
  { words, world, parties }: Scene,
): Aim | null {
  if (aimed === null || linkState(aimed.ends, world).ways === 0) return null;
  const { ends, isNearLast, mark } = aimed;
  const [first, last] = endNames(ends, parties, words);
  const drawn = { attribute: 'data-link', value: mark } as const;
  const isWanted = isOneWay ? ({ isForth }: { readonly isForth: boolean }) => isForth === isNearLast : undefined;
  const name = isOneWay
    ? isNearLast
      ? words.oneWay(first, last)
      : words.oneWay(last, first)
    : words.link(first, last);
  const hint = isOneWay ? {} : { hint: words.oneWayOnly };
  const inputs = linkInputs(ends, world, changes[tool], isWanted);
  if (inputs.length > 0) return { label: words.drop[tool](name), inputs, mark: drawn, ...hint };
  // On a link that suffers it already, the tool undoes it.
  return { label: words.dropMend(name), inputs: linkInputs(ends, world, healthyLink, isWanted), mark: drawn, ...hint };
}

function aimAtProcess(target: Element | null, { picture, parties, words }: Scene): Aim | null {
  const under = target?.closest<SVGElement>('#figure [data-mark]')?.dataset['mark'];
  if (under === undefined) return null;
  const struck = struckBy(under, picture);
  if (struck?.kind !== 'processes') return null;
  const living = struck.processes.filter(
    (process) => parties.find((party) => party.process === process)?.isDead === false,
  );
  if (living.length === 0) return null;
  const [, broker] = /^replica-.*@(\d+)$/s.exec(under) ?? [];
  return {
    label: words.kill(words.and(living.map((process) => inSentence(partyName(process, parties))))),
    inputs: living.map((process) => ({ kind: 'signal', process, signal: 'SIGKILL' })),
    mark: { attribute: 'data-mark', value: broker === undefined ? under : `broker-${broker}` },
  };
}
