import { z } from 'zod';
import {
  baseUrl,
  callTimeout,
  concurrency,
  headerSecret,
  maxResponseBytes,
  secretFile,
} from '../../../src/backends/setting-formats.ts';

export const toySettings = z.object({
  TOY_BASE_URL: baseUrl,
  TOY_KEY: headerSecret,
  TOY_KEY_FILE: secretFile.optional(),
  TOY_TIMEOUT_MS: callTimeout,
  TOY_CONCURRENCY: concurrency,
  TOY_MAX_RESPONSE_BYTES: maxResponseBytes,
});
