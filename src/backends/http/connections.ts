import buildConnector from 'undici/lib/core/connect.js';
import Pool from 'undici/lib/dispatcher/pool.js';

/** Connections to one backend. */
export type BackendPool = InstanceType<typeof Pool>;

export interface ConnectionOptions {
  readonly baseUrl: URL;
  /** PEM bundle that replaces the system's certificate authorities. */
  readonly ca?: string | undefined;
  /** Time to connect, milliseconds. */
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly maxResponseBytes: number;
}

/** How long `/readyz` waits for a connection, milliseconds. */
const PROBE_TIMEOUT_MS = 2_000;

/** Keep-alive connections to one backend. */
export function openPool({ baseUrl, ca, timeoutMs, concurrency, maxResponseBytes }: ConnectionOptions): BackendPool {
  return new Pool(baseUrl.origin, {
    connections: concurrency,
    pipelining: 1,
    allowH2: false,
    // The whole exchange has one deadline of ours; undici's own clocks would only blur which one struck.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: connectOptions(timeoutMs, ca),
    maxResponseSize: maxResponseBytes,
  });
}

/** Whether a connection, TLS included, can be made right now. Sends no request and no credential. */
export function probe({ baseUrl, ca }: Pick<ConnectionOptions, 'baseUrl' | 'ca'>): Promise<boolean> {
  const { protocol, hostname, port, host } = baseUrl;
  // An IPv6 address stands in brackets in a URL, and nowhere else.
  const bare = hostname.replace(/^\[|\]$/g, '');
  const connect = buildConnector({ ...connectOptions(PROBE_TIMEOUT_MS, ca), allowH2: false });
  return new Promise((resolve) => {
    connect({ protocol, hostname: bare, host, port, servername: '' }, (error, socket) => {
      socket?.destroy();
      resolve(error === null);
    });
  });
}

function connectOptions(timeout: number, ca: string | undefined): { timeout: number; ca?: string } {
  return ca === undefined ? { timeout } : { timeout, ca };
}
