import type { JsonObject } from '../../domain.ts';
import type { UpdateIncidentGroupCommand } from '../../validation/update-incident-group.ts';

/** Command field to wire name, in the order of the vendor's example body. */
const WIRE_NAMES = {
  title: 'title',
  description: 'description',
  userId: 'user_id',
  groupId: 'group_id',
  id: 'id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  traceId: 'trace_id',
} as const satisfies Record<keyof UpdateIncidentGroupCommand['fields'], string>;

const WIRE_ENTRIES = Object.entries(WIRE_NAMES);

const FINDINGS_FIELD = ['relations', 'serviceAssetFindingIds'] as const;

/**
 * Wire name to command field, for details of errors. A group has a `title` and no `name`, but the documented 409 complains about
 * `name`: both mean the title.
 */
const FIELD_BY_WIRE_NAME: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...WIRE_ENTRIES.map(([field, wireName]): [string, readonly string[]] => [wireName, [field]]),
  ['name', ['title']],
  ['_relations', ['relations']],
  ['service_asset_findings', FINDINGS_FIELD],
]);

/**
 * The PUT body: id and exactly the fields that change. `_relations` is there only when links shall change, because an empty list in
 * it removes every link.
 */
export function toPutBody({ fields, findingIds }: UpdateIncidentGroupCommand): JsonObject {
  const body: Record<string, unknown> = {};
  for (const [field, wireName] of WIRE_ENTRIES) {
    const value = fields[field as keyof typeof WIRE_NAMES];
    if (value !== undefined) body[wireName] = value;
  }
  if (findingIds !== undefined) body['_relations'] = { service_asset_findings: findingIds };
  return body;
}

/** The command field that a wire name stands for, as a path; null when there is none. */
export function fieldOfWireName(wireName: string): readonly string[] | null {
  return FIELD_BY_WIRE_NAME.get(wireName) ?? null;
}
