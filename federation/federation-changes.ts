import { isDeepStrictEqual } from 'node:util';
import type { DocumentNode } from 'graphql';
import type { SchemaChange } from './schema-changes.ts';
import { keysByType, schemaDirectives, type AppliedDirective } from './sdl-parts.ts';

interface Key {
  /** Field names in a fixed order, nested ones in braces. */
  readonly fields: string;
  readonly resolvable: boolean;
}

/** What changed for composition and for routers: keys, the version of federation, the contact. */
export function federationChanges(before: DocumentNode, after: DocumentNode): readonly SchemaChange[] {
  return [...keyChanges(before, after), ...linkChanges(before, after), ...contactChanges(before, after)];
}

function keyChanges(before: DocumentNode, after: DocumentNode): SchemaChange[] {
  const [old, now] = [keysByType(before), keysByType(after)];
  const types = new Set([...old.keys(), ...now.keys()]);
  return [...types].flatMap((type) => keyChangesOf(type, toKeys(old.get(type)), toKeys(now.get(type))));
}

function keyChangesOf(type: string, old: readonly Key[], now: readonly Key[]): SchemaChange[] {
  const change = (level: SchemaChange['level'], fields: string, message: string): SchemaChange => ({
    level,
    affects: 'composition',
    path: `${type} @key(fields: "${fields}")`,
    message,
  });
  const removed = old.filter(({ fields }) => !now.some((key) => key.fields === fields));
  const added = now.filter(({ fields }) => !old.some((key) => key.fields === fields));
  const [from, to] = [removed[0], added[0]];
  if (removed.length === 1 && added.length === 1 && from !== undefined && to !== undefined) {
    const message = `The key was changed to "${to.fields}": subgraphs that refer to ${type} by the old one no longer reach it.`;
    return [change('BREAKING', from.fields, message)];
  }
  return [
    ...removed.map(({ fields }) =>
      change('BREAKING', fields, `The key was removed: subgraphs that refer to ${type} by it no longer reach it.`),
    ),
    ...added.map(({ fields }) => change('NON_BREAKING', fields, 'The key was added.')),
    ...old.flatMap(({ fields, resolvable }) => {
      const key = now.find((other) => other.fields === fields);
      if (key === undefined || key.resolvable === resolvable) return [];
      return key.resolvable
        ? [change('DANGEROUS', fields, `The key became resolvable: routers may now ask this subgraph for ${type}.`)]
        : [
            change(
              'BREAKING',
              fields,
              `The key is no longer resolvable: routers cannot ask this subgraph for ${type}.`,
            ),
          ];
    }),
  ];
}

function toKeys(directives: readonly AppliedDirective[] = []): readonly Key[] {
  return directives.map(({ values }) => ({
    fields: inOrder(String(values['fields'])),
    resolvable: values['resolvable'] !== false,
  }));
}

/** `b a { d c }` and `a{c d} b` are one key. */
function inOrder(fields: string): string {
  const tokens = fields.match(/[{}]|[^\s{},]+/g) ?? [];
  const read = (): string => {
    const names: string[] = [];
    for (let token = tokens.shift(); token !== undefined && token !== '}'; token = tokens.shift()) {
      if (token === '{') names.push(`${names.pop() ?? ''} { ${read()} }`);
      else names.push(token);
    }
    return names.toSorted().join(' ');
  };
  return read();
}

function linkChanges(before: DocumentNode, after: DocumentNode): SchemaChange[] {
  const [old, now] = [federationVersion(before), federationVersion(after)];
  if (old === now) return [];
  const text = (version: number | undefined) => (version === undefined ? 'none' : `v2.${version}`);
  const message = `The version of federation changed from ${text(old)} to ${text(now)}`;
  const change = { affects: 'composition', path: '@link' } as const;
  if (now === undefined)
    return [{ ...change, level: 'BREAKING', message: `${message}: composers take it for federation 1.` }];
  if (old === undefined || now > old) {
    return [
      {
        ...change,
        level: 'DANGEROUS',
        message: `${message}: routers and composers that know only the older one refuse it.`,
      },
    ];
  }
  return [{ ...change, level: 'NON_BREAKING', message: `${message}.` }];
}

/** The minor version of federation 2 that an SDL links, or undefined when it links none. */
export function federationVersion(document: DocumentNode): number | undefined {
  const versions = schemaDirectives(document).map(({ name, values }) =>
    name === 'link' ? /\/federation\/v2\.(\d+)$/.exec(String(values['url']))?.[1] : undefined,
  );
  const found = versions.find((version) => version !== undefined);
  return found === undefined ? undefined : Number(found);
}

function contactChanges(before: DocumentNode, after: DocumentNode): SchemaChange[] {
  const contactOf = (document: DocumentNode) => schemaDirectives(document).filter(({ name }) => name === 'contact');
  if (isDeepStrictEqual(contactOf(before), contactOf(after))) return [];
  return [
    {
      level: 'NON_BREAKING',
      affects: 'composition',
      path: '@contact',
      message: 'Who answers for the subgraph changed.',
    },
  ];
}
