import type { MeasureName } from '#core/profiling/measures.ts'

/** What each measure of a file is called. */
export const MEASURE_WORDS: Readonly<Record<MeasureName, string>> = {
  rows: 'Rows',
  usable: 'Rows that could be used',
  reference: 'With a client reference',
  birth: 'With a date of birth',
  nhsNumber: 'With an NHS number',
  postcode: 'With a postcode',
  email: 'With an email address',
  mobile: 'With a mobile number',
  contactable: 'Can be contacted: an email address or a mobile number',
  strong: 'Strongly linkable',
  unusable: 'Values that cannot be used',
  outOfRange: 'Values out of range',
  twice: 'Rows that repeat another, or share its reference or NHS number',
  contacts: 'Contacts',
}
