import type { DossierRecord, GroupRecord } from '../stand-ins/seed.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import type { Given, RandomUpdate } from './fuzz-inputs.ts';
import { incidentRows, groupRows } from './update-rows.ts';
import { wireGroup, wireIncident } from './known-records.ts';

/** What has to come of an update: its bytes, and the code of its error where it is none. */
export type Prediction =
  | { readonly kind: 'not executed' }
  | { readonly kind: 'refused'; readonly issues: readonly (readonly (string | number)[])[] }
  | { readonly kind: 'rejected by the backend'; readonly body: string; readonly path: string; readonly code: string }
  | { readonly kind: 'applied'; readonly body: string; readonly path: string };

/** The state of both backends as it has to be. */
export interface Models {
  incident: DossierRecord;
  group: GroupRecord;
}

export const startModels = (): Models => ({
  incident: structuredClone(wireIncident),
  group: structuredClone(wireGroup),
});

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const OTHER_TITLE = 'Title of another group';

const wireOf = ({ value, wire }: Given): unknown => wire ?? value;

/** Predicts one update and carries it out on the models. */
export function predict(models: Models, { mutation, fields, stranger }: RandomUpdate): Prediction {
  if (stranger !== undefined || Object.values(fields).some((given) => given.mistyped)) return { kind: 'not executed' };
  const issues = Object.entries(fields).flatMap(([name, { refusedAt }]) =>
    refusedAt === undefined ? [] : [['input', name, ...refusedAt]],
  );
  if (issues.length > 0) return { kind: 'refused', issues };
  return mutation.field === 'updateIncident' ? predictIncident(models, fields) : predictGroup(models, fields);
}

type Fields = RandomUpdate['fields'];

/** The wire names and values of the fields that are given, in the order of the vendor's example. */
function wireFields(fields: Fields, rows: readonly { readonly field: string; readonly wireName: string }[]) {
  return rows.flatMap(({ field, wireName }) => {
    const given = fields[field];
    // `relations: {}` names no list, so there is nothing to send.
    if (given === undefined || (field === 'relations' && given.wire === undefined)) return [];
    return [[wireName, wireOf(given)] as const];
  });
}

const NOTHING: Prediction = { kind: 'refused', issues: [['input']] };

function predictIncident(models: Models, fields: Fields): Prediction {
  const changes = wireFields(fields, incidentRows);
  if (changes.length === 0) return NOTHING;
  const [organization, id] = [fields['organizationId'], fields['id']].map((given) => given && wireOf(given));
  const path = `/api/v1/V-Ciso/incidents/${String(organization)}/${String(id)}`;
  const body = JSON.stringify(Object.fromEntries(changes));
  if (organization !== '3071' || id !== '1024') {
    return { kind: 'rejected by the backend', body, path, code: 'NOT_FOUND' };
  }
  const before = models.incident;
  if (before.status === 'closed') return { kind: 'rejected by the backend', body, path, code: 'UPSTREAM_REJECTED' };
  const { subject_type: subjectType, ...own } = Object.fromEntries(changes);
  const after: DossierRecord = { ...before, ...own };
  if (typeof subjectType === 'string') after.metadata = { ...after.metadata, subject_type: subjectType };
  models.incident = after;
  return { kind: 'applied', body, path };
}

function predictGroup(models: Models, fields: Fields): Prediction {
  const changes = wireFields(fields, groupRows);
  if (changes.length === 0) return NOTHING;
  const id = String(fields['id']?.value);
  const beforeId = changes.filter(([name]) => ['title', 'description', 'user_id', 'group_id'].includes(name));
  const all = [...beforeId, ['id', id] as const, ...changes.filter((change) => !beforeId.includes(change))];
  const sent = Object.fromEntries<unknown>(all);
  const call = { body: JSON.stringify(sent), path: '/cruddy/v2/incident_groups/update' };
  const code = groupRefusal(sent, id);
  if (code !== undefined) return { kind: 'rejected by the backend', ...call, code };
  const relations = sent['_relations'] as { service_asset_findings: string[] } | undefined;
  const own = Object.fromEntries(beforeId) as Partial<GroupRecord>;
  models.group = { ...models.group, ...own, ...relations };
  return { kind: 'applied', ...call };
}

function groupRefusal(sent: Readonly<Record<string, unknown>>, id: string): string | undefined {
  const list = (sent['_relations'] as { service_asset_findings: string[] } | undefined)?.service_asset_findings ?? [];
  const uuids = [sent['user_id'], sent['group_id'], ...list].filter((one) => typeof one === 'string');
  if (!uuids.every((one) => UUID.test(one))) return 'BAD_USER_INPUT';
  if (id.toLowerCase() !== seedIds.emptyGroup) return 'NOT_FOUND';
  if (list.some((one) => one.startsWith('7b0f6a60-0000'))) return 'BAD_USER_INPUT';
  return sent['title'] === OTHER_TITLE ? 'CONFLICT' : undefined;
}
