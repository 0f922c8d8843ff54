/** French words of one’s own devices: names, last use, notices about them, and ending one. */
export const devices = {
  unnamed: 'Appareil sans nom',
  rename: (name: string) => `Renommer ${name}`,
  nameField: 'Nom de l’appareil',
  nameHint: 'Lisible sur vos seuls appareils.',
  save: 'Enregistrer',
  fingerprint: 'Empreinte',
  fingerprintHint: 'La même sur tous vos appareils : comparez-la en cas de doute.',
  first: (when: string) => `votre premier appareil, ${when}`,
  linked: (when: string, by: string) => `relié ${when} depuis ${by}`,
  recovery: (when: string) => `relié ${when} avec la feuille de secours`,
  reset: (when: string) => `nouvelle identité, ${when}`,
  used: (when: string) => `utilisé ${when}, selon le serveur`,
  usedNever: 'dernière utilisation inconnue du serveur',
  ended: 'Appareils révoqués',
};
