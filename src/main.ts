import { backends } from './backends/index.ts';
import { ConfigError, parseConfig } from './config.ts';
import { createService } from './server/create-service.ts';

/** The process: settings in, service up, and down again in order when it is told to. */
async function main(): Promise<void> {
  const service = await createService(parseConfig(process.env, backends));
  const { url } = await service.listen();
  service.log.info({ url }, 'listening');

  const stop = (signal: NodeJS.Signals) => {
    service.log.info({ signal }, 'draining');
    service.close().then(
      () => {
        service.log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        service.log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  // Not once(): a second signal, which npm's own forwarding may well produce, must not kill what the first one is finishing.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  // Not through the log: it may not exist yet, and whoever starts the process reads stderr.
  const report = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${report}\n`);
  process.exit(1);
});
