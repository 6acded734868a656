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
export async function profileDuring(inspectorUrl: string, work: () => Promise<void>): Promise<Profile> {
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
  const ask = (method: string, params: object = {}) =>
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
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: 200 });
    await ask('Profiler.start');
    await work();
    const { profile } = (await ask('Profiler.stop')) as { readonly profile: Profile };
    return profile;
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
