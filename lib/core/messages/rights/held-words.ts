/** What a record holds, in the words of a letter to the person it is about. */
import type { Purpose } from '#core/purpose/purposes.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import type { CodeListName } from '#core/standard/code-list.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { genderWords, roleWords } from '#core/messages/linkage/person-words.ts'

/** One line of what is held: what it is called, and what is held of it. */
export interface HeldLine {
  readonly name: string
  readonly value: string
}

/** A record's columns that are filled, by name, as the database writes them as an object. */
export type HeldColumns = Readonly<Record<string, unknown>>

const YES_NO: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known' }

const MONTHS = [
  ...(['January', 'February', 'March', 'April', 'May', 'June', 'July'] as const),
  ...(['August', 'September', 'October', 'November', 'December'] as const),
] as const

/** A day, month or year (yyyy, yyyy-mm, yyyy-mm-dd) in words. */
export function dateWords(date: string): string {
  const [year = '', month, day] = date.split('-')
  const words = month === undefined ? undefined : MONTHS[Number(month) - 1]
  return [day === undefined ? undefined : String(Number(day)), words, year]
    .filter((part) => part !== undefined)
    .join(' ')
}

function codeWords(list: CodeListName, code: string): string {
  return CODE_LISTS[list].codes.find((each) => each.code === code)?.label ?? code
}

const LINES: readonly {
  readonly name: string
  readonly column: string
  readonly words?: (text: string) => string
}[] = [
  { name: 'You are in it as', column: 'role', words: roleWords },
  { name: 'Year of birth, and month of a child', column: 'birth', words: dateWords },
  { name: 'Gender', column: 'gender', words: genderWords },
  { name: 'Deprivation of your area, from 1 (most) to 10 (least)', column: 'imd_decile' },
  {
    name: 'You live in the programme’s area',
    column: 'in_area',
    words: (code) => YES_NO[code] ?? code,
  },
  { name: 'Ethnic group', column: 'ethnicity', words: (code) => codeWords('ethnicity', code) },
  { name: 'Main language', column: 'main_language', words: (code) => codeWords('language', code) },
  {
    name: 'Special educational need or disability',
    column: 'send_or_disability',
    words: (code) => YES_NO[code] ?? code,
  },
  { name: 'Referred on', column: 'referral_date', words: dateWords },
  { name: 'Began on', column: 'start_date', words: dateWords },
  { name: 'Ended on', column: 'end_date', words: dateWords },
  {
    name: 'Referred by',
    column: 'referral_source',
    words: (code) => codeWords('referral-source', code),
  },
  { name: 'State', column: 'status', words: (code) => codeWords('status', code) },
  { name: 'Times attended in the quarter', column: 'contacts' },
  { name: 'Last attended on', column: 'last_contact_date', words: dateWords },
]

/** The facts of a record in words; blanks are left out. */
export function heldLines(columns: HeldColumns): readonly HeldLine[] {
  return LINES.flatMap(({ name, column, words = (text) => text }) => {
    const held = columns[column]
    return typeof held === 'string' || typeof held === 'number'
      ? [{ name, value: words(String(held)) }]
      : []
  })
}

/** An activity that the person of a record came to. */
export interface HeldAttendance {
  readonly day: string
  readonly type: string | null
}

/** A score of the person of a record, as it is kept. */
export interface HeldScore {
  readonly instrument: string
  readonly sub_scale: string
  readonly time_point: string
  readonly day: string
  readonly thousandths: number
}

/** The activities that somebody came to and their scores, in words. */
export function heldEvents(
  attended: readonly HeldAttendance[],
  scores: readonly HeldScore[],
): readonly HeldLine[] {
  return [
    ...attended.map(({ day, type }) => ({
      name: 'Came to an activity on',
      value:
        type === null ? dateWords(day) : `${dateWords(day)}: ${codeWords('activity-type', type)}`,
    })),
    ...scores.map(({ instrument, sub_scale: scale, time_point: point, day, thousandths }) => ({
      name: `Score, ${codeWords('time-point', point)}`,
      value: `${thousandths / 1000} on ${dateWords(day)}: ${instrument}${scale === '' ? '' : `, ${scale}`}`,
    })),
  ]
}

/** What a record holds in place of, as pseudonyms: each in words, once. */
export function heldPseudonyms(columns: HeldColumns): readonly string[] {
  const held = PSEUDONYM_COLUMNS.filter(({ column }) => typeof columns[column] === 'string')
  return [...new Set(held.map(({ words }) => words))]
}

/** With how many records one is counted as one person, itself among them. */
export interface CountedWith {
  readonly records: number
  readonly services: number
  /** How many of these are not surely theirs who asked, so that their letter does not show them. */
  readonly notShown: number
}

/** The same in words. */
export function countedWithWords({ records, services, notShown }: CountedWith): string {
  const counted = `${String(records)} ${records === 1 ? 'row' : 'rows'}, of ${String(services)} ${services === 1 ? 'service' : 'services'}`
  if (notShown === 0) return counted
  return `${counted}. ${String(notShown)} of them ${notShown === 1 ? 'is' : 'are'} not in this letter: see “How records are put together”`
}

/** Of how many rows that were about somebody a letter cannot tell, since they are held no more as they were. */
export function goneWords(gone: number): string {
  return `${gone === 1 ? 'One row that was about you is' : `${String(gone)} rows that were about you are`} not held any more as ${gone === 1 ? 'it was' : 'they were'} when you asked: a service has sent its file again since, or it was taken out. What a service sent instead is not in this letter. Ask again if you want to have it.`
}

/** Why more rows can be counted as one person than the letter shows. */
export const COUNTED_BEYOND =
  'Some rows that are counted as one person with yours are not in this letter. It shows only rows that are surely about you. The others say too little to be sure: for example, they have no date of birth, so they could be about somebody else with the same name. We take them to be yours only to count people, and do not show you what may be somebody else’s.'

/** How people are linked, told to a person who asks. */
export const LINKAGE_LOGIC: readonly string[] = [
  'Before anything is kept, a computer replaces your name, date of birth, NHS number, contacts, postcode and each service’s own reference with codes that nobody can turn back without secret keys, which are kept apart. We call them pseudonyms. Nobody who works with the figures can see who you are.',
  'Records from different services are taken to be one person when their pseudonyms agree: the same NHS number; the same name and date of birth together with an address or contact; or, for a child, the first letters of the name, the date of birth, the gender and a carer’s contact.',
  'Where records agree only in part they are kept apart, and a person who cannot see names looks at how they agree.',
]

/** What it is all for, told with that. */
export const USED_FOR: Readonly<Record<Purpose, string>> = {
  reach:
    'No decision about you is made from any of this: it is used to count how many different people were helped.',
  'look-up':
    'No decision about you is made from any of this: it shows people who work with you, and type who you are, which services are involved with you and whom to phone there. Each time is recorded.',
}
