/** The commands of ZooKeeper's shell with their usages, as it lists them (`org.apache.zookeeper.ZooKeeperMain.usage`, 3.8.4). */
export const commandUsages: Readonly<Record<string, string>> = {
  addWatch:
    '[-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE] - default is PERSISTENT_RECURSIVE',
  addauth: 'scheme auth',
  close: '',
  config: '[-c] [-w] [-s]',
  connect: 'host:port',
  create: '[-s] [-e] [-c] [-t ttl] path [data] [acl]',
  delete: '[-v version] path',
  deleteall: 'path [-b batch size]',
  delquota: '[-n|-b|-N|-B] path',
  get: '[-s] [-w] path',
  getAcl: '[-s] path',
  getAllChildrenNumber: 'path',
  getEphemerals: 'path',
  history: '',
  listquota: 'path',
  ls: '[-s] [-w] [-R] path',
  printwatches: 'on|off',
  quit: '',
  reconfig:
    '[-s] [-v version] [[-file path] | [-members serverID=host:port1:port2;port3[,...]*]] | [-add serverId=host:port1:port2;port3[,...]]* [-remove serverId[,...]*]',
  redo: 'cmdno',
  removewatches: 'path [-c|-d|-a] [-l]',
  set: '[-s] [-v version] path data',
  setAcl: '[-s] [-v version] [-R] path acl',
  setquota: '-n|-b|-N|-B val path',
  stat: '[-w] path',
  sync: 'path',
  version: '',
  whoami: '',
};

/** What the shell prints for a command that it does not know. */
export const shellUsage: string = [
  'ZooKeeper -server host:port [-zk-tls-config-file <file>] cmd args\n',
  ...Object.entries(commandUsages).map(([command, usage]) => `\t${command} ${usage}\n`),
].join('');

/** `create [-s] …`, as a command names its own usage. */
export const usageOf = (command: string): string => `${command} ${commandUsages[command] ?? ''}`;
