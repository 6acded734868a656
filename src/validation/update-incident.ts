import { z } from 'zod';
import type { IncidentKey } from '../domain.ts';
import { decimalId, jsonObject, nothingToChange, plainText } from './fields.ts';
import { parseInput } from './parse-input.ts';

function changesFor(maxJsonDepth: number) {
  const json = jsonObject(maxJsonDepth);
  return z.object({
    title: plainText.optional(),
    referenceCode: plainText.optional(),
    classification: json.optional(),
    metadata: json.optional(),
    status: z
      .enum(['DRAFT', 'SUBMITTED', 'CLOSED'], 'must be a status; leave the field out to keep its value.')
      .optional(),
    subjectType: plainText.optional(),
    notification24h: json.optional(),
    notification72h: json.optional(),
    fullReport: json.optional(),
  });
}

/** One partial update of one incident. Of `changes` only keys that shall change are there; there is at least one. */
export interface UpdateIncidentCommand {
  readonly key: IncidentKey;
  readonly changes: z.output<ReturnType<typeof changesFor>>;
}

function schemaFor(maxJsonDepth: number) {
  return z
    .strictObject({ organizationId: decimalId, id: decimalId, ...changesFor(maxJsonDepth).shape })
    .transform(({ organizationId, id, ...rest }, context): UpdateIncidentCommand => {
      if (Object.keys(rest).length === 0) nothingToChange(context);
      return { key: { organizationId, id }, changes: rest };
    });
}

/** Built once for each limit, which is once a process: building a validator is dearer than running it. */
const schemas = new Map<number, ReturnType<typeof schemaFor>>();

/**
 * @param maxJsonDepth most levels that a JSON object may have
 * @throws InvalidInputError
 */
export function parseUpdateIncident(input: unknown, maxJsonDepth: number): UpdateIncidentCommand {
  const schema = schemas.get(maxJsonDepth) ?? schemaFor(maxJsonDepth);
  schemas.set(maxJsonDepth, schema);
  return parseInput(schema, input, ['input']);
}
