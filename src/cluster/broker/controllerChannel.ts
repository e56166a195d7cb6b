/**
 * Requests from a broker to the controller, wherever it is at the moment.
 *
 * Follows `kafka.server.NodeToControllerChannelManagerImpl` (3.9.0): while no controller is known, or it is another one than
 * thought, the request waits and is made again.
 */
import type { Api, RequestBody, ResponseBody } from '../protocol/kafka/kafkaMessage.ts';
import { aliveBroker } from './metadataCache.ts';
import { linkRequest, sendOver } from './nodeLinks.ts';
import { info, type Turn } from './turn.ts';

type ControllerChannelName = 'alter-partition' | 'forwarding';

/** Null: no controller is known, or the connection was lost; who asks tries again later. */
export function askController<A extends Api>(
  turn: Turn,
  channel: ControllerChannelName,
  api: A,
  body: RequestBody<A>,
  then: (turn: Turn, response: ResponseBody<A> | null) => void,
): void {
  const { metadata, brokerId } = turn.broker;
  const controller = metadata.controllerId === null ? undefined : aliveBroker(metadata, metadata.controllerId);
  if (controller === undefined) return then(turn, null);
  sendOver(
    turn,
    { name: channel, port: controller.port, onLoss: 'fail' },
    linkRequest(api, String(brokerId), body, then),
  );
}

export function noteNewController(turn: Turn): void {
  const { metadata, brokerId } = turn.broker;
  const controller = metadata.controllerId === null ? undefined : aliveBroker(metadata, metadata.controllerId);
  if (controller === undefined) return;
  for (const channel of ['alter-partition', 'forwarding']) {
    info(
      turn,
      `[zk-broker-${brokerId}-to-controller-${channel}-channel-manager]: Recorded new ZK controller, from now on will use node ` +
        `${controller.host}:${controller.port} (id: ${controller.id} rack: ${controller.rack})`,
      'kafka.server.NodeToControllerRequestThread',
    );
  }
}
