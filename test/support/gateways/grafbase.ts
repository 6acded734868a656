import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { routeTo, type Configuration, type Gateway, type Particulars, type Subgraph } from './gateway.ts';

/** Where `npm run install:grafbase` puts it. It is a binary of 104 MB for Linux x64 only, so it is no dependency. */
const BINARY = fileURLToPath(
  new URL('../../../.cache/grafbase/node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase', import.meta.url),
);
const RECOMMENDED = new URL('../../../federation/routers/grafbase.toml', import.meta.url);
const START_MS = 15_000;

/** Grafbase Gateway, written in Rust: a composer, a planner and an HTTP stack of its own. */
export const grafbase: Gateway = {
  name: 'Grafbase',
  async start(subgraphs, configuration, particulars = {}) {
    if (!existsSync(BINARY)) throw new Error('Grafbase is not installed: npm run install:grafbase');
    const folder = mkdtempSync(join(tmpdir(), 'grafbase-'));
    for (const { name, sdl } of subgraphs) writeFileSync(join(folder, `${name}.graphql`), sdl);
    writeFileSync(join(folder, 'grafbase.toml'), toToml(subgraphs, configuration, particulars));
    const port = await freePort();
    const child = spawn(BINARY, ['dev', '-c', 'grafbase.toml', '--listen-address', `127.0.0.1:${port}`], {
      cwd: folder,
      // A home of its own: whatever it keeps there, reports of crashes included, goes with the folder.
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TMPDIR: folder,
        INCIDENTS_ROUTER_SECRET: particulars.routerSecret ?? 'none',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const ended = once(child, 'exit');
    const url = `http://127.0.0.1:${port}`;
    const close = async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    if (!(await isUp(url, () => child.exitCode !== null))) {
      await close();
      throw new Error(`Grafbase does not start:\n${output}`);
    }
    return routeTo(url, close);
  },
};

function toToml(
  subgraphs: readonly Subgraph[],
  configuration: Configuration,
  { subgraphTimeoutMs }: Particulars,
): string {
  const sections = subgraphs.map(({ name, url }) => {
    const place = `url = "${url}/graphql"\nschema_path = "${name}.graphql"`;
    if (configuration === 'default' || name !== 'incidents') return `[subgraphs.${name}]\n${place}\n`;
    const timeout = subgraphTimeoutMs === undefined ? 'timeout = "28s"' : `timeout = "${subgraphTimeoutMs}ms"`;
    const recommended = readFileSync(RECOMMENDED, 'utf8');
    return put(put(recommended, 'url = "http://incidents:4000/graphql"', place), 'timeout = "28s"', timeout);
  });
  return sections.join('\n');
}

function put(text: string, line: string, replacement: string): string {
  if (!text.includes(`\n${line}\n`)) throw new Error(`grafbase.toml has no line ${line}`);
  return text.replace(line, replacement);
}

/** Its output does not say when it is ready, so it is asked until it answers. */
async function isUp(url: string, hasEnded: () => boolean): Promise<boolean> {
  for (const end = Date.now() + START_MS; Date.now() < end && !hasEnded(); await pause(50)) {
    try {
      const body = JSON.stringify({ query: '{ __typename }' });
      const headers = { 'content-type': 'application/json' };
      if ((await fetch(`${url}/graphql`, { method: 'POST', headers, body })).ok) return true;
    } catch {
      // Not listening yet.
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port');
  return address.port;
}
