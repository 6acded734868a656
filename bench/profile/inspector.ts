import { WebSocket } from 'undici';

/** A node of a CPU profile: one function as reached on one way. Line and column count from 0. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

export interface Profile {
  readonly nodes: readonly ProfileNode[];
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** Time since the sample before, microseconds. */
  readonly timeDeltas: readonly number[];
}

/** Longest wait for one answer of the inspector, milliseconds. */
const PATIENCE_MS = 60_000;

/** Asks a running node, through its inspector, for a profile of what it does while `work` runs. */
export function profileDuring(inspectorUrl: string, work: () => Promise<void>): Promise<Profile> {
  return withInspector(inspectorUrl, async (ask) => {
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: 200 });
    await ask('Profiler.start');
    await work();
    const { profile } = (await ask('Profiler.stop')) as { readonly profile: Profile };
    return profile;
  });
}

/** Memory that objects of a running node take once all garbage is gone, MiB. */
export function heapMiB(inspectorUrl: string): Promise<number> {
  return withInspector(inspectorUrl, async (ask) => {
    await ask('HeapProfiler.enable');
    await ask('HeapProfiler.collectGarbage');
    const { usedSize } = (await ask('Runtime.getHeapUsage')) as { readonly usedSize: number };
    return usedSize / 2 ** 20;
  });
}

type Ask = (method: string, params?: object) => Promise<unknown>;

async function withInspector<T>(inspectorUrl: string, use: (ask: Ask) => Promise<T>): Promise<T> {
  const socket = new WebSocket(inspectorUrl);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('the inspector cannot be reached')));
  });
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  const ask: Ask = (method, params = {}) =>
    new Promise<unknown>((resolve, reject) => {
      const id = waiting.size + 1;
      const tooLong = setTimeout(() => reject(new Error(`the inspector does not answer ${method}`)), PATIENCE_MS);
      waiting.set(id, (result) => {
        clearTimeout(tooLong);
        resolve(result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  try {
    return await use(ask);
  } finally {
    socket.close();
  }
}

/** The inspector's address in what node writes to stderr when it is started with `--inspect`. */
export function inspectorUrlIn(stderr: string): string {
  const url = /ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/.exec(stderr)?.[0];
  if (url === undefined) throw new Error(`the server has no inspector: ${stderr}`);
  return url;
}
