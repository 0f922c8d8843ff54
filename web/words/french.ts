/** All French words in one place. Their shape is the type that every other language must fill. */
import { ask } from './fr/ask.fr.js';
import { board } from './fr/board.fr.js';
import { absent } from './fr/absent.fr.js';
import { composer } from './fr/composer.fr.js';
import { devices } from './fr/devices.fr.js';
import { duty } from './fr/duty.fr.js';
import { ends } from './fr/ends.fr.js';
import { entry } from './fr/entry.fr.js';
import { alarm, faults, frame, keys, trust } from './fr/frame.fr.js';
import { home, news } from './fr/home.fr.js';
import { identity } from './fr/identity.fr.js';
import { latch } from './fr/latch.fr.js';
import { link } from './fr/link.fr.js';
import { notifications } from './fr/notifications.fr.js';
import { paper } from './fr/paper.fr.js';
import { patients } from './fr/patients.fr.js';
import { post } from './fr/post.fr.js';
import { record } from './fr/record.fr.js';
import { story } from './fr/story.fr.js';
import { me, people, talk } from './fr/talk.fr.js';
import { templates } from './fr/templates.fr.js';
import { ways } from './fr/ways.fr.js';
import { typeset } from './typeset.js';

export const FRENCH = typeset({
  absent,
  alarm,
  ask,
  board,
  composer,
  devices,
  duty,
  ends,
  entry,
  faults,
  frame,
  home,
  identity,
  keys,
  latch,
  link,
  me,
  news,
  notifications,
  paper,
  patients,
  people,
  post,
  record,
  story,
  talk,
  templates,
  trust,
  ways,
});

export type Words = typeof FRENCH;
