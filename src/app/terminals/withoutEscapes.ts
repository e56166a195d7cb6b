/** Text as it is read, of text with the escapes of a terminal. */

/** Colours, movements and titles away; `\r` stays. */
export function withoutEscapes(text: string): string {
  // oxlint-disable-next-line no-control-regex -- escapes are control characters
  return text.replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007|[@-Z\\^_])/g, '');
}
