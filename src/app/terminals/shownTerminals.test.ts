import { describe, expect, test } from 'vitest';
import { activeOf, bringIn, choose, nothingShown, placesFilled, toggleSplit } from './shownTerminals.ts';
import { terminalName } from './terminalName.ts';
import { textsEn } from './texts.en.ts';
import { textsFr } from './texts.fr.ts';

const open = ['zookeeper', 'broker', 'admin'];

describe('the terminals in sight', () => {
  test('the first one, until another is chosen', () => {
    expect(placesFilled(nothingShown, open)).toEqual(['zookeeper']);
    expect(placesFilled(choose(nothingShown, open, 'admin'), open)).toEqual(['admin']);
  });

  test('two side by side; a choice fills the active place', () => {
    const split = toggleSplit(choose(nothingShown, open, 'admin'), open);
    const right = choose(split, open, 'zookeeper');

    expect(placesFilled(split, open)).toEqual(['admin', 'zookeeper']);
    expect(activeOf(right, placesFilled(right, open))).toBe('zookeeper');
    expect(placesFilled(choose(right, open, 'broker'), open)).toEqual(['admin', 'broker']);
    expect(placesFilled(toggleSplit(right, open), open)).toEqual(['zookeeper']);
  });

  test('what is typed for the learner comes in sight where its tab is: left of what reads it', () => {
    const tabs = ['producteur', 'lecteur-1', 'lecteur-2'];
    const split = { places: ['producteur', 'lecteur-1'], isSplit: true, activePlace: 0 } as const;
    const readers = { ...split, places: ['lecteur-1', 'lecteur-2'] } as const;

    expect(placesFilled(bringIn(split, tabs, 'lecteur-2'), tabs)).toEqual(['producteur', 'lecteur-2']);
    expect(placesFilled(bringIn(readers, tabs, 'producteur'), tabs)).toEqual(['producteur', 'lecteur-2']);
    expect(placesFilled(bringIn(nothingShown, tabs, 'lecteur-2'), tabs)).toEqual(['lecteur-2']);
  });

  test('a terminal that is not open yet leaves its place to another, and has it again later', () => {
    const chosen = choose(nothingShown, open, 'admin');

    expect(placesFilled(chosen, ['zookeeper'])).toEqual(['zookeeper']);
    expect(placesFilled(chosen, [])).toEqual([]);
    expect(placesFilled(chosen, open)).toEqual(['admin']);
  });
});

test('names are in the words of the learner', () => {
  const names = ['zookeeper', 'producteur', 'lecteur-1', 'broker-2', 'autre'];

  expect(names.map((name) => terminalName(name, textsFr))).toEqual([
    'ZooKeeper',
    'Producteur',
    'Lecteur\u00a01',
    'Broker\u00a02',
    'Autre',
  ]);
  expect(terminalName('lecteur-1', textsEn)).toBe('Reader\u00a01');
});
