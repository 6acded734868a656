/**
 * The parts of undici that calls to backends are made with, by their files. All of undici, with its fetch, WebSocket, caches and mocks, takes a tenth of
 * the time to start, or more (docs/performance.md). The package has no narrower door: an update may move these files, and then nothing starts.
 */

declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici';
  /** Only undici's own index gives a pool methods such as `request`; whoever needs them, as the check of tokens does, imports all of it. */
  const BarePool: new (...parameters: ConstructorParameters<typeof Pool>) => Pick<Pool, 'dispatch' | 'destroy'>;
  export default BarePool;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';
  export default buildConnector;
}

declare module 'undici/lib/core/errors.js' {
  import { errors } from 'undici';
  export default errors;
}
