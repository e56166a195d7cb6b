/** What is selected in a figure: the key of a mark (`data-mark`), read. */
export type Mark =
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'zookeeper'; readonly server: number }
  | { readonly kind: 'replica'; readonly topic: string; readonly partition: number; readonly broker: number }
  | {
      readonly kind: 'record';
      readonly topic: string;
      readonly partition: number;
      readonly broker: number;
      readonly offset: number;
    }
  /** Under way, by the fact of its sending. */
  | { readonly kind: 'message'; readonly fact: number }
  | { readonly kind: 'producer'; readonly process: number }
  /** Another client at work. */
  | { readonly kind: 'tool'; readonly process: number }
  | { readonly kind: 'group'; readonly group: string }
  /** A consumer, as a member of its group. */
  | { readonly kind: 'member'; readonly process: number }
  | { readonly kind: 'znode'; readonly path: string }
  /** All links between two sides, by process. */
  | { readonly kind: 'link'; readonly from: readonly number[]; readonly to: readonly number[] };

/** Null for a key that no figure gives. Topics and groups may hold dashes. */
export function parseMark(key: string): Mark | null {
  const [, kind, rest = ''] = /^([a-z]+)-(.*)$/s.exec(key) ?? [];
  const number = /^\d+$/.test(rest) ? Number(rest) : null;
  switch (kind) {
    case 'broker':
      return number === null ? null : { kind, broker: number };
    case 'zookeeper':
      return number === null ? null : { kind, server: number };
    case 'producer':
    case 'tool':
    case 'member':
      return number === null ? null : { kind, process: number };
    case 'group':
      return { kind, group: rest };
    case 'znode':
      return { kind, path: rest };
    case 'link': {
      const [, from, to] = /^(\d+(?:\.\d+)*)-(\d+(?:\.\d+)*)$/.exec(rest) ?? [];
      if (from === undefined || to === undefined) return null;
      return { kind, from: from.split('.').map(Number), to: to.split('.').map(Number) };
    }
    case 'message':
      return number === null ? null : { kind, fact: number };
    case 'record': {
      const [, topic, partition, broker, offset] = /^(.+)-(\d+)@(\d+):(\d+)$/.exec(rest) ?? [];
      if (topic === undefined) return null;
      return { kind, topic, partition: Number(partition), broker: Number(broker), offset: Number(offset) };
    }
    case 'replica': {
      const [, topic, partition, broker] = /^(.+)-(\d+)@(\d+)$/.exec(rest) ?? [];
      if (topic === undefined) return null;
      return { kind, topic, partition: Number(partition), broker: Number(broker) };
    }
    default:
      return null;
  }
}
