import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Otherwise our `import 'graphql'` and a CommonJS dependency's `require('graphql')` are two copies that refuse each other's types.
    alias: [
      {
        find: /^graphql$/,
        replacement: fileURLToPath(new URL('node_modules/graphql/index.js', import.meta.url)),
      },
      {
        // Takes schemas as objects, so it has to be its CommonJS form, which requires the same copy.
        find: /^@graphql-inspector\/core$/,
        replacement: fileURLToPath(new URL('node_modules/@graphql-inspector/core/cjs/index.js', import.meta.url)),
      },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // No test changes a module or a global, so one process can keep what it has loaded; that halves the time of a run.
    isolate: false,
    // Tests mostly wait for sockets, so more of them than there are cores can run side by side.
    maxWorkers: 4,
    // Real servers on loopback: generous, so that a slow machine does not fail a test that only waits for its own deadline.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
