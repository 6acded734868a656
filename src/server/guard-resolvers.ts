import { GraphQLScalarType } from 'graphql';
import { authorize } from '../access/authorize.ts';
import { accessRules, type Rule } from '../access/rules.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import type { RequestContext } from '../request-context.ts';

type Resolver = (...parameters: readonly unknown[]) => unknown;
type ResolverMap = Record<string, unknown>;

/**
 * The same resolvers, each asking first whether the caller may. They hold for every executor of the schema made of them.
 * @throws Error when a resolver has no rule, or is none that can be guarded: nobody would be kept from it
 */
export function guardResolvers(resolvers: Resolvers, rules = accessRules): Resolvers {
  const guarded: Record<string, unknown> = {};
  for (const [type, fields] of Object.entries<unknown>(resolvers as ResolverMap)) {
    guarded[type] = fields instanceof GraphQLScalarType ? fields : guardType(type, fields as ResolverMap, rules[type]);
  }
  return guarded;
}

function guardType(type: string, fields: ResolverMap, rules: (typeof accessRules)[string] = {}): ResolverMap {
  const guarded: ResolverMap = {};
  for (const [field, resolver] of Object.entries(fields)) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    if (rule === undefined) throw new Error(`${type}.${field} has no access rule`);
    if (typeof resolver !== 'function') throw new Error(`${type}.${field} is no function`);
    guarded[field] = rule === 'with-parent' ? resolver : guard(resolver as Resolver, rule, field);
  }
  return guarded;
}

/** A reference resolver gets key, context, info; a field resolver its parent before arguments, context, info. */
function guard(resolver: Resolver, rule: Rule, field: string): Resolver {
  const first = field === '__resolveReference' ? 0 : 1;
  return (...parameters) => {
    const { caller } = parameters[first + 1] as RequestContext;
    authorize(caller, rule, parameters[first]);
    return resolver(...parameters);
  };
}
