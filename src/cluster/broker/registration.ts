/**
 * How a broker tells the cluster that it is there.
 *
 * Follows `kafka.zk.KafkaZkClient#registerBroker` and `kafka.server.KafkaServer#createBrokerInfo` (3.9.0).
 */
import { failStartup } from './failedStart.ts';
import { error, info, tellFact, type Turn, update } from './turn.ts';
import { answerOf, askAllZk, askZk } from './zkConnection.ts';
import { decodeBroker, encodeBroker, paths } from './znodes.ts';

/** Two brokers may not advertise the same place. */
export function checkEndpoints(turn: Turn, then: (turn: Turn) => void): void {
  const { advertised, isAdvertisedHostGiven } = turn.broker.settings;
  if (!isAdvertisedHostGiven) return then(turn);
  askZk(turn, { op: 'getChildren', path: paths.brokerIds, watch: false }, (second, found) => {
    const ids = (answerOf(found, 'getChildren')?.children ?? [])
      .map(Number)
      .filter((id) => id !== second.broker.brokerId);
    const requests = ids.map((id) => ({ op: 'getData' as const, path: paths.brokerId(id), watch: false }));
    askAllZk(second, requests, (later, results) => {
      const holder = ids.find((id, at) => {
        const broker = decodeBroker(id, answerOf(results[at], 'getData')?.data ?? null);
        return broker?.host === advertised.host && broker.port === advertised.port;
      });
      if (holder === undefined) return then(later);
      failStartup(
        later,
        [
          `java.lang.IllegalArgumentException: requirement failed: Configured end points ${advertised.host}:${advertised.port} ` +
            `in advertised listeners are already registered by broker ${holder}`,
        ],
        { hasSocketServer: true },
      );
    });
  });
}

/** Its ephemeral znode tells the cluster that it is there. */
export function register(turn: Turn, then: (turn: Turn) => void): void {
  const { brokerId, settings } = turn.broker;
  const { host, port, name } = settings.advertised;
  const path = paths.brokerId(brokerId);
  const data = encodeBroker({ id: brokerId, host, port, rack: settings.rack }, name, turn.nowMs);
  info(turn, `Creating ${path} (is it secure? false)`, 'kafka.zk.KafkaZkClient');
  const registered = (later: Turn, brokerEpoch: number) => {
    update(later, { brokerEpoch });
    info(
      later,
      `Registered broker ${brokerId} at path ${path} with addresses: ${name}://${host}:${port}, czxid (broker epoch): ${brokerEpoch}`,
      'kafka.zk.KafkaZkClient',
    );
    tellFact(later, 'brokerRegistered', { broker: brokerId, brokerEpoch });
    then(later);
  };
  askZk(turn, { op: 'create', path, data, mode: 'EPHEMERAL' }, (later, result) => {
    const created = answerOf(result, 'create');
    if (created !== undefined) return registered(later, created.stat.czxid);
    askZk(later, { op: 'getData', path, watch: false }, (last, found) => {
      const existing = answerOf(found, 'getData');
      const session = last.broker.zk.client?.sessionId;
      // Gone meanwhile: once more.
      if (existing === undefined) return register(last, then);
      if (existing.stat.ephemeralOwner === session) return registered(last, existing.stat.czxid);
      error(
        last,
        `Error while creating ephemeral at ${path}, node already exists and owner '${existing.stat.ephemeralOwner}' does not match current session '${session}'`,
        'kafka.zk.KafkaZkClient$CheckedEphemeral',
      );
      failStartup(last, ['org.apache.zookeeper.KeeperException$NodeExistsException: KeeperErrorCode = NodeExists'], {
        hasSocketServer: true,
      });
    });
  });
}
