/** The deep views: how one comes to them, that they show the same selection, that they say in words what they draw. */
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { openHeldLab } from './heldLab.ts';
import { pressLetter } from './terminals.ts';

const type = (page: Page, terminal: string, line: string, seconds: number): Promise<void> =>
  page.evaluate(
    ([where, what, duration]) => {
      const held = window.labInTests!;
      held.lab.timeline.act({ kind: 'typed', terminal: where, line: what });
      held.runFor(duration);
    },
    [terminal, line, seconds] as const,
  );

/** A topic `paiements` of two partitions on three brokers, with a few records. */
async function openWithRecords(page: Page, theme = 'light'): Promise<void> {
  const servers = '--bootstrap-server localhost:9092';
  await openHeldLab(page, `&theme=${theme}#/labo/sandbox/3`);
  await type(
    page,
    'admin',
    `bin/kafka-topics.sh --create --topic paiements --partitions 2 --replication-factor 3 ${servers}`,
    6,
  );
  await type(
    page,
    'producteur',
    `bin/kafka-console-producer.sh --topic paiements --property parse.key=true --property key.separator=: ${servers}`,
    3,
  );
  for (const line of ['Alice:1', 'Bob:2', 'Chloé:3', 'Alice:4']) await type(page, 'producteur', line, 1);
}

const viewTab = (page: Page, name: string) => page.locator('main').getByRole('tab', { name });

test.describe('a deep view', () => {
  test('is reached by its key and left by Escape; the panels that gave way come back', async ({ page }) => {
    await openWithRecords(page);
    await pressLetter(page, '3');

    await expect(viewTab(page, 'Réplication')).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('group', { name: /^Réplication de paiements/ })).toBeVisible();
    const terminal = page.locator('#terminals').getByRole('tab').first();
    await expect(terminal).not.toBeInViewport();
    await page.locator('body').press('Escape');
    await expect(viewTab(page, 'Cluster')).toHaveAttribute('aria-selected', 'true');

    await expect(terminal).toBeInViewport();
  });

  test('has a tab only when it has something to show', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/3');

    await expect(viewTab(page, 'Réplication')).toHaveCount(0);
    await pressLetter(page, '3');
    await expect(page.locator('main').getByRole('heading', { name: 'Cluster' })).toBeAttached();
  });

  test('opens on a thing by a double click, by O, and from its card', async ({ page }) => {
    await openWithRecords(page);
    const replica = page.locator('[data-mark="replica-paiements-1@0"]');
    const figure = page.getByRole('group', { name: 'Réplication de paiements, partition 1' });

    await replica.locator('.bed').dblclick({ position: { x: 4, y: 4 } });
    await expect(figure).toBeVisible();
    // The same thing is selected; its card does not cover the figure.
    await expect(replica).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await pressLetter(page, '1');
    await expect(replica).toHaveAttribute('aria-pressed', 'true');

    await replica.focus();
    await pressLetter(page, 'o');
    await expect(figure).toBeVisible();
    await pressLetter(page, '1');

    await replica.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Ouvrir la vue' }).click();
    await expect(figure).toBeVisible();
  });

  test('is one tab stop, walked by arrows, and read as a table', async ({ page }) => {
    await openWithRecords(page);
    await pressLetter(page, '3');

    await expect(page.locator('#figure [data-mark][tabindex="0"]')).toHaveCount(1);
    await page.locator('#figure [data-mark][tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('#figure [data-mark]:focus')).toHaveAttribute('aria-label', /Réplica du broker/);
    await pressLetter(page, 'v');
    await expect(page.getByRole('table', { name: 'Réplicas de paiements P0' })).toBeVisible();
    await pressLetter(page, 'v');
    await expect(page.getByRole('table')).toHaveCount(0);
  });

  test('of a group shows who reads what, and the same group as the cluster', async ({ page }) => {
    await openWithRecords(page);
    const reader =
      'bin/kafka-console-consumer.sh --topic paiements --group audit --from-beginning --bootstrap-server localhost:9092';
    await type(page, 'lecteur-1', reader, 12);

    await page.locator('[data-mark="group-audit"]').dblclick({ position: { x: 20, y: 20 } });
    await expect(page.getByRole('group', { name: /^Groupe audit/ })).toBeVisible();
    await expect(page.locator('[data-mark="group-audit"]')).toHaveAttribute(
      'aria-label',
      'Groupe audit, Stable, génération 1',
    );
    await expect(page.locator('[data-mark="group-audit"]')).toHaveAttribute('aria-pressed', 'true');
    await expect(
      page.getByRole('button', { name: /^Membre 1, .*leader du groupe, paiements P0, paiements P1/ }),
    ).toBeVisible();
    // A partition chosen here is the one that the replication view shows.
    await page.getByRole('button', { name: /^paiements P1, lue par/ }).press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^paiements P1, lue par/ }).focus();
    await pressLetter(page, 'o');
    await expect(page.getByRole('group', { name: 'Réplication de paiements, partition 1' })).toBeVisible();
    await pressLetter(page, '4');
    await page.evaluate(() => {
      const held = window.labInTests!;
      held.lab.timeline.act({ kind: 'interrupt', terminal: 'lecteur-1' });
      held.runFor(3);
    });

    await expect(page.locator('.deep-plot')).toContainText('positions gardées 7 jours');
    await expectAccessible(page);
  });

  test('of ZooKeeper shows the tree, who wrote a znode, and an election', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/3/3');
    await pressLetter(page, '6');
    await expect(page.getByRole('group', { name: /^ZooKeeper/ })).toBeVisible();
    const controller = page.locator('[data-mark="znode-/controller"]');
    await expect(controller).toHaveAttribute('aria-label', /éphémère, de broker 0, surveillé par/);

    await controller.locator('.znode-bed').click();
    const card = page.getByRole('dialog', { name: 'Znode /controller' });
    await expect(card).toContainText('Le znode /controller est créé, éphémère');
    await page.keyboard.press('Escape');
    const lead = await page.evaluate(() => {
      const { lab } = window.labInTests!;
      const leader = lab.picture().zookeepers.find(({ role }) => role === 'leader')!;
      lab.timeline.act({ kind: 'signal', process: leader.process, signal: 'SIGKILL' });
      return leader.server;
    });
    await page.evaluate(() => window.labInTests!.runFor(1.5));

    await expect(page.locator('.deep-plot')).toContainText('2 sur 3 : quorum, les écritures passent');
    await expect(page.locator(`[data-mark="zookeeper-${lead}"]`)).toHaveAttribute('aria-label', /arrêté/);
    await expect(page.locator('.ballot--wins').first()).toBeAttached();
    await pressLetter(page, 'v');
    await expect(page.getByRole('table', { name: 'Znodes' })).toContainText('/brokers/ids/0');
    await pressLetter(page, 'v');
    await expectAccessible(page);
  });

  for (const theme of ['light', 'dark', 'projector'] as const) {
    test(`passes axe in the ${theme} theme`, async ({ page }) => {
      await openWithRecords(page, theme);
      await pressLetter(page, '3');
      await expect(page.getByRole('group', { name: /^Réplication/ })).toBeVisible();

      await expectAccessible(page);
    });
  }
});
