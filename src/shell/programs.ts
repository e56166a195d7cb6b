/** The small commands of the machine, by name. */
import type { Programs } from '../kernel/process.ts';
import { awk } from './commands/awk.ts';
import { bracket, echo, fail, printf, pwd, succeed, test } from './commands/builtinTwins.ts';
import { cat } from './commands/cat.ts';
import { clear } from './commands/clear.ts';
import { cp, mv } from './commands/copying.ts';
import { curl } from './commands/curl.ts';
import { cut } from './commands/cut.ts';
import { date } from './commands/date.ts';
import { diff } from './commands/diff.ts';
import { df, du, stat } from './commands/disk.ts';
import { editors } from './commands/editors.ts';
import { env, nohup, sudo, which } from './commands/env.ts';
import { find } from './commands/find.ts';
import { mkdir, rmdir } from './commands/folders.ts';
import { grep } from './commands/grep.ts';
import { head } from './commands/head.ts';
import { hostname, id, uname, whoami } from './commands/identity.ts';
import { java } from './commands/java.ts';
import { ls } from './commands/ls.ts';
import { man } from './commands/man.ts';
import { less, more } from './commands/more.ts';
import { nc } from './commands/nc.ts';
import { basename, dirname, realpath } from './commands/paths.ts';
import { jps, kill, pgrep, pkill, ps } from './commands/processes.ts';
import { rm } from './commands/rm.ts';
import { sed } from './commands/sed.ts';
import { seq } from './commands/seq.ts';
import { sleep } from './commands/sleep.ts';
import { sort } from './commands/sort.ts';
import { tail } from './commands/tail.ts';
import { tar } from './commands/tar.ts';
import { tee } from './commands/tee.ts';
import { touch } from './commands/touch.ts';
import { tr } from './commands/tr.ts';
import { uniq } from './commands/uniq.ts';
import { wc } from './commands/wc.ts';
import { xargs } from './commands/xargs.ts';
import { yes } from './commands/yes.ts';

export const smallCommands: Programs = {
  '[': bracket,
  awk,
  basename,
  cat,
  clear,
  cp,
  curl,
  cut,
  date,
  df,
  diff,
  dirname,
  du,
  echo,
  env,
  false: fail,
  find,
  grep,
  head,
  hostname,
  id,
  java,
  jps,
  kill,
  less,
  ls,
  man,
  mkdir,
  more,
  mv,
  nc,
  nohup,
  pgrep,
  pkill,
  printf,
  ps,
  pwd,
  realpath,
  rm,
  rmdir,
  sed,
  seq,
  sleep,
  sort,
  stat,
  sudo,
  tail,
  tar,
  tee,
  test,
  touch,
  tr,
  true: succeed,
  uname,
  uniq,
  wc,
  which,
  whoami,
  xargs,
  yes,
  ...editors,
};
