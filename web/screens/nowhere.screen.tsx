/** An address that names nothing here: said plainly, with the way home. */
import { Empty } from '../components/waiting.js';
import { Page } from '../components/page.js';
import { paths } from '../state/place.state.js';
import { w } from '../words/words.js';

export function NowhereScreen() {
  const words = w().frame;
  return (
    <Page title={words.nowhere}>
      <Empty title={words.nowhereHint}>
        <a class="primary" href={paths.home}>
          {words.goHome}
        </a>
      </Empty>
    </Page>
  );
}
