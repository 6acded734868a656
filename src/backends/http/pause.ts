import type { Cancellation } from '../backend.ts';

/** Waits so many milliseconds and answers true; answers false, as soon as that is so, when nobody waits for the result any more. */
export function pause(ms: number, cancellation: Cancellation): Promise<boolean> {
  if (cancellation.isCancelled) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (whole: boolean) => {
      clearTimeout(timer);
      cancellation.unsubscribe(cancel);
      resolve(whole);
    };
    const cancel = () => settle(false);
    const timer = setTimeout(() => settle(true), ms);
    cancellation.subscribe(cancel);
  });
}
