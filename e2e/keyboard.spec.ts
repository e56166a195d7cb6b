/** The lab without a pointer. */
import { expect, test } from '@playwright/test';
import { expectScreen, leaveTerminal, openLab, openLabToType, screenOf, speedUp, typeAt } from './terminals.ts';

test.describe('by keyboard alone', () => {
  test('the figure is reached, walked, asked why, and read as a table', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');

    await page.getByRole('link', { name: 'Vive le Log' }).focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('link', { name: 'Aller à la figure' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('#figure [data-mark]:focus')).toHaveCount(1);
    await page.getByRole('button', { name: /^Broker 0/ }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-mark^="replica-"]:focus')).toHaveCount(1);
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog', { name: /vive-le-ca P0/ });
    await expect(card).toBeVisible();
    await page.keyboard.press('w');
    await expect(card.getByRole('heading', { name: 'Pourquoi ?' })).toBeVisible();
    // Back to the input that began it.
    await expect(card.getByRole('listitem').last()).toContainText('parce que');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('[data-mark^="replica-"]:focus')).toHaveCount(1);
    await page.keyboard.press('v');
    await expect(page.getByRole('table').first()).toContainText('vive-le-ca');
    await page.keyboard.press('v');
    await expect(page.getByRole('table')).toHaveCount(0);
  });

  test('a step of a why-chain leads to its instant', async ({ page }) => {
    await openLab(page, '?e2e#/labo/lesson/tp-consommer');
    await page.locator('[data-mark^="replica-"]').first().press('Enter');
    await page.keyboard.press('w');
    await expect(page.getByRole('dialog').getByRole('heading', { name: 'Pourquoi ?' })).toBeVisible();
    const before = await page.evaluate(() => window.labInTests!.lab.timeline.now);

    await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').first().press('Enter');

    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
    expect(await page.evaluate(() => window.labInTests!.lab.timeline.now)).toBeLessThan(before);
  });

  test('F6 goes round the regions; a command is typed and left by Escape twice', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    const regionOfFocus = () =>
      page.evaluate(() =>
        document.activeElement?.closest('#lesson, #figure, #terminals, footer.timebar')?.matches('#lesson')
          ? 'lesson'
          : (document.activeElement?.closest('#figure, #terminals')?.id ??
            (document.activeElement?.closest('footer') === null ? null : 'time')),
      );

    const seen: (string | null)[] = [];
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('F6');
      seen.push(await regionOfFocus());
    }
    expect(new Set(seen)).toEqual(new Set(['lesson', 'figure', 'terminals', 'time']));
    await page.locator('body').press('t');
    await page.keyboard.type('pwd');
    await page.keyboard.press('Enter');
    await expectScreen(page, '/home/apprenant/kafka/kafka_2.13-3.9.0');
    await leaveTerminal(page);
    expect(await regionOfFocus()).toBe('terminals');
    await page.keyboard.press('F6');

    expect(await regionOfFocus()).not.toBe('terminals');
  });

  test('the keys are listed at « ? », and letters can be switched off', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    await page.locator('body').press('?');
    const keys = page.getByRole('dialog', { name: 'Raccourcis clavier' });
    await expect(keys).toBeVisible();
    await expect(keys.getByRole('heading')).toBeInViewport({ ratio: 1 });

    await keys.getByRole('checkbox').press(' ');
    await page.keyboard.press('Escape');
    await expect(keys).toHaveCount(0);
    await page.locator('body').press('v');

    await expect(page.getByRole('table')).toHaveCount(0);
  });

  test('panels fold and come back', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    const lesson = page.getByRole('heading', { level: 1 });

    await page.locator('body').press('Control+b');
    await expect(lesson).not.toBeInViewport();
    await page.locator('body').press('Control+b');
    await expect(lesson).toBeInViewport();
    await page.locator('body').press('Control+j');
    await expect(page.locator('#terminals').getByRole('tab').first()).not.toBeInViewport();
    await page.locator('body').press('Control+j');

    await expect(page.locator('#terminals').getByRole('tab').first()).toBeInViewport();
  });

  test('W asks why of what is selected, or of the mark that has the focus', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');
    await page.locator('[data-mark^="replica-"]').first().focus();

    await page.keyboard.press('w');

    await expect(page.getByRole('dialog').getByRole('heading', { name: 'Pourquoi ?' })).toBeVisible();
  });

  test('those who listen hear what is printed, not each line that is drawn anew, nor the past again', async ({
    page,
  }) => {
    await openLab(page, '#/labo/sandbox/1');
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const region = element?.closest('[aria-live]');
          if (region == null || region.getAttribute('aria-live') === 'off' || region.closest('#terminals') === null)
            continue;
          for (const node of addedNodes) heard.push(node.textContent ?? '');
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const heard = () => page.evaluate(() => (Reflect.get(window, 'heard') as string[]).join('\n'));

    await page.locator('body').press('t');
    await page.keyboard.type('echo salut');
    expect(await heard()).not.toContain('ech');
    await page.keyboard.press('Enter');
    await expect.poll(heard).toMatch(/^salut/m);
    expect(await heard()).not.toContain('echo');
    await leaveTerminal(page);
    const before = await heard();
    await page.getByRole('slider', { name: 'Instant montré' }).press('Home');
    await expect(page.getByRole('slider', { name: 'Instant montré' })).toHaveAttribute('aria-valuenow', '0');
    await expect.poll(() => screenOf(page)).not.toContain('salut');

    expect(await heard()).toBe(before);
  });

  test('no two elements have the same id', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');

    const twice = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    });

    expect(twice).toEqual([]);
  });
});

