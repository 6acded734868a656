import { expect } from 'vitest';
import type { RecordedRequest } from '../stand-ins/exchange.ts';
import type { World } from './world.ts';

/** The one request that reached the two backends together; fails when there were more or none. */
export function onlyRequest(world: World): RecordedRequest {
  const requests = [...world.aegister.requests, ...world.radar.requests];
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error('no request reached a backend');
  return request;
}

/** Method, path and raw body of that request. */
export function onlyCall(world: World): { readonly call: string; readonly body: string } {
  const { method, path, body } = onlyRequest(world);
  return { call: `${method} ${path}`, body };
}
