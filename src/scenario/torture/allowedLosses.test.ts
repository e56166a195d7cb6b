import { describe, expect, test } from 'vitest';
import { ClusterInvariants } from '../../cluster/invariants/clusterInvariants.ts';
import type { Fact } from '../../kernel/facts.ts';
import { Simulation } from '../../kernel/simulation.ts';
import { seconds } from '../../kernel/time.ts';
import { programs } from '../../shell/registry.ts';
import { Cluster } from '../cluster.ts';
import { clusterFiles } from '../clusterFiles.ts';
import { runFor, runUntil, type Stage } from '../stage.ts';
import { Terminals } from '../terminals.ts';

/** Three brokers, a topic `bank` on brokers 1 and 2, and a person; the invariants are looked at all the while. */
class Bank {
  readonly #stage: Stage;
  readonly cluster: Cluster;
  readonly terminals: Terminals;
  readonly invariants = new ClusterInvariants();

  constructor(config = '') {
    const setup = {
      zookeepers: 1,
      brokers: [0, 1, 2],
      brokerConfig: { 'zookeeper.session.timeout.ms': '6000', 'auto.leader.rebalance.enable': 'false' },
      zookeeperConfig: {},
    };
    let facts: Fact[] = [];
    const simulation = new Simulation(programs, 1, (fact) => void facts.push(fact), clusterFiles(setup));
    const check = (): void => {
      const seen = facts;
      facts = [];
      for (const fact of seen) this.terminals.note(fact);
      this.invariants.afterEvent(simulation.world, seen);
    };
    this.#stage = {
      get world() {
        return simulation.world;
      },
      nextEventAt: () => simulation.nextEventAt(),
      advanceTo: (at) => simulation.advanceTo(at),
      apply: (input) => {
        simulation.apply(input);
        check();
      },
      step: () => {
        const hasStepped = simulation.step();
        check();
        return hasStepped;
      },
    };
    this.terminals = new Terminals(this.#stage);
    this.cluster = new Cluster(this.#stage, setup);
    this.cluster.start();
    this.run(
      `bin/kafka-topics.sh --create --topic bank --replica-assignment 1:2 ${config} --bootstrap-server localhost:9092`,
    );
  }

  /** Until it ends; what it printed. */
  run(command: string, terminal = 'admin'): string {
    const from = this.terminals.textOf(terminal).length;
    this.terminals.run(terminal, command);
    runUntil(this.#stage, () => !this.terminals.isBusy(terminal), seconds(60));
    this.wait(0.5);
    return this.terminals.textOf(terminal).slice(from);
  }

  produce(lines: readonly string[], acks: string, port = 9093): void {
    this.run(
      `printf '${lines.join('\\n')}\\n' | bin/kafka-console-producer.sh --topic bank --producer-property acks=${acks} --bootstrap-server localhost:${port}`,
    );
  }

  read(): readonly string[] {
    const text = this.run(
      'bin/kafka-console-consumer.sh --topic bank --partition 0 --offset earliest --timeout-ms 3000 --bootstrap-server localhost:9092',
      'reader',
    );
    return text.split('\n').filter((line) => /^m\d+$/.test(line));
  }

  wait(count: number): void {
    runFor(this.#stage, seconds(count));
  }

  /** The broker hears and is heard by nobody but clients. */
  isolate(name: string, isCut: boolean): void {
    const cut = { isCut, extraLatencyUs: 0, lossPerMille: 0 };
    const own = this.cluster.processOf(name)!;
    for (const other of ['zookeeper-1', 'broker-0', 'broker-2'].map((server) => this.cluster.processOf(server)!)) {
      this.#stage.apply({ kind: 'setLink', from: own, to: other, condition: cut });
      this.#stage.apply({ kind: 'setLink', from: other, to: own, condition: cut });
    }
  }
}

describe('what the settings allow to be lost is lost', { timeout: 120_000 }, () => {
  test('acks=1: the leader dies before its follower has fetched', () => {
    const bank = new Bank();
    bank.produce(['m1'], 'all');
    bank.cluster.act('broker-2', 'pause');
    bank.produce(['m2', 'm3'], '1');
    bank.cluster.act('broker-1', 'kill');
    bank.cluster.act('broker-2', 'resume');
    bank.wait(14);
    bank.cluster.act('broker-1', 'start');
    bank.wait(8);

    expect(bank.read()).toEqual(['m1']);
    expect(bank.invariants.totals()).toMatchObject({ acknowledged: 3, truncations: 1, uncleanElections: 0 });
  });

  test('acks=0: the leader dies with what it has not read', () => {
    const bank = new Bank();
    bank.produce(['m1'], 'all');
    bank.terminals.run(
      'producer',
      'bin/kafka-console-producer.sh --topic bank --producer-property acks=0 --bootstrap-server localhost:9092',
    );
    bank.wait(3);
    bank.terminals.type('producer', 'm2');
    bank.wait(3);
    bank.cluster.act('broker-1', 'pause');
    bank.terminals.type('producer', 'm3');
    bank.wait(2);
    bank.cluster.act('broker-1', 'kill');
    bank.wait(14);
    bank.cluster.act('broker-1', 'start');
    bank.wait(6);

    expect(bank.read()).toEqual(['m1', 'm2']);
    expect(bank.terminals.textOf('producer')).not.toContain('ERROR');
  });

  test('unclean.leader.election.enable: a replica that lagged leads, and acks=all is lost too', () => {
    const bank = new Bank('--config unclean.leader.election.enable=true');
    bank.produce(['m1'], 'all');
    bank.cluster.act('broker-2', 'kill');
    bank.wait(13);
    bank.produce(['m2', 'm3'], 'all');
    bank.cluster.act('broker-1', 'kill');
    bank.wait(13);
    bank.cluster.act('broker-2', 'start');
    bank.wait(5);

    expect(bank.read()).toEqual(['m1']);
    expect(bank.invariants.totals()).toMatchObject({ uncleanElections: 1, lostUncleanly: 2 });
  });

  test('a zombie leader takes acks=1 until it hears of its successor', () => {
    const bank = new Bank();
    bank.produce(['m1'], 'all');
    bank.isolate('broker-1', true);
    bank.wait(14);
    bank.produce(['m2'], '1', 9093);
    bank.produce(['m3'], 'all', 9092);
    bank.isolate('broker-1', false);
    bank.wait(14);

    expect(bank.read()).toEqual(['m1', 'm3']);
  });

  test('offsets committed before the work is done: the successor does not see what was not worked on', () => {
    const bank = new Bank();
    const lines = Array.from({ length: 10 }, (_, index) => `m${index}`);
    bank.produce(lines, 'all');
    const consumer =
      'bin/kafka-console-consumer.sh --topic bank --group workers --from-beginning --consumer-property auto.commit.interval.ms=1000 --bootstrap-server localhost:9092';
    bank.terminals.run(
      'worker',
      `${consumer} | while read line; do echo "works on $line"; sleep 2; echo "done $line"; done`,
    );
    bank.wait(12);
    bank.terminals.kill('worker');
    bank.wait(50);
    const seen = bank.run(`${consumer} --timeout-ms 8000`, 'successor');

    const done = lines.filter((line) => bank.terminals.textOf('worker').includes(`done ${line}\n`));
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(lines.length);
    expect(seen).not.toContain('m9');
  });
});
