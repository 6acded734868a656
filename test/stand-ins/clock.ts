/** Tells a stand-in the time of its next write. */
export type Clock = () => Date;

/** A clock that moves by a fixed step whenever it is read, so that times in tests are predictable. */
export function createSteppingClock(start = '2026-03-09T09:00:00.652Z', stepMs = 1000): Clock {
  let next = Date.parse(start);
  return () => {
    const now = new Date(next);
    next += stepMs;
    return now;
  };
}

/** Whole seconds, as V-CISO's documentation shows them. */
export function toSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Six fractional digits, as Radar's documentation shows them; the last three are made up. */
export function toMicroseconds(time: Date): string {
  return time.toISOString().replace(/Z$/, '259Z');
}
