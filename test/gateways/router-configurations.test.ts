import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { gatewayConfig } from '../../federation/routers/hive-gateway.config.ts';
import type { PublicExtensions } from '../../src/errors/translate.ts';
import { configOf } from '../support/settings.ts';

/** Every key of an error's `extensions`, and whether clients behind a router are to get it. A new key has to be decided on here. */
const FOR_CLIENTS = {
  code: true,
  retryable: true,
  outcome: true,
  issues: true,
  // For logs.
  upstream: false,
  retryAfterMs: true,
  correlationId: true,
} as const satisfies Record<keyof PublicExtensions, boolean>;
const clientKeys = Object.entries(FOR_CLIENTS).flatMap(([key, forClients]) => (forClients ? [key] : []));

const SECRET = 'router-authorization';
const FORWARDED = [
  'x-correlation-id',
  'traceparent',
  'x-operation-timeout-ms',
  'authorization',
  'x-aegister-token',
  'pgrapikey',
  'pgr-user-id',
  'pgrselectedinstance',
];

function file(name: string): string {
  return readFileSync(new URL(`../../federation/routers/${name}`, import.meta.url), 'utf8');
}

interface HeaderRule {
  readonly insert?: { readonly name: string; readonly value?: string; readonly expression?: string };
  readonly propagate?: { readonly named: string | readonly string[] };
}

interface Apollo {
  readonly include_subgraph_errors: {
    readonly subgraphs: { readonly incidents: { redact_message: boolean; allow_extensions_keys: string[] } };
  };
  readonly headers: { readonly subgraphs: { readonly incidents: { readonly request: readonly HeaderRule[] } } };
  readonly traffic_shaping: {
    readonly router: { readonly timeout: string };
    readonly subgraphs: { readonly incidents: { readonly timeout: string } };
  };
}

interface Hive {
  readonly error_masking: {
    readonly subgraphs: { readonly incidents: { enabled: boolean; extensions: { mode: string; keys: string[] } } };
  };
  readonly headers: Apollo['headers'];
  readonly traffic_shaping: {
    readonly router: { readonly request_timeout: string };
    readonly subgraphs: { readonly incidents: { readonly request_timeout: string; readonly dedupe_enabled: boolean } };
  };
}

interface Cosmo {
  readonly subgraph_error_propagation: { readonly mode: string; readonly allowed_extension_fields: string[] };
  readonly headers: {
    readonly subgraphs: {
      readonly incidents: {
        readonly request: readonly { op: string; name?: string; named?: string; value?: string }[];
      };
    };
  };
  readonly traffic_shaping: {
    readonly all: { readonly retry: { readonly enabled: boolean } };
    readonly subgraphs: { readonly incidents: { readonly request_timeout: string } };
  };
}

// The shapes are what these tests expect; a file of another shape fails them.
const apollo = parse(file('apollo-router.yaml')) as Apollo;
const hive = parse(file('hive-router.yaml')) as Hive;
const cosmo = parse(file('cosmo-router.yaml')) as Cosmo;
const grafbase = file('grafbase.toml');

const propagated = (rules: readonly HeaderRule[]) => rules.flatMap(({ propagate }) => propagate?.named ?? []);
const inserted = (rules: readonly HeaderRule[]) => rules.flatMap(({ insert }) => insert ?? []);

describe('the configurations that are not run here', () => {
  it.each(['apollo-router.yaml', 'cosmo-router.yaml', 'hive-router.yaml'])('%s says so in its first line', (name) => {
    expect(file(name).split('\n')[0]).toContain('NOT RUN HERE');
  });

  it('let through what clients are to get of an error of this service, and nothing else', () => {
    const { incidents } = apollo.include_subgraph_errors.subgraphs;
    expect(incidents).toEqual({ redact_message: false, allow_extensions_keys: clientKeys });
    expect(hive.error_masking.subgraphs.incidents).toEqual({
      enabled: false,
      extensions: { mode: 'allow', keys: clientKeys },
    });
    expect(cosmo.subgraph_error_propagation).toMatchObject({
      mode: 'pass-through',
      allowed_extension_fields: clientKeys,
    });
  });

  it('send the router secret from the environment, and the same headers of the client on', () => {
    const apolloRules = apollo.headers.subgraphs.incidents.request;
    expect(inserted(apolloRules)).toEqual([{ name: SECRET, value: '${env.INCIDENTS_ROUTER_SECRET}' }]);
    expect(propagated(apolloRules)).toEqual(FORWARDED);

    const hiveRules = hive.headers.subgraphs.incidents.request;
    expect(inserted(hiveRules)).toEqual([{ name: SECRET, expression: 'env("INCIDENTS_ROUTER_SECRET")' }]);
    expect(propagated(hiveRules)).toEqual(FORWARDED);

    const [secret, ...forwarded] = cosmo.headers.subgraphs.incidents.request;
    expect(secret).toEqual({ op: 'set', name: 'Router-Authorization', value: '${INCIDENTS_ROUTER_SECRET}' });
    expect(forwarded.map(({ op, named }) => [op, named?.toLowerCase()])).toEqual(
      FORWARDED.map((name) => ['propagate', name]),
    );
  });

  it('repeat no mutation and share no request that may be one', () => {
    expect(cosmo.traffic_shaping.all.retry.enabled).toBe(false);
    expect(hive.traffic_shaping.subgraphs.incidents.dedupe_enabled).toBe(false);
    expect(file('apollo-router.yaml')).not.toMatch(/^\s*(?:experimental_retry|retry_mutations):/m);
  });
});

describe('the configurations that are run here', () => {
  it('switch retries off', () => {
    expect(gatewayConfig).not.toHaveProperty('upstreamRetry');
    expect(grafbase).toMatch(/\[subgraphs\.incidents\.retry\]\nenabled = false\nretry_mutations = false\n/);
  });

  it('send the same headers on as the others', () => {
    const names = [...grafbase.matchAll(/^rule = "forward"\nname = "(.*)"$/gm)].map(([, name]) => name);
    expect(names).toEqual(FORWARDED);
  });
});

it('every router waits longer than this service does by default, and no longer than for itself', () => {
  const waits = [
    apollo.traffic_shaping.subgraphs.incidents.timeout,
    hive.traffic_shaping.subgraphs.incidents.request_timeout,
    cosmo.traffic_shaping.subgraphs.incidents.request_timeout,
    /\[subgraphs\.incidents\][^[]*^timeout = "(\w+)"/m.exec(grafbase)?.[1],
  ];
  expect(waits).toEqual(Array(4).fill('28s'));
  const { upstreamTimeout } = gatewayConfig;
  expect(typeof upstreamTimeout === 'function' && upstreamTimeout({ subgraphName: 'incidents' })).toBe(28_000);
  expect(28_000).toBeGreaterThan(configOf().operationTimeoutMs);
  expect([apollo.traffic_shaping.router.timeout, hive.traffic_shaping.router.request_timeout]).toEqual(['30s', '30s']);
});
