/** The answers to a question, and the one field in which whoever took it writes theirs. */
import type { HandoffView, NewAttachment, OpinionView } from '@liaison/sdk/face';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ActButton } from '../../components/act-button.js';
import { Field } from '../../components/field.js';
import { Instant } from '../../components/instant.js';
import { PersonButton } from '../../components/person-card.js';
import { TroubleLine } from '../../components/trouble-line.js';
import { announce } from '../../state/announce.state.js';
import { useAct } from '../../state/act.state.js';
import { busyWord, handoffs } from '../../state/lists.state.js';
import { w } from '../../words/words.js';
import { face } from '../../worker/liaison.client.js';
import { asTrouble, type Trouble } from '../../worker/trouble.js';
import { FileList } from '../talk/file-list.js';
import { FilePicker } from '../talk/file-picker.js';
import { Sealed } from './sealed.js';
import { SealedImages } from './sealed-images.js';

const LINES = 4;

interface OpinionsProps {
  readonly view: HandoffView;
  readonly onChange: () => void;
}

export function Opinions({ view, onChange }: OpinionsProps) {
  const words = w().ask;
  const mayAnswer = view.acts.includes('answer');
  if (view.opinions.length === 0 && !mayAnswer) return null;
  return (
    <section aria-labelledby="opinion">
      <h2 id="opinion">{words.opinion}</h2>
      {view.opinions.map((one) => (
        <OpinionBlock key={one.id} view={view} one={one} />
      ))}
      {mayAnswer && <AnswerField view={view} onChange={onChange} />}
    </section>
  );
}

function OpinionBlock({ view, one }: { readonly view: HandoffView; readonly one: OpinionView }) {
  return (
    <div class="opinion">
      <p>
        <PersonButton person={one.by} /> <Instant at={one.at} />
      </p>
      <Sealed of={one.opinion}>
        {({ answer, advice, attachments }) => (
          <>
            <p class="clinical opinion-text">{answer}</p>
            {advice !== '' && <p class="clinical opinion-text">{advice}</p>}
            <SealedImages circle={view.id} files={attachments} />
            <FileList circle={view.id} files={attachments} />
          </>
        )}
      </Sealed>
    </div>
  );
}

/** Kept on the device as it is typed: a call between two sentences loses nothing. */
function useKept({ id }: HandoffView) {
  const [text, setText] = useState('');
  const [lost, setLost] = useState<Trouble | null>(null);
  const typed = useRef(false);
  useEffect(() => {
    const bring = async (): Promise<void> => {
      const kept = await face.unsent(id, 'opinion');
      if (!typed.current) setText(kept);
    };
    bring().catch((cause: unknown) => setLost(asTrouble(cause)));
  }, [id]);
  const type = (value: string): void => {
    typed.current = true;
    setText(value);
    face.keepUnsent(id, value, 'opinion').then(
      () => setLost(null),
      (cause: unknown) => setLost(asTrouble(cause)),
    );
  };
  return { text, type, lost };
}

function AnswerField({ view, onChange }: OpinionsProps) {
  const { text, type, lost } = useKept(view);
  const [files, setFiles] = useState<readonly NewAttachment[]>([]);
  const act = useAct();
  const words = w().ask;
  const give = async (): Promise<void> => {
    await face.giveOpinion(view.id, { answer: text.trim(), advice: '' }, files);
    type('');
    setFiles([]);
    announce(words.answered);
    await handoffs().refresh();
    onChange();
  };
  const isEmpty = text.trim() === '';
  return (
    <div class="write no-print">
      <Field
        label={view.opinions.length === 0 ? words.yourAnswer : words.addAnswer}
        lines={LINES}
        value={text}
        onValue={type}
      />
      <FilePicker files={files} onFiles={setFiles} label={words.addFiles} />
      <TroubleLine trouble={act.trouble.value ?? lost} />
      {!isEmpty && (
        <ActButton act={act} icon="send" busyWord={busyWord()} onAct={() => void act.run(give)}>
          {words.giveAnswer}
        </ActButton>
      )}
    </div>
  );
}
