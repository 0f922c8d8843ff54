/** What everybody may know of the national provider here: whose tokens count, and their keys. */
import { ProviderKey, type ProviderFacts } from '@liaison/contract/instance';
import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Log } from '../platform/logger/log.js';
import { OidcClient } from './oidc/oidc.client.js';
import { DEFAULT_ACR, type OidcConfig } from './oidc/oidc.config.js';

export const CALLBACK_PATH = '/api/auth/callback';

/** Production takes https providers only, so a plain one is the emulator. */
export const isFictional = (config: Config): boolean => config.oidc.issuer.startsWith('http:');

export function oidcConfig(config: Config): OidcConfig {
  return { ...config.oidc, redirectUri: `${config.publicOrigin}${CALLBACK_PATH}` };
}

@Injectable()
export class ProviderFactsSource {
  private known: ProviderKey[] = [];

  constructor(
    private readonly config: Config,
    private readonly oidc: OidcClient,
    private readonly log: Log,
  ) {}

  async facts(): Promise<ProviderFacts> {
    const { issuer, clientId } = this.config.oidc;
    return {
      issuer,
      audience: clientId,
      minimumAcr: DEFAULT_ACR,
      jwks: { keys: await this.keys() },
      fictional: isFictional(this.config),
    };
  }

  /** While the provider is away, the keys it had: signing in needs it, verifying does not. */
  private async keys(): Promise<ProviderKey[]> {
    try {
      const { keys } = await this.oidc.publicKeys();
      this.known = keys.flatMap(({ kty, kid, alg, use, n, e }) => {
        const key = ProviderKey.safeParse({
          kty,
          kid,
          alg: alg ?? 'RS256',
          use: use ?? 'sig',
          n,
          e,
        });
        return key.success ? [key.data] : [];
      });
    } catch (error) {
      this.log.warn('The provider’s keys could not be read.', { error });
    }
    return this.known;
  }
}
