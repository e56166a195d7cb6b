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
import { lireNEffacePas } from './lessons/lireNEffacePas.ts';
import { lireNEffacePasEn } from './lessons/lireNEffacePas.en.ts';
import { lireNEffacePasFr } from './lessons/lireNEffacePas.fr.ts';
import { partitionsEtCles } from './lessons/partitionsEtCles.ts';
import { partitionsEtClesEn } from './lessons/partitionsEtCles.en.ts';
import { partitionsEtClesFr } from './lessons/partitionsEtCles.fr.ts';

export const lessons: readonly CourseLesson[] = [
  { lesson: priseEnMainDuLabo, texts: { fr: priseEnMainDuLaboFr, en: priseEnMainDuLaboEn } },
  { lesson: tpInstaller, texts: { fr: tpInstallerFr, en: tpInstallerEn } },
  { lesson: tpDemarrer, texts: { fr: tpDemarrerFr, en: tpDemarrerEn } },
  { lesson: tpTopic, texts: { fr: tpTopicFr, en: tpTopicEn } },
  { lesson: tpProduire, texts: { fr: tpProduireFr, en: tpProduireEn } },
  { lesson: tpConsommer, texts: { fr: tpConsommerFr, en: tpConsommerEn } },
  { lesson: lireNEffacePas, texts: { fr: lireNEffacePasFr, en: lireNEffacePasEn } },
  { lesson: partitionsEtCles, texts: { fr: partitionsEtClesFr, en: partitionsEtClesEn } },
];
