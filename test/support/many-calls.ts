import type { Moment, Target } from './failing-calls.ts';
import type { World } from './world.ts';

/** One operation with so many root fields, each about another record, so that each costs a call of its own. */
export function manyCalls(target: Target, moment: Moment, count: number): string {
  const fields = Array.from({ length: count }, (_, index) => `call${index}: ${FIELDS[target.name][moment](index)}`);
  return `${moment === 'read' ? 'query' : 'mutation'} { ${fields.join(' ')} }`;
}

/** How the root fields of operations sent at once ended: how many under each code, `OK` for those that succeeded. */
export async function sendMany(
  world: World,
  target: Target,
  moment: Moment,
  operations: number,
  callsEach: number,
): Promise<Readonly<Record<string, number>>> {
  const query = manyCalls(target, moment, callsEach);
  const answers = await Promise.all(Array.from({ length: operations }, () => world.send(query)));
  const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => String(extensions['code'])));
  const counts: Record<string, number> = { OK: operations * callsEach - codes.length };
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const uuid = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

const FIELDS = {
  aegister: {
    read: (index: number) => `incident(organizationId: 7, id: ${index + 1}) { title }`,
    write: (index: number) =>
      `updateIncident(input: { organizationId: 7, id: ${index + 1}, title: "x" }) { incident { title } }`,
  },
  radar: {
    read: (index: number) => `incidentGroup(id: "${uuid(index)}") { title }`,
    write: (index: number) =>
      `updateIncidentGroup(input: { id: "${uuid(index)}", title: "x" }) { incidentGroup { title } }`,
  },
} as const;
