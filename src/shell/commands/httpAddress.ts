/** `http://host:port/path`, as curl reads it. */

export interface HttpAddress {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** On the simulated machine itself. */
  readonly isLocal: boolean;
}

/** Null for what is no address. */
export function parseAddress(url: string): HttpAddress | null {
  const [, scheme = 'http', host, port, path = ''] =
    /^(?:(https?):\/\/)?([\w.-]+)(?::(\d+))?(\/[^\s]*)?$/.exec(url) ?? [];
  if (host === undefined) return null;
  const isLocal = host === 'localhost' || host.startsWith('127.');
  return { host, port: Number(port ?? (scheme === 'https' ? '443' : '80')), path: path === '' ? '/' : path, isLocal };
}
