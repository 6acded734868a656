import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { afterEach, expect, it } from 'vitest';
import { answersTogether } from '../../src/server/end-of-turn.ts';
import { writeAnswer, type HttpAnswer } from '../../src/server/graphql-answer.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

const headers = new HeaderMap([['content-type', 'application/json']]);
const together: HttpAnswer = { headers, body: { kind: 'complete', string: '{"data":{}}' }, goesTogether: true };
const alone: HttpAnswer = { ...together, goesTogether: false };

/** Starts a server that hands each response over. @returns the port */
async function listen(onResponse: (response: ServerResponse) => void): Promise<number> {
  server = createServer((_request, response) => onResponse(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const write = (response: ServerResponse, answer: HttpAnswer) => writeAnswer(response, answer, 'id', () => undefined);

async function bodyOf(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`)).text();
}

it('is ended at once when it goes alone', async () => {
  const ended: boolean[] = [];
  const port = await listen((response) => {
    expect(write(response, alone)).toBeUndefined();
    ended.push(response.writableEnded);
  });
  expect(await bodyOf(port)).toBe('{"data":{}}\n');
  expect(ended).toEqual([true]);
});

it('is ended later when it goes together with others, with whatever waits for the same moment', async () => {
  const events: string[] = [];
  const port = await listen((response) => {
    void answersTogether().then(() => events.push('one before'));
    void write(response, together)?.then(() => events.push(response.writableEnded ? 'the answer' : 'nothing'));
    void answersTogether().then(() => events.push('one after'));
    if (response.writableEnded) events.push('too early');
  });
  expect(await bodyOf(port)).toBe('{"data":{}}\n');
  expect(events).toEqual(['one before', 'one after', 'the answer']);
});

it('harms nobody when its connection is gone before it is written', async () => {
  const done = new Promise<boolean>((resolve, reject) => {
    void listen((response) => {
      const written = write(response, together);
      response.destroy();
      written?.then(() => resolve(response.writableEnded), reject);
    }).then((port) =>
      request({ port, host: '127.0.0.1' })
        .on('error', () => undefined)
        .end(),
    );
  });
  expect(await done).toBe(true);
});
