/**
 * Before anything is written: what is it about? Each kind with the sentence that tells it apart.
 */
import { HANDOFF_KIND_NAMES } from '@liaison/contract/handoff.lists';
import { Page } from '../../components/page.js';
import { pathOfKind, paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';

export function ChooseScreen() {
  const words = w().ask;
  return (
    <Page title={words.which} back={paths.home}>
      <ul class="kinds">
        {HANDOFF_KIND_NAMES.map((kind) => (
          <li key={kind}>
            <a class="second tall" href={pathOfKind(kind)}>
              <b>{w().board.kinds[kind]}</b>
              <small>{words.kindHints[kind]}</small>
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}
