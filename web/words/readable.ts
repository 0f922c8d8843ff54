/**
 * Names of structures as people write them: the national files give them in capitals. Words that
 * are letters only (CH, EHPAD) stay; whatever has small letters already is left as it is.
 */
const LETTERS = new Set(
  (
    'CH CHU CHR CHRU CHI CHS GHT GH EPSM EHPAD EHPA SSIAD SPASAD ESAD HAD IDEL MSP CPTS CMP CMS ' +
    'CCAS SSR SMR USLD UCSA PASS SA SAS SARL SEL SELARL SELAS SCM SCP SISA GCS PUI CAMSP IME ESAT'
  ).split(' '),
);
const SMALL = new Set('de du des d la le les l et à a au aux en sur sous lès les-'.split(' '));
/** Roman numbers, and initials with their dots. */
const KEPT = /^(?:[IVX]+|(?:[A-Z]\.)+)$/;

function readableWord(word: string, isFirst: boolean): string {
  if (LETTERS.has(word) || KEPT.test(word)) return word;
  const small = word.toLocaleLowerCase('fr');
  if (SMALL.has(small) && !isFirst) return small;
  return small.charAt(0).toLocaleUpperCase('fr') + small.slice(1);
}

export function readable(name: string): string {
  if (name !== name.toLocaleUpperCase('fr') || name === '') return name;
  let isFirst = true;
  return name.replace(/[\p{L}.]+/gu, (word) => {
    const written = readableWord(word, isFirst);
    isFirst = false;
    return written;
  });
}
