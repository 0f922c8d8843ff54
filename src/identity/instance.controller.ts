/** What anybody may know of this deployment before signing in: keys, provider, version. */
import { INSTANCE_ROUTES } from '@liaison/contract/instance';
import type { Origin } from '@liaison/contract/ids';
import { Controller } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { PRODUCT_VERSION } from '../platform/docs/product.version.js';
import { Serves } from '../platform/http/serves.decorator.js';
import { LogKey } from '../transparency/log-key.js';
import { ProviderFactsSource } from './provider.facts.js';

@Controller()
export class InstanceController {
  constructor(
    private readonly config: Config,
    private readonly logKey: LogKey,
    private readonly provider: ProviderFactsSource,
  ) {}

  @Serves(INSTANCE_ROUTES.instance)
  async instance() {
    return {
      origin: this.config.publicOrigin as Origin,
      version: PRODUCT_VERSION,
      logKey: this.logKey.signingKey,
      provider: await this.provider.facts(),
    };
  }
}
