/** The three ways a client can pass the input of a mutation; none of them may change what is sent to the backend. */
export const inputWays = ['a literal', 'one whole-input variable', 'one variable per field'] as const;
export type InputWay = (typeof inputWays)[number];

export interface UpdateMutation {
  readonly field: string;
  readonly inputType: string;
  /** GraphQL type of every input field, written out so that a change of the schema shows up here. */
  readonly types: Readonly<Record<string, string>>;
  readonly selection: string;
}

export const incidentUpdate: UpdateMutation = {
  field: 'updateIncident',
  inputType: 'UpdateIncidentInput!',
  types: {
    organizationId: 'ID!',
    id: 'ID!',
    title: 'String',
    referenceCode: 'String',
    classification: 'JSONObject',
    metadata: 'JSONObject',
    status: 'IncidentStatus',
    subjectType: 'String',
    notification24h: 'JSONObject',
    notification72h: 'JSONObject',
    fullReport: 'JSONObject',
  },
  selection: 'incident { id }',
};

export const groupUpdate: UpdateMutation = {
  field: 'updateIncidentGroup',
  inputType: 'UpdateIncidentGroupInput!',
  types: {
    id: 'ID!',
    title: 'String',
    description: 'String',
    userId: 'ID',
    groupId: 'ID',
    createdAt: 'DateTime',
    updatedAt: 'DateTime',
    traceId: 'ID',
    relations: 'IncidentGroupRelationsInput',
  },
  selection: 'incidentGroup { id }',
};

export type Input = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly query: string;
  readonly variables: Input;
}

/**
 * The mutation with its input passed in the given way. With one variable per field the document names every field of the input
 * type, and those that the input lacks are variables that are not provided.
 */
export function toOperation(mutation: UpdateMutation, way: InputWay, input: Input): Operation {
  const { field, inputType, types, selection } = mutation;
  switch (way) {
    case 'a literal':
      return { query: `mutation { ${field}(input: ${inputLiteral(types, input)}) { ${selection} } }`, variables: {} };
    case 'one whole-input variable':
      return {
        query: `mutation ($input: ${inputType}) { ${field}(input: $input) { ${selection} } }`,
        variables: { input },
      };
    case 'one variable per field': {
      const names = Object.keys(types);
      const declared = names.map((name) => `$${name}: ${types[name] ?? ''}`).join(', ');
      const used = names.map((name) => `${name}: $${name}`).join(', ');
      return { query: `mutation (${declared}) { ${field}(input: { ${used} }) { ${selection} } }`, variables: input };
    }
  }
}

/** The mutation of a group with one variable per field and one for the list inside `relations`, not provided when absent. */
export function toListOperation(input: Input): Operation {
  const { relations, ...fields } = input;
  const ids: unknown =
    typeof relations === 'object' && relations !== null && 'serviceAssetFindingIds' in relations
      ? relations.serviceAssetFindingIds
      : undefined;
  const declared = Object.entries({ ...groupUpdate.types, ids: '[ID!]' }).filter(([name]) => name !== 'relations');
  const used = Object.keys(groupUpdate.types).map((name) =>
    name === 'relations' ? 'relations: { serviceAssetFindingIds: $ids }' : `${name}: $${name}`,
  );
  return {
    query: `mutation (${declared.map(([name, type]) => `$${name}: ${type}`).join(', ')}) {
      updateIncidentGroup(input: { ${used.join(', ')} }) { ${groupUpdate.selection} }
    }`,
    variables: { ...fields, ...(ids !== undefined && { ids }) },
  };
}

function inputLiteral(types: Readonly<Record<string, string>>, input: Input): string {
  const fields = Object.entries(input).map(([name, value]) => {
    // An enum value is a bare word; as text it would be refused.
    const isEnum = types[name] === 'IncidentStatus' && typeof value === 'string';
    return `${name}: ${isEnum ? value : literal(value)}`;
  });
  return `{ ${fields.join(', ')} }`;
}

/** A JSON value as GraphQL literal. Keys have to be GraphQL names. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`);
  return `{ ${fields.join(', ')} }`;
}
