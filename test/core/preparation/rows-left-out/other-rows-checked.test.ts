import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { checkTable } from '#core/checks/check-table.ts'
import { whatStops } from '#core/checks/what-stops.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { profileTable } from '#core/mapping/overview/file-profile.ts'
import { openPrepared } from '#core/preparation/open-prepared.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import type { ByteSource } from '#core/tabular/table.ts'
import { bytesSource, textSource } from '../../tabular/byte-sources.ts'

const QUARTER = '2024-Q1'

/** Checks a file by what is certain of it. */
async function check(source: ByteSource) {
  const table = await openPrepared({ source, choices: {}, quarter: '2024-Q3' })
  const profile = await profileTable(table, { previous: null, quarter: QUARTER })
  const compiled = compileMapping(profile.mapping, table.header)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const context = { quarter: QUARTER, live: false, date1904: false, areas: NO_AREAS } as const
  const outcome = await checkTable(table, compiled.mapper, context, { accept: () => undefined })
  const found = outcome.findings.filter(({ code }) => code.startsWith('rows-'))
  return {
    profile,
    outcome,
    found: found.map(({ code, severity, firstRows }) => [code, severity, [...firstRows]]),
  }
}

async function sample(name: string): Promise<ByteSource> {
  return bytesSource(
    new Uint8Array(await readFile(new URL(`../../../files/${name}`, import.meta.url))),
  )
}

test('a row of instructions stops a file until somebody confirms that it is none of the people', async () => {
  const { outcome, found } = await check(await sample('01-instruction-row.csv'))
  expect(found).toEqual([['rows-instructions', 'confirm', [1]]])
  expect(outcome.rows).toMatchObject({ read: 5, accepted: 4, leftOut: 1 })
  expect(outcome.records).toBe(4)
  const answered = (confirmed: boolean) =>
    whatStops(outcome.findings, { leaveOut: false, confirmed })
  expect([answered(false)?.code, answered(true)]).toEqual(['to-confirm', undefined])
})

test('headings that come again stop nothing, and are told', async () => {
  const { outcome, found } = await check(await sample('02-repeated-header.csv'))
  expect(found).toEqual([['rows-repeat-headings', 'note', [3]]])
  expect(outcome.rows).toEqual({ read: 5, accepted: 4, rejected: 0, blank: 0, leftOut: 1 })
  const ofRows = outcome.findings.filter(({ code }) => code.startsWith('rows-'))
  expect(whatStops(ofRows, { leaveOut: false, confirmed: false })).toBeUndefined()
})

test('totals and a second table are in no count and in no list of words', async () => {
  const { outcome, found, profile } = await check(
    textSource(
      [
        'Client ID,First name,Surname,Date of birth,Gender,Sessions attended',
        'C-1,Amara,Okafor,01/06/2019,F,3',
        'C-2,Ben,Hall,02/07/2020,M,2',
        'C-3,Cara,Lowe,13/08/2018,F,4',
        'Total,,,,,9',
        '',
        'VOLUNTEERS',
        'No,Volunteer name,Hours,DBS date,Role',
        '1,Jo Marsh,4.5,01/02/2023,Helper',
      ]
        .map((row) => row + ','.repeat(5 - (row.match(/,/g)?.length ?? 0)))
        .join('\n'),
    ),
  )
  expect(found).toEqual([
    ['rows-second-table', 'confirm', [7, 8]],
    ['rows-titles', 'confirm', [6]],
    ['rows-total', 'confirm', [4]],
  ])
  expect(outcome.rows).toEqual({ read: 8, accepted: 3, rejected: 0, blank: 1, leftOut: 4 })
  expect(outcome.records).toBe(3)
  expect(profile.words[4]?.words.map(({ word }) => word)).toEqual(['F', 'M'])
  expect(profile.words[0]?.words.map(({ word }) => word)).toEqual(['C-1', 'C-2', 'C-3'])
})

test('rows of contacts leave out what is no contact', async () => {
  const { outcome, found } = await check(
    textSource(
      [
        'Client ID,First name,Surname,Date of birth,Session date,Attended',
        'C-1,Amara,Okafor,01/06/2019,03/05/2024,Yes',
        'C-1,Amara,Okafor,01/06/2019,10/05/2024,Yes',
        'C-2,Ben,Hall,02/07/2020,03/05/2024,No',
        'Total,,,,,3',
        'Report generated on 01/07/2024,,,,,',
      ].join('\n'),
    ),
  )
  expect(found.map(([code]) => code)).toEqual(['rows-titles', 'rows-total'])
  expect(outcome.rows).toEqual({ read: 5, accepted: 3, rejected: 0, blank: 0, leftOut: 2 })
  expect(outcome.contactsCounted).toBe(2)
})

test('a sheet of people with totals, a title and volunteers below comes to its people', async () => {
  const table = await openPrepared({
    ...{ source: await sample('ugly-A-monthly.xlsx'), choices: {}, quarter: '2024-Q3' },
  })
  const { overview } = await profileTable(table, { previous: null, quarter: QUARTER })
  // Two blank rows stand between the tables.
  expect(overview.rows).toBe(14 + 3)
})

test('a second table beside the first is left out, and asked about', async () => {
  const lines = [
    'Client ID,First name,Surname,Date of birth,Sessions attended,,Volunteer,Mobile',
    'C-1,Amara,Okafor,01/06/2019,3,,Jo Marsh,07700 900123',
    'C-2,Ben,Hall,02/07/2020,2,,Sam Reed,07700 900124',
    'C-3,Cara,Lowe,13/08/2018,4,,,',
    'C-4,Dev,Patel,14/09/2019,1,,,',
    'C-5,Eve,Ng,15/10/2019,1,,,',
  ]
  const { outcome, profile } = await check(textSource(lines.join('\n')))
  expect(profile.receipt.columnsLeftOut).toEqual(['Volunteer', 'Mobile'])
  expect(outcome.findings).toContainEqual(
    expect.objectContaining({ code: 'columns-second-table', severity: 'confirm' }),
  )
  expect(profile.words.slice(5).map(({ words }) => words)).toEqual([[], []])
  const longer = [...lines, ',,,,,,Pat Lee,07700 900125', ',,,,,,Kim Roe,07700 900126']
  const below = await check(textSource(longer.join('\n')))
  expect(below.outcome.rows).toEqual({ read: 7, accepted: 5, rejected: 0, blank: 2, leftOut: 0 })
})

test('an empty column within a table parts nothing', async () => {
  const lines = [
    'Client ID,First name,Surname,Date of birth,Sessions attended,,Mobile,Notes',
    'C-1,Amara,Okafor,01/06/2019,3,,07700 900123,',
    'C-2,Ben,Hall,02/07/2020,2,,,',
    'C-3,Cara,Lowe,13/08/2018,4,,07700 900124,moved',
    'C-4,Dev,Patel,14/09/2019,1,,,',
    'Total,,,,10,,,',
  ]
  const { profile } = await check(textSource(lines.join('\n')))
  expect(profile.receipt.columnsLeftOut).toBeUndefined()
  // Telephone numbers are counted, and listed nowhere.
  expect(profile.words[5]).toMatchObject({ words: [], withheld: 2 })
})
