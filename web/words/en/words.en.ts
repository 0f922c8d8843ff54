/** All English words in one place: what is fetched when English is chosen. */
import type { Words } from '../french.js';
import { ask } from './ask.en.js';
import { board } from './board.en.js';
import { absent } from './absent.en.js';
import { composer } from './composer.en.js';
import { devices } from './devices.en.js';
import { duty } from './duty.en.js';
import { ends } from './ends.en.js';
import { entry } from './entry.en.js';
import { alarm, faults, frame, keys, trust } from './frame.en.js';
import { home, news } from './home.en.js';
import { identity } from './identity.en.js';
import { latch } from './latch.en.js';
import { link } from './link.en.js';
import { notifications } from './notifications.en.js';
import { paper } from './paper.en.js';
import { patients } from './patients.en.js';
import { post } from './post.en.js';
import { record } from './record.en.js';
import { story } from './story.en.js';
import { me, people, talk } from './talk.en.js';
import { templates } from './templates.en.js';
import { ways } from './ways.en.js';

export const ENGLISH: Words = {
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
};
