/**
 * The words of the register: what its entries are, what is kept of each, and why one is changed. A
 * reason is one of a list, so that no name is written into the store.
 */

/** Why an entry of the register is added or changed. */
export const REGISTER_REASONS = {
  new: 'It is new',
  renamed: 'It has another name',
  corrected: 'What stood here was wrong',
  ended: 'It has ended',
  merged: 'It became part of another',
  boundaries: 'Boundaries were drawn anew',
  'counted-otherwise': 'Its people are counted another way',
  'as-agreed': 'It was agreed with the organisation',
  calendar: 'The calendar of the programme says so',
  imported: 'It came with an imported register',
} as const

/** The code of a reason. */
export type RegisterReason = keyof typeof REGISTER_REASONS

/** Whether a text is the code of a reason. */
export function isRegisterReason(text: string): text is RegisterReason {
  return Object.hasOwn(REGISTER_REASONS, text)
}

/** A kind of entry in words. */
interface KindWords {
  readonly one: string
  readonly many: string
}

/** What each kind of entry is called. */
export const REGISTER_KINDS = {
  programme: { one: 'Programme', many: 'Programme' },
  service: { one: 'Service', many: 'Services' },
  provider: { one: 'Organisation', many: 'Organisations' },
  strand: { one: 'Strand', many: 'Strands' },
  ward: { one: 'Ward', many: 'Wards' },
  'list-value': { one: 'Value of a list', many: 'Lists of values' },
  quarter: { one: 'Quarter', many: 'Quarters' },
} as const satisfies Record<string, KindWords>

/** A kind of entry. */
export type RegisterKind = keyof typeof REGISTER_KINDS

/** Whether a text is a kind of entry. */
export function isRegisterKind(text: string): text is RegisterKind {
  return Object.hasOwn(REGISTER_KINDS, text)
}

/** What is kept of an entry, by its name in forms and files. */
export const REGISTER_FACTS = {
  name: 'Name',
  strand: 'Strand',
  provider: 'Organisation',
  reachedBy: 'Counted by',
  acceptsClear: 'A program may send its files as they are',
  reminder: 'In its reminders',
  closedAfter: 'Last quarter',
  mergedInto: 'Goes on as',
  gss: 'Codes of the Office for National Statistics',
  splitFrom: 'Was part of',
  tile: 'On the map of tiles',
  sourceKind: 'Kind of source',
  area: 'Where its data cover people',
  noRecord: 'What it means that there is no record',
  rules: 'When it is shown',
  list: 'List',
  deadline: 'Deadline',
  closed: 'Closed',
  begins: 'First day',
  ends: 'Last day',
} as const

/** The name of a fact. */
export type RegisterFact = keyof typeof REGISTER_FACTS

/** The lists of values. */
export const VALUE_LISTS = {
  purpose: 'Purposes',
  'lawful-basis': 'Lawful bases',
  gateway: 'Legal gateways',
} as const

/** Why a service is given a further time. */
export const EXTENSION_REASONS = {
  'staff-away': 'Who makes the file is away',
  'system-down': 'Its system cannot give the file yet',
  'to-correct': 'The file must be corrected',
  'came-late': 'What it is made of came late',
  'our-fault': 'The portal could not take it in time',
} as const

/** The code of such a reason. */
export type ExtensionReason = keyof typeof EXTENSION_REASONS
