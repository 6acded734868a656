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

function schemaFor(maxJsonDepth: number) {
  return z.strictObject({ organizationId: decimalId, id: decimalId, ...changesFor(maxJsonDepth).shape });
}

/** One partial update of one incident. Of `changes` only what shall change is there; there is at least one. */
export interface UpdateIncidentCommand {
  readonly key: IncidentKey;
  readonly changes: z.output<ReturnType<typeof changesFor>>;
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
  const { organizationId, id, ...changes } = parseInput(schema, input, ['input']);
  if (Object.keys(changes).length === 0) throw nothingToChange();
  return { key: { organizationId, id }, changes };
}
