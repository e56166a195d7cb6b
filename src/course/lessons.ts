/** All lessons that exist, in the order of the course; to be loaded after the first page (the titles alone are in `courseMap.ts`). */
import type { CourseLesson } from './courseLesson.ts';
import { priseEnMainDuLabo } from './lessons/priseEnMainDuLabo.ts';
import { priseEnMainDuLaboEn } from './lessons/priseEnMainDuLabo.en.ts';
import { priseEnMainDuLaboFr } from './lessons/priseEnMainDuLabo.fr.ts';
import { tpInstaller } from './lessons/tpInstaller.ts';
import { tpInstallerEn } from './lessons/tpInstaller.en.ts';
import { tpInstallerFr } from './lessons/tpInstaller.fr.ts';
import { tpDemarrer } from './lessons/tpDemarrer.ts';
import { tpDemarrerEn } from './lessons/tpDemarrer.en.ts';
import { tpDemarrerFr } from './lessons/tpDemarrer.fr.ts';
import { tpTopic } from './lessons/tpTopic.ts';
import { tpTopicEn } from './lessons/tpTopic.en.ts';
import { tpTopicFr } from './lessons/tpTopic.fr.ts';
import { tpProduire } from './lessons/tpProduire.ts';
import { tpProduireEn } from './lessons/tpProduire.en.ts';
import { tpProduireFr } from './lessons/tpProduire.fr.ts';
import { tpConsommer } from './lessons/tpConsommer.ts';
import { tpConsommerEn } from './lessons/tpConsommer.en.ts';
import { tpConsommerFr } from './lessons/tpConsommer.fr.ts';
import { serveursEtClients } from './lessons/serveursEtClients.ts';
import { serveursEtClientsEn } from './lessons/serveursEtClients.en.ts';
import { serveursEtClientsFr } from './lessons/serveursEtClients.fr.ts';
import { lireNEffacePas } from './lessons/lireNEffacePas.ts';
import { lireNEffacePasEn } from './lessons/lireNEffacePas.en.ts';
import { lireNEffacePasFr } from './lessons/lireNEffacePas.fr.ts';
import { partitionsEtCles } from './lessons/partitionsEtCles.ts';
import { partitionsEtClesEn } from './lessons/partitionsEtCles.en.ts';
import { partitionsEtClesFr } from './lessons/partitionsEtCles.fr.ts';
import { troisCopies } from './lessons/troisCopies.ts';
import { troisCopiesEn } from './lessons/troisCopies.en.ts';
import { troisCopiesFr } from './lessons/troisCopies.fr.ts';
import { lesTroisOffsets } from './lessons/lesTroisOffsets.ts';
import { lesTroisOffsetsEn } from './lessons/lesTroisOffsets.en.ts';
import { lesTroisOffsetsFr } from './lessons/lesTroisOffsets.fr.ts';
import { voyagerDansLeLog } from './lessons/voyagerDansLeLog.ts';
import { voyagerDansLeLogEn } from './lessons/voyagerDansLeLog.en.ts';
import { voyagerDansLeLogFr } from './lessons/voyagerDansLeLog.fr.ts';
import { travaillerEnGroupe } from './lessons/travaillerEnGroupe.ts';
import { travaillerEnGroupeEn } from './lessons/travaillerEnGroupe.en.ts';
import { travaillerEnGroupeFr } from './lessons/travaillerEnGroupe.fr.ts';
import { panneLeader } from './lessons/panneLeader.ts';
import { panneLeaderEn } from './lessons/panneLeader.en.ts';
import { panneLeaderFr } from './lessons/panneLeader.fr.ts';
import { isrQuiRetrecit } from './lessons/isrQuiRetrecit.ts';
import { isrQuiRetrecitEn } from './lessons/isrQuiRetrecit.en.ts';
import { isrQuiRetrecitFr } from './lessons/isrQuiRetrecit.fr.ts';
import { kafkaDansZookeeper } from './lessons/kafkaDansZookeeper.ts';
import { kafkaDansZookeeperEn } from './lessons/kafkaDansZookeeper.en.ts';
import { kafkaDansZookeeperFr } from './lessons/kafkaDansZookeeper.fr.ts';
import { panneControleur } from './lessons/panneControleur.ts';
import { panneControleurEn } from './lessons/panneControleur.en.ts';
import { panneControleurFr } from './lessons/panneControleur.fr.ts';
import { elireEtVoter } from './lessons/elireEtVoter.ts';
import { elireEtVoterEn } from './lessons/elireEtVoter.en.ts';
import { elireEtVoterFr } from './lessons/elireEtVoter.fr.ts';
import { lArbreDesZnodes } from './lessons/lArbreDesZnodes.ts';
import { lArbreDesZnodesEn } from './lessons/lArbreDesZnodes.en.ts';
import { lArbreDesZnodesFr } from './lessons/lArbreDesZnodes.fr.ts';
import { minInsync } from './lessons/minInsync.ts';
import { minInsyncEn } from './lessons/minInsync.en.ts';
import { minInsyncFr } from './lessons/minInsync.fr.ts';
import { zookeeperSansMajorite } from './lessons/zookeeperSansMajorite.ts';
import { zookeeperSansMajoriteEn } from './lessons/zookeeperSansMajorite.en.ts';
import { zookeeperSansMajoriteFr } from './lessons/zookeeperSansMajorite.fr.ts';
import { compaction } from './lessons/compaction.ts';
import { compactionEn } from './lessons/compaction.en.ts';
import { compactionFr } from './lessons/compaction.fr.ts';

