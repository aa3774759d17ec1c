import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { scoreRow } from '#core/measures/scorecard.ts'
import { measureUse } from '#core/measures/use-measures.ts'
import {
  writeScorecardCsv,
  writeScorecardWorkbook,
  type NamedScorecard,
} from '#server/figures/measures/scorecard-files.ts'

const NOBODY = measureUse([], { from: '2024-Q1', to: '2024-Q1' })
const QUALITY = {
  complete: { part: 2, whole: 3 },
  usable: { part: 0, whole: 0 },
  matchable: { part: 1, whole: 1 },
  daysAfter: -3,
}

const SCORECARD: NamedScorecard = {
  quarter: '2024-Q1',
  beside: '2023-Q1',
  rows: [
    scoreRow(
      's1',
      { use: { ...NOBODY, reached: 12 }, quality: QUALITY },
      { use: { ...NOBODY, reached: 9 }, quality: QUALITY },
    ),
    scoreRow('s2', { use: NOBODY, quality: QUALITY }, undefined),
  ],
  targets: new Map([['s1', new Map([['reached', 15] as const, ['daysAfter', 10] as const])]]),
  named: (service) => (service === 's1' ? '=Nursery, “Hill”' : 'Music'),
  silent: ['Sleeping'],
}

test('a scorecard’s CSV says of each figure what it was, its target, and why there is none', () => {
  const lines = writeScorecardCsv(SCORECARD).split('\r\n')
  expect(lines).toHaveLength(1 + 2 * 10 + 1)
  // A name that a spreadsheet would take for a formula is a text.
  const name = `"'=Nursery, “Hill”"`
  expect(lines[1]).toBe(
    `2024-Q1,${name},s1,People reached,people,12,no others,2023-Q1,9,15,at least,not met`,
  )
  expect(lines[8]).toContain('Rows used,per cent,not known,0,2023-Q1,not known,no target,at least')
  expect(lines[7]).toContain('Facts given,per cent,66.7,3,2023-Q1,66.7,')
  expect(lines[10]).toContain('days,-3,no others,2023-Q1,-3,10,at most,met')
  expect(lines[11]).toBe(
    '2024-Q1,Music,s2,People reached,people,0,no others,2023-Q1,no file,no target,at least,not compared',
  )
})

test('its workbook has a table on every sheet but the cover, without an empty cell', () => {
  const parts = unzipSync(writeScorecardWorkbook(SCORECARD))
  const texts = Object.fromEntries(
    Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]),
  )
  expect(Object.keys(texts).filter((name) => name.startsWith('xl/tables/'))).toHaveLength(3)
  expect(texts['xl/tables/table3.xml']).toContain('ref="A3:K6"')
  expect(texts['xl/sharedStrings.xml']).toContain('Exact: not for publication')
  // A heading, two services and one that sent nothing: eleven cells each.
  const sheet = texts['xl/worksheets/sheet3.xml'] ?? ''
  expect([...sheet.matchAll(/<c r="[A-K][3-6]"/g)]).toHaveLength(44)
  expect(texts['xl/sharedStrings.xml']).toContain('Sleeping')
})
