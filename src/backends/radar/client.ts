import type { FindingLink, IncidentGroup, JsonObject, ServiceAssetFinding } from '../../domain.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { UpdateIncidentGroupCommand } from '../../validation/update-incident-group.ts';
import type { RequestScope } from '../backend.ts';
import type { HttpResponse } from '../http/call.ts';
import { answeredError } from '../http/json-answer.ts';
import { commonHeaders } from '../http/request-headers.ts';
import type { Upstream } from '../http/upstream.ts';
import type { Secret } from '../secret.ts';
import { readBody } from './envelope.ts';
import { RadarFinding } from './finding-record.ts';
import { recordId, toFindingLinks } from './finding-links.ts';
import { RadarGroup } from './group-record.ts';
import { RadarLoaders, type FindingElements, type RadarReads } from './loaders.ts';
import { toPutBody } from './mapping.ts';
import { RADAR } from './name.ts';

/** Whose credential signs requests: the configured one (with the identity set beside it), or the caller's own. */
export type RadarIdentity =
  | {
      readonly mode: 'service';
      readonly apiKey: Secret;
      readonly userId?: string | undefined;
      readonly instance?: string | undefined;
    }
  | { readonly mode: 'forward'; readonly instance?: string | undefined };

interface RadarCall<T> {
  readonly endpoint: string;
  readonly path: string;
  /** What it means that there is no such record; undefined: a failure. */
  readonly ifNotFound: T | undefined;
  readonly read: (body: JsonObject, response: HttpResponse) => T;
}

/** Radar, for one GraphQL request. */
export class RadarClient implements RadarReads {
  readonly #upstream: Upstream;
  readonly #identity: RadarIdentity;
  readonly #scope: RequestScope;
  #ownLoaders: RadarLoaders | undefined;
  #readHeaders: Readonly<Record<string, string>> | undefined;

  constructor(upstream: Upstream, identity: RadarIdentity, scope: RequestScope) {
    this.#upstream = upstream;
    this.#identity = identity;
    this.#scope = scope;
  }

  get #loaders(): RadarLoaders {
    return (this.#ownLoaders ??= new RadarLoaders(this));
  }

  /** One group; null when there is none. `withFindings` has to be the same throughout an operation. @throws UpstreamError */
  loadGroup(id: string, withFindings: boolean): Promise<IncidentGroup | null> {
    return this.#loaders.group(id, withFindings);
  }

  /** A group of which nothing but the id will be asked: no read. */
  referToGroup(id: string): IncidentGroup {
    return new RadarGroup(id, {});
  }

  /** One finding; null when there is none. @throws UpstreamError */
  loadFinding(id: string): Promise<ServiceAssetFinding | null> {
    return this.#loaders.finding(id);
  }

  /** The findings of an event; null when Radar does not know it. @throws UpstreamError */
  loadFindingsOfEvent(eventId: string): Promise<FindingElements | null> {
    return this.#loaders.findingsOfEvent(eventId);
  }

  /** The findings of a group, see RadarLoaders. @throws UpstreamError */
  loadLinkedFindings(group: IncidentGroup, idsOnly: boolean): FindingElements | Promise<FindingElements> {
    return this.#loaders.linkedFindings(group, idsOnly);
  }

  /** `PUT`, sent once. Reads that follow in the same request see its answer. @throws UpstreamError */
  async updateIncidentGroup(command: UpdateIncidentGroupCommand): Promise<IncidentGroup> {
    const { fields, findingIds } = command;
    try {
      const call: RadarCall<IncidentGroup> = {
        endpoint: 'PUT /cruddy/v2/incident_groups/update',
        path: '/cruddy/v2/incident_groups/update',
        ifNotFound: undefined,
        read: (body, response) => new RadarGroup(checkedId(fields.id, body, response), body, findingIds),
      };
      const group = await this.#call(call, JSON.stringify(toPutBody(command)));
      this.#loaders.remember(group);
      return group;
    } catch (error) {
      this.#loaders.forget(fields.id);
      throw error;
    }
  }

