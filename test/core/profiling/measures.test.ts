import { expect, test } from 'vitest'
import { isAboutFile, isFindingCode, type FindingCode } from '#core/messages/findings/findings.ts'
import { foundWords } from '#core/messages/findings/found-words.ts'
import type { Measured } from '#core/profiling/measured.ts'
import {
  findingsOfShape,
  MEASURES,
  OUT_OF_RANGE,
  TWICE,
  UNUSABLE,
  type MeasureName,
} from '#core/profiling/measures.ts'

const found = (code: FindingCode, rows: number, field = '') =>
  ({ code, field, severity: 'note', rows }) as const

const FILE: Measured = {
  ...{ rows: 40, accepted: 30, share: 0.75 },
  figures: {
    ...{ rows: 40, people: 20, children: 12, adults: 8, contacts: 55, nhsNumber: 10, birth: 19 },
    ...{ postcode: 18, email: 4, mobile: 8, contactable: 10, reference: 20 },
  },
  linkability: { strong: 12, weak: 4, none: 4 },
  findings: [
    found('ref-repeated', 3, 'client_ref'),
    found('nhs-of-several', 2, 'nhs_number'),
    found('birth-future', 1, 'date_of_birth'),
    found('birth-over-120', 1, 'date_of_birth'),
    found('contacts-many', 4, 'contacts'),
    found('nhs-check-digit', 5, 'nhs_number'),
    // About the file, and no row of it.
    found('birth-before-midnight', 1, 'date_of_birth'),
    found('rows-repeat-headings', 2),
  ],
}

const valueOf = (name: MeasureName, file = FILE): number | null => MEASURES[name](file).value

test('a file is measured by what is filled, usable, in range, single, reachable and linkable', () => {
  const names = Object.keys(MEASURES) as MeasureName[]
  expect(Object.fromEntries(names.map((name) => [name, valueOf(name)]))).toEqual({
    ...{ rows: 40, usable: 0.75, reference: 1, birth: 0.95, nhsNumber: 0.5, postcode: 0.9 },
    ...{ email: 0.2, mobile: 0.4, contactable: 0.5, strong: 0.6 },
    ...{ unusable: 5, outOfRange: 6, twice: 5, contacts: 55 },
  })
})

test('what a file does not tell is not told', () => {
  const silent = { ...FILE, share: null, figures: null, linkability: null }
  for (const name of ['usable', 'birth', 'contactable', 'strong', 'contacts'] as const) {
    expect(valueOf(name, silent)).toBeNull()
  }
  const nobody = { ...FILE, linkability: { strong: 0, weak: 0, none: 0 } }
  expect(valueOf('strong', nobody)).toBeNull()
})

test('a finding is counted by one measure at most, and only where it counts rows', () => {
  const codes = [...TWICE, ...OUT_OF_RANGE, ...UNUSABLE]
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.filter((code) => !isFindingCode(code) || isAboutFile(code))).toEqual([])
})

test('what is about the file as a whole is said without rows, and everything else with them', () => {
  expect(findingsOfShape(FILE).map(foundWords)).toEqual([
    'Dates of birth have times just before midnight: a day may be lost (Date of birth)',
  ])
  expect(foundWords(found('birth-future', 1, 'date_of_birth'))).toBe(
    'The date of birth is after the end of the quarter (Date of birth): 1 row',
  )
  expect(foundWords(found('rows-repeat-headings', 1_200))).toBe(
    'The row repeats the column headings: 1,200 rows',
  )
})
