import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import type { Dice } from './dice.ts';

const UUIDS = ['5a9a8944-1994-413b-a30f-2b87fd658b76', '530916D0-9f13-4a4f-8859-1b40019db990'];
const TEXTS = ['', 'x', '"quoted" \\ ${1}`', 'line\nbreak', '\u2028 é', '__proto__'];

/** Values of the scalars; what `validation/` refuses is among them. */
function scalar(name: string, dice: Dice): unknown {
  switch (name) {
    case 'ID':
      return dice.pick<unknown>([...UUIDS, '1', 7, 'no id', '-1']);
    case 'Int':
      return dice.pick([0, -1, 42]);
    case 'Float':
      return dice.pick([0, 1.5, -2e10]);
    case 'Boolean':
      return dice.chance(50);
    case 'DateTime':
      return dice.pick(['2023-12-20T00:00:01.652259Z', 'never']);
    case 'JSONObject':
      return dice.pick<unknown>([{}, { a: [1, { b: null }] }, [], 'text']);
    case '_Any':
      return representation(dice);
    default:
      return dice.pick(TEXTS);
  }
}

function representation(dice: Dice): unknown {
  const typeName = dice.pick(['IncidentGroup', 'ServiceAssetFinding', 'Incident', 'Incident', 'Nothing']);
  if (typeName === 'Incident') return { __typename: typeName, id: dice.pick(['1', 2]), organizationId: '3' };
  return { __typename: typeName, id: scalar('ID', dice) };
}

/** A value for an input type as a client would send it in JSON; undefined: left out. Now and then one of another type. */
export function randomValue(type: GraphQLInputType, dice: Dice): unknown {
  if (dice.chance(1)) return dice.pick<unknown>([{ nothing: 1 }, 'wrong', 3.5, [[]], true]);
  if (isNonNullType(type)) return randomValue(type.ofType, dice) ?? randomValue(type, dice);
  if (dice.chance(8)) return null;
  if (isListType(type)) {
    const item = type.ofType;
    if (dice.chance(10)) return randomValue(item, dice);
    return Array.from({ length: dice.below(4) }, () => randomValue(item, dice) ?? null);
  }
  if (isEnumType(type)) return dice.pick(type.getValues()).name;
  if (!isInputObjectType(type)) return scalar(type.name, dice);
  const value: Record<string, unknown> = {};
  for (const field of Object.values(type.getFields())) {
    if (isNonNullType(field.type) ? dice.chance(98) : dice.chance(35))
      value[field.name] = randomValue(field.type, dice);
  }
  return value;
}

/** The same value in the language of documents. */
export function toLiteral(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return toLiteral(value, type.ofType);
  if (Array.isArray(value))
    return `[${value.map((item) => toLiteral(item, isListType(type) ? type.ofType : type)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, inner]) => {
      const field = isInputObjectType(type) ? type.getFields()[name]?.type : undefined;
      return `${name}: ${toLiteral(inner, field ?? type)}`;
    });
    return `{ ${fields.join(', ')} }`;
  }
  if (isListType(type)) return toLiteral(value, type.ofType);
  if (isEnumType(type) && typeof value === 'string') return value;
  return JSON.stringify(value ?? null);
}
