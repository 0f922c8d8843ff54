/**
 * The one script of the emulator's pages, served as a file so that no page needs an inline one. It
 * copies a fictional person's recovery words, for whoever links a browser to that person.
 */
export const COPY_SCRIPT_PATH = '/mots-de-secours.js';

export const COPY_SCRIPT = `'use strict';
for (const button of document.querySelectorAll('button.copy')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(button.dataset.words).then(
      () => { button.textContent = 'Copié'; },
      () => { button.textContent = 'Copie refusée : sélectionnez les mots'; },
    );
  });
}
`;
