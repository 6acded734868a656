# syntax=docker/dockerfile:1

# --- Build: all dependencies, generated code checked, one bundle -------------------------------------------------------
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json codegen.ts ./
COPY schema ./schema
COPY src ./src
RUN npm run generate:check && npm run bundle
# What stays is what the bundle imports: esbuild is an optional dependency so that `npm start` can bundle, and is not needed here.
RUN npm prune --ignore-scripts --omit=dev --omit=optional

# --- Run: the bundle, the SDL, production dependencies -----------------------------------------------------------------
FROM node:24-bookworm-slim
# One arena of malloc for all threads instead of one for each: about 10 MiB less with large groups (docs/performance.md).
ENV NODE_ENV=production MALLOC_ARENA_MAX=1
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/schema ./schema
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is process 1, so that SIGTERM reaches it. Room for young objects (MiB), taken as it is needed: most such objects live for one
# request, and with 16 a page of entities costs 14 % more.
# More room for the compiler to inline in than it has by itself: 3 to 5 % of a write's processor time. And old objects may grow by 80 % before
# they are collected, not quadruple as on a large machine: about 50 MiB less for pages of entities on Node 24.
# V8 makes no object among the old ones because others like it lived long: there it would keep what it points to long after its request, and pages of
# entities take up to a tenth more time on Node 24. Two threads instead of four help V8, each of which takes memory (docs/performance.md).
CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "--max-inlined-bytecode-size-cumulative=2400", "--heap-growing-percent=80", "--no-allocation-site-pretenuring", "--v8-pool-size=2", "dist/main.js"]
