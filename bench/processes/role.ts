/** What a process of the benchmark is started with: one JSON text, written by `measure/child.ts`. */
export function order(): unknown {
  return JSON.parse(process.argv[2] ?? 'null');
}

/** Tells the benchmark where this process listens, and ends with it. */
export function announce(port: number): void {
  process.on('disconnect', () => process.exit(0));
  send({ port });
}

/** Sends a message to the benchmark. */
export function send(message: object): void {
  if (process.send === undefined) throw new Error('this file is started by the benchmark');
  process.send(message);
}
