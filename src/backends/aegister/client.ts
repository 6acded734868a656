import type { Incident, IncidentKey, JsonObject } from '../../domain.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { UpdateIncidentCommand } from '../../validation/update-incident.ts';
import type { RequestScope } from '../backend.ts';
import type { HttpResponse } from '../http/call.ts';
import { answeredError } from '../http/json-answer.ts';
import { commonHeaders } from '../http/request-headers.ts';
import type { Upstream } from '../http/upstream.ts';
import type { Secret } from '../secret.ts';
import { readData } from './envelope.ts';
import { createIncidentLoader, keyOf, type IncidentLoader } from './loaders.ts';
import { toPatchBody } from './mapping.ts';
import { AegisterIncident } from './incident-record.ts';
import { AEGISTER } from './name.ts';

const ENDPOINTS = {
  GET: 'GET /api/v1/V-Ciso/incidents/{organizationid}/{incidentid}',
  PATCH: 'PATCH /api/v1/V-Ciso/incidents/{organizationid}/{incidentid}',
} as const;

/** How requests are signed: with the configured token, or with the one the caller sent. */
export type TokenSource = { readonly token: Secret } | 'caller';

/** Aegister V-CISO, for one GraphQL request. */
export class AegisterClient {
  readonly #upstream: Upstream;
  readonly #tokenSource: TokenSource;
  readonly #scope: RequestScope;
  /** Incidents as the request's own writes left them; they win over anything read. */
  #written: Map<string, Incident> | undefined;
  #loader: IncidentLoader | undefined;

  constructor(upstream: Upstream, tokenSource: TokenSource, scope: RequestScope) {
    this.#upstream = upstream;
    this.#tokenSource = tokenSource;
    this.#scope = scope;
  }

  get #incidents(): IncidentLoader {
    return (this.#loader ??= createIncidentLoader(
      (key) => this.#fetchIncident(key),
      () => this.#upstream.room,
    ));
  }

  /** One incident, read once a request; null when there is none. @throws UpstreamError */
  loadIncident(key: IncidentKey): Promise<Incident | null> {
    const written = this.#written?.get(keyOf(key));
    return written === undefined ? this.#incidents.load(key) : Promise.resolve(written);
  }

  /** `PATCH`, sent once. Reads that follow in the same request see its answer. @throws UpstreamError */
  async updateIncident(command: UpdateIncidentCommand): Promise<Incident> {
    const { key } = command;
    try {
      const incident = await this.#call(key, 'PATCH', JSON.stringify(toPatchBody(command)));
      this.#written ??= new Map();
      this.#written.set(keyOf(key), incident);
      return incident;
    } catch (error) {
      // The write may have been applied all the same: what was known before it is not the present state any more.
      this.#written?.delete(keyOf(key));
      this.#loader?.clear(key);
      throw error;
    }
  }

  /** Inferred: the vendor documents no read; this is the path of its update. */
  #fetchIncident(key: IncidentKey): Promise<Incident | null> {
    return this.#call(key, 'GET', null);
  }

  /** @param body of a `PATCH`, as JSON text */
  #call(key: IncidentKey, method: 'PATCH', body: string): Promise<Incident>;
  #call(key: IncidentKey, method: 'GET', body: null): Promise<Incident | null>;
  #call(key: IncidentKey, method: keyof typeof ENDPOINTS, body: string | null): Promise<Incident | null> {
    const path = `/api/v1/V-Ciso/incidents/${encodeURIComponent(key.organizationId)}/${encodeURIComponent(key.id)}`;
    const headers = commonHeaders(this.#scope, body !== null);
    headers['X-Aegister-Token'] = this.#token();
    const read = (response: HttpResponse): Incident | null => {
      const data = readData(response, this.#tokenSource === 'caller');
      assertSameIncident(key, data, response);
      return new AegisterIncident(key.organizationId, key.id, data);
    };
    const secret = this.#tokenSource === 'caller' ? undefined : this.#tokenSource.token;
    const request = { method, path, headers, body };
    const ifNotFound = method === 'GET' ? null : undefined;
    return this.#upstream.call({ endpoint: ENDPOINTS[method], request, secret, ifNotFound, read }, this.#scope);
  }

  #token(): string {
    const token =
      this.#tokenSource === 'caller' ? this.#scope.header('x-aegister-token') : this.#tokenSource.token.current();
    if (token === undefined) throw new UpstreamError({ backend: AEGISTER, kind: 'credential_missing', sent: false });
    return token;
  }
}

/**
 * An answer about another incident is never passed on. The organization may be missing (it is known from the path), but must not be
 * another one.
 */
function assertSameIncident(key: IncidentKey, data: JsonObject, response: HttpResponse): void {
  const organization = data['organization_id'] ?? key.organizationId;
  if (isKeyPart(data['id'], key.id) && isKeyPart(organization, key.organizationId)) return;
  throw answeredError(AEGISTER, 'unreadable', response, { detail: `not about incident ${keyOf(key)}` });
}

/** Documented as integer; the same digits as text are the same id. */
function isKeyPart(value: unknown, expected: string): boolean {
  return (typeof value === 'number' || typeof value === 'string') && String(value) === expected;
}
