import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { FEED_KINDS } from '#core/standard/feeds/feed-kinds.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { HEADINGS, wordsOf, type OwnCells } from './feed-columns.ts'
import { INVENTED_PEOPLE, type InventedPerson } from './look-up-people.ts'

/** The feed of one source of the demonstration. */
export interface FeedFile {
  /** Of its service, which is called as its kind. */
  readonly service: FeedKind
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** How somebody of the source matched its columns: staff among them, which is never guessed. */
  readonly mapping: Mapping
}

/** What is written in every feed about who the person is, and since when. */
const PERSON = {
  client_ref: 'Ref',
  first_name: 'Forename',
  last_name: 'Surname',
  date_of_birth: 'DOB',
  gender: 'Sex',
  nhs_number: 'NHS No',
  postcode: 'Postcode',
  involvement: 'Status',
  start_date: 'Start date',
  last_contact_date: 'Last contact date',
  end_date: 'End date',
  as_of: 'Extract date',
} as const

/**
 * The nine feeds as they are on a day (`yyyy-mm-dd`), each in its own columns and words. Everything
 * follows from the day.
 */
export function feedFiles(today: string): readonly FeedFile[] {
  return FEED_KINDS.map((kind) => {
    const columns: Readonly<Record<string, string>> = { ...PERSON, ...HEADINGS[kind] }
    const people = [...INVENTED_PEOPLE, ...othersOf(kind)].filter((each) => each.with[kind])
    const rows = people.map((person, index) => {
      const cells: Readonly<Record<string, string>> = rowOf(kind, person, index, today)
      return Object.keys(columns).map((field) => cells[field] ?? '')
    })
    return {
      ...{ service: kind, name: `${kind}-${today}.csv` },
      bytes: new TextEncoder().encode(writeCsv(Object.values(columns), rows)),
      mapping: { kind, columns },
    }
  })
}

function rowOf(
  kind: FeedKind,
  person: InventedPerson,
  index: number,
  today: string,
): Readonly<Record<string, string>> {
  const state = person.with[kind] ?? 'none'
  const said = { ...person, ...person.slips?.[kind] }
  const own: OwnCells = wordsOf(kind, index, today)
  return {
    client_ref: `${kind.slice(0, 3).toUpperCase()}-${String(index + 1).padStart(4, '0')}`,
    ...{ first_name: said.first, last_name: said.last, gender: said.gender },
    date_of_birth: written(birthOf(said, today)),
    // Schools, landlords and the police know no NHS number.
    nhs_number: ['school', 'housing', 'police'].includes(kind) ? '' : (said.nhs ?? ''),
    postcode: said.postcode,
    involvement: { current: 'Open', historic: 'Closed', none: 'No involvement' }[state],
    start_date: state === 'none' ? '' : written(daysBefore(today, 400 + index)),
    last_contact_date: state === 'none' ? '' : written(daysBefore(today, 3 + (index % 40))),
    end_date: state === 'historic' ? written(daysBefore(today, 2 + (index % 40))) : '',
    as_of: written(today),
    ...own,
  }
}

/** The day of birth `yyyy-mm-dd` of somebody who is so old on a day. */
export function birthOf(
  { age, birthday }: Pick<InventedPerson, 'age' | 'birthday'>,
  today: string,
): string {
  const hadBirthday = today.slice(5) >= birthday
  return `${String(Number(today.slice(0, 4)) - age - (hadBirthday ? 0 : 1))}-${birthday}`
}

/** So many people whom nobody looks up are in each feed beside those. */
const OTHERS = 60

const FIRST = 'Ada Ben Cara Dev Edie Finn Gwen Hugo Iris Jack Kaya Liam Maya Nell Otis'.split(' ')
const LAST = 'Archer Bell Cole Dunn Ellis Frost Gray Hale Irwin Jones Knox Lane'.split(' ')

function othersOf(kind: FeedKind): readonly InventedPerson[] {
  const from = FEED_KINDS.indexOf(kind) * OTHERS
  return Array.from({ length: OTHERS }, (_, index): InventedPerson => {
    const number = from + index
    return {
      first: FIRST[number % FIRST.length] ?? '',
      last: `${LAST[number % LAST.length] ?? ''}${number % 2 === 0 ? 'son' : ''}`,
      age: kind === 'school' ? 5 + (number % 11) : 18 + (number % 60),
      birthday: `${two(1 + (number % 12))}-${two(1 + ((number * 7) % 28))}`,
      gender: number % 2 === 0 ? 'F' : 'M',
      postcode: `NB${1 + (number % 9)} ${1 + (number % 9)}XX`,
      who: 'somebody else',
      with: { [kind]: index % 9 === 0 ? 'historic' : 'current' },
    }
  })
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** A day so many days before another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
}

/** A day as these sources write it. */
export function written(day: string): string {
  return day.split('-').reverse().join('/')
}
