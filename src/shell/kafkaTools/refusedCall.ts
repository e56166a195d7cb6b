/**
 * Calls of the admin client that a broker of this simulator always refuses: what the tool needs of them is that a broker is reached, and
 * the name of the call where none is.
 */
import { exceptionText } from '../../cluster/client/javaException.ts';
import type { JavaException } from '../../cluster/client/javaException.ts';
import type { Script } from './script.ts';
import { admin, getOrWrap } from './script.ts';
import { thrown } from './stackTrace.ts';

/** A broker answers, whatever it is asked; or none does, which the call is told by. */
export function* reach(call: string): Script<void> {
  const answer = yield* admin('describeCluster', {});
  if (answer.outcome === 'succeeded') return;
  const { exception } = answer;
  const message = exception.message?.replaceAll('listNodes', call) ?? null;
  getOrWrap({ ...answer, exception: { ...exception, message } });
}

/** The call, refused by `cause`, as `KafkaFuture.get()` tells it. */
export function* refusedCall(call: string, cause: JavaException): Script<never> {
  yield* reach(call);
  throw thrown('java.util.concurrent.ExecutionException', exceptionText(cause), cause);
}