test.describe('what is typed goes to the terminal', () => {
  const server = '--bootstrap-server localhost:9092';

  test('as soon as the lab is there, and the terminal says the way out', async ({ page }) => {
    await openLabToType(page, '#/labo/lesson/tp-topic');

    await page.keyboard.type('pwd');
    await page.keyboard.press('Enter');

    await expectScreen(page, '/home/apprenant/kafka/kafka_2.13-3.9.0');
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveAccessibleName(/Échap deux fois pour en sortir/);
  });

  test('a lesson begins with its text, not in the terminal: Tab goes to the ways to the figure and to the terminals', async ({
    page,
  }) => {
    await openLabToType(page, '#/labo/lesson/tp-topic');

    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Aller à la figure' })).toBeFocused();
    // A link is no place to type from.
    await page.keyboard.type('pwd');

    await expect(page.getByRole('link', { name: 'Aller à la figure' })).toBeFocused();
  });

  test('not when single letters are off', async ({ page }) => {
    await page.addInitScript(() =>
      localStorage.setItem('vive-le-log.settings', JSON.stringify({ state: { letterKeys: false }, version: 1 })),
    );
    await openLab(page, '#/labo/sandbox/1');

    await page.keyboard.type('pwd');

    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(0);
  });

  test('also when a server was clicked meanwhile: nothing of it is lost, nothing is struck', async ({ page }) => {
    await openLabToType(page, '#/labo/lesson/trois-copies');
    await page.getByRole('button', { name: /^Broker 1/ }).click();
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(0);

    await page.keyboard.type(`bin/kafka-topics.sh --list ${server}`, { delay: 20 });

    await expectScreen(page, `$ bin/kafka-topics.sh --list ${server}`);
    await expect(page.locator('#figure [data-mark^="broker-"].health--dead')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /panne active|pannes actives/ })).toHaveCount(0);
  });

  for (const line of ['ssh node', '1 café'])
    test(`also « ${line} », whose letters are shortcuts`, async ({ page }) => {
      await openLab(page, '#/labo/sandbox/3');
      const broker = page.locator('#figure [data-mark="broker-1"]');
      await broker.focus();

      await page.keyboard.type(line, { delay: 20 });

      await expectScreen(page, `$ ${line}`);
      await expect(broker).toHaveClass(/health--running/);
      await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
      await expect(page.getByRole('button', { name: /panne active|pannes actives/ })).toHaveCount(0);
    });

  test('a letter acts on what had the focus, whatever moves it right after', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/3');
    await expect(page.getByRole('group', { name: 'Pannes à glisser sur la figure' })).toBeVisible();
    const broker = (id: number) => page.locator(`#figure [data-mark="broker-${id}"]`);
    const elsewhere: readonly (() => Promise<void>)[] = [
      () => page.keyboard.press('ArrowRight'),
      () => broker(2).focus(),
    ];
    for (const [id, go] of elsewhere.entries()) {
      await broker(id).focus();
      await page.keyboard.press('k');
      await go();

      await expect(broker(id)).not.toBeFocused();
      await expect(page.locator('#figure [data-mark^="broker-"].health--dead')).toHaveCount(id + 1);
      await expect(broker(id)).toHaveClass(/health--dead/);
    }
  });

  test('a button that is clicked leaves the focus where it was, and Space plays', async ({ page }) => {
    await openLabToType(page, '#/labo/sandbox/1');

    await page.getByRole('button', { name: /^Pause/ }).click();
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
    await leaveTerminal(page);
    await page.getByRole('button', { name: /^Lecture/ }).click();
    await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await page.getByRole('button', { name: /^Poser un signet/ }).click();
    await page.keyboard.press(' ');
    await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
  });

  test('Space plays on the time bar and on the speed, which keep their arrows', async ({ page }) => {
    await openLab(page, '#/labo/sandbox/1');
    for (const name of ['Instant montré', 'Vitesse']) {
      await page.getByRole('slider', { name }).focus();
      await page.keyboard.press(' ');
      await expect(page.getByRole('button', { name: /^Lecture/ })).toBeVisible();
      await page.keyboard.press(' ');
      await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    }
  });
});

test('Ctrl-click on a topic in a terminal shows it in the figure', async ({ page }) => {
  await openLab(page, '#/labo/sandbox/1');
  await speedUp(page);
  await typeAt(page, /Admin/, 'bin/kafka-topics.sh --create --topic caisse --bootstrap-server localhost:9092');
  await expectScreen(page, 'Created topic caisse.');
  await expect(page.getByRole('button', { name: /^caisse, P0/ })).toBeVisible();
  const row = page.locator('.terminals-pane:visible .xterm-rows > div', { hasText: 'Created topic caisse.' });
  const { width } = (await row.locator('span').first().boundingBox())!;
  const text = await row.innerText();
  const letter = width / text.trimEnd().length;

  await row.hover({ position: { x: letter * (text.indexOf('caisse') + 2), y: 6 }, force: true });
  await row.click({
    position: { x: letter * (text.indexOf('caisse') + 3), y: 6 },
    modifiers: ['Control'],
    force: true,
  });

  await expect(page.getByRole('dialog', { name: /caisse P0/ })).toBeVisible();
});

test('a screen of the width of a telephone has the figure or the terminals', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 900 });
  await page.goto('#/labo/sandbox/1');
  await expect(page.getByText('Écran trop étroit')).toBeVisible();
  await expect(page.locator('#figure')).toBeVisible();
  await expect(page.locator('#terminals')).toBeHidden();

  await page.locator('body').press('t');
  await page.keyboard.type('pwd');

  await expect(page.locator('#figure')).toBeHidden();
  await page.keyboard.press('Enter');
  await expectScreen(page, '/home/apprenant');
});
