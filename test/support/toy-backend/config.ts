import { z } from 'zod';
import { headerSecret, secretFile } from '../../../src/backends/setting-formats.ts';
import { upstreamSettings } from '../../../src/backends/upstream-settings.ts';

export const toySettings = z.object({
  ...upstreamSettings('TOY'),
  TOY_KEY: headerSecret,
  TOY_KEY_FILE: secretFile.optional(),
});
