import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ClientDeparture } from '../../src/server/client-departure.ts';

/** All that is asked of a response: whether all of it was written when its connection closed. */
function responseThatIs(writableFinished: boolean): ServerResponse {
  return Object.assign(new EventEmitter(), { writableFinished }) as unknown as ServerResponse;
}

describe('the departure of a client', () => {
  it('is told once to everybody who still listens, also when listeners take themselves and others away', () => {
    const response = responseThatIs(false);
    const departure = new ClientDeparture(response);
    const told: string[] = [];
    const listener = (name: string, onTold: () => void = () => undefined) => {
      const listen = () => {
        told.push(name);
        departure.unsubscribe(listen);
        onTold();
      };
      departure.subscribe(listen);
      return listen;
    };
    listener('first', () => departure.unsubscribe(third));
    const second = listener('second');
    const third = listener('third');
    listener('fourth', () => listener('late'));
    departure.unsubscribe(second);
    expect(departure.isCancelled).toBe(false);
    response.emit('close');
    response.emit('close');
    expect(departure.isCancelled).toBe(true);
    expect(told).toEqual(['first', 'fourth', 'late']);
  });

  it('is none when the whole answer was written', () => {
    const response = responseThatIs(true);
    const departure = new ClientDeparture(response);
    departure.subscribe(() => expect.unreachable());
    response.emit('close');
    expect(departure.isCancelled).toBe(false);
  });
});
