/** Fetches one lesson, its words in all languages: whoever opens it does not wait for the others. `course/lessons.ts` has them all. */
import type { CourseLesson } from '../../course/courseLesson.ts';

/** By the lesson's id, in the order of the course. */
export const lessonLoaders: Readonly<Record<string, () => Promise<CourseLesson>>> = {
  'prise-en-main-du-labo': async () => {
    const [{ priseEnMainDuLabo }, { priseEnMainDuLaboFr }, { priseEnMainDuLaboEn }] = await Promise.all([
      import('../../course/lessons/priseEnMainDuLabo.ts'),
      import('../../course/lessons/priseEnMainDuLabo.fr.ts'),
      import('../../course/lessons/priseEnMainDuLabo.en.ts'),
    ]);
    return { lesson: priseEnMainDuLabo, texts: { fr: priseEnMainDuLaboFr, en: priseEnMainDuLaboEn } };
  },
  'tp-installer': async () => {
    const [{ tpInstaller }, { tpInstallerFr }, { tpInstallerEn }] = await Promise.all([
      import('../../course/lessons/tpInstaller.ts'),
      import('../../course/lessons/tpInstaller.fr.ts'),
      import('../../course/lessons/tpInstaller.en.ts'),
    ]);
    return { lesson: tpInstaller, texts: { fr: tpInstallerFr, en: tpInstallerEn } };
  },
  'tp-demarrer': async () => {
    const [{ tpDemarrer }, { tpDemarrerFr }, { tpDemarrerEn }] = await Promise.all([
      import('../../course/lessons/tpDemarrer.ts'),
      import('../../course/lessons/tpDemarrer.fr.ts'),
      import('../../course/lessons/tpDemarrer.en.ts'),
    ]);
    return { lesson: tpDemarrer, texts: { fr: tpDemarrerFr, en: tpDemarrerEn } };
  },
  'tp-topic': async () => {
    const [{ tpTopic }, { tpTopicFr }, { tpTopicEn }] = await Promise.all([
      import('../../course/lessons/tpTopic.ts'),
      import('../../course/lessons/tpTopic.fr.ts'),
      import('../../course/lessons/tpTopic.en.ts'),
    ]);
    return { lesson: tpTopic, texts: { fr: tpTopicFr, en: tpTopicEn } };
  },
  'tp-produire': async () => {
    const [{ tpProduire }, { tpProduireFr }, { tpProduireEn }] = await Promise.all([
      import('../../course/lessons/tpProduire.ts'),
      import('../../course/lessons/tpProduire.fr.ts'),
      import('../../course/lessons/tpProduire.en.ts'),
    ]);
    return { lesson: tpProduire, texts: { fr: tpProduireFr, en: tpProduireEn } };
  },
  'tp-consommer': async () => {
    const [{ tpConsommer }, { tpConsommerFr }, { tpConsommerEn }] = await Promise.all([
      import('../../course/lessons/tpConsommer.ts'),
      import('../../course/lessons/tpConsommer.fr.ts'),
      import('../../course/lessons/tpConsommer.en.ts'),
    ]);
    return { lesson: tpConsommer, texts: { fr: tpConsommerFr, en: tpConsommerEn } };
  },
  'serveurs-et-clients': async () => {
    const [{ serveursEtClients }, { serveursEtClientsFr }, { serveursEtClientsEn }] = await Promise.all([
      import('../../course/lessons/serveursEtClients.ts'),
      import('../../course/lessons/serveursEtClients.fr.ts'),
      import('../../course/lessons/serveursEtClients.en.ts'),
    ]);
    return { lesson: serveursEtClients, texts: { fr: serveursEtClientsFr, en: serveursEtClientsEn } };
  },
  'lire-n-efface-pas': async () => {
    const [{ lireNEffacePas }, { lireNEffacePasFr }, { lireNEffacePasEn }] = await Promise.all([
      import('../../course/lessons/lireNEffacePas.ts'),
      import('../../course/lessons/lireNEffacePas.fr.ts'),
      import('../../course/lessons/lireNEffacePas.en.ts'),
    ]);
    return { lesson: lireNEffacePas, texts: { fr: lireNEffacePasFr, en: lireNEffacePasEn } };
  },
  'partitions-et-cles': async () => {
    const [{ partitionsEtCles }, { partitionsEtClesFr }, { partitionsEtClesEn }] = await Promise.all([
      import('../../course/lessons/partitionsEtCles.ts'),
      import('../../course/lessons/partitionsEtCles.fr.ts'),
      import('../../course/lessons/partitionsEtCles.en.ts'),
    ]);
    return { lesson: partitionsEtCles, texts: { fr: partitionsEtClesFr, en: partitionsEtClesEn } };
  },
  'trois-copies': async () => {
    const [{ troisCopies }, { troisCopiesFr }, { troisCopiesEn }] = await Promise.all([
      import('../../course/lessons/troisCopies.ts'),
      import('../../course/lessons/troisCopies.fr.ts'),
      import('../../course/lessons/troisCopies.en.ts'),
    ]);
    return { lesson: troisCopies, texts: { fr: troisCopiesFr, en: troisCopiesEn } };
  },
  'les-trois-offsets': async () => {
    const [{ lesTroisOffsets }, { lesTroisOffsetsFr }, { lesTroisOffsetsEn }] = await Promise.all([
      import('../../course/lessons/lesTroisOffsets.ts'),
      import('../../course/lessons/lesTroisOffsets.fr.ts'),
      import('../../course/lessons/lesTroisOffsets.en.ts'),
    ]);
    return { lesson: lesTroisOffsets, texts: { fr: lesTroisOffsetsFr, en: lesTroisOffsetsEn } };
  },
  'voyager-dans-le-log': async () => {
    const [{ voyagerDansLeLog }, { voyagerDansLeLogFr }, { voyagerDansLeLogEn }] = await Promise.all([
      import('../../course/lessons/voyagerDansLeLog.ts'),
      import('../../course/lessons/voyagerDansLeLog.fr.ts'),
      import('../../course/lessons/voyagerDansLeLog.en.ts'),
    ]);
    return { lesson: voyagerDansLeLog, texts: { fr: voyagerDansLeLogFr, en: voyagerDansLeLogEn } };
  },
  'travailler-en-groupe': async () => {
    const [{ travaillerEnGroupe }, { travaillerEnGroupeFr }, { travaillerEnGroupeEn }] = await Promise.all([
      import('../../course/lessons/travaillerEnGroupe.ts'),
      import('../../course/lessons/travaillerEnGroupe.fr.ts'),
      import('../../course/lessons/travaillerEnGroupe.en.ts'),
    ]);
    return { lesson: travaillerEnGroupe, texts: { fr: travaillerEnGroupeFr, en: travaillerEnGroupeEn } };
  },
  'l-arbre-des-znodes': async () => {
    const [{ lArbreDesZnodes }, { lArbreDesZnodesFr }, { lArbreDesZnodesEn }] = await Promise.all([
      import('../../course/lessons/lArbreDesZnodes.ts'),
      import('../../course/lessons/lArbreDesZnodes.fr.ts'),
      import('../../course/lessons/lArbreDesZnodes.en.ts'),
    ]);
    return { lesson: lArbreDesZnodes, texts: { fr: lArbreDesZnodesFr, en: lArbreDesZnodesEn } };
  },
  'elire-et-voter': async () => {
    const [{ elireEtVoter }, { elireEtVoterFr }, { elireEtVoterEn }] = await Promise.all([
      import('../../course/lessons/elireEtVoter.ts'),
      import('../../course/lessons/elireEtVoter.fr.ts'),
      import('../../course/lessons/elireEtVoter.en.ts'),
    ]);
    return { lesson: elireEtVoter, texts: { fr: elireEtVoterFr, en: elireEtVoterEn } };
  },
  'kafka-dans-zookeeper': async () => {
    const [{ kafkaDansZookeeper }, { kafkaDansZookeeperFr }, { kafkaDansZookeeperEn }] = await Promise.all([
      import('../../course/lessons/kafkaDansZookeeper.ts'),
      import('../../course/lessons/kafkaDansZookeeper.fr.ts'),
      import('../../course/lessons/kafkaDansZookeeper.en.ts'),
    ]);
    return { lesson: kafkaDansZookeeper, texts: { fr: kafkaDansZookeeperFr, en: kafkaDansZookeeperEn } };
  },
  compaction: async () => {
    const [{ compaction }, { compactionFr }, { compactionEn }] = await Promise.all([
      import('../../course/lessons/compaction.ts'),
      import('../../course/lessons/compaction.fr.ts'),
      import('../../course/lessons/compaction.en.ts'),
    ]);
    return { lesson: compaction, texts: { fr: compactionFr, en: compactionEn } };
  },
  'panne-leader': async () => {
    const [{ panneLeader }, { panneLeaderFr }, { panneLeaderEn }] = await Promise.all([
      import('../../course/lessons/panneLeader.ts'),
      import('../../course/lessons/panneLeader.fr.ts'),
      import('../../course/lessons/panneLeader.en.ts'),
    ]);
    return { lesson: panneLeader, texts: { fr: panneLeaderFr, en: panneLeaderEn } };
  },
  'panne-controleur': async () => {
    const [{ panneControleur }, { panneControleurFr }, { panneControleurEn }] = await Promise.all([
      import('../../course/lessons/panneControleur.ts'),
      import('../../course/lessons/panneControleur.fr.ts'),
      import('../../course/lessons/panneControleur.en.ts'),
    ]);
    return { lesson: panneControleur, texts: { fr: panneControleurFr, en: panneControleurEn } };
  },
  'isr-qui-retrecit': async () => {
    const [{ isrQuiRetrecit }, { isrQuiRetrecitFr }, { isrQuiRetrecitEn }] = await Promise.all([
      import('../../course/lessons/isrQuiRetrecit.ts'),
      import('../../course/lessons/isrQuiRetrecit.fr.ts'),
      import('../../course/lessons/isrQuiRetrecit.en.ts'),
    ]);
    return { lesson: isrQuiRetrecit, texts: { fr: isrQuiRetrecitFr, en: isrQuiRetrecitEn } };
  },
  'min-insync': async () => {
    const [{ minInsync }, { minInsyncFr }, { minInsyncEn }] = await Promise.all([
      import('../../course/lessons/minInsync.ts'),
      import('../../course/lessons/minInsync.fr.ts'),
      import('../../course/lessons/minInsync.en.ts'),
    ]);
    return { lesson: minInsync, texts: { fr: minInsyncFr, en: minInsyncEn } };
  },
  'zookeeper-sans-majorite': async () => {
    const [{ zookeeperSansMajorite }, { zookeeperSansMajoriteFr }, { zookeeperSansMajoriteEn }] = await Promise.all([
      import('../../course/lessons/zookeeperSansMajorite.ts'),
      import('../../course/lessons/zookeeperSansMajorite.fr.ts'),
      import('../../course/lessons/zookeeperSansMajorite.en.ts'),
    ]);
    return { lesson: zookeeperSansMajorite, texts: { fr: zookeeperSansMajoriteFr, en: zookeeperSansMajoriteEn } };
  },
};

/** Null when there is no such lesson. */
export async function loadLesson(id: string): Promise<CourseLesson | null> {
  return Object.hasOwn(lessonLoaders, id) ? lessonLoaders[id]!() : null;
}
