import type { StoredColumn } from '#core/standard/record.ts'

/** What is kept of a person beside pseudonyms, as people read it. */
export const STORED_WORDS = {
  source_row: 'the row of the file',
  role: 'role',
  birth: 'month or year of birth',
  gender: 'gender',
  ward: 'ward',
  imd_decile: 'deprivation decile of the postcode',
  in_area: 'whether they live in the programme’s area',
  ethnicity: 'ethnicity',
  main_language: 'main language',
  send_or_disability: 'special educational needs or disability',
  referral_date: 'referral date',
  start_date: 'start date',
  end_date: 'end date',
  referral_source: 'who referred them',
  status: 'status',
  contacts: 'contacts attended',
  last_contact_date: 'date of the last contact',
  filled: 'which of these a rule filled in',
} as const satisfies Record<StoredColumn, string>
