import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['**/dist/', 'coverage/', '.cache/', 'src/generated/']),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      // Numbers and booleans read well inside a template; only objects would print as [object Object].
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // The wire names contain digits and underscores; the compiler option noPropertyAccessFromIndexSignature wants brackets.
      '@typescript-eslint/dot-notation': 'off',
      // `return refuse(...)` says "this is the answer, stop here" in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Hooks of Apollo Server have to return promises whether they wait for anything or not.
      '@typescript-eslint/require-await': 'off',
      // GraphQL's extension maps accept types, not interfaces, so neither form can be the rule.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts', 'src/server/log.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in main.ts and parsed in config.ts.' },
      ],
    },
  },
);
