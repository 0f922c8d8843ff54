/**
 * The part of the SDK's door that is about templates (face.templates.ts). As the rest of the door
 * it decides nothing.
 */
import type { MemberId, Uuid } from '@liaison/contract/ids';
import type { Template } from '@liaison/contract/template';
import type { TemplatesFace, TemplateView } from './face.templates.js';
import { GroupsDoor } from './liaison.groups.js';

export abstract class TemplatesDoor extends GroupsDoor implements TemplatesFace {
  async templates(): Promise<readonly TemplateView[]> {
    this.engine.sessions.mustBeOpen();
    return this.engine.templates.all();
  }

  saveTemplate(team: MemberId, template: Template, id?: Uuid): Promise<Uuid> {
    return this.engine.templates.save(team, template, id);
  }

  retireTemplate(team: MemberId, id: Uuid): Promise<void> {
    return this.engine.templates.retire(team, id);
  }
}
