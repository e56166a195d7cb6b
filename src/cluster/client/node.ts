/** A broker as clients know it: `org.apache.kafka.common.Node`. Ids below 0 are servers of the bootstrap list. */
export interface Node {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

/** `Node#toString`. */
export function nodeText({ host, port, id, rack }: Node): string {
  return `${host}:${port} (id: ${id} rack: ${rack ?? 'null'})`;
}

/** The connection that a consumer keeps to its group's coordinator has an id of its own. */
export function coordinatorConnection({ id, ...rest }: Node): Node {
  return { id: 2147483647 - id, ...rest };
}
