/** Sealed files over HTTP: announced as JSON, sent and read as raw chunks. */
import { ATTACHMENT_ROUTES } from '@liaison/contract/attachment';
import { Controller } from '@nestjs/common';
import { personOf } from '../identity/caller.js';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { Attachments } from './attachments.js';

@Controller()
export class AttachmentsController {
  constructor(private readonly attachments: Attachments) {}

  @Serves(ATTACHMENT_ROUTES.openAttachment)
  open({ body, request }: Call<typeof ATTACHMENT_ROUTES.openAttachment>) {
    return this.attachments.open(personOf(request), body);
  }

  @Serves(ATTACHMENT_ROUTES.putChunk)
  put({ params, bytes, request }: Call<typeof ATTACHMENT_ROUTES.putChunk>) {
    return this.attachments.put(personOf(request), params.attachment, params.chunk, bytes);
  }

  @Serves(ATTACHMENT_ROUTES.getChunk)
  chunk({ params, request }: Call<typeof ATTACHMENT_ROUTES.getChunk>) {
    return this.attachments.chunk(personOf(request), params.attachment, params.chunk);
  }
}
