import { startApollo } from '../peers/apollo.ts';
import { announce, order } from './role.ts';

/** The peer as a process. */
const { upstreamPort } = order() as { readonly upstreamPort: number };
const { port } = await startApollo(upstreamPort);
announce(port);
