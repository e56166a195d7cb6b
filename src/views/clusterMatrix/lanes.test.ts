import { describe, expect, test } from 'vitest';
import type { FlightPicture } from '../../cluster/picture.ts';
import type { VirtualTimeUs } from '../../kernel/time.ts';
import { mockupPicture, mockupProcesses } from '../testing/mockupCluster.ts';
import { commonestKeys } from './commonestKeys.ts';
import { lanesOf, progress, wayOf } from './lanes.ts';
import { layoutMatrix } from './layout.ts';

const at = (us: number): VirtualTimeUs => us as VirtualTimeUs;
const picture = mockupPicture(at(0), 24);
const layout = layoutMatrix(picture, { widthPx: 970, heightPx: 480, unit: 1, isCompact: true });
const [template] = picture.flights as readonly [FlightPicture];

describe('a message under way', () => {
  test('has gone a share of its way that only the instant decides, forwards and backwards', () => {
    const flight = { sentAt: at(1000), dueAt: at(3000) };

    expect([0, 1000, 1500, 3000, 9000].map((now) => progress(flight, at(now)))).toEqual([0, 0, 0.25, 1, 1]);
  });

  test('has arrived when it takes no time', () => {
    expect(progress({ sentAt: at(5), dueAt: at(5) }, at(5))).toBe(1);
  });
});

describe('the way of a message', () => {
  const producer = mockupProcesses.producers[0];
  const leader = mockupProcesses.brokers[1];

  test('of records to write: from the producer over the bus and the rail of the row down to the leader', () => {
    const points = wayOf({ ...template, from: producer, to: leader }, layout)!.points;
    const row = layout.rows[0]!;
    const strip = layout.strips.find(({ key }) => key === 'paiements-0@1')!;

    expect(points[0]).toEqual(layout.anchors.get(producer));
    expect(points[1]![0]).toBe(layout.columns.busX);
    expect(points.at(-2)![1]).toBe(row.railY);
    expect(points.at(-1)![1]).toBe(strip.y);
  });

  test('of records to a follower: from strip to strip', () => {
    const points = wayOf(
      { ...template, from: leader, to: mockupProcesses.brokers[0], isResponse: true },
      layout,
    )!.points;
    const [from, to] = ['paiements-0@1', 'paiements-0@0'].map(
      (key) => layout.strips.find((strip) => strip.key === key)!,
    );

    expect([points[0]![0], points.at(-1)![0]]).toEqual([from!.x, to!.x + to!.width]);
  });

  test('does not exist to a process that the figure does not show', () => {
    expect(wayOf({ ...template, to: 999 as typeof leader, records: [] }, layout)).toBeNull();
  });
});

describe('lanes', () => {
  test('gather the messages of the same ends and row', () => {
    const lanes = lanesOf(picture.flights, layout);

    expect(lanes.reduce((sum, lane) => sum + lane.flights.length, 0)).toBe(24);
    for (const lane of lanes) {
      const ends = new Set(lane.flights.map(({ from, to, records }) => `${from}>${to}>${records[0]?.partition}`));
      expect(ends.size).toBe(1);
    }
  });
});

describe('the keys of a crowd', () => {
  test('are its four commonest, and the others together', () => {
    const flights = ['a', 'a', 'a', 'b', 'b', 'c', 'd', 'e'].map((key) => ({
      ...template,
      records: [{ ...template.records[0]!, key }],
    }));

    expect(commonestKeys(flights)).toEqual([
      { key: 'a', share: 0.375 },
      { key: 'b', share: 0.25 },
      { key: 'c', share: 0.125 },
      { key: 'd', share: 0.125 },
      { key: undefined, share: 0.125 },
    ]);
  });
});
