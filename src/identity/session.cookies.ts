/**
 * The three cookies: the session and a sign-in that is under way, which hold random tokens; and the
 * browser's own device, which outlives its storage. All are HttpOnly and SameSite=Lax (the provider
 * sends the browser back by a top-level GET). None of them proves a device: signatures do.
 */
import { LIMITS } from '@liaison/contract/limits';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '../platform/config/config.js';

type Purpose = 'session' | 'attempt' | 'device';

const LIFE_MS: Readonly<Record<Purpose, number>> = {
  session: LIMITS.sessionMaxMs.value,
  attempt: LIMITS.loginAttemptMs.value,
  device: LIMITS.deviceCookieMs.value,
};

function valueIn(header: string, name: string): string | undefined {
  const pair = header.split(/; */).find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

@Injectable()
export class SessionCookies {
  private readonly secure: boolean;
  private readonly suffix: string;

  constructor(config: Config) {
    const origin = new URL(config.publicOrigin);
    this.secure = origin.protocol === 'https:';
    // Cookies do not know ports: two installations on one machine must not share theirs.
    this.suffix = origin.port === '' ? '' : `-${origin.port}`;
  }

  read(purpose: Purpose, header: string | undefined): string | undefined {
    return valueIn(header ?? '', this.name(purpose));
  }

  set(purpose: Purpose, reply: FastifyReply, token: string): void {
    void reply.setCookie(this.name(purpose), token, {
      ...this.form(),
      maxAge: Math.floor(LIFE_MS[purpose] / 1000),
    });
  }

  clear(purpose: Purpose, reply: FastifyReply): void {
    void reply.clearCookie(this.name(purpose), this.form());
  }

  private form() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure } as const;
  }

  /** Browsers let nobody but this very host set a cookie whose name starts with `__Host-`. */
  private name(purpose: Purpose): string {
    return `${this.secure ? '__Host-' : ''}liaison-${purpose}${this.suffix}`;
  }
}
