import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readJsonBody } from '../../src/server/read-body.ts';

function requestWith(headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return request;
}

describe('the body of a request', () => {
  it('is not waited for when its client left before anybody listened', async () => {
    const request = requestWith({ 'content-type': 'application/json', 'content-length': '10' });
    request.push('{"hal');
    const body = readJsonBody(request, 1_000);
    request.destroy();
    await expect(body).rejects.toThrow('the client went away in the middle of its request');
  });
});
