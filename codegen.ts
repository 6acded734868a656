import type { CodegenConfig } from '@graphql-codegen/cli';

// Types for resolvers, from the SDL alone. The output is committed; `npm run build` and CI fail when it is stale.
const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/generated/resolver-types.ts': {
      plugins: [
        { add: { content: '// Written by `npm run generate` from schema/*.graphql. Do not edit.' } },
        'typescript',
        'typescript-resolvers',
      ],
      config: {
        federation: true,
        contextType: '../request-context.ts#RequestContext',
        mappers: {
          Incident: '../domain.ts#Incident as IncidentModel',
          IncidentGroup: '../domain.ts#IncidentGroup as IncidentGroupModel',
          ServiceAssetFinding: '../domain.ts#FindingElement',
        },
        scalars: {
          ID: { input: 'string', output: 'string' },
          DateTime: { input: 'unknown', output: 'string' },
          JSONObject: { input: 'unknown', output: '../domain.ts#JsonObject' },
        },
        enumsAsTypes: true,
        immutableTypes: true,
        useTypeImports: true,
        avoidOptionals: { field: true },
        maybeValue: 'T | null',
        inputMaybeValue: 'T | null | undefined',
      },
    },
  },
};

export default config;
