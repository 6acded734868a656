import type { Answer } from './exchange.ts';
import { isJsonObject } from './json.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { RadarState } from './radar-state.ts';
import type { GroupRecord } from './seed.ts';
import { radarFailure } from './vendor-envelopes.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);

const isText = (value: JsonValue): boolean => typeof value === 'string';
const isAssignee = (value: JsonValue): boolean => value === null || isUuid(value);
const isTime = (value: JsonValue): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/**
 * Fields with a type to keep to. `trace_id` is any text, because the vendor's example sends "uuid".
 * Keys not named here are ignored, as the page says of related objects outside `_relations`.
 */
const checks: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  id: isUuid,
  created_at: isTime,
  updated_at: isTime,
  title: isText,
  description: isText,
  user_id: isAssignee,
  group_id: isAssignee,
  trace_id: isText,
};

/** Everything that the page calls mandatory, although it also calls the update partial. */
const labelledRequired = [
  'id',
  'created_at',
  'updated_at',
  'title',
  'description',
  'user_id',
  'group_id',
  '_relations',
];

export interface UpdateRules {
  readonly demandAllFields: boolean;
  readonly now: () => string;
}

/** Applies an update as a whole or not at all; returns the group before and after, or a failure. */
export function updateGroup(
  state: RadarState,
  body: JsonValue | undefined,
  rules: UpdateRules,
): { before: GroupRecord; after: GroupRecord } | Answer {
  const badRequest = radarFailure(400, 'Bad Request');
  if (!isJsonObject(body)) return badRequest;
  const wellTyped = Object.entries(body).every(([key, value]) => checks[key]?.(value) ?? true);
  const id = body['id'];
  if (!wellTyped || typeof id !== 'string') return badRequest;
  const links = readLinks(body);
  if (links === 'invalid') return badRequest;
  if (rules.demandAllFields) {
    const complete = labelledRequired.every((key) => key in body) && links !== undefined;
    if (!complete) return badRequest;
  }
  const before = state.group(id);
  if (before === undefined) return radarFailure(404, 'Not Found');
  // Undocumented. 404 would say that the group is missing, and skipping would lose links silently;
  // a link to nothing is therefore a bad parameter.
  if (links?.some((link) => state.finding(link) === undefined) === true) return badRequest;
  const others = state.groups().filter((group) => group.id !== before.id);
  if (others.some((group) => group.title === body['title'])) {
    // The page names the attribute "name", although a group has only a title.
    return radarFailure(409, 'Bad Request', { extra: { fields: ['name'] } });
  }
  // `created_at` and `updated_at` of the body are taken as the server's own and ignored.
  const after: GroupRecord = {
    ...before,
    ...pickChanges(body),
    ...(links === undefined ? {} : { service_asset_findings: links }),
    updated_at: rules.now(),
  };
  state.putGroup(after);
  return { before, after };
}

/** The ids to link, `undefined` when the links are to stay. A repeated id counts once. */
function readLinks(body: JsonObject): string[] | undefined | 'invalid' {
  const relations = body['_relations'];
  if (relations === undefined) return undefined;
  if (!isJsonObject(relations)) return 'invalid';
  const { service_asset_findings: links, ...unknown } = relations;
  if (Object.keys(unknown).length > 0) return 'invalid';
  if (links === undefined) return undefined;
  // A null must never read as "unlink everything".
  if (!Array.isArray(links) || !links.every(isUuid)) return 'invalid';
  return [...new Set(links.map((link) => link.toLowerCase()))];
}

function pickChanges(body: JsonObject): Partial<GroupRecord> {
  const changes: Partial<GroupRecord> = {};
  const { title, description, user_id: userId, group_id: groupId } = body;
  if (typeof title === 'string') changes.title = title;
  if (typeof description === 'string') changes.description = description;
  if (userId === null || typeof userId === 'string') changes.user_id = userId;
  if (groupId === null || typeof groupId === 'string') changes.group_id = groupId;
  return changes;
}
