/**
 * Wakes somebody's browsers. The row is the truth, as with mails: a push sent twice (a crash after
 * a service took it) has one id and is shown once. Where no browser is reached, the mail goes.
 */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Uuid } from '@liaison/contract/ids';
import { LIMITS } from '@liaison/contract/limits';
import type { PushMessage } from '@liaison/contract/push';
import { Injectable } from '@nestjs/common';
import { IdentityLogs } from '../devices/identity.logs.js';
import { deviceOf, type IdentityView } from '../devices/identity.view.js';
import { Clock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Database, type Transaction } from '../platform/database/database.js';
import { Log } from '../platform/logger/log.js';
import { addMail, isMailed } from './leaving.js';
import { sealedPush } from './push.envelope.js';
import { PushKey } from './push.key.js';
import { PushRows, type Subscription, type WaitingPush } from './push.rows.js';
import { isPushAddress, lookupFor } from './push.services.js';
import { SettingsRows } from './settings.rows.js';

/** `gone`: the browser took its leave, or its address is none that we ask. */
type Outcome = 'taken' | 'gone' | 'failed';

@Injectable()
export class PushSender {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly rows: PushRows,
    private readonly settings: SettingsRows,
    private readonly key: PushKey,
    private readonly identities: IdentityLogs,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  due(): Promise<Uuid[]> {
    return this.rows.due(this.clock.now());
  }

  /** Nobody asks for what was sent long ago. Returns how many went. */
  forgetOld(): Promise<number> {
    return this.rows.forgetOld(this.clock.now() - LIMITS.pushKeptMs.value);
  }

  /** One attempt at all of their browsers. Returns the mails that go instead. */
  async send(id: Uuid): Promise<readonly Uuid[]> {
    return this.database.transaction(async (transaction) => {
      const push = await this.rows.claim(transaction, id);
      if (push === undefined) return [];
      const browsers = await this.rows.of(transaction, push.person);
      const isNamed = browsers.some(({ device }) => device !== null);
      const owner = isNamed ? await this.identities.view(transaction, push.person) : null;
      const live = browsers.filter((one) => !isEnded(owner, one));
      const ended = browsers.filter((one) => isEnded(owner, one));
      const outcomes = await Promise.all(live.map((one) => this.wake(push, one)));
      const gone = live.filter((_, at) => outcomes[at] === 'gone');
      const forgotten = [...ended, ...gone].map(({ endpoint }) => endpoint);
      await this.rows.forget(transaction, forgotten);
      if (outcomes.includes('taken')) {
        await this.rows.sent(transaction, id, this.clock.now());
        return [];
      }
      const isLast = push.attempts + 1 >= LIMITS.pushAttempts.value;
      if (outcomes.includes('failed') && !isLast) {
        const next = this.clock.now() + LIMITS.pushPauseMs.value * 2 ** push.attempts;
        await this.rows.postpone(transaction, push, next);
        return [];
      }
      return this.fallBack(transaction, push);
    });
  }

  private async fallBack(on: Transaction, push: WaitingPush): Promise<readonly Uuid[]> {
    await this.rows.refuse(on, push.id);
    const { channels } = (await this.settings.of([push.person], on))(push.person);
    if (!isMailed(push) || !channels.includes('mail')) return [];
    return addMail(on, push, push.others, this.clock.now());
  }

  private async wake(push: WaitingPush, browser: Subscription): Promise<Outcome> {
    if (!isPushAddress(browser.endpoint, this.config)) return 'gone';
    try {
      const status = await this.post(push, browser);
      if (status >= 200 && status < 300) return 'taken';
      this.log.warn('A push was not taken.', { push: push.id, status });
      return status === 404 || status === 410 ? 'gone' : 'failed';
    } catch (error) {
      this.log.warn('A push service was not reached.', { push: push.id, error });
      return 'failed';
    }
  }

  private async post(push: WaitingPush, browser: Subscription): Promise<number> {
    const { endpoint } = browser;
    const body = sealedPush(
      messageFor(push, browser),
      keysOf(browser),
      LIMITS.pushPaddedBytes.value,
    );
    const headers = {
      authorization: await this.key.authorization(endpoint),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      ttl: LIMITS.pushLifeS.value,
      urgency: push.urgency === 'urgent' ? 'high' : 'normal',
      // What is not shown yet and sent again replaces itself.
      topic: push.id.replaceAll('-', ''),
    };
    const lookup = lookupFor(endpoint, this.config);
    const ask = endpoint.startsWith('https:') ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(LIMITS.pushTimeoutMs.value);
      const request = ask(endpoint, { method: 'POST', headers, lookup, signal }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

/** Whether its owner ended that device: from then on nothing leaves for it. */
function isEnded(owner: IdentityView | null, { device }: Subscription): boolean {
  return device !== null && (owner === null || deviceOf(owner, device)?.revokedAt !== null);
}

function keysOf({ p256dh, auth }: Subscription) {
  return { p256dh: Buffer.from(p256dh, 'base64url'), auth: Buffer.from(auth, 'base64url') };
}

function messageFor(push: WaitingPush, { language }: Subscription): Buffer {
  const { id, reason, circle, others } = push;
  const message: PushMessage = { v: 1, id, reason, circle, others, language };
  return Buffer.from(JSON.stringify(message));
}
