/**
 * French starters of discharges, one a pathway. « […] » is a blank that the sender fills: no letter
 * leaves with one. They remind of what is usually forgotten, and prescribe nothing.
 */
import type { StarterWords } from './starter.words.js';

const DAY = 24;

export const STARTERS: StarterWords = {
  'heart-failure': {
    name: 'Insuffisance cardiaque',
    act: 'Suivi après décompensation cardiaque',
    urgency: 'same-day',
    reason: 'Décompensation cardiaque.',
    synthesis:
      'Facteur déclenchant : […]. FEVG : […] %. Poids de sortie : […] kg. Pression artérielle et fréquence à la sortie : […]. Créatinine et potassium de sortie : […]. Ni BMR ni produit sanguin : […].',
    treatmentsNote: '',
    pendingResults: 'Aucun',
    followUp:
      'Poids chaque matin : rappeler si + 2 kg en trois jours ou + 3 kg en une semaine, essoufflement ou œdèmes. Régime peu salé. Consultation du médecin traitant dans les 7 jours, du cardiologue dans les deux mois. Ionogramme et créatinine à J7. Vaccins grippe et pneumocoque à vérifier.',
    tasks: [
      { title: 'Première visite, poids et œdèmes', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Ionogramme et créatinine', detail: '', trade: 'nurse', afterHours: 7 * DAY },
      { title: 'Consultation de sortie', detail: '', trade: 'doctor', afterHours: 7 * DAY },
      { title: 'Préparer les traitements', detail: '', trade: 'pharmacy', afterHours: DAY },
    ],
  },
  copd: {
    name: 'BPCO',
    act: 'Suivi après exacerbation de BPCO',
    urgency: 'same-day',
    reason: 'Exacerbation de BPCO.',
    synthesis:
      'Facteur déclenchant : […]. Saturation de repos à la sortie : […] %, oxygène : […]. Gaz du sang : […]. Tabac : […]. Ni BMR ni produit sanguin : […].',
    treatmentsNote: '',
    pendingResults: 'Aucun',
    followUp:
      'Technique d’inhalation à revoir avec le patient. Rappeler si essoufflement plus fort, fièvre, crachats qui changent de couleur ou somnolence. Consultation du médecin traitant dans les 7 jours, du pneumologue dans les deux mois. Réadaptation respiratoire à commencer dans les quatre semaines. Arrêt du tabac à soutenir.',
    tasks: [
      { title: 'Visite, saturation et inhalateurs', detail: '', trade: 'nurse', afterHours: DAY },
      {
        title: 'Vérifier la prise des inhalateurs',
        detail: '',
        trade: 'pharmacy',
        afterHours: DAY,
      },
      { title: 'Consultation de sortie', detail: '', trade: 'doctor', afterHours: 7 * DAY },
      { title: 'Réadaptation respiratoire', detail: '', trade: 'physio', afterHours: 28 * DAY },
    ],
  },
  hip: {
    name: 'Prothèse ou fracture de hanche',
    act: 'Soins après chirurgie de la hanche',
    urgency: 'same-day',
    reason: 'Chirurgie de la hanche.',
    synthesis:
      'Intervention du […], voie […]. Implant posé : […]. Appui : […]. Hémoglobine de sortie : […]. Transfusion : […]. Ni BMR : […].',
    treatmentsNote: '',
    pendingResults: 'Aucun',
    followUp:
      'Pansement tous les […] jours, ablation des agrafes à J[…]. Prévention de la phlébite jusqu’au […]. Mouvements à éviter : […]. Rappeler si fièvre, cicatrice rouge ou qui coule, mollet douloureux, raccourcissement. Consultation du chirurgien le […]. Bilan de chute et d’ostéoporose à prévoir après une fracture.',
    tasks: [
      { title: 'Pansement et injection', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Ablation des agrafes', detail: '', trade: 'nurse', afterHours: 15 * DAY },
      { title: 'Rééducation', detail: '', trade: 'physio', afterHours: 3 * DAY },
      { title: 'Préparer l’anticoagulant', detail: '', trade: 'pharmacy', afterHours: DAY },
      { title: 'Consultation de sortie', detail: '', trade: 'doctor', afterHours: 14 * DAY },
    ],
  },
  'frail-elder': {
    name: 'Personne âgée fragile',
    act: 'Retour à domicile d’une personne âgée',
    urgency: 'same-day',
    reason: '[…]',
    synthesis:
      'Autonomie avant et à la sortie : […]. Cognition : […]. Poids et albumine : […]. Chutes : […]. Aidant et personne de confiance : […]. Ni BMR ni produit sanguin : […].',
    treatmentsNote: '',
    pendingResults: 'Aucun',
    followUp:
      'Aides à domicile : […]. Ordonnance revue, médicaments à risque signalés. Appel à J3, visite du médecin traitant dans les 7 jours. Surveiller alimentation, hydratation, chutes et confusion. Rappeler si chute, refus de manger ou confusion nouvelle.',
    tasks: [
      { title: 'Appeler le domicile à J3', detail: '', trade: 'unit', afterHours: 3 * DAY },
      { title: 'Première visite et pilulier', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Relire l’ordonnance', detail: '', trade: 'pharmacy', afterHours: 2 * DAY },
      { title: 'Visite de sortie', detail: '', trade: 'doctor', afterHours: 7 * DAY },
    ],
  },
  'day-surgery': {
    name: 'Chirurgie du jour',
    act: 'Suivi après une intervention du jour',
    urgency: 'same-day',
    reason: 'Intervention en ambulatoire.',
    synthesis:
      'Intervention du […] : […]. Anesthésie : […]. Suites au bloc et au réveil : […]. Ni BMR ni produit sanguin : […].',
    treatmentsNote: '',
    pendingResults: 'Aucun',
    followUp:
      'Appel du lendemain par le service. Une personne présente la première nuit. Pansement : […]. Douleur : paliers prescrits, sans attendre. Rappeler si fièvre, saignement, douleur qui monte, vomissements. Téléphone de nuit : […]. Consultation du chirurgien le […].',
    tasks: [
      { title: 'Appeler le lendemain', detail: '', trade: 'unit', afterHours: DAY },
      { title: 'Pansement', detail: '', trade: 'nurse', afterHours: 2 * DAY },
    ],
  },
};
