/** A session is its inputs: reloaded, or played again in Node, it gives the same facts. */
import { expect, type Page, test } from '@playwright/test';
import { sandboxStart } from '../src/app/session/what.ts';
import { filesOf } from '../src/course/begin.ts';
import type { Session } from '../src/kernel/session.ts';
import { digestOfSession } from '../src/kernel/sessionDigest.ts';
import { programs } from '../src/shell/registry.ts';
import {
  expectScreen,
  goToTerminal,
  leaveAll,
  leaveTerminal,
  openLab,
  screenOf,
  speedUp,
  typeAt,
} from './terminals.ts';

const server = '--bootstrap-server localhost:9092';

/** A topic, three records with keys, a reader in a group: then time stands still. */
async function work(page: Page): Promise<void> {
  await openLab(page, '?e2e#/labo/sandbox/1');
  await speedUp(page);
  await typeAt(page, /Admin/, `bin/kafka-topics.sh --create --topic caisse --partitions 2 ${server}`);
  await expectScreen(page, 'Created topic caisse.');
  await typeAt(page, /Lecteur/, `bin/kafka-console-consumer.sh --topic caisse --from-beginning --group paie ${server}`);
  await typeAt(
    page,
    /Producteur/,
    `printf 'a:1\\nb:2\\na:3\\n' | bin/kafka-console-producer.sh --topic caisse --property parse.key=true --property key.separator=: ${server}`,
  );
  await goToTerminal(page, /Lecteur/);
  await expectScreen(page, /1.*3/);
  await leaveTerminal(page);
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
}

const sessionOf = (page: Page): Promise<Session> => page.evaluate(() => window.labInTests!.session());

/** What the browser keeps of the sandbox. */
const keptSession = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.open('vive-le-log').onsuccess = ({ target }) => {
          const database = (target as IDBOpenDBRequest).result;
          const request = database.transaction('sessions').objectStore('sessions').get('sandbox/1');
          request.onsuccess = () => {
            database.close();
            resolve((request.result as { session?: unknown } | undefined)?.session ?? null);
          };
        };
      }),
  );

test.describe('a session', () => {
  test('is the same after a reload: its facts, its screens, its picture', async ({ page }) => {
    await work(page);
    const factCount = await page.evaluate(() => window.labInTests!.factCount());
    const digest = await page.evaluate(() => window.labInTests!.digest());
    await page.getByRole('tab', { name: /Admin/ }).click();
    await expectScreen(page, 'Created topic caisse.');
    const screen = (await screenOf(page)).trimEnd();
    // Kept a moment after the last change.
    const session = await sessionOf(page);
    await page.keyboard.press('Escape');
    await expect
      .poll(() => keptSession(page))
      .toMatchObject({ branches: session.branches.map(({ inputs }) => ({ inputs })) });

    await page.reload();
    await expect(page.locator('.xterm-rows').first()).toContainText('Created topic caisse.');

    expect(await page.evaluate((count) => window.labInTests!.digest(count), factCount)).toBe(digest);
    expect((await screenOf(page)).trimEnd()).toBe(screen);
    await expect(page.getByRole('button', { name: /^caisse, P1/ })).toBeVisible();
    const inputs = ({ branches }: Session): unknown => branches.map((branch) => branch.inputs);
    expect(inputs(await sessionOf(page))).toEqual(inputs(session));
  });

  test('gives the same facts in Node as in the browser', async ({ page }) => {
    await work(page);
    const [inBrowser, session] = await page.evaluate(
      () => [window.labInTests!.digest(), window.labInTests!.session()] as const,
    );

    const options = {
      programs,
      seed: session.seed,
      files: filesOf(sandboxStart({ brokers: 1 })),
      setup: session.setup,
    };

    expect(digestOfSession(options, session)).toBe(inBrowser);
  });

  test('begins again when asked', async ({ page }) => {
    await work(page);

    await page.getByRole('button', { name: 'Recommencer' }).click();

    await expect(page.locator('.xterm-rows').first()).toContainText(/\$\s*$/);
    await expect(page.getByRole('button', { name: /^caisse, P0/ })).toHaveCount(0);
  });

  test('comes back where it was: its instant, its pause, its terminals in sight', async ({ page }) => {
    await openLab(page, '?e2e#/labo/sandbox/1');
    const nowOf = () => page.evaluate(() => window.labInTests!.lab.timeline.now);
    await page.getByRole('button', { name: 'Deux terminaux côte à côte' }).click();
    await page.getByRole('tab', { name: /Lecteur/ }).click();
    await leaveTerminal(page);
    const began = await nowOf();
    await expect.poll(nowOf).toBeGreaterThan(began + 2_000_000);
    const shown = await page.locator('#terminals').getByRole('tab', { selected: true }).allInnerTexts();
    const running = await nowOf();

    await page.reload();
    await expect(page.locator('#terminals').getByRole('tab', { selected: true })).toHaveText(shown);
    expect(await nowOf()).toBeGreaterThanOrEqual(running);
    await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
    await leaveAll(page);
    await page.keyboard.press(' ');
    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
    const paused = await nowOf();
    await page.reload();

    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
    expect(await nowOf()).toBe(paused);
  });

  test('that began again is not offered back any more to whoever has worked in the new one, and went back', async ({
    page,
  }) => {
    await work(page);
    const notice = page.getByText('La session recommence');
    await page.getByRole('button', { name: 'Recommencer' }).click();
    await expect(notice).toBeVisible();

    await typeAt(page, /Admin/, 'pwd');
    await expect(notice).toHaveCount(0);
    await page.getByRole('slider', { name: 'Instant montré' }).press('Home');
    await expectScreen(page, '$');

    await expect(notice).toHaveCount(0);
  });

  test('that began again can be had back', async ({ page }) => {
    await work(page);
    const session = await sessionOf(page);

    await page.getByRole('button', { name: 'Recommencer' }).click();
    await expect(page.getByRole('button', { name: /^caisse, P0/ })).toHaveCount(0);
    await page.locator('.notice').getByRole('button', { name: 'Annuler' }).click();

    await expect(page.getByRole('button', { name: /^caisse, P0/ })).toBeVisible();
    expect((await sessionOf(page)).branches).toEqual(session.branches);
    await expect(page.getByText('La session recommence')).toHaveCount(0);
  });
});