export const lessons: readonly CourseLesson[] = [
  { lesson: priseEnMainDuLabo, texts: { fr: priseEnMainDuLaboFr, en: priseEnMainDuLaboEn } },
  { lesson: tpInstaller, texts: { fr: tpInstallerFr, en: tpInstallerEn } },
  { lesson: tpDemarrer, texts: { fr: tpDemarrerFr, en: tpDemarrerEn } },
  { lesson: tpTopic, texts: { fr: tpTopicFr, en: tpTopicEn } },
  { lesson: tpProduire, texts: { fr: tpProduireFr, en: tpProduireEn } },
  { lesson: tpConsommer, texts: { fr: tpConsommerFr, en: tpConsommerEn } },
  { lesson: serveursEtClients, texts: { fr: serveursEtClientsFr, en: serveursEtClientsEn } },
  { lesson: lireNEffacePas, texts: { fr: lireNEffacePasFr, en: lireNEffacePasEn } },
  { lesson: partitionsEtCles, texts: { fr: partitionsEtClesFr, en: partitionsEtClesEn } },
  { lesson: troisCopies, texts: { fr: troisCopiesFr, en: troisCopiesEn } },
  { lesson: lesTroisOffsets, texts: { fr: lesTroisOffsetsFr, en: lesTroisOffsetsEn } },
  { lesson: voyagerDansLeLog, texts: { fr: voyagerDansLeLogFr, en: voyagerDansLeLogEn } },
  { lesson: travaillerEnGroupe, texts: { fr: travaillerEnGroupeFr, en: travaillerEnGroupeEn } },
  { lesson: lArbreDesZnodes, texts: { fr: lArbreDesZnodesFr, en: lArbreDesZnodesEn } },
  { lesson: elireEtVoter, texts: { fr: elireEtVoterFr, en: elireEtVoterEn } },
  { lesson: kafkaDansZookeeper, texts: { fr: kafkaDansZookeeperFr, en: kafkaDansZookeeperEn } },
  { lesson: compaction, texts: { fr: compactionFr, en: compactionEn } },
  { lesson: panneLeader, texts: { fr: panneLeaderFr, en: panneLeaderEn } },
  { lesson: panneControleur, texts: { fr: panneControleurFr, en: panneControleurEn } },
  { lesson: isrQuiRetrecit, texts: { fr: isrQuiRetrecitFr, en: isrQuiRetrecitEn } },
  { lesson: minInsync, texts: { fr: minInsyncFr, en: minInsyncEn } },
  { lesson: zookeeperSansMajorite, texts: { fr: zookeeperSansMajoriteFr, en: zookeeperSansMajoriteEn } },
];
