/** A line typed into ZooKeeper's shell as words, quotes around one taken off (`ZooKeeperMain.MyCommandOptions.parseCommand`, 3.8.4). */
export function splitWords(line: string): readonly string[] {
  return Array.from(line.matchAll(/\s*([^"']\S*|"[^"]*"|'[^']*')\s*/g), ([, word = '']) =>
    /^(['"])(.*)\1$/.test(word) ? word.slice(1, -1) : word,
  );
}
