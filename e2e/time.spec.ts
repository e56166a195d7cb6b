/** Time in the learner's hands: pause, steps, the scrubber, branches, bookmarks – all by keys. */
import { expect, type Page, test } from '@playwright/test';
import { openHeldLab } from './heldLab.ts';
import { leaveTerminal, openLab, typeAt } from './terminals.ts';

const create = (topic: string): string =>
  `bin/kafka-topics.sh --create --topic ${topic} --bootstrap-server localhost:9092`;

/** Types at Admin and lets virtual time run until the prompt is back. */
async function run(page: Page, command: string): Promise<void> {
  await typeAt(page, /Admin/, command);
  await page.evaluate(() => window.labInTests!.runUntilIdle('admin', 60));
  await page.evaluate(() => window.labInTests!.runFor(1));
  await leaveTerminal(page);
}

const now = (page: Page): Promise<number> => page.evaluate(() => window.labInTests!.lab.timeline.now);
const topic = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, P0`) });
const scrubber = (page: Page) => page.getByRole('slider', { name: 'Instant montré' });

test.describe('time', () => {
  test('goes on by itself, stands still at Space, and goes on again', async ({ page }) => {
    await openLab(page, '?e2e#/labo/sandbox/1');
    const began = await now(page);
    await expect.poll(() => now(page)).toBeGreaterThan(began);

    await page.locator('body').press(' ');

    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
    const paused = await now(page);
    // Ten frames later it is the same instant.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    });
    expect(await now(page)).toBe(paused);
    await page.locator('body').press(' ');
    await expect.poll(() => now(page)).toBeGreaterThan(paused);
  });

  test('steps to what is seen next, and back', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');
    await run(page, create('un'));
    const end = await now(page);

    await page.keyboard.press('ArrowLeft');
    const back = await now(page);
    await page.keyboard.press('ArrowLeft');
    const further = await now(page);
    await page.keyboard.press('ArrowRight');

    expect(back).toBeLessThan(end);
    expect(further).toBeLessThanOrEqual(back);
    expect(await now(page)).toBe(back);
  });

  test('goes from one marked fact to the other', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');
    await run(page, create('un'));
    await expect(topic(page, 'un')).toBeVisible();

    await page.keyboard.press('Shift+ArrowLeft');
    const marked = await now(page);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await now(page)).toBeLessThan(marked);
    await page.keyboard.press('Shift+ArrowRight');

    expect(await now(page)).toBe(marked);
  });

  test('is scrubbed by keys, from where the learner came to what is known', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');
    await run(page, create('un'));
    await scrubber(page).focus();

    await page.keyboard.press('Home');
    await expect(scrubber(page)).toHaveAttribute('aria-valuenow', '0');
    await expect(topic(page, 'un')).toHaveCount(0);
    await page.keyboard.press('PageUp');
    await expect(scrubber(page)).not.toHaveAttribute('aria-valuenow', '0');
    await page.keyboard.press('End');

    await expect(topic(page, 'un')).toBeVisible();
    expect(await scrubber(page).getAttribute('aria-valuenow')).toBe(await scrubber(page).getAttribute('aria-valuemax'));
  });

  test('branches where the past is acted in; both futures stay', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');
    await run(page, create('un'));
    await expect(topic(page, 'un')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Branches' })).toHaveCount(0);

    await page.keyboard.press('Control+z');
    await expect(topic(page, 'un')).toHaveCount(0);
    await run(page, create('deux'));
    await expect(topic(page, 'deux')).toBeVisible();
    await expect(topic(page, 'un')).toHaveCount(0);

    const branches = page.getByRole('combobox', { name: 'Branches' });
    await expect(branches.getByRole('option')).toHaveCount(2);
    await branches.selectOption({ index: 0 });
    await scrubber(page).focus();
    await page.keyboard.press('End');
    await expect(topic(page, 'un')).toBeVisible();
    await expect(topic(page, 'deux')).toHaveCount(0);
    await branches.selectOption({ index: 1 });
    await scrubber(page).focus();
    await page.keyboard.press('End');
    await expect(topic(page, 'deux')).toBeVisible();
  });

  test('has its speed set by keys, and chooses it again', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');
    const speed = page.getByRole('slider', { name: 'Vitesse' });
    await expect(speed).toHaveAttribute('aria-valuetext', /^automatique/);

    // 1×, from beside it: automatic speed may be there already, and what does not move chooses nothing.
    await speed.fill('10');
    await speed.fill('9');
    await expect(speed).toHaveAttribute('aria-valuetext', 'vitesse réelle');
    await page.locator('body').press(']');
    await expect(speed).toHaveAttribute('aria-valuetext', '2 fois plus vite');
    await page.locator('body').press('[');
    await page.locator('body').press('[');
    await expect(speed).toHaveAttribute('aria-valuetext', '2 fois plus lent');
    await page.getByRole('button', { name: /^Vitesse automatique/ }).press('Enter');

    await expect(speed).toHaveAttribute('aria-valuetext', /^automatique/);
  });

  test('keeps a bookmark', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');

    await page.locator('body').press('m');

    await expect(page.locator('[data-bookmark]')).toHaveCount(1);
  });

  test('stops only at the marks that the scrubber shows', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');
    await run(page, create('un'));
    // A group has Kafka make a topic of its own, with fifty partitions.
    await run(
      page,
      'bin/kafka-console-consumer.sh --topic un --group g --timeout-ms 3000 --bootstrap-server localhost:9092',
    );
    const kinds = await page.evaluate(() => window.labInTests!.lab.timeline.markedFacts().length);
    expect(kinds).toBeGreaterThan(50);

    const stops: number[] = [await now(page)];
    do {
      await page.keyboard.press('Shift+ArrowLeft');
      stops.push(await now(page));
    } while (stops.at(-1) !== stops.at(-2) && stops.length < 20);
    // The topic, the group's own doings, and where the learner came: none of Kafka's fifty partitions.
    expect(stops.length).toBeLessThan(15);
    await expect(topic(page, 'un')).toHaveCount(0);
    await page.keyboard.press('Shift+ArrowRight');

    expect(stops).toContain(await now(page));
  });

  test('is told by two clocks: since the start, and as the machine’s logs have it', async ({ page }) => {
    await openHeldLab(page, '#/labo/sandbox/1');

    await expect(page.locator('.timebar-clock')).toHaveText(/^\d\d:\d\d,\d{3}machine 09:00:\d\d,\d{3}$/);
  });

  test('costs no frame while it stands still, and few while nothing moves', async ({ page }) => {
    await page.addInitScript(() => {
      const native = window.requestAnimationFrame.bind(window);
      Object.assign(window, { framesAsked: 0, nativeFrame: native });
      window.requestAnimationFrame = (callback) => {
        Object.assign(window, { framesAsked: Number(Reflect.get(window, 'framesAsked')) + 1 });
        return native(callback);
      };
    });
    /** Frames that the page asked for during so many seconds of the browser's clock. */
    const framesIn = (wallSeconds: number): Promise<number> =>
      page.evaluate(
        (time) =>
          new Promise<number>((resolve) => {
            const before = Number(Reflect.get(window, 'framesAsked'));
            setTimeout(() => resolve(Number(Reflect.get(window, 'framesAsked')) - before), time * 1000);
          }),
        wallSeconds,
      );
    await openLab(page, '#/labo/sandbox/3');
    await expect(page.locator('.timebar-clock')).toContainText('00:0');
    await framesIn(2);
    expect(await framesIn(2)).toBeLessThan(10);

    await page.locator('body').press(' ');
    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
    await framesIn(1);

    expect(await framesIn(2)).toBe(0);
  });

  test('that stands still keeps the figure at the size of its place', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    await page.locator('body').press(' ');
    await page.setViewportSize({ width: 1500, height: 800 });

    const widths = () =>
      page
        .locator('.matrix')
        .evaluate((frame) => [frame.clientWidth, Number(frame.querySelector('svg')?.getAttribute('width'))]);
    await expect.poll(async () => (await widths())[0]).toBeGreaterThan(1300);
    await expect.poll(async () => (await widths())[1]).toBe((await widths())[0]);
  });
});
