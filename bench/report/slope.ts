/**
 * How steeply a cost grows, as the exponent of a power: 0 is no growth, 1 is in proportion, above 1 is worse than linear. Least squares
 * over the logarithms of all points.
 */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (pick: (log: readonly [number, number]) => number) =>
    logs.reduce((sum, log) => sum + pick(log), 0) / logs.length;
  const meanX = mean(([x]) => x);
  const meanY = mean(([, y]) => y);
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return covariance / variance;
}

/** The slope of the last step alone, where fixed costs count least. */
export function lastSlope(points: readonly (readonly [x: number, y: number])[]): number {
  return slope(points.slice(-2));
}
