import { NOT_KNOWN, type CodeList, type CodeListName } from './code-list.ts'
import { FEED_CODE_LISTS } from './feeds/feed-codes.ts'
import { ETHNICITY } from './ethnicity-codes.ts'
import { ACTIVITY_TYPE, COMPLETED_BY, TIME_POINT } from './further-codes.ts'
import { LANGUAGE_CODES } from './languages.ts'
import { GENDER, ROLE, YES_NO } from './person-codes.ts'
import { ATTENDED, REFERRAL_SOURCE, STATUS } from './service-codes.ts'

/**
 * The code lists of the standard, with the words that providers write for each code.
 */

const LANGUAGE: CodeList = {
  name: 'language',
  source: 'ISO 639-1, and ISO 639-3 where Part 1 has no code; English names.',
  codes: LANGUAGE_CODES,
  blanks: [...NOT_KNOWN, 'not stated', 'prefer not to say', 'other', 'other language', 'declined'],
}

/** The code lists by name. */
export const CODE_LISTS: Readonly<Record<CodeListName, CodeList>> = {
  role: ROLE,
  gender: GENDER,
  ethnicity: ETHNICITY,
  language: LANGUAGE,
  'yes-no': YES_NO,
  'referral-source': REFERRAL_SOURCE,
  status: STATUS,
  attended: ATTENDED,
  'activity-type': ACTIVITY_TYPE,
  'time-point': TIME_POINT,
  'completed-by': COMPLETED_BY,
  ...FEED_CODE_LISTS,
}
