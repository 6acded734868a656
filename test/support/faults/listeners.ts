import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** A port without a backend behind it. */
export interface BareListener {
  readonly port: number;
  /** Connections on which bytes arrived. */
  readonly heard: number;
  close(): Promise<void>;
}

/** A TCP port that answers as told to the first bytes of each connection. */
export async function startBareListener(answer: (socket: Socket) => void): Promise<BareListener> {
  const sockets = new Set<Socket>();
  let heard = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // The peer breaks off what failed.
    socket.once('data', () => {
      heard += 1;
      answer(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get heard() {
      return heard;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Listens and then sleeps, so that nothing is ever accepted. Plain JavaScript, because a worker has no loader for TypeScript. */
const SLEEPING_SERVER = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
  });`;

/** Connections that Linux completes on its own for a backlog of 1. */
const ROOM = 2;

/** A TCP port at which no connection comes about any more and none is refused: its backlog is full, and nobody accepts. */
export async function startFullListener(): Promise<BareListener> {
  const lock = new SharedArrayBuffer(4);
  const worker = new Worker(SLEEPING_SERVER, { eval: true, workerData: lock });
  const [port] = (await once(worker, 'message')) as [number];
  const sockets: Socket[] = [];
  for (let count = 0; count < ROOM; count += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
  }
  return {
    port,
    heard: 0,
    async close() {
      Atomics.store(new Int32Array(lock), 0, 1);
      Atomics.notify(new Int32Array(lock), 0);
      await worker.terminate();
      for (const socket of sockets) socket.destroy();
    },
  };
}
