import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expectScreen, openLab, screenOf, typeAt } from './terminals.ts';

const server = '--bootstrap-server localhost:9092';

test.describe('the sandbox with one broker', () => {
  test('does the deck’s hands-on: a topic, a producer, a consumer', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');

    await typeAt(page, /Admin/, `bin/kafka-topics.sh --create --topic vive-le-ca ${server}`);
    await expectScreen(page, 'Created topic vive-le-ca.');
    await typeAt(page, /Producteur/, `bin/kafka-console-producer.sh --topic vive-le-ca ${server}`);
    await expectScreen(page, /9092> *$/);
    await page.keyboard.type('Premier événement\n');
    await typeAt(page, /Lecteur 1/, `bin/kafka-console-consumer.sh --topic vive-le-ca --from-beginning ${server}`);
    await expectScreen(page, /9092Premier événement/);

    const leader = page.getByRole('button', { name: /vive-le-ca, P0 sur broker 0, leader/ });
    await expect(leader).toHaveAttribute('aria-label', /high watermark 1, fin 1/);
  });

  test('is the same after a reload', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    await typeAt(page, /Admin/, `bin/kafka-topics.sh --create --topic caisse --partitions 2 ${server}`);
    await expectScreen(page, 'Created topic caisse.');
    await typeAt(page, /Admin/, `bin/kafka-topics.sh --describe --topic caisse ${server}`);
    await expectScreen(page, /Partition: 1.*\$ *$/);
    await page.getByRole('button', { name: 'Pause' }).click();
    // What is typed is kept a moment later.
    await page.waitForTimeout(2500);
    const before = await screenOf(page);

    await page.reload();

    await expect.poll(() => screenOf(page), { timeout: 30_000 }).toBe(before);
    await expect(page.getByRole('button', { name: /caisse, P1/ })).toBeVisible();
  });

  test('goes back in time, and acting there begins a branch', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    await typeAt(page, /Admin/, `bin/kafka-topics.sh --create --topic un ${server}`);
    await expectScreen(page, 'Created topic un.');
    await expect(page.getByRole('button', { name: /un, P0/ })).toBeVisible();

    await page.locator('.xterm-helper-textarea:focus').press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('button', { name: /un, P0/ })).toHaveCount(0);
    await typeAt(page, /Admin/, `bin/kafka-topics.sh --create --topic deux ${server}`);
    await expectScreen(page, 'Created topic deux.');

    await expect(page.getByRole('button', { name: /deux, P0/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /un, P0/ })).toHaveCount(0);
    await expect(
      page
        .getByRole('contentinfo')
        .getByText(/Branche/)
        .first(),
    ).toBeAttached();
  });
});

test.describe('a lesson', () => {
  test('types for the learner, sees the goal met, and goes on', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('TP 3 — Créer un topic');

    await page.keyboard.press('Control+Enter');

    await expect(page.locator('.task.done')).toHaveCount(1, { timeout: 30_000 });
    await expectScreen(page, 'Created topic vive-le-ca.');
    await page.getByRole('button', { name: 'Suivant' }).click();
    await expect(page.getByText('Décrivez-le.')).toBeVisible();
  });

  test('can be reached and read by keyboard alone', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');
    await page.getByRole('button', { name: /^Broker 0/ }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-mark^="replica-"]:focus')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /vive-le-ca P0/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('v');

    await expect(page.getByRole('table').first()).toContainText('vive-le-ca');
  });

  test('that does not exist says so', async ({ page }) => {
    await page.goto('#/labo/lesson/nulle-part');

    await expect(page.getByText('Cette leçon n’existe pas')).toBeVisible({ timeout: 30_000 });
  });
});

test.describe('the lab', () => {
  for (const theme of ['light', 'dark', 'projector']) {
    test(`has no accessibility fault in the ${theme} theme`, async ({ page }) => {
      await openLab(page, `?theme=${theme}#/labo/lesson/tp-consommer`);
      await page.locator('[data-mark^="replica-"]').first().click();

      await expectAccessible(page);
    });
  }

  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
    [1024, 768],
  ] as const) {
    test(`fits ${width}×${height} without scrolling the page`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await openLab(page, '#/labo/sandbox/3');

      const overflow = await page.evaluate(() => ({
        x: document.documentElement.scrollWidth - innerWidth,
        y: document.documentElement.scrollHeight - innerHeight,
      }));
      expect(overflow).toEqual({ x: 0, y: 0 });
      await expect(page.locator('.rack')).toHaveCount(3);
    });
  }
});
