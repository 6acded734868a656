import { z } from 'zod';
import { bodyId, dateTime, nothingToChange, plainText, uuid } from './fields.ts';
import { parseInput } from './parse-input.ts';

const groupFields = z.object({
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
  return z.strictObject({ ...groupFields.shape, relations: relations.optional() });
}

/** One partial update of one group. */
export interface UpdateIncidentGroupCommand {
  /** Its id and what of it shall change, and nothing else. `userId` and `groupId` may be null, "nobody". */
  readonly fields: z.output<typeof groupFields>;
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
  const { relations, ...fields } = parseInput(schema, input, ['input']);
  const given = relations?.serviceAssetFindingIds;
  // The id is there in any case; relations without a list in them change nothing.
  if (given === undefined && Object.keys(fields).length === 1) throw nothingToChange();
  return { fields, findingIds: given && [...new Set(given)] };
}
