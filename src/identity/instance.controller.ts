/** What anybody may know of this deployment. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { INSTANCE_ROUTES } from '@liaison/contract/instance';
import type { Origin } from '@liaison/contract/ids';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../platform/config/config.js';
import { Serves } from '../platform/http/serves.decorator.js';
import { LogKey } from '../transparency/log-key.js';
import { ProviderFactsSource } from './provider.facts.js';

const Manifest = z.object({ name: z.string(), version: z.string() });

/** Sources and compiled files lie at different depths below the project's own manifest. */
function readVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = tryRead(join(folder, 'package.json'));
    if (manifest?.name === 'liaison') return manifest.version;
    if (folder === dirname(folder)) return 'unknown';
  }
}

function tryRead(file: string): z.infer<typeof Manifest> | null {
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

@Controller()
export class InstanceController {
  private readonly version = readVersion();

  constructor(
    private readonly config: Config,
    private readonly logKey: LogKey,
    private readonly provider: ProviderFactsSource,
  ) {}

  @Serves(INSTANCE_ROUTES.instance)
  async instance() {
    return {
      origin: this.config.publicOrigin as Origin,
      version: this.version,
      logKey: this.logKey.signingKey,
      provider: await this.provider.facts(),
    };
  }
}
