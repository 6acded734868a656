import { z } from 'zod';
import { bodyId, dateTime, nothingToChange, plainText, uuid } from './fields.ts';
import { parseInput } from './parse-input.ts';

function schemaFor(maxListIds: number) {
  const tooMany = `must not hold more than ${maxListIds} ids.`;
  const ids = z
    .array(bodyId, 'null is not taken here; leave the field out to keep the links, or give [] to remove all.')
    .max(maxListIds, tooMany)
    .transform((list) => [...new Set(list)]);
  const relations = z.strictObject(
    { serviceAssetFindingIds: ids.optional() },
    'null is not taken here; leave the field out to keep all links.',
  );
  return z
    .strictObject({
      id: uuid,
      title: plainText.optional(),
      description: plainText.optional(),
      userId: bodyId.nullable().optional(),
      groupId: bodyId.nullable().optional(),
      createdAt: dateTime.optional(),
      updatedAt: dateTime.optional(),
      traceId: bodyId.optional(),
      relations: relations.optional(),
    })
    .transform(({ relations: given, ...fields }, context) => {
      const findingIds = given?.serviceAssetFindingIds;
      if (findingIds !== undefined) return { ...fields, findingIds };
      if (Object.keys(fields).length === 1) nothingToChange(context);
      return fields;
    });
}

/**
 * One partial update of one group. Only keys that shall change are there, and at least one beside the id. `userId` and `groupId` may
 * be null, "nobody". `findingIds` is the whole list of findings to be linked; empty removes every link, absent touches none.
 */
export type UpdateIncidentGroupCommand = z.output<ReturnType<typeof schemaFor>> & {
  readonly findingIds?: readonly string[];
};

/** Built once for each limit, which is once a process: building a validator is dearer than running it. */
const schemas = new Map<number, ReturnType<typeof schemaFor>>();

/**
 * @param maxListIds most ids that a list may hold
 * @throws InvalidInputError
 */
export function parseUpdateIncidentGroup(input: unknown, maxListIds: number): UpdateIncidentGroupCommand {
  const schema = schemas.get(maxListIds) ?? schemaFor(maxListIds);
  schemas.set(maxListIds, schema);
  return parseInput(schema, input, ['input']);
}
