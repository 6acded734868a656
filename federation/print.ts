import { writeFileSync } from 'node:fs';
import { composedExample, SUPERGRAPH_FILE } from '../examples/supergraph/subgraphs.ts';
import { formatSdl, printedSdl, PRINTED_SDL } from './served-sdl.ts';

/** `npm run schema:print`: writes the SDL that is served, and the example's supergraph made of it, to the committed files. */
async function main(): Promise<void> {
  const sdl = await printedSdl();
  const files = { [PRINTED_SDL]: sdl, [SUPERGRAPH_FILE]: await formatSdl(composedExample(sdl)) };
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(new URL(`../${path}`, import.meta.url), text);
    process.stdout.write(`${path}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
