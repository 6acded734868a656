import { backends } from './backends/index.ts';
import { ConfigError, parseConfig, secretsIn, type Config } from './config.ts';
import { createCrashReport } from './server/crash-report.ts';
import { createService } from './server/create-service.ts';
import { createLog } from './server/log.ts';
import { isWorker, superviseWorkers } from './server/workers.ts';

// Secrets known so far: those of the environment, and once the service is there all of its own, files included.
const fromEnvironment = secretsIn(process.env, backends);
let secrets = () => fromEnvironment;
const report = createCrashReport(() => secrets());

/** Not through the log: it may not exist yet, and whoever starts the process reads stderr. Nothing is known of the state any more. */
function crash(error: unknown): never {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : report(error));
  process.exit(1);
}
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

/** The process: settings in, service up, and down again in order when it is told to. With several workers, it supervises them. */
async function main(): Promise<void> {
  const config = parseConfig(process.env, backends);
  if (config.workers === 1 || isWorker) return serve(config);
  const log = createLog({ config, secrets });
  process.exit(await superviseWorkers(config.workers, log));
}

async function serve(config: Config): Promise<void> {
  const service = await createService(config);
  secrets = service.secretWords;
  const { url } = await service.listen();
  service.log.info({ url, pid: process.pid }, 'listening');

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

main().catch(crash);
