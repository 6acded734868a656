import { QueryPlanner, type PlanNode, type RequiresSelection } from '@graphql-hive/router-query-planner';
import { parse, print } from 'graphql';

/**
 * How a router that uses the planner of Hive Router answers a query.
 * @throws Error when the plan has nothing to do
 */
export function planOf(supergraphSdl: string, query: string): PlanNode {
  const { node } = new QueryPlanner(supergraphSdl).plan(query, undefined, new Set(), 0);
  if (node === undefined) throw new Error('the plan has no step');
  return node;
}

/** Every request of a plan in its order: the subgraph and the operation. */
export function operationsOf(node: PlanNode): readonly (readonly [subgraph: string, operation: string])[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(operationsOf);
    case 'Flatten':
      return operationsOf(node.node);
    case 'Fetch':
    case 'BatchFetch':
      return [[node.serviceName, node.operation]];
    default:
      throw new Error(`no request known in a step of kind ${node.kind}`);
  }
}

/**
 * A plan as indented text.
 * @throws Error for a step that this text has no words for
 */
export function queryPlanText(plan: PlanNode): string {
  return describe(plan).join('\n');
}

function describe(node: PlanNode): string[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return [
        node.kind === 'Sequence' ? 'one after the other:' : 'at the same time:',
        ...indent(node.nodes.flatMap(describe)),
      ];
    case 'Flatten':
      return [`for ${pathText(node.path)}:`, ...indent(describe(node.node))];
    case 'Fetch':
      return [
        `ask ${node.serviceName}${node.requires === undefined ? '' : `, giving ${keysText(node.requires)}`}:`,
        ...indent(print(parse(node.operation)).split('\n')),
      ];
    case 'BatchFetch':
      return [
        ...node.entityBatch.aliases.flatMap(({ paths }) => paths).map((path) => `for ${pathText(path)}:`),
        ...indent([
          `ask ${node.serviceName} in one request, giving ${node.entityBatch.aliases.map(({ requires }) => keysText(requires)).join(' and ')}:`,
          ...indent(print(parse(node.operation)).split('\n')),
        ]),
      ];
    default:
      throw new Error(`no words for a step of kind ${node.kind}`);
  }
}

type Path = Extract<PlanNode, { kind: 'Flatten' }>['path'];

/** `watchedGroups.@.user`, where `@` is every element of a list. */
function pathText(path: Path): string {
  return path.map((segment) => (typeof segment === 'string' ? segment : Object.values(segment).join(','))).join('.');
}

/** `IncidentGroup { id }`: what names the records that are asked for. */
function keysText(requires: readonly RequiresSelection[]): string {
  return requires
    .map((selection) => {
      if (selection.kind !== 'InlineFragment') throw new Error(`no words for a key of kind ${selection.kind}`);
      const names = selection.selections.flatMap((field) => (field.kind === 'Field' ? [field.name] : []));
      return `${selection.typeCondition} { ${names.filter((name) => name !== '__typename').join(' ')} }`;
    })
    .join(' and ');
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