  /** Inferred from documented sibling resources, its `relations` parameter included. */
  fetchGroup(id: string, withFindings: boolean): Promise<IncidentGroup | null> {
    return this.#call<IncidentGroup | null>({
      endpoint: 'GET /cruddy/v2/incident_groups/{id}',
      // Without the parameter all relations are loaded; empty, none of them.
      path: `/cruddy/v2/incident_groups/${encodeURIComponent(id)}${withFindings ? '' : '?relations='}`,
      ifNotFound: null,
      read: (body, response) => new RadarGroup(checkedId(id, body, response), body),
    });
  }

  /** Inferred from documented sibling resources. */
  fetchFinding(id: string): Promise<ServiceAssetFinding | null> {
    return this.#call<ServiceAssetFinding | null>({
      endpoint: 'GET /cruddy/v2/service_asset_findings/{id}',
      path: `/cruddy/v2/service_asset_findings/${encodeURIComponent(id)}?relations=`,
      ifNotFound: null,
      read: (body, response) => new RadarFinding(checkedId(id, body, response), body),
    });
  }

  /** Documented; spelled without the "r" both in the method table and in the example of its page. */
  fetchFindingsOfEvent(eventId: string): Promise<readonly FindingLink[] | null> {
    return this.#call<readonly FindingLink[] | null>({
      endpoint: 'GET /cruddy/v2/sevice_asset_findings/by_event_uuid',
      path: `/cruddy/v2/sevice_asset_findings/by_event_uuid?uuid=${encodeURIComponent(eventId)}`,
      ifNotFound: null,
      read: (body, response) => {
        // An empty list may be written as null; it is believed only together with the count.
        const links = toFindingLinks(body['objects'] === null && body['total'] === 0 ? [] : body['objects']);
        if (links !== null) return links;
        throw answeredError(RADAR, 'unreadable', response, { detail: 'objects is no list' });
      },
    });
  }

  room(): number {
    return this.#upstream.room;
  }

  /** @param body of a `PUT`, as JSON text; null for a `GET` */
  #call<T>({ endpoint, path, ifNotFound, read }: RadarCall<T>, body: string | null = null): Promise<T> {
    // Without a configured key the caller's own signs the request.
    const secret = this.#identity.mode === 'forward' ? undefined : this.#identity.apiKey;
    const apiKey = secret === undefined ? this.#scope.header('pgrapikey') : secret.current();
    if (apiKey === undefined) throw new UpstreamError({ backend: RADAR, kind: 'credential_missing', sent: false });
    const headers = body === null ? this.#headersOfReads(apiKey) : this.#headers(apiKey, true);
    return this.#upstream.call(
      {
        endpoint,
        request: { method: body === null ? 'GET' : 'PUT', path, headers, body },
        secret,
        ifNotFound,
        read: (response) => read(readBody(response, secret === undefined), response),
      },
      this.#scope,
    );
  }

  /** One operation may need hundreds of reads; their headers only differ when the key has changed meanwhile. */
  #headersOfReads(apiKey: string): Readonly<Record<string, string>> {
    if (this.#readHeaders?.['PgrApiKey'] !== apiKey) this.#readHeaders = this.#headers(apiKey, false);
    return this.#readHeaders;
  }

  /**
   * A caller's key never goes together with the configured user: that would let the key's owner act as somebody else. Which instance
   * is meant is no credential, so the configured one holds until the caller names another.
   */
  #headers(apiKey: string, hasBody: boolean): Readonly<Record<string, string>> {
    const identity = this.#identity;
    const forward = identity.mode === 'forward';
    const userId = forward ? this.#scope.header('pgr-user-id') : identity.userId;
    const instance = (forward ? this.#scope.header('pgrselectedinstance') : undefined) ?? identity.instance;
    const headers = commonHeaders(this.#scope, hasBody);
    headers['PgrApiKey'] = apiKey;
    if (userId !== undefined) headers['Pgr-User-ID'] = userId;
    if (instance !== undefined) headers['PgrSelectedInstance'] = instance;
    return headers;
  }
}

/** The id the answer carries, when it is the one asked for. An answer about another record is never passed on. */
function checkedId(asked: string, body: JsonObject, response: HttpResponse): string {
  const id = recordId(body);
  if (id?.toLowerCase() === asked.toLowerCase()) return id;
  throw answeredError(RADAR, 'unreadable', response, { detail: 'the answer is about another record, or about none' });
}
