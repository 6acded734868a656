import { isDeepStrictEqual } from 'node:util';
import { groupId, type UpdateCase } from '../partial-update-cases.ts';
import { groupUpdate, inputWays, toListOperation, toOperation, type InputWay } from '../update-mutations.ts';
import type { World } from '../world.ts';
import type { Route } from './gateway.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

/** The ways of passing an input; for links also the list alone as a variable inside `relations`. */
export type Way = InputWay | 'one variable for the list';

/** What came of one case in each of its ways. */
export type Outcomes = ReadonlyMap<Way, Outcome>;

export function waysOf({ input }: UpdateCase): readonly Way[] {
  const hasList = typeof input['relations'] === 'object' && input['relations'] !== null;
  return hasList ? [...inputWays, 'one variable for the list'] : inputWays;
}

/** Sends a case in each of its ways, every time against records that are as they were seeded. */
export async function runCase(world: World, route: Route, given: UpdateCase): Promise<Outcomes> {
  const { mutation, input } = given;
  const outcomes = new Map<Way, Outcome>();
  for (const way of waysOf(given)) {
    world.reset();
    const { query, variables } =
      way === 'one variable for the list' ? toListOperation(input) : toOperation(mutation, way, input);
    outcomes.set(way, outcomeOf(world, await route.send(query, variables)));
  }
  return outcomes;
}

/** What the contract says has to come of a case, whichever way it is passed. */
export function expectedOutcome({ mutation, expected }: UpdateCase): Outcome {
  const { field } = mutation;
  const isGroup = mutation === groupUpdate;
  switch (expected.kind) {
    case 'sent': {
      const call = isGroup ? 'PUT /cruddy/v2/incident_groups/update' : 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
      const payload = isGroup ? { incidentGroup: { id: groupId } } : { incident: { id: '1024' } };
      return { sent: [`${call} ${expected.body}`], data: { [field]: payload }, errors: [] };
    }
    case 'refused':
      return { sent: [], data: { [field]: null }, errors: [{ code: 'BAD_USER_INPUT', issues: [expected.path] }] };
    case 'not executed':
      return { sent: [], data: undefined, errors: ANY_ERRORS };
  }
}

/** Stands for the errors of whoever validates first. */
const ANY_ERRORS: Outcome['errors'] = [{ code: 'any', issues: null }];

/** The outcome in the terms in which `expectedOutcome` speaks of it. */
export function comparable({ expected }: UpdateCase, outcome: Outcome): Outcome {
  const isAny = expected.kind === 'not executed' && outcome.errors.length > 0;
  return isAny ? { ...outcome, errors: ANY_ERRORS } : outcome;
}

/** The ways in which the contract holds. */
export function heldWays(given: UpdateCase, outcomes: Outcomes): readonly Way[] {
  const expected = expectedOutcome(given);
  return [...outcomes].filter(([, outcome]) => isDeepStrictEqual(comparable(given, outcome), expected)).map(([w]) => w);
}
