/**
 * English starters of discharges, one a pathway. "[…]" is a blank that the sender fills: no letter
 * leaves with one. They remind of what is usually forgotten, and prescribe nothing.
 */
import type { StarterWords } from './starter.words.js';

const DAY = 24;

export const STARTERS: StarterWords = {
  'heart-failure': {
    name: 'Heart failure',
    act: 'Follow-up after acute heart failure',
    urgency: 'same-day',
    reason: 'Acute heart failure.',
    synthesis:
      'What set it off: […]. LVEF: […] %. Weight at discharge: […] kg. Blood pressure and rate: […]. Creatinine and potassium: […]. Resistant bacteria, blood products: […].',
    treatmentsNote: '',
    pendingResults: 'None',
    followUp:
      'Weight every morning: call if + 2 kg in three days or + 3 kg in a week, short breath or swelling. Low salt. Family doctor within 7 days, cardiologist within two months. Electrolytes and creatinine on day 7. Check influenza and pneumococcus vaccines.',
    tasks: [
      { title: 'First visit, weight and swelling', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Electrolytes and creatinine', detail: '', trade: 'nurse', afterHours: 7 * DAY },
      { title: 'Visit after discharge', detail: '', trade: 'doctor', afterHours: 7 * DAY },
      { title: 'Prepare the treatments', detail: '', trade: 'pharmacy', afterHours: DAY },
    ],
  },
  copd: {
    name: 'COPD',
    act: 'Follow-up after a COPD exacerbation',
    urgency: 'same-day',
    reason: 'Exacerbation of COPD.',
    synthesis:
      'What set it off: […]. Saturation at rest: […] %, oxygen: […]. Blood gases: […]. Tobacco: […]. Resistant bacteria, blood products: […].',
    treatmentsNote: '',
    pendingResults: 'None',
    followUp:
      'Go over inhaler technique. Call if shorter of breath, fever, sputum of another colour or drowsiness. Family doctor within 7 days, chest physician within two months. Pulmonary rehabilitation within four weeks. Support stopping tobacco.',
    tasks: [
      { title: 'Visit, saturation and inhalers', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Check the use of inhalers', detail: '', trade: 'pharmacy', afterHours: DAY },
      { title: 'Visit after discharge', detail: '', trade: 'doctor', afterHours: 7 * DAY },
      { title: 'Pulmonary rehabilitation', detail: '', trade: 'physio', afterHours: 28 * DAY },
    ],
  },
  hip: {
    name: 'Hip surgery',
    act: 'Care after hip surgery',
    urgency: 'same-day',
    reason: 'Hip surgery.',
    synthesis:
      'Operated on […], approach […]. Implant: […]. Weight-bearing: […]. Haemoglobin: […]. Transfusion: […]. Resistant bacteria: […].',
    treatmentsNote: '',
    pendingResults: 'None',
    followUp:
      'Dressing every […] days, staples out on day […]. Thrombosis prevention until […]. Movements to avoid: […]. Call if fever, red or oozing scar, painful calf, shortened leg. Surgeon on […]. After a fracture: falls and bone assessment.',
    tasks: [
      { title: 'Dressing and injection', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Remove the staples', detail: '', trade: 'nurse', afterHours: 15 * DAY },
      { title: 'Physiotherapy', detail: '', trade: 'physio', afterHours: 3 * DAY },
      { title: 'Prepare the anticoagulant', detail: '', trade: 'pharmacy', afterHours: DAY },
      { title: 'Visit after discharge', detail: '', trade: 'doctor', afterHours: 14 * DAY },
    ],
  },
  'frail-elder': {
    name: 'Frail older person',
    act: 'An older person comes home',
    urgency: 'same-day',
    reason: '[…]',
    synthesis:
      'Independence before and now: […]. Cognition: […]. Weight and albumin: […]. Falls: […]. Carer and trusted person: […]. Resistant bacteria, blood products: […].',
    treatmentsNote: '',
    pendingResults: 'None',
    followUp:
      'Help at home: […]. Prescription reviewed, risky medicines named. Call on day 3, family doctor within 7 days. Watch food, drink, falls and confusion. Call if a fall, food refused or new confusion.',
    tasks: [
      { title: 'Call the home on day 3', detail: '', trade: 'unit', afterHours: 3 * DAY },
      { title: 'First visit and pill box', detail: '', trade: 'nurse', afterHours: DAY },
      { title: 'Review the prescription', detail: '', trade: 'pharmacy', afterHours: 2 * DAY },
      { title: 'Visit after discharge', detail: '', trade: 'doctor', afterHours: 7 * DAY },
    ],
  },
  'day-surgery': {
    name: 'Day surgery',
    act: 'Follow-up after day surgery',
    urgency: 'same-day',
    reason: 'Day surgery.',
    synthesis:
      'Operation of […]: […]. Anaesthesia: […]. Theatre and recovery: […]. Resistant bacteria, blood products: […].',
    treatmentsNote: '',
    pendingResults: 'None',
    followUp:
      'The unit calls the next day. Somebody stays the first night. Dressing: […]. Pain: as prescribed, without waiting. Call if fever, bleeding, rising pain, vomiting. Telephone at night: […]. Surgeon on […].',
    tasks: [
      { title: 'Call the next day', detail: '', trade: 'unit', afterHours: DAY },
      { title: 'Dressing', detail: '', trade: 'nurse', afterHours: 2 * DAY },
    ],
  },
};
