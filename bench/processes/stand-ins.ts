import { startBackends } from '../soak/backends.ts';
import type { StandInsOrder } from '../soak/world.ts';
import { announce, order, send } from './role.ts';

/** The stateful stand-ins as a process. Each message is an order, answered when it is done. */
const { seed } = order() as { readonly seed: number };
const backends = await startBackends(seed);
process.on('message', (message) => {
  backends.obey(message as StandInsOrder).then(
    (answer) => send({ answer }),
    (error: unknown) => send({ error: String(error) }),
  );
});
// Each backend has a port of its own, which it tells when it is asked.
announce(0);
