/** Faults by hand: by drag, by key, by menu; what they do, and the way back to the instant before. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { openHeldLab } from './heldLab.ts';
import { expectScreen, leaveTerminal, openLab, pressLetter, typeAt } from './terminals.ts';

const create =
  'bin/kafka-topics.sh --create --topic paiements --partitions 3 --replication-factor 3 --bootstrap-server localhost:9092';

/** Three brokers with a topic of three partitions and three replicas; time is held. */
async function openCluster(page: Page): Promise<void> {
  await openHeldLab(page, '#/labo/sandbox/3');
  await typeAt(page, 'Admin', create);
  await runFor(page, 20);
  await expectScreen(page, 'Created topic paiements');
  await leaveTerminal(page);
}

const runFor = (page: Page, seconds: number): Promise<void> =>
  page.evaluate((duration) => window.labInTests!.runFor(duration), seconds);
const nowOf = (page: Page): Promise<number> => page.evaluate(() => window.labInTests!.lab.timeline.now);

interface Led {
  readonly leader: number;
  readonly leaderEpoch: number;
}
const partition = (page: Page, number: number): Promise<Led> =>
  page.evaluate((wanted) => {
    const topic = window.labInTests!.lab.picture().topics.find((one) => one.topic === 'paiements');
    const { leader, leaderEpoch } = topic!.partitions[wanted]!;
    return { leader, leaderEpoch };
  }, number);

const replica = (page: Page, number: number, broker: number): Locator =>
  page.locator(`[data-mark="replica-paiements-${number}@${broker}"]`);
const rack = (page: Page, broker: number): Locator => page.locator(`[data-mark="broker-${broker}"]`);
const tool = (page: Page, name: RegExp): Locator =>
  page.getByRole('group', { name: 'Pannes à glisser sur la figure' }).getByRole('button', { name });
const counter = (page: Page): Locator => page.getByRole('banner').getByRole('button', { name: /panne/ });

/** Takes a tool and holds it over a place. */
async function dragTo(page: Page, name: RegExp, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
  const from = (await tool(page, name).boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 6 });
}
const middleOf = async (thing: Locator): Promise<{ x: number; y: number }> => {
  const { x, y, width, height } = (await thing.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};
/** The middle of the wire from a leader to a follower. */
const wireBetween = (page: Page, one: number, other: number): Promise<{ x: number; y: number }> =>
  page.evaluate(
    (brokers) => {
      const { brokers: drawn } = window.labInTests!.lab.picture();
      const ids = brokers.map((id) => drawn.find(({ broker }) => broker === id)!.process).sort((a, b) => a - b);
      const path = document.querySelector<SVGPathElement>(
        `#figure path.wire--replicate[data-link="link-${ids.join('-')}"]`,
      )!;
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM()!);
      return { x, y };
    },
    [one, other],
  );
const cutLinks = (page: Page): Promise<number> =>
  page.evaluate(() => window.labInTests!.lab.picture().impairedLinks.filter(({ isCut }) => isCut).length);

test('a leader dies by drag; undone, another dies by key', async ({ page }) => {
  await openCluster(page);
  const before = { at: await nowOf(page), p0: await partition(page, 0), p1: await partition(page, 1) };

  await dragTo(page, /^Tuer/, await middleOf(replica(page, 0, before.p0.leader)));
  await expect(page.locator('.fault-ghost')).toHaveText(`Tuer broker ${before.p0.leader}`);
  await expect(rack(page, before.p0.leader)).toHaveAttribute('data-aimed', '');
  await page.mouse.up();
  await expect(counter(page)).toHaveText('1 panne active');
  await runFor(page, 30);

  const after = await partition(page, 0);
  expect(after.leader).not.toBe(before.p0.leader);
  expect(after.leaderEpoch).toBe(before.p0.leaderEpoch + 1);
  await expect(replica(page, 0, after.leader)).toHaveAttribute('aria-label', /leader, époque 1/);
  await expect(replica(page, 0, before.p0.leader)).toHaveAttribute('aria-label', /hors ligne/);
  await expect(rack(page, before.p0.leader)).toHaveAttribute('aria-label', /arrêté/);
  await typeAt(page, 'Admin', 'bin/kafka-topics.sh --describe --topic paiements --bootstrap-server localhost:9092');
  await runFor(page, 20);
  await expectScreen(page, new RegExp(`Partition: 0\\s*Leader: ${after.leader}`));
  await leaveTerminal(page);

  // Before the line that was typed last, then before the death.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await nowOf(page)).toBe(before.at);
  expect(await partition(page, 0)).toEqual(before.p0);
  await expect(counter(page)).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(counter(page)).toHaveText('1 panne active');
  await page.keyboard.press('Control+z');
  await expect(counter(page)).toHaveCount(0);

  await replica(page, 1, before.p1.leader).focus();
  await pressLetter(page, 'k');
  await expect(counter(page)).toHaveText('1 panne active');
  await runFor(page, 30);
  expect((await partition(page, 1)).leader).not.toBe(before.p1.leader);
  expect((await partition(page, 0)).leader).toBe(before.p0.leader);

  // What is undone does not happen again when time goes on.
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: /^Un pas en avant/ }).click();
  await runFor(page, 1);
  expect(await nowOf(page)).toBeGreaterThan(before.at);
  await expect(counter(page)).toHaveCount(0);
});

