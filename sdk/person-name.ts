/**
 * How a person is called on screens. National registers write names in capitals; French health
 * lists write the given name in small letters and the family name in capitals, so that nobody
 * mistakes one for the other: "Thomas NGUYEN". Never used for what is hashed or compared.
 */
const capitalised = (text: string): string =>
  text
    .toLocaleLowerCase('fr')
    .replace(/(^|[\s'’-])(\p{L})/gu, (_all, before: string, letter: string) => {
      return before + letter.toLocaleUpperCase('fr');
    });

export const calledName = (givenName: string, familyName: string): string =>
  `${capitalised(givenName)} ${familyName.toLocaleUpperCase('fr')}`.trim();

/**
 * The same for a name that came as one text: only where it is all in capitals, because one that
 * somebody typed is already written as they want it. Its first word is the given name.
 */
export function calledAs(name: string): string {
  const [given = '', ...family] = name.split(' ');
  const isShouted = family.length > 0 && name === name.toLocaleUpperCase('fr');
  return isShouted ? calledName(given, family.join(' ')) : name;
}
