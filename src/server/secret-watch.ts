import type { Secret, SecretValue } from '../backends/secret.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** How often the files of secrets are read again, milliseconds. */
const INTERVAL_MS = 500;

export interface SecretWatch {
  /** Every word of every secret so far. The same list until one is added. */
  readonly words: () => readonly string[];
  /** Has the files followed from now on, and every change told: by the setting's name, never by value. */
  start(log: Log, metrics: Metrics): void;
  stop(): void;
}

/** Keeps all secrets of the service together, and those that come from files up to date. */
export function createSecretWatch(secrets: readonly Secret<SecretValue>[]): SecretWatch {
  let lists: readonly (readonly string[])[] = [];
  let words: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  return {
    words() {
      if (lists.length === 0 || secrets.some((secret, index) => secret.known() !== lists[index])) {
        lists = secrets.map((secret) => secret.known());
        words = lists.flat();
      }
      return words;
    },
    start(log, metrics) {
      for (const secret of secrets) {
        const { setting } = secret;
        secret.onNews((news) => {
          metrics.secretRead(setting, news.result);
          if (news.result === 'new') log.info({ setting }, 'secret re-read');
          else log.warn({ setting, fault: news.fault }, 'secret file cannot be used, the value of before stays');
        });
      }
      // A read that hangs holds up its own secret only: the next looks wait for it, all as one.
      timer = setInterval(() => {
        for (const secret of secrets) void secret.refresh();
      }, INTERVAL_MS).unref();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
