/** What is wrong with a path of a znode, in the client's words; null where nothing is. Follows `org.apache.zookeeper.common.PathUtils` (3.8.4). */
export function problemOfPath(path: string): string | null {
  if (path === '') return 'Path length must be > 0';
  if (!path.startsWith('/')) return 'Path must start with / character';
  if (path === '/') return null;
  if (path.endsWith('/')) return 'Path must not end with / character';
  for (let at = 1; at < path.length; at++) {
    const reason = reasonAgainst(path, at);
    if (reason !== null) return `Invalid path string "${path}" caused by ${reason} @${at}`;
  }
  return null;
}

/** By the UTF-16 unit, as Java goes through a string. */
function reasonAgainst(path: string, at: number): string | null {
  const [before, here, after = '/'] = [path[at - 1], path.charAt(at), path[at + 1]];
  if (here === '\0') return 'null character not allowed';
  if (here === '/') return before === '/' ? 'empty node name specified' : null;
  if (here === '.') {
    const start = before === '.' ? path[at - 2] : before;
    return start === '/' && after === '/' ? 'relative paths not allowed' : null;
  }
  const code = here.charCodeAt(0);
  const isRefused =
    code <= 0x1f || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xf8ff) || code >= 0xfff0;
  return isRefused ? 'invalid character' : null;
}
