/** The words of the view of ZooKeeper in French. */
import type { ZooKeeperWords } from './zooKeeperWords.ts';

const decimal = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');
const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`;

export const zooKeeperWordsFr: ZooKeeperWords = {
  figure: 'ZooKeeper\u00a0: l’arbre des znodes, les serveurs et leurs votes, les sessions',
  figureKind: 'schéma',
  tree: 'L’arbre',
  treeLegend: 'tireté\u00a0: éphémère · cloche\u00a0: watch',
  vote: 'Le vote',
  voteLegend: 'époque, zxid, numéro · vote au ralenti',
  pastVote: (clock) => `Le dernier vote, à ${clock}`,
  alone: 'Le serveur',
  server: (server) => `zk-${server}`,
  standalone: 'seul\u00a0: ni vote, ni quorum',
  down: 'arrêté',
  quorum: (seated, size, isEnough) =>
    `${seated} sur ${size}\u00a0: ${isEnough ? 'quorum, les écritures passent' : 'pas de quorum, rien ne s’écrit'}`,
  sessions: 'Sessions',
  noSession: 'aucune',
  sessionLeft: (leftMs, ofMs) =>
    `expire dans ${decimal(Math.max(0, leftMs) / 1000, 1)}\u00a0s · délai ${decimal(ofMs / 1000, 0)}\u00a0s`,
  sessionUnknown: 'personne ne la surveille',
  sessionAt: (server, ephemerals) =>
    `${server === null ? 'sans connexion' : `par zk-${server}`} · ${ephemerals} ${ephemerals < 2 ? 'éphémère' : 'éphémères'}`,
  version: (version) => `version ${version}`,
  ephemeral: (owner) => (owner === null ? 'éphémère' : `éphémère · ${owner}`),
  watchedBy: (names) => `vu par ${list(names)}`,
  deletedAt: (clock) => `effacé à ${clock}`,
  clock: (us) => `${decimal(us / 1e6, 3)}\u00a0s`,
  znode: ({ path, version, data, owner, isEphemeral, watchers, childCount }) =>
    [
      `Znode ${path}`,
      `version ${version}`,
      ...(data === null || data === '' ? [] : [`contenu ${data.slice(0, 80)}`]),
      ...(isEphemeral ? [`éphémère${owner === null ? '' : `, de ${owner}`}`] : []),
      ...(watchers.length === 0 ? [] : [`surveillé par ${list(watchers)}`]),
      ...(childCount === 0 ? [] : [`${childCount} ${childCount < 2 ? 'enfant' : 'enfants'}`]),
    ].join(', '),
  lane: (server, state, vote) => `ZooKeeper ${server}, ${state}${vote === null ? '' : `, vote pour ${vote}`}`,
  session: (id, name, ephemerals) => `Session ${id}${name === null ? '' : `, ${name}`}, ${ephemerals} znodes éphémères`,
  table: {
    znodes: 'Znodes',
    path: 'Chemin',
    version: 'Version',
    data: 'Contenu',
    owner: 'Éphémère de',
    watchers: 'Watches de',
    servers: 'Serveurs',
    server: 'Serveur',
    state: 'État',
    zxid: 'Dernier zxid',
    voteFor: 'Vote pour',
  },
};
