/** What can be done to a message in flight: TCP sends again what is lost, unless the connection goes with it. */
import type { FlightPicture } from '../../cluster/picture.ts';
import type { Deed } from './deed.ts';
import { possible } from './deed.ts';

export type MessageVerb = 'lose' | 'disconnect';

export const messageDeeds = ({ fact }: FlightPicture): readonly Deed<MessageVerb>[] => [
  possible('lose', [{ kind: 'loseMessage', message: fact, outcome: 'resent' }]),
  possible('disconnect', [{ kind: 'loseMessage', message: fact, outcome: 'disconnected' }]),
];
