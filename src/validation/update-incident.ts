import { z } from 'zod';
import type { IncidentKey } from '../domain.ts';
import { decimalId, jsonObject, nothingToChange, plainText } from './fields.ts';
import { parseInput } from './parse-input.ts';

const changes = z.object({
  title: plainText.optional(),
  referenceCode: plainText.optional(),
  classification: jsonObject.optional(),
  metadata: jsonObject.optional(),
  status: z
    .enum(['DRAFT', 'SUBMITTED', 'CLOSED'], 'must be a status; leave the field out to keep its value.')
    .optional(),
  subjectType: plainText.optional(),
  notification24h: jsonObject.optional(),
  notification72h: jsonObject.optional(),
  fullReport: jsonObject.optional(),
});

const schema = z.strictObject({ organizationId: decimalId, id: decimalId, ...changes.shape });

/** One partial update of one incident. Of `changes` only keys that shall change are there; there is at least one. */
export interface UpdateIncidentCommand {
  readonly key: IncidentKey;
  readonly changes: z.output<typeof changes>;
}

const command = schema.transform(({ organizationId, id, ...rest }, context): UpdateIncidentCommand => {
  if (Object.keys(rest).length === 0) nothingToChange(context);
  return { key: { organizationId, id }, changes: rest };
});

/** @throws InvalidInputError */
export function parseUpdateIncident(input: unknown): UpdateIncidentCommand {
  return parseInput(command, input, ['input']);
}
