import { expect, test } from 'vitest'
import { comesTo } from './files.ts'
import { row, table, typed, writeOds } from '../tabular/ods/ods-writer.ts'
import { cell, writeWorkbook, type CellValue } from '../tabular/workbook/workbook-writer.ts'

/** More workbooks as services keep them: dates of a clock behind ours, sheets, lists apart. */

const HEADINGS = ['Client ID', 'First name', 'Surname', 'Date of birth', 'Gender', 'Sessions']
type Person = readonly [string, string, string, string, string, number]
const PEOPLE: readonly Person[] = [
  ['C-11', 'Amara', 'Okafor', '01/06/2019', 'F', 3],
  ['C-14', 'Ben', 'Hall', '22/07/2020', 'M', 2],
  ['C-17', 'Cara', 'Lowe', '13/08/2018', 'F', 4],
  ['C-20', 'Dev', 'Patel', '14/09/2019', 'M', 1],
]
const [FIRST, SECOND] = [PEOPLE.slice(0, 2), PEOPLE.slice(2)]

function workbook(
  sheets: Readonly<Record<string, readonly (readonly CellValue[])[]>>,
  extra: { readonly formats?: readonly string[]; readonly date1904?: boolean } = {},
): Uint8Array {
  const drafts = Object.entries(sheets).map(([name, rows]) => ({ name, rows }))
  return writeWorkbook({ sheets: drafts, ...extra })
}

function ods(sheets: Readonly<Record<string, readonly Parameters<typeof row>[0][]>>): Uint8Array {
  return writeOds({
    tables: Object.entries(sheets).map(([name, rows]) =>
      table(name, rows.map((cells) => row(cells)).join('')),
    ),
  })
}

const withBirth = (birth: (place: number) => CellValue): CellValue[][] =>
  PEOPLE.map(([reference, first, last, , gender, contacts], place) => [
    ...[reference, first, last, birth(place), gender, contacts],
  ])
const serial = (value: string): CellValue => cell('s="1"', `<v>${value}</v>`)
const asRead = PEOPLE.map(
  ([reference, first, last, birth, gender, contacts]) =>
    `${reference} ${first === 'Ben' ? 'BENJAMIN' : first.toUpperCase()} ${last.toUpperCase()} ${birth.split('/').toReversed().join('-')} child ${gender} ${contacts}`,
)

const FILES: Readonly<Record<string, readonly [bytes: Uint8Array, comesTo: readonly string[]]>> = {
  'births at 23:00 of the day before': [
    workbook(
      { Data: [HEADINGS, ...withBirth((place) => serial(`${43616 + place * 300}.9583333333`))] },
      { formats: ['dd/mm/yyyy hh:mm'] },
    ),
    ['confirm date-late-at-night 4'],
  ],
  'one birth at 22:00': [
    workbook(
      {
        Data: [
          HEADINGS,
          ...withBirth((place) =>
            serial(place === 1 ? '43616.9166666667' : `${43616 + place * 40}`),
          ),
        ],
      },
      { formats: ['dd/mm/yyyy'] },
    ),
    ['confirm date-late-at-night 1'],
  ],
  'births at noon': [
    workbook(
      { Data: [HEADINGS, ...withBirth((place) => serial(`${43617 + place}.5`))] },
      { formats: ['dd/mm/yyyy hh:mm'] },
    ),
    asRead.map((person, place) => person.replace(/[0-9]{4}-[0-9-]+/, `2019-06-0${place + 1}`)),
  ],
  'births at 23:00 in an OpenDocument sheet': [
    ods({
      Data: [
        HEADINGS,
        ...PEOPLE.map(([reference, first, last, , gender, contacts], place) => [
          ...[reference, first, last],
          ...[typed('date', `2019-05-3${place % 2}T23:00:00`, 'shown'), gender, contacts],
        ]),
      ],
    }),
    ['confirm date-late-at-night 4'],
  ],
  'rows of text in one column': [
    workbook({
      Data: [[HEADINGS.join(',')], ...PEOPLE.map((person) => [person.join(',')])],
    }),
    ['refused rows-in-one-column'],
  ],
  'references as numbers beside texts with zeros': [
    workbook({
      Data: [
        HEADINGS,
        ...PEOPLE.map(([, ...rest], place) => [
          place % 2 ? 101 + place : `000${101 + place}`,
          ...rest,
        ]),
      ],
    }),
    ['confirm refs-of-two-kinds 1'],
  ],
  'a cell beyond the headings': [
    workbook({
      Data: [HEADINGS, ...FIRST, ['C-17', 'Cara', 'Anne', 'Lowe', '13/08/2018', 'F', 4]],
    }),
    ['refused row-shifted'],
  ],
  'months whose columns are in another order': [
    workbook({
      Apr: [HEADINGS, ...FIRST],
      May: [HEADINGS.toReversed(), ...SECOND.map((person) => person.toReversed())],
    }),
    ['confirm shape-sheets 1'],
  ],
  'sites behind a cover': [
    workbook({
      Cover: [['Quarterly return'], ['Service', 'Play']],
      Larkhall: [['Larkhall'], [], HEADINGS, ...FIRST],
      Mostyn: [['Mostyn'], [], HEADINGS, ...SECOND],
    }),
    ['confirm shape-sheets 1'],
  ],
  'a waiting list on its own sheet': [
    workbook({ Clients: [HEADINGS, ...FIRST], 'Waiting list': [HEADINGS, ...SECOND] }),
    ['confirm shape-sheets 1'],
  ],
  'a waiting list below, in an OpenDocument sheet': [
    ods({ Data: [HEADINGS, ...FIRST, ['Waiting list', '', '', '', '', ''], ...SECOND] }),
    ['confirm rows-second-table 2', 'confirm rows-titles 1'],
  ],
  'months in an OpenDocument workbook': [
    ods({ April: [HEADINGS, ...FIRST], May: [HEADINGS, ...SECOND] }),
    ['confirm shape-sheets 1'],
  ],
  'a row of subtotals': [
    workbook({
      Data: [
        HEADINGS,
        ...PEOPLE,
        ['Total', null, null, null, null, cell('', '<f>SUBTOTAL(109,F2:F5)</f><v>10</v>')],
      ],
    }),
    ['confirm rows-total 1'],
  ],
  'a register under true dates': [
    workbook(
      {
        Data: [
          ['Ref', 'Child', 'DOB', ...['45385', '45392', '45399'].map(serial)],
          ['C-11', 'Amara Okafor', '01/06/2019', 'x', null, 'x'],
          ['C-14', 'Ben Hall', '22/07/2020', 'x', 'x', null],
        ],
      },
      { formats: ['dd-mmm'] },
    ),
    ['confirm shape-register 1', 'confirm contacts-not-mapped 1'],
  ],
  'two children in a cell, one under the other': [
    workbook({
      Data: [HEADINGS, ['C-11', 'Amara\nObi', 'Okafor', '01/06/2019', 'F', 3], ...SECOND],
    }),
    ['confirm name-of-two-people 1'],
  ],
  'spaces that nobody sees': [
    workbook({
      Data: [
        HEADINGS,
        ...PEOPLE.map(([reference, first, last, ...rest]) => [
          ...[` ${reference} `, `${first}\t`, `\u00a0${last}`, ...rest],
        ]),
      ],
    }),
    asRead,
  ],
}

test.each(Object.entries(FILES))('%s: read right, or asked about', async (_, [bytes, outcome]) => {
  expect(await comesTo(bytes)).toEqual(outcome)
})
