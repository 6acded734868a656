import type { Clock } from './clock.ts';
import { createSteppingClock, toMicroseconds } from './clock.ts';
import type { Answer, RecordedRequest } from './exchange.ts';
import { groupRelationNames, readRelations, toGroupModel } from './radar-model.ts';
import type { RelationsShape } from './radar-model.ts';
import { createRadarState } from './radar-state.ts';
import type { RadarState } from './radar-state.ts';
import { isUuid, updateGroup } from './radar-update.ts';
import type { RadarSeed } from './seed.ts';
import type { StandIn, StandInOptions } from './stand-in-server.ts';
import { startStandIn } from './stand-in-server.ts';
import { radarFailure, radarSuccess } from './vendor-envelopes.ts';

export interface RadarOptions extends Partial<Omit<StandInOptions, 'handle'>> {
  /** The accepted key or keys. */
  readonly apiKey?: string;
  readonly apiKeys?: readonly string[];
  /** A path in front of the service, such as `/gw/radar`. */
  readonly basePath?: string;
  /** Refuses requests without `Pgr-User-ID`. */
  readonly requireUserId?: boolean;
  readonly clock?: Clock;
  readonly seed?: RadarSeed;
  /** Further instances by name. Once there are any, an unknown `PgrSelectedInstance` is 404. */
  readonly instances?: Readonly<Record<string, RadarSeed>>;
}

/** A running Radar; the functions of `RadarState` speak of its main instance. */
export interface Radar extends StandIn, RadarState {
  /** What a client is configured with: the origin and the path prefix. */
  readonly baseUrl: string;
  /** `ids` like the documented example, unless set. */
  relationsInWriteAnswer: RelationsShape;
  /** `objects` like the sibling resources, unless set. */
  relationsInReadAnswer: RelationsShape;
  /** The documented example shows a count from before the write, so that is the default. */
  incidentsCountInWriteAnswer: 'before' | 'after';
  /** Refuses updates that lack any field the page labels as required. */
  demandAllFields: boolean;
  /** The state of a further instance. */
  instance(name: string): RadarState;
}

const root = '/cruddy/v2';
const groupRoute = /^\/incident_groups\/([^/]+)$/;
const findingRoute = /^\/service_asset_findings\/([^/]+)$/;

