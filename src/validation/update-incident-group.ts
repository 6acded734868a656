import { z } from 'zod';
import { bodyId, dateTime, nothingToChange, plainText, uuid } from './fields.ts';
import { parseInput } from './parse-input.ts';

const fields = z.object({
  id: uuid,
  title: plainText.optional(),
  description: plainText.optional(),
  userId: bodyId.nullable().optional(),
  groupId: bodyId.nullable().optional(),
  createdAt: dateTime.optional(),
  updatedAt: dateTime.optional(),
  traceId: bodyId.optional(),
});

function schemaFor(maxListIds: number) {
  const tooMany = `must not hold more than ${maxListIds} ids.`;
  const ids = z
    .array(bodyId, 'null is not taken here; leave the field out to keep the links, or give [] to remove all.')
    .max(maxListIds, tooMany);
  const relations = z.strictObject(
    { serviceAssetFindingIds: ids.optional() },
    'null is not taken here; leave the field out to keep all links.',
  );
  return z.strictObject({ ...fields.shape, relations: relations.optional() });
}

/** One partial update of one group. */
export interface UpdateIncidentGroupCommand {
  /**
   * Its id and what of it shall change. `userId` and `groupId` may be null, "nobody". It is the input itself, so more may be in it than its
   * type says: only the fields of the type may be looked at.
   */
  readonly fields: z.output<typeof fields>;
  /** The whole list of findings to be linked, each once; empty removes every link, undefined touches none. */
  readonly findingIds: readonly string[] | undefined;
}

/** Built once for each limit, which is once a process: building a validator is dearer than running it. */
const schemas = new Map<number, ReturnType<typeof schemaFor>>();

/**
 * @param maxListIds most ids that a list may hold
 * @throws InvalidInputError
 */
export function parseUpdateIncidentGroup(input: unknown, maxListIds: number): UpdateIncidentGroupCommand {
  const schema = schemas.get(maxListIds) ?? schemaFor(maxListIds);
  schemas.set(maxListIds, schema);
  const parsed = parseInput(schema, input, ['input']);
  const given = parsed.relations?.serviceAssetFindingIds;
  // Relations without a list in them change nothing, nor does the id.
  const changes = Object.keys(parsed).length - ('relations' in parsed ? 2 : 1);
  if (given === undefined && changes === 0) throw nothingToChange();
  return { fields: parsed, findingIds: given && [...new Set(given)] };
}