test('a wire is cut by scissors, let go by Escape, cut one way, mended, and cut by key', async ({ page }) => {
  await openCluster(page);
  const { leader } = await partition(page, 0);
  const follower = (leader + 1) % 3;
  const [first, last] = [Math.min(leader, follower), Math.max(leader, follower)];
  const wire = await wireBetween(page, leader, follower);
  const ghost = page.locator('.fault-ghost');

  await dragTo(page, /^Ciseaux/, wire);
  await expect(ghost).toContainText(new RegExp(`Couper broker (${first} – broker ${last}|${last} – broker ${first})`));
  await page.keyboard.press('Escape');
  await expect(ghost).toHaveCount(0);
  await page.mouse.up();
  expect(await cutLinks(page)).toBe(0);

  await page.keyboard.down('Shift');
  await dragTo(page, /^Ciseaux/, wire);
  await expect(ghost).toContainText(/Couper broker \d vers broker \d/);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  expect(await cutLinks(page)).toBe(1);
  await expect(counter(page)).toHaveText('1 panne active');
  // What is done at one instant is undone at once.
  await runFor(page, 1);
  await dragTo(page, /^Ciseaux/, wire);
  await page.mouse.up();
  expect(await cutLinks(page)).toBe(2);
  await expect(counter(page)).toHaveText('1 panne active');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await cutLinks(page)).toBe(0);

  await rack(page, leader).focus();
  await pressLetter(page, 'x');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.type(`broker ${follower}`);
  await expect(menu.getByRole('menuitem', { name: `Broker ${follower}` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu).toHaveCount(0);
  await expect(rack(page, leader)).toBeFocused();
  expect(await cutLinks(page)).toBe(2);

  await runFor(page, 5);
  await page.mouse.click(wire.x, wire.y);
  const card = page.getByRole('dialog', { name: /^Lien Broker/ });
  await expect(card).toContainText('Retenus par la coupure');
  await pressLetter(page, 'x');
  expect(await cutLinks(page)).toBe(0);
  await expect(counter(page)).toHaveCount(0);
});

test('a card slows a link and makes it lose; the top bar lists the faults and lifts them', async ({ page }) => {
  await openCluster(page);
  await rack(page, 0).press('Enter');
  const card = page.getByRole('dialog', { name: 'Broker 0' });
  await card.getByRole('button', { name: 'Suspendre' }).click();
  await expect(card).toContainText('en pause');
  await runFor(page, 1);
  await card.getByText('Liens du broker 0').click();
  await card.getByRole('button', { name: /^Broker 1/ }).click();
  const link = page.getByRole('dialog', { name: 'Lien Broker 0 – Broker 1' });
  const latency = link.getByRole('slider', { name: 'Latence' });
  await latency.press('End');
  await expect(latency).toHaveAttribute('aria-valuetext', /^10.000.ms$/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(rack(page, 0)).toBeFocused();

  await counter(page).click();
  const list = page.getByRole('dialog', { name: 'Pannes actives' });
  await expect(list.getByRole('listitem')).toHaveText([/Broker 0 suspendu/, /Broker 0 – broker 1 \+ 10.000.ms/]);
  await expectAccessible(page);
  await runFor(page, 1);
  await list.getByRole('button', { name: /^Lever.*suspendu/ }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(counter(page)).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(counter(page)).toHaveText('2 pannes actives');
  await counter(page).click();
  await list.getByRole('button', { name: 'Tout lever' }).click();
  await expect(list).toContainText('Plus aucune panne');
  await page.keyboard.press('Escape');

  await expect(counter(page)).toHaveCount(0);
});

test('the menu of a mark, by keyboard: what is impossible says why, and the focus comes back', async ({ page }) => {
  await openCluster(page);
  await rack(page, 1).focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Pannes : Broker 1' });
  await expect(menu.getByRole('menuitem', { name: /^Tuer/ })).toBeFocused();
  await expectAccessible(page);
  const restart = menu.getByRole('menuitem', { name: /^Redémarrer/ });
  await expect(restart).toHaveAttribute('aria-disabled', 'true');
  await expect(restart).toContainText('Il est en marche.');
  await page.keyboard.press('Escape');
  await expect(rack(page, 1)).toBeFocused();

  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Enter');
  await expect(menu).toHaveCount(0);
  await runFor(page, 30);
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: /^Tuer/ })).toContainText('Il est déjà arrêté.');
  await page.keyboard.press('Escape');
  await pressLetter(page, 'r');
  await runFor(page, 30);
  await expect(rack(page, 1)).not.toHaveAttribute('aria-label', /arrêté/);

  await rack(page, 2).click({ button: 'right', position: { x: 40, y: 14 } });
  await expect(page.getByRole('menu', { name: 'Pannes : Broker 2' })).toBeVisible();
});