/** Starts a Radar with its own copy of the seed. */
export async function startRadar(options: RadarOptions = {}): Promise<Radar> {
  const { apiKey, apiKeys = [], basePath = '', instances = {}, seed, ...rest } = options;
  const accepted = apiKey === undefined ? apiKeys : [apiKey, ...apiKeys];
  const clock = options.clock ?? createSteppingClock();
  const main = createRadarState(seed);
  const others = new Map(Object.entries(instances).map(([name, own]) => [name, createRadarState(own)]));

  function answerTo(request: RecordedRequest): Answer {
    const refusal = refuseCaller(request);
    if (refusal !== undefined) return refusal;
    const selected = request.headers['pgrselectedinstance'];
    const state = others.size > 0 && typeof selected === 'string' ? others.get(selected) : main;
    const [path = '', queryText = ''] = request.path.split('?', 2);
    if (state === undefined || !path.startsWith(`${basePath}${root}/`)) {
      return radarFailure(404, 'Not Found');
    }
    const inside = path.slice(basePath.length + root.length);
    return route(state, request, inside, new URLSearchParams(queryText));
  }

  function refuseCaller({ headers }: RecordedRequest): Answer | undefined {
    const key = headers['pgrapikey'];
    if (typeof key !== 'string' || !accepted.includes(key)) return radarFailure(401, 'Unauthorized');
    const userId = headers['pgr-user-id'];
    if (userId === undefined) {
      return options.requireUserId === true ? radarFailure(400, 'missing uid header') : undefined;
    }
    return isUuid(userId) ? undefined : radarFailure(400, 'Pgr-User-Id should be uuid format');
  }

  function route(state: RadarState, request: RecordedRequest, path: string, query: URLSearchParams): Answer {
    const groupId = groupRoute.exec(path)?.[1];
    const findingId = findingRoute.exec(path)?.[1];
    const isUpdate = groupId === 'update';
    // The documented path lacks an "r"; the well-spelled one would read as a finding's id.
    const isByEvent = path === '/sevice_asset_findings/by_event_uuid';
    if (groupId === undefined && findingId === undefined && !isByEvent) {
      return radarFailure(404, 'Not Found');
    }
    const allowed = isUpdate ? 'PUT' : 'GET';
    if (request.method !== allowed) {
      const refusal = radarFailure(405, 'Method Not Allowed');
      return { ...refusal, headers: { ...refusal.headers, allow: allowed } };
    }
    if (isUpdate) return update(state, request);
    if (isByEvent) return byEvent(state, query.get('uuid'));
    if (groupId !== undefined) return readGroup(state, groupId, query);
    return readFinding(state, findingId ?? '', query);
  }

  function update(state: RadarState, request: RecordedRequest): Answer {
    const result = updateGroup(state, request.bodyJson, {
      demandAllFields: radar.demandAllFields,
      now: () => toMicroseconds(clock()),
    });
    if (!('after' in result)) return result;
    const { before, after } = result;
    const counted = radar.incidentsCountInWriteAnswer === 'before' ? before : after;
    const count = counted.service_asset_findings.length;
    return radarSuccess(toGroupModel(state, after, radar.relationsInWriteAnswer, { count }));
  }

  function readGroup(state: RadarState, id: string, query: URLSearchParams): Answer {
    const loaded = readRelations(query, groupRelationNames);
    if (!isUuid(id)) return radarFailure(400, 'id should be uuid format');
    if (loaded === undefined) return radarFailure(400, 'Bad Request');
    const group = state.group(id);
    if (group === undefined) return radarFailure(404, 'Not Found');
    const count = group.service_asset_findings.length;
    const shape = radar.relationsInReadAnswer;
    return radarSuccess(toGroupModel(state, group, shape, { count, loaded }));
  }

  // Which relations a finding has is not documented. One is offered, its type, so that an answer
  // holds more than the 26 known fields, as the page warns it may.
  function readFinding(state: RadarState, id: string, query: URLSearchParams): Answer {
    const loaded = readRelations(query, ['finding']);
    if (!isUuid(id)) return radarFailure(400, 'id should be uuid format');
    if (loaded === undefined) return radarFailure(400, 'Bad Request');
    const finding = state.finding(id);
    if (finding === undefined) return radarFailure(404, 'Not Found');
    const type = { id: finding.finding_id, title: finding.title, type: 'network_anomaly' };
    return radarSuccess({ ...finding, finding: loaded.includes('finding') ? type : null });
  }

  function byEvent(state: RadarState, eventId: string | null): Answer {
    if (!isUuid(eventId)) return radarFailure(400, 'Bad Request');
    const objects = state.findingIdsOfEvent(eventId).flatMap((id) => {
      const finding = state.finding(id);
      return finding === undefined ? [] : [{ ...finding }];
    });
    // An event that nobody knows has no incidents; the page gives no 404 for it.
    return radarSuccess({ objects, total: objects.length });
  }

  const server = await startStandIn({ host: '127.0.0.1', port: 0, ...rest, handle: answerTo });
  const settings: Pick<
    Radar,
    'relationsInWriteAnswer' | 'relationsInReadAnswer' | 'incidentsCountInWriteAnswer' | 'demandAllFields'
  > = {
    relationsInWriteAnswer: 'ids',
    relationsInReadAnswer: 'objects',
    incidentsCountInWriteAnswer: 'before',
    demandAllFields: false,
  };
  const radar: Radar = Object.assign(server, main, settings, {
    baseUrl: server.url + basePath,
    instance(name: string) {
      const state = others.get(name);
      if (state === undefined) throw new Error(`no instance called ${name}`);
      return state;
    },
  });
  return radar;
}
