/** Words that services of the demonstration write for codes of the standard. */

export const BOY_GIRL = { M: 'Boy', F: 'Girl' }
export const MALE_FEMALE = { M: 'Male', F: 'Female' }
export const YES_NO = { yes: 'Yes', no: 'No', unknown: '' }
export const ETHNIC_LABELS = {
  A: 'White British',
  B: 'White Irish',
  C: 'Any other White background',
  D: 'White and Black Caribbean',
  E: 'White and Black African',
  G: 'Any other mixed background',
  H: 'Indian',
  J: 'Pakistani',
  K: 'Bangladeshi',
  L: 'Any other Asian background',
  M: 'Caribbean',
  N: 'African',
  P: 'Any other Black background',
  R: 'Chinese',
  S: 'Any other ethnic group',
  Z: 'Not stated',
}
export const LANGUAGE_NAMES = {
  en: 'English',
  pt: 'Portuguese',
  es: 'Spanish',
  so: 'Somali',
  ar: 'Arabic',
  yo: 'Yoruba',
  ig: 'Igbo',
  ak: 'Akan',
  fr: 'French',
  ff: 'Fulah',
  ti: 'Tigrinya',
  am: 'Amharic',
  pl: 'Polish',
  bn: 'Bengali',
  vi: 'Vietnamese',
  zh: 'Chinese',
  ur: 'Urdu',
  gu: 'Gujarati',
}
export const STATUS_LABELS = {
  waiting: 'Waiting',
  active: 'Active',
  completed: 'Completed',
  left_early: 'Left early',
  declined: 'Declined',
}
