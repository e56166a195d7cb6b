/** « Prise en main » of the deck, typed as its slides show it: wrapped lines joined, placeholders filled. */
import { expect, test } from '@playwright/test';
import {
  expectScreen,
  interrupt,
  leaveTerminal,
  openLab,
  openTerminal,
  pressLetter,
  speedUp,
  typeAt,
} from './terminals.ts';

const folder = 'telechargements';
const deck = {
  download: `curl https://downloads.apache.org/kafka/3.9.0/kafka_2.13-3.9.0.tgz -o ${folder}/kafka.tgz`,
  makeFolder: 'mkdir kafka',
  enterFolder: 'cd kafka',
  extract: `tar -xzf ../${folder}/kafka.tgz`,
  zookeeper: 'bin/zookeeper-server-start.sh config/zookeeper.properties',
  broker: 'bin/kafka-server-start.sh config/server.properties',
  create: 'bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092',
  describe: 'bin/kafka-topics.sh --describe --topic vive-le-ca --bootstrap-server localhost:9092',
  produce: 'bin/kafka-console-producer.sh --topic vive-le-ca --bootstrap-server localhost:9092',
  consume: 'bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning --bootstrap-server localhost:9092',
} as const;

const described = {
  topic: /Topic: vive-le-ca\s+TopicId: [\w-]{22}\s+PartitionCount: 1\s+ReplicationFactor: 1\s+Configs:/,
  partition: /Topic: vive-le-ca\s+Partition: 0\s+Leader: 0\s+Replicas: 0\s+Isr: 0/,
} as const;

test.describe('the deck’s hands-on', () => {
  // Tall enough for what a server logs and a tool prints.
  test.use({ viewport: { width: 1920, height: 1080 } });

  test('goes from an empty home to two consumers in one session', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-installer');
    await speedUp(page);
    const done = page.locator('.task.done');

    await test.step('the archive arrives and is extracted, and the lesson sees it', async () => {
      await typeAt(page, /Admin/, `$ ${deck.download}`);
      await expect(done).toHaveCount(1);
      await typeAt(page, /Admin/, deck.makeFolder);
      await typeAt(page, /Admin/, deck.enterFolder);
      await typeAt(page, /Admin/, deck.extract);
      await page.getByRole('button', { name: 'Suivant' }).click();
      await expect(page.getByText('Créez le dossier')).toBeVisible();
      await expect(done).toHaveCount(1);
      await typeAt(page, /Admin/, 'cd kafka_2.13-3.9.0');
    });

    await test.step('ZooKeeper and the broker start, each at its terminal', async () => {
      await typeAt(page, /Admin/, deck.zookeeper);
      await expect(page.getByRole('button', { name: 'ZooKeeper 1, seul' })).toBeVisible();
      await openTerminal(page, 'Terminal 1');
      await typeAt(page, /Terminal.1/, deck.broker);
      await expectScreen(page, 'started (kafka.server.KafkaServer)');
      await expect(page.getByRole('button', { name: /^Broker 0/ })).toBeVisible();
    });

    await test.step('the topic is created and described as on real Kafka', async () => {
      await openTerminal(page, 'Terminal 2');
      await typeAt(page, /Terminal.2/, deck.create);
      await expectScreen(page, 'Created topic vive-le-ca.');
      await typeAt(page, /Terminal.2/, deck.describe);
      await expectScreen(page, described.topic);
      await expectScreen(page, described.partition);
    });

    await test.step('three events are written', async () => {
      await typeAt(page, /Terminal.2/, deck.produce);
      await expectScreen(page, /localhost:9092>/);
      for (const event of ['Premier événement', 'Deuxième événement', 'Troisième événement'])
        await typeAt(page, /Terminal.2/, event);
      await expect(page.getByRole('button', { name: /^vive-le-ca, P0/ })).toHaveAttribute(
        'aria-label',
        /leader.*high watermark 3, fin 3/,
      );
    });

    await test.step('a consumer reads all, then what comes; another one reads all again', async () => {
      await openTerminal(page, 'Terminal 3');
      await typeAt(page, /Terminal.3/, deck.consume);
      await expectScreen(page, /Premier événement\s*Deuxième événement\s*Troisième événement/);
      await typeAt(page, /Terminal.2/, 'Quatrième événement');
      await page.getByRole('tab', { name: /Terminal.3/ }).click();
      await expectScreen(page, /Troisième événement\s*Quatrième événement/);
      await openTerminal(page, 'Terminal 4');
      await typeAt(page, /Terminal.4/, deck.consume);
      await expectScreen(page, /Premier événement\s*Deuxième événement\s*Troisième événement\s*Quatrième événement/);
    });

    await test.step('the table of the picture says the same', async () => {
      await leaveTerminal(page);
      await pressLetter(page, 'v');
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: 'vive-le-ca', exact: true }) });
      await expect(row.getByRole('cell')).toHaveText(['P0', '0', '0', '0', '0', 'leader', '4', '4']);
      await expect(page.getByRole('rowheader', { name: /^console-consumer-\d+$/ })).toHaveCount(2);
      await pressLetter(page, 'v');
    });

    await test.step('Ctrl-C ends the consumers and the producer; the servers stay', async () => {
      for (const reader of [/Terminal.3/, /Terminal.4/]) {
        await interrupt(page, reader);
        await expectScreen(page, /\^CProcessed a total of 4 messages/);
      }
      await interrupt(page, /Terminal.2/);
      await expectScreen(page, /\$ *$/);
      await expect(page.getByRole('tab', { name: /en cours/ })).toHaveCount(2);
      await expect(page.getByRole('button', { name: /^vive-le-ca, P0/ })).toBeVisible();
    });
  });
});

