/** The top of the story: what is asked, by whom, since when, before when, and who can read it. */
import { partyName } from '../../components/party-name.js';
import type { CancelReason } from '@liaison/contract/handoff';
import type { HandoffView, PartyView } from '@liaison/sdk/face';
import { Instant } from '../../components/instant.js';
import { StateMark, type Tone } from '../../components/state-mark.js';
import type { IconName } from '../../components/icon.js';
import { PersonButton } from '../../components/person-card.js';
import { TrustPopover } from '../../components/trust-popover.js';
import { paths } from '../../state/place.state.js';
import { w } from '../../words/words.js';
import { cancelWord } from './reason.words.js';
import { Sealed } from './sealed.js';

const PHASE_LOOKS: Record<HandoffView['phase'], readonly [Tone, IconName]> = {
  draft: ['quiet', 'pencil'],
  sent: ['accent', 'arrow'],
  closed: ['quiet', 'checks'],
  cancelled: ['late', 'cross'],
  recalled: ['late', 'cross'],
  superseded: ['quiet', 'arrow'],
};

function endReason(view: HandoffView): string | null {
  const isEarly = view.phase === 'cancelled' || view.phase === 'recalled';
  if (!isEarly || view.reason === null) return null;
  return cancelWord(view.kind, view.reason as CancelReason);
}

function Ending({ view }: { readonly view: HandoffView }) {
  const words = w().story;
  const reason = endReason(view);
  return (
    <>
      {reason !== null && <p>{words.endedFor(reason)}</p>}
      {view.supersededBy !== null && (
        <p>
          {words.replaced} <a href={paths.handoff(view.supersededBy)}>{words.seeNew}</a>
        </p>
      )}
      {view.supersedes !== null && <a href={paths.handoff(view.supersedes)}>{words.seeOld}</a>}
    </>
  );
}

/**
 * Who can read what stands on this page: with the letter, those to whom the file was sealed; with
 * the outline alone, everybody who was asked.
 */
function sealedTo(view: HandoffView): readonly PartyView[] {
  const asked = view.addressees.filter(({ hasFile }) => hasFile !== false);
  return [view.sender, ...asked.map(({ party }) => party)];
}

/** Who has it, where only one may: said before anything else to those who were asked too. */
function Taken({ view }: { readonly view: HandoffView }) {
  const words = w().ask;
  const { takenBy, mine, phase } = view;
  if (takenBy === null) return null;
  const isOurs = mine.includes(takenBy.party.member);
  const isOver = !isOurs && mine.length > 0 && phase === 'sent';
  return (
    <p class="demand-state" role="status">
      <StateMark
        tone="done"
        shape="check"
        word={isOurs ? words.weHaveIt : words.takenBy(partyName(takenBy.party))}
      />
      <Instant at={takenBy.at} />
      {isOver && <span>{words.nothingToDo}</span>}
    </p>
  );
}

export function Demand({ view }: { readonly view: HandoffView }) {
  const words = w().story;
  const [tone, shape] = PHASE_LOOKS[view.phase];
  return (
    <section class="demand">
      <p class="demand-state">
        <StateMark tone={tone} shape={shape} word={words.phases[view.phase]} />
        <StateMark tone="quiet" shape="clock" word={words.urgencies[view.urgency]} />
        <TrustPopover parties={sealedTo(view)} read={view.readers} />
      </p>
      <Taken view={view} />
      <p>
        {words.asked(view.sentBy.name, partyName(view.sender))}
        {' : '}
      </p>
      <p class="no-print">
        <PersonButton person={view.sentBy} />
      </p>
      <Sealed of={view.outline}>
        {(outline) => (
          <>
            <p class="hint">{w().board.kinds[view.kind]}</p>
            <p class="ask">{outline.act}</p>
            {[outline.town, outline.window].some((text) => text !== '') && (
              <p>{[outline.town, outline.window].filter((text) => text !== '').join(' · ')}</p>
            )}
            {outline.note !== '' && <p class="clinical">{outline.note}</p>}
            {outline.phone !== '' && (
              <a class="second no-print" href={`tel:${outline.phone.replace(/[^+\d]/g, '')}`}>
                {words.callSender(outline.phone)}
              </a>
            )}
          </>
        )}
      </Sealed>
      <dl class="times">
        <div>
          <dt>{words.sentAt}</dt>
          <dd>
            <Instant at={view.sentAt} stacked={true} />
          </dd>
        </div>
        {view.takenBy === null && (
          <div>
            <dt>{words.awaiting}</dt>
            <dd>
              <Instant at={view.due} stacked={true} />
            </dd>
          </div>
        )}
      </dl>
      <Ending view={view} />
    </section>
  );
}
