import { applyUpdate, findFieldErrors } from './aegister-rules.ts';
import type { Clock } from './clock.ts';
import { createSteppingClock, toSeconds } from './clock.ts';
import type { Answer, RecordedRequest } from './exchange.ts';
import { isJsonObject } from './json.ts';
import type { DossierRecord } from './seed.ts';
import { createDossier, seedDossiers } from './seed.ts';
import type { StandIn, StandInOptions } from './stand-in-server.ts';
import { startStandIn } from './stand-in-server.ts';
import { vcisoFailure, vcisoSuccess } from './vendor-envelopes.ts';

export interface AegisterOptions extends Partial<Omit<StandInOptions, 'handle'>> {
  /** The accepted token or tokens. */
  readonly token?: string;
  readonly tokens?: readonly string[];
  /** A path in front of the API, such as `/gw/aegister`. */
  readonly basePath?: string;
  readonly clock?: Clock;
  readonly dossiers?: readonly DossierRecord[];
}

/** A running V-CISO. */
export interface Aegister extends StandIn {
  /** What a client is configured with: the origin and the path prefix. */
  readonly baseUrl: string;
  /** What an edit of a closed incident meets; the vendor documents nothing. */
  closedEdits: 'refused-with-200' | 'refused-with-409' | 'allowed';
  /** A copy of the stored incident. */
  incident(organizationId: number, id: number): DossierRecord | undefined;
  /** Changes or creates an incident without a request, as a colleague in the web app would. */
  putIncident(dossier: Partial<DossierRecord> & Pick<DossierRecord, 'id' | 'organization_id'>): void;
  removeIncident(organizationId: number, id: number): void;
  /** Path of an incident, the prefix included, for use in a match. */
  incidentPath(organizationId: number, id: number): string;
}

const incidentRoute = /^\/api\/v1\/V-Ciso\/incidents\/([1-9]\d*)\/([1-9]\d*)$/;

const keyOf = (organizationId: number, id: number): string => `${String(organizationId)}/${String(id)}`;

/** Starts a V-CISO with its own copy of the seeded dossiers. */
export async function startAegister(options: AegisterOptions = {}): Promise<Aegister> {
  const { token, tokens = [], basePath = '', dossiers = seedDossiers(), ...rest } = options;
  const accepted = token === undefined ? tokens : [token, ...tokens];
  const clock = options.clock ?? createSteppingClock();
  const state = new Map<string, DossierRecord>();
  for (const dossier of structuredClone(dossiers)) {
    state.set(keyOf(dossier.organization_id, dossier.id), dossier);
  }

  function answerTo(request: RecordedRequest): Answer {
    const sent = request.headers['x-aegister-token'];
    if (typeof sent !== 'string' || !accepted.includes(sent)) {
      return vcisoFailure(401, 'Invalid token');
    }
    const path = request.path.split('?', 1)[0] ?? '';
    const inside = path.startsWith(basePath) ? path.slice(basePath.length) : '';
    const [, organizationId, id] = incidentRoute.exec(inside) ?? [];
    if (organizationId === undefined || id === undefined) return vcisoFailure(404, 'Not found');
    if (request.method !== 'GET' && request.method !== 'PATCH') {
      const refusal = vcisoFailure(405, `Method "${request.method}" not allowed`);
      return { ...refusal, headers: { allow: 'GET, PATCH' } };
    }
    const key = keyOf(Number(organizationId), Number(id));
    const dossier = state.get(key);
    if (dossier === undefined) return vcisoFailure(404, 'Incident not found');
    if (request.method === 'GET') return vcisoSuccess({ ...structuredClone(dossier) });
    return update(key, dossier, request);
  }

  function update(key: string, dossier: DossierRecord, request: RecordedRequest): Answer {
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      return vcisoFailure(415, 'Unsupported media type');
    }
    const body = request.bodyJson;
    if (!isJsonObject(body)) return vcisoFailure(400, 'The body has to be a JSON object');
    const errors = findFieldErrors(body);
    if (errors.length > 0) {
      const messages = errors.map(({ field, message }) => `${field}: ${message}`);
      return { status: 400, body: { error: 1, messages, data: { errors } } };
    }
    if (dossier.status === 'closed' && aegister.closedEdits !== 'allowed') {
      const status = aegister.closedEdits === 'refused-with-200' ? 200 : 409;
      return vcisoFailure(status, 'A closed incident cannot be changed');
    }
    const after = applyUpdate(dossier, body, toSeconds(clock()));
    state.set(key, after);
    return vcisoSuccess({ ...structuredClone(after) });
  }

  const server = await startStandIn({ host: '127.0.0.1', port: 0, ...rest, handle: answerTo });
  const initial: Aegister['closedEdits'] = 'refused-with-200';
  const aegister: Aegister = Object.assign(server, {
    baseUrl: server.url + basePath,
    closedEdits: initial,
    incident: (organizationId: number, id: number) => structuredClone(state.get(keyOf(organizationId, id))),
    putIncident(dossier: Partial<DossierRecord> & Pick<DossierRecord, 'id' | 'organization_id'>) {
      const key = keyOf(dossier.organization_id, dossier.id);
      const before = state.get(key) ?? createDossier({ title: '', ...dossier });
      state.set(key, { ...before, ...structuredClone(dossier) });
    },
    removeIncident(organizationId: number, id: number) {
      state.delete(keyOf(organizationId, id));
    },
    incidentPath: (organizationId: number, id: number) =>
      `${basePath}/api/v1/V-Ciso/incidents/${keyOf(organizationId, id)}`,
  });
  return aegister;
}
