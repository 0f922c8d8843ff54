/** What anybody signed in may hold against the server later: the newest checkpoint. */
import { TRANSPARENCY_ROUTES } from '@liaison/contract/transparency';
import { Controller } from '@nestjs/common';
import { Serves } from '../platform/http/serves.decorator.js';
import { AuditRows } from './audit.rows.js';

@Controller()
export class AuditController {
  constructor(private readonly rows: AuditRows) {}

  @Serves(TRANSPARENCY_ROUTES.checkpoint)
  async checkpoint() {
    return { note: (await this.rows.lastNote()) ?? null };
  }
}
