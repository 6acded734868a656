import type { JsonObject, JsonValue } from './json.ts';
import type { RadarState } from './radar-state.ts';
import type { GroupRecord } from './seed.ts';

/**
 * How an answer writes relations. The page's prose says `null`, its example shows ids beside empty
 * objects, sibling resources show full objects. `empty-list-lie` claims that nothing is linked.
 */
export type RelationsShape = 'ids' | 'null' | 'empty-object' | 'absent' | 'objects' | 'empty-list-lie';

const groupRelations = ['service_asset_findings', 'user', 'group'] as const;
type GroupRelation = (typeof groupRelations)[number];

/**
 * The relations that a `relations` parameter asks for. How several names are written is not
 * documented, so the key may repeat and a value may hold commas. An unknown name gives `undefined`.
 */
export function readRelations<Name extends string>(
  query: URLSearchParams,
  known: readonly Name[],
): readonly Name[] | undefined {
  if (!query.has('relations')) return known;
  const names = query.getAll('relations').flatMap((value) => value.split(','));
  const wanted = names.filter((name) => name !== '');
  if (wanted.some((name) => !known.some((candidate) => candidate === name))) return undefined;
  return known.filter((name) => wanted.includes(name));
}

/** Names of the relations of a group that can be asked for. */
export const groupRelationNames: readonly GroupRelation[] = groupRelations;

/** A group as an answer shows it, with the fields of the documented example and no others. */
export function toGroupModel(
  state: RadarState,
  group: GroupRecord,
  shape: RelationsShape,
  options: { readonly count: number; readonly loaded?: readonly GroupRelation[] },
): JsonObject {
  const { service_asset_findings: links, user_id: userId, group_id: groupId, ...own } = group;
  const loaded = options.loaded ?? groupRelations;
  const relations: JsonObject = {};
  for (const name of shape === 'absent' ? [] : groupRelations) {
    relations[name] = loaded.includes(name) ? relationValue(name) : null;
  }
  return {
    ...own,
    user_id: userId,
    group_id: groupId,
    incidents_count: options.count,
    ...relations,
  };

  function relationValue(name: GroupRelation): JsonValue {
    if (shape === 'null') return null;
    if (shape === 'empty-object') return {};
    if (name === 'service_asset_findings') {
      if (shape === 'empty-list-lie') return [];
      return shape === 'ids' ? links : linkedObjects();
    }
    if (shape !== 'objects') return {};
    const id = name === 'user' ? userId : groupId;
    return id === null ? null : state.directoryEntry(id);
  }

  // A link whose finding is gone is left out, as a database join would.
  function linkedObjects(): JsonObject[] {
    return links.flatMap((id) => {
      const finding = state.finding(id);
      return finding === undefined ? [] : [{ ...finding }];
    });
  }
}
