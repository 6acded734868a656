import DataLoader from 'dataloader';
import type { RequestScope } from '../../../src/backends/backend.ts';
import { commonHeaders } from '../../../src/backends/http/request-headers.ts';
import type { Upstream } from '../../../src/backends/http/upstream.ts';
import { settleEach } from '../../../src/backends/settle-each.ts';
import type { JsonObject } from '../../../src/domain.ts';
import { readNote } from './envelope.ts';

/** The toy, for one GraphQL request. */
export class ToyClient {
  readonly #notes: DataLoader<string, JsonObject>;

  constructor(upstream: Upstream, key: string, scope: RequestScope) {
    const fetchNote = (id: string) => {
      const headers = { ...commonHeaders(scope, false), 'X-Toy-Key': key };
      const request = { method: 'GET', path: `/notes/${encodeURIComponent(id)}`, headers, body: null } as const;
      const call = { endpoint: 'GET /notes/{id}', request, secret: undefined, ifNotFound: undefined, read: readNote };
      return upstream.call(call, scope);
    };
    this.#notes = new DataLoader((ids) => settleEach(ids, fetchNote, () => upstream.room));
  }

  /** One note, read once a request. @throws UpstreamError */
  loadNote(id: string): Promise<JsonObject> {
    return this.#notes.load(id);
  }
}
