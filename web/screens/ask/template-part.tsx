/** What a request asks for: one tap fills the form, as far as nobody wrote there. */
import type { RequestTemplate } from '@liaison/contract/handoff';
import { REQUEST_TEMPLATES } from '@liaison/contract/handoff.lists';
import { Choice } from '../../components/choice.js';
import { w } from '../../words/words.js';
import { Part } from '../composer/part.js';
import type { AskEditing } from './ask.editing.js';

export function TemplatePart({ editing }: { readonly editing: AskEditing }) {
  const words = w().ask;
  const { template, outline, file } = editing.draft.value;
  const own = (text: string, all: Readonly<Record<RequestTemplate, string>>): boolean =>
    text.trim() !== '' && !Object.values(all).includes(text);
  const choose = (chosen: RequestTemplate): void => {
    const act = own(outline.act, words.templates) ? outline.act : words.templates[chosen];
    editing.change({ template: chosen, outline: { ...outline, act } });
    if ('need' in file && !own(file.need, words.needs)) {
      editing.changeFile({ need: words.needs[chosen] });
    }
  };
  return (
    <Part id="part-template" title={words.template}>
      <Choice
        legend={words.template}
        quiet={true}
        options={REQUEST_TEMPLATES.map((one) => [one, words.templates[one]] as const)}
        value={template}
        onValue={choose}
      />
    </Part>
  );
}