test.describe('the lessons see the deck’s commands', () => {
  test('two servers', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-demarrer');
    await speedUp(page);
    await page.getByRole('button', { name: 'Suivant' }).click();

    await typeAt(page, /ZooKeeper/, deck.zookeeper);
    await expect(page.locator('.task.done')).toHaveCount(1);
    await page.getByRole('button', { name: 'Suivant' }).click();
    await expect(page.locator('.task.done')).toHaveCount(0);
    await typeAt(page, /Broker/, deck.broker);

    await expect(page.locator('.task.done')).toHaveCount(1);
  });

  test('a topic, created and described', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    await speedUp(page);

    await typeAt(page, /Admin/, `$ ${deck.create}`);
    await expect(page.locator('.task.done')).toHaveCount(1);
    await page.getByRole('button', { name: 'Suivant' }).click();
    await expect(page.locator('.task.done')).toHaveCount(0);
    await typeAt(page, /Admin/, deck.describe);

    await expect(page.locator('.task.done')).toHaveCount(1);
  });

  test('three events', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-produire');
    await speedUp(page);

    await typeAt(page, /Producteur/, deck.produce);
    await expectScreen(page, /localhost:9092>/);
    for (const event of ['un', 'deux', 'trois']) {
      await expect(page.locator('.task.done')).toHaveCount(0);
      await typeAt(page, /Producteur/, event);
    }

    await expect(page.locator('.task.done')).toHaveCount(1);
  });

  test('a reader, a new event, a second reader, and the end', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');
    await speedUp(page);
    const done = page.locator('.task.done');
    const goOn = async (): Promise<void> => {
      await expect(done).toHaveCount(1);
      await page.getByRole('button', { name: 'Suivant' }).click();
      await expect(done).toHaveCount(0);
    };

    await typeAt(page, /Lecteur.1/, deck.consume);
    await goOn();
    await typeAt(page, /Producteur/, 'Quatrième événement');
    await goOn();
    // The question: answered in another test.
    await page.getByRole('button', { name: 'Suivant' }).click();
    await typeAt(page, /Lecteur.2/, deck.consume);
    await expectScreen(page, /Quatrième événement/);
    await typeAt(page, /Producteur/, 'Cinquième événement');
    await goOn();
    await page.getByRole('button', { name: 'Suivant' }).click();
    for (const terminal of [/Lecteur.1/, /Lecteur.2/, /Producteur/]) await interrupt(page, terminal);

    await expect(done).toHaveCount(1);
  });

  test('a wrong turn gets its own sentence', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');

    await typeAt(page, /Lecteur.1/, deck.consume.replace(' --from-beginning', ''));

    await expect(page.getByText('Ce lecteur commence à la fin')).toBeVisible();
  });
});
