/**
 * The parts of undici that this service is made of, by their files. All of undici, with its fetch, WebSocket, caches and mocks, is a tenth of the time
 * that a start takes, and some MiB. The package has no narrower door: an update may move these files, and then nothing starts. Without the whole, a pool
 * has `dispatch` but not `request`; whoever needs that, as the check of tokens does, imports `undici`.
 */

declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';
  export default buildConnector;
}

declare module 'undici/lib/core/errors.js' {
  import { errors } from 'undici';
  export default errors;
}