test('a tool that is pressed asks whom it is for', async ({ page }) => {
  await openCluster(page);
  await tool(page, /^Nœud/).press('Enter');
  await page.getByRole('menuitem', { name: 'Broker 0' }).press('Enter');
  await page.getByRole('menuitem', { name: 'ZooKeeper' }).press('Enter');

  await expect(counter(page)).toHaveText('1 panne active');
  await expect(tool(page, /^Nœud/)).toBeFocused();
});

test('a server killed in its terminal leaves what bash shows; it is started again by the same line', async ({
  page,
}) => {
  await openHeldLab(page, '#/labo/lesson/tp-demarrer');
  await typeAt(page, /^ZooKeeper/, 'bin/zookeeper-server-start.sh config/zookeeper.properties');
  await runFor(page, 15);
  await expectScreen(page, 'PrepRequestProcessor');
  await leaveTerminal(page);
  await page.locator('[data-mark="zookeeper-1"]').focus();
  await pressLetter(page, 'k');
  await runFor(page, 5);
  await expectScreen(page, /Killed.*\$ *$/);
  await pressLetter(page, 'r');
  await expectScreen(page, /Killed.*zookeeper-server-start\.sh config\/zookeeper\.properties/);
  await runFor(page, 15);

  await expectScreen(page, 'PrepRequestProcessor');
  await expect(page.locator('[data-mark="zookeeper-1"]')).not.toHaveAttribute('aria-label', /arrêté/);
});

test('the narration tells of the death and of the election', async ({ page }) => {
  await openLab(page, '?e2e#/labo/sandbox/3');
  await typeAt(page, 'Admin', create);
  await expectScreen(page, 'Created topic paiements');
  await leaveTerminal(page);
  await page.evaluate(() => {
    const told = new Set<string>();
    const listen = (): void => {
      for (const live of document.querySelectorAll('p[aria-live]')) told.add(live.textContent ?? '');
    };
    new MutationObserver(listen).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { toldInTests: told });
  });
  const told = (): Promise<string> =>
    page.evaluate(() => [...(window as unknown as { toldInTests: Set<string> }).toldInTests].join('\n'));
  const { leader } = await partition(page, 0);
  await replica(page, 0, leader).focus();
  await pressLetter(page, 'k');

  await expect.poll(told).toContain(`Vous tuez le broker ${leader} (SIGKILL)`);
  await expect.poll(told).toMatch(/devient leader|élection/);
  await expect(replica(page, 0, (await partition(page, 0)).leader)).toHaveAttribute('aria-label', /leader, époque 1/);
});

test('a session expires, a message in flight is lost, a timer fires, a disk fills up: from the menu and the card', async ({
  page,
}) => {
  await openCluster(page);
  const inputs = (): Promise<readonly string[]> =>
    page.evaluate(() => {
      const { inputs: all, position } = window.labInTests!.lab.timeline;
      return all.slice(0, position.inputCount).map(({ input }) => input.kind);
    });
  const sessions = (): Promise<readonly string[]> =>
    page.evaluate(() => window.labInTests!.lab.picture().zookeepers[0]!.sessions.map(({ id }) => id));
  const before = await sessions();
  await rack(page, 1).press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Faire expirer la session' }).press('Enter');
  await runFor(page, 10);
  const after = await sessions();
  expect(after).toHaveLength(before.length);
  expect(after.filter((id) => !before.includes(id))).toHaveLength(1);

  await rack(page, 1).press('Shift+F10');
  await page.keyboard.type('disque');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Disque lent' }).press('Enter');
  await expect(counter(page)).toHaveText('1 panne active');
  await counter(page).click();
  await expect(page.getByRole('dialog', { name: 'Pannes actives' })).toContainText('Broker 1, disque + 500');
  await page.keyboard.press('Escape');

  await rack(page, 0).press('Enter');
  const card = page.getByRole('dialog', { name: 'Broker 0' });
  await card.getByText('Minuteries').click();
  await card
    .getByRole('button', { name: /^Déclencher maintenant/ })
    .first()
    .click();
  expect((await inputs()).at(-1)).toBe('fireTimer');
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    const { lab } = window.labInTests!;
    while (lab.picture().flights.length === 0) lab.timeline.stepToNextFact();
    lab.select(`message-${lab.picture().flights[0]!.fact}`);
  });
  const message = page.getByRole('dialog', { name: 'Message en vol' });
  await message.getByRole('button', { name: /^Perdre ce message/ }).click();
  expect((await inputs()).at(-1)).toBe('loseMessage');
});

test('in English', async ({ page }) => {
  await openCluster(page);
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await rack(page, 1).press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'Faults: Broker 1' }).getByRole('menuitem')).toHaveText([
    /^Kill/,
    /^Stop/,
    /^Suspend/,
    /^Restart/,
    /^Links/,
    /^Expire its session/,
    /^Disk of its logs/,
    /^Clock of its machine/,
    /^Timers/,
    /^Open its card/,
  ]);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('banner').getByRole('button', { name: '1 active fault' })).toBeVisible();
  await expectAccessible(page);
});
