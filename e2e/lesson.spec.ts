/** A lesson: what it asks, tells, types and remembers. */
import { expect, test } from '@playwright/test';
import { expectScreen, interrupt, leaveAll, openLab, screenOf, speedUp, typeAt } from './terminals.ts';

test.describe('a lesson', () => {
  test('answers a prediction by a hidden branch, which can be looked at and left', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-demarrer');
    const question = page.getByRole('group', { name: /broker/i }).filter({ has: page.getByRole('radio') });
    await question.getByRole('radio').nth(0).check();
    await question.getByRole('button', { name: 'Vérifier en direct' }).click();

    // Started before ZooKeeper, a broker gives up.
    await expect(question.locator('.choice.right')).toHaveText(/abandonne|renonce|s’arrête/);
    await expect(question.locator('.feedback')).toHaveCount(2);
    await question.getByRole('button', { name: 'Voir cette branche' }).click();
    await expect(page.getByText('Vous regardez la branche cachée')).toBeVisible();
    // It happens at a terminal of its own, which is in front.
    await expect(page.getByRole('tab', { name: /Coulisses/ })).toHaveAttribute('aria-selected', 'true');
    await expectScreen(page, /zookeeper/i);
    await page.getByRole('button', { name: 'Revenir au présent' }).first().click();

    await expect(page.getByText('Vous regardez la branche cachée')).toHaveCount(0);
    await expect(page.getByRole('tab', { name: /Coulisses/ })).toHaveCount(0);
  });

  test('comes back from the hidden branch when its question is left', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-demarrer');
    const question = page.getByRole('group', { name: /broker/i }).filter({ has: page.getByRole('radio') });
    await question.getByRole('radio').nth(0).check();
    await question.getByRole('button', { name: 'Vérifier en direct' }).click();
    await question.getByRole('button', { name: 'Voir cette branche' }).click();
    const notice = page.locator('.notice');
    await expect(notice).toContainText('Vous regardez la branche cachée');
    const [told, timeBar] = [await notice.boundingBox(), await page.locator('footer.timebar').boundingBox()];
    expect(told!.y + told!.height).toBeLessThanOrEqual(timeBar!.y);

    await page.getByRole('button', { name: 'Suivant' }).click();

    await expect(notice).toHaveCount(0);
    await expect(page.getByRole('tab', { name: /Coulisses/ })).toHaveCount(0);
  });

  test('types for the learner at Ctrl Entrée, sees the goal met, and goes on', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    await speedUp(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('TP 3 — Créer un topic');

    await page.locator('body').press('Control+Enter');

    await expect(page.locator('.task.done')).toHaveCount(1);
    await expectScreen(page, 'Created topic vive-le-ca.');
    await page.getByRole('button', { name: 'Suivant' }).click();
    await expect(page.getByText('Décrivez-le.')).toBeVisible();
    await page
      .getByRole('complementary', { name: 'Leçon' })
      .getByRole('button', { name: /^Taper pour moi/ })
      .click();
    await expect(page.locator('.task.done')).toHaveCount(1);
  });

  test('types nothing into a program that has the terminal, by whatever way it is asked, and says why', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 900, height: 800 });
    await openLab(page, '#/labo/lesson/tp-topic');
    await speedUp(page);
    const bar = page.getByRole('complementary', { name: 'Leçon' });
    const help = bar.getByRole('button', { name: 'Taper pour moi' });
    const inTerminal = page.locator('#terminals').getByRole('button', { name: /^Taper/ });
    await expect(help).toBeEnabled();
    await expect(inTerminal).toHaveCount(1);

    await typeAt(page, /Admin/, 'bin/kafka-console-consumer.sh --topic autre --bootstrap-server localhost:9092');

    await expect(help).toBeDisabled();
    await expect(help).toHaveAccessibleDescription(/kafka-console-consumer\.sh occupe le terminal/);
    await expect(bar).toContainText('kafka-console-consumer.sh occupe le terminal');
    await expect(inTerminal).toHaveCount(0);
    await page.keyboard.press('Control+Enter');
    await leaveAll(page);
    await page.keyboard.press('Control+Enter');
    // Letters would come one by one, each at its time.
    await page.waitForTimeout(500);
    expect(await screenOf(page)).not.toContain('--create');
    await interrupt(page, /Admin/);
    await expect(help).toBeEnabled();
    await expect(inTerminal).toHaveCount(1);
  });

  test('helps in three steps: where, what, the command', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    const hint = page.getByRole('button', { name: /^Indice/ });

    for (const number of ['1/3', '2/3', '3/3']) await page.getByRole('button', { name: `Indice ${number}` }).click();

    await expect(hint).toHaveCount(0);
    await expect(page.locator('.hint')).toHaveText([
      /^Où regarder/,
      /^Quoi utiliser/,
      /^La commande.*kafka-topics\.sh --create/,
    ]);
  });

  test('says that a task is no longer true after going back before it, and types it again', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');
    await speedUp(page);
    await typeAt(page, /Admin/, 'bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092');
    await expect(page.locator('.task.done')).toHaveCount(1);

    await page.getByRole('slider', { name: 'Instant montré' }).press('Home');

    await expect(page.locator('.task.done')).toHaveCount(0);
    await expect(page.getByText('Cette étape n’est plus remplie')).toBeVisible();
    // What was undone can be typed again.
    await page
      .getByRole('complementary', { name: 'Leçon' })
      .getByRole('button', { name: /^Taper pour moi/ })
      .click();
    await expect(page.locator('.task.done')).toHaveCount(1);
  });

  test('counts a task as done while the lesson is folded into its line', async ({ page }) => {
    await page.setViewportSize({ width: 1000, height: 760 });
    await openLab(page, '#/labo/lesson/tp-topic');
    await speedUp(page);
    const bar = page.getByRole('complementary', { name: 'Leçon' });
    await expect(bar).toContainText('0 tâche sur');

    await typeAt(page, /Admin/, 'bin/kafka-topics.sh --create --topic vive-le-ca --bootstrap-server localhost:9092');

    await expect(bar).toContainText('1 tâche sur');
    await bar.getByRole('button', { name: 'Suivant' }).click();
    await expect(bar).toContainText('Décrivez-le.');
  });

  test('speaks English and wears another theme at once, and remembers both', async ({ page }) => {
    await openLab(page, '#/labo/lesson/tp-topic');

    await page.getByRole('button', { name: 'Switch to English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab 3 — Create a topic');
    await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    for (const theme of ['light', 'dark', 'projector']) {
      await page.getByRole('button', { name: /^Theme/ }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    }
    await page.reload();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab 3 — Create a topic');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector');
  });

  test('that does not exist says so', async ({ page }) => {
    await page.goto('#/labo/lesson/nulle-part');

    await expect(page.getByText('Cette leçon n’existe pas')).toBeVisible();
  });

  test('that an address does not name is not shown: it says so, and leads to what there is', async ({ page }) => {
    for (const address of ['#/labo/garbage', '#/labo/session/AAAA!!!zz']) {
      await page.goto(address);
      await expect(page.getByText('Il n’y a rien à cette adresse')).toBeVisible();
      await expect(page.getByRole('link', { name: 'Revenir au parcours' })).toBeVisible();
    }
    await page.goto('#/labo/sandbox/99');
    await expect(page.getByText('Il n’y a pas de bac à sable de cette taille')).toBeVisible();
    await page.getByRole('link', { name: '12 brokers, 3 ZooKeepers' }).click();
    await expect(page.getByRole('button', { name: /^Broker 11/ })).toBeVisible();
  });

  test('in which one reads what another writes has both in sight; what is typed for the learner too', async ({
    page,
  }) => {
    await openLab(page, '#/labo/lesson/tp-consommer');
    const shown = page.locator('#terminals').getByRole('tab', { selected: true });
    await expect(shown).toHaveText(['Producteur', 'Lecteur\u00a01']);

    await page.locator('body').press('Control+Enter');
    await expect(page.locator('.terminals-pane.is-second .xterm-rows')).toContainText('Premier événement');
    await expect(page.locator('.task.done')).toHaveCount(1);
    await page.getByRole('button', { name: 'Suivant' }).click();
    await page.locator('body').press('Control+Enter');

    await expect(page.locator('.task.done')).toHaveCount(1);
    await expect(shown).toHaveText(['Producteur', 'Lecteur\u00a01']);
    await expect(page.locator('.terminals-pane.is-second .xterm-rows')).toContainText('Quatrième événement');
  });
});
