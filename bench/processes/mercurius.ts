import { startMercurius } from '../peers/mercurius.ts';
import { announce, order } from './role.ts';

/** The peer as a process. */
const { upstreamPort } = order() as { readonly upstreamPort: number };
const { port } = await startMercurius(upstreamPort);
announce(port);
