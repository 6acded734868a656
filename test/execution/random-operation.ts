import {
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isUnionType,
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import type { Dice } from './dice.ts';
import { randomValue, toLiteral } from './random-value.ts';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Few, so that fields meet under one name and are merged, or refused by validation; some that are traps for plain objects. */
const ALIASES = ['a', 'b', 'constructor', 'toString', '__proto__', 'then', 'toJSON'];
const MAX_DEPTH = 4;

/**
 * An operation over a schema: fields with and without alias, fragments of both kinds, on the type itself, on types it may be and on
 * none, `__typename`, `@skip` and `@include` by literal and by variable, arguments as literals and as variables that are given, null,
 * absent, defaulted or of another type. Most are valid, the rest is up to the caller's validation.
 */
export function randomOperation(schema: GraphQLSchema, dice: Dice): RandomOperation {
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: { readonly name: string; readonly on: GraphQLCompositeType; readonly text: string }[] = [];
  const isMutation = dice.chance(30);
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('the schema has no such root type');

  function condition(): string {
    if (!dice.chance(15)) return '';
    const name = dice.pick(['skip', 'include']);
    if (dice.chance(30)) return ` @${name}(if: ${dice.chance(50)})`;
    const nullable = dice.chance(20);
    const variable = `c${dice.below(3)}${nullable ? 'n' : ''}`;
    if (!definitions.some((definition) => definition.startsWith(`$${variable}:`))) {
      definitions.push(`$${variable}: Boolean${nullable ? ' = true' : '!'}`);
      const value = dice.pick<unknown>(nullable ? [true, false, null, undefined] : [true, false, true, false]);
      if (value !== undefined) variables[variable] = value;
    }
    return ` @${name}(if: $${variable})`;
  }

  function argument({ name, type }: GraphQLArgument): string | undefined {
    if (!isNonNullType(type) && dice.chance(40)) return undefined;
    const value = randomValue(type, dice);
    if (dice.chance(40)) return `${name}: ${toLiteral(value, type)}`;
    const variable = `v${definitions.length}`;
    const hasDefault = !isNonNullType(type) && dice.chance(20);
    definitions.push(
      `$${variable}: ${String(type)}${hasDefault ? ` = ${toLiteral(randomValue(type, dice), type)}` : ''}`,
    );
    if (!dice.chance(isNonNullType(type) ? 2 : 20)) variables[variable] = value;
    return `${name}: $${variable}`;
  }

  function field(type: GraphQLCompositeType, depth: number): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields()).filter(({ name }) => name !== '_service');
    const leaves = fields.filter((candidate) => !isCompositeType(getNamedType(candidate.type)));
    const candidates = depth < MAX_DEPTH ? fields : leaves;
    if (candidates.length === 0 || dice.chance(10)) return `${dice.chance(20) ? 'a: ' : ''}__typename${condition()}`;
    const definition = dice.pick(candidates);
    const alias = dice.chance(20) ? `${dice.pick(ALIASES)}: ` : '';
    const args = definition.args.map(argument).filter((text) => text !== undefined);
    const inner = getNamedType(definition.type);
    const set = isCompositeType(inner) ? ` ${selection(inner, depth + 1)}` : '';
    return `${alias}${definition.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${condition()}${set}`;
  }

  function fragment(type: GraphQLCompositeType, depth: number): string {
    const known = fragments.filter(({ on }) => on === type);
    if (known.length > 0 && dice.chance(30)) return `...${dice.pick(known).name}${condition()}`;
    const possible = isAbstractType(type) ? [...schema.getPossibleTypes(type), type] : [type];
    const on = dice.pick<GraphQLCompositeType>(possible);
    if (dice.chance(50)) return `... ${dice.chance(80) ? `on ${on.name}` : ''}${condition()} ${selection(on, depth)}`;
    const text = selection(on, depth);
    const name = `F${fragments.length}`;
    fragments.push({ name, on, text });
    return `...${name}${condition()}`;
  }

  function selection(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + dice.below(3) }, () =>
      depth <= MAX_DEPTH && dice.chance(25) ? fragment(type, depth + 1) : field(type, depth),
    );
    return `{ ${parts.join(' ')} }`;
  }

  const body = selection(root, 0);
  const head = `${isMutation ? 'mutation' : 'query'} O${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`;
  const tail = fragments.map(({ name, on, text }) => `fragment ${name} on ${on.name} ${text}`);
  return { query: [`${head} ${body}`, ...tail].join('\n'), variables };
}
