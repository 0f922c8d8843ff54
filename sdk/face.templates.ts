/** The face's part about templates: what a team begins its discharges with. */
import type { MemberId, Uuid } from '@liaison/contract/ids';
import type { Template } from '@liaison/contract/template';
import type { Opened, PartyView, PersonView } from './face.js';

export interface TemplateView {
  readonly id: Uuid;
  readonly team: PartyView;
  readonly version: number;
  readonly savedAt: number;
  readonly savedBy: PersonView;
  readonly template: Opened<Template>;
}

export interface TemplatesFace {
  /** Those in use by my teams, by name. */
  templates(): Promise<readonly TemplateView[]>;
  /** A new one, or (`id`) the next version of one. Copying is saving it for another team. */
  saveTemplate(team: MemberId, template: Template, id?: Uuid): Promise<Uuid>;
  /** No longer offered; what was made from it stays as it is. */
  retireTemplate(team: MemberId, id: Uuid): Promise<void>;
}
