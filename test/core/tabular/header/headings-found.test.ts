import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openTable } from '#core/tabular/open-table.ts'
import { bytesSource, textSource } from '../byte-sources.ts'
import { refusalOf } from '../reading.ts'

const PEOPLE = [
  'C-1,Amara,Okafor,01/06/2019,F,SE11 6AB',
  'C-2,Ben,Hall,02/07/2020,M,SE11 6AA',
  'C-3,Cara,Lowe,13/08/2018,F,SE11 6AB',
  'C-4,Dev,Patel,14/09/2019,M,SE11 6AA',
]
const HEADINGS = 'Client ID,First name,Surname,Date of birth,Gender,Postcode'

/** Row of the headings and the names of the columns. */
async function headingsOf(lines: readonly string[], choices = {}): Promise<[number, string]> {
  const table = await openTable(textSource(`${lines.join('\n')}\n`), choices)
  return [table.receipt.headerRow, table.header.join(',')]
}

const refusalFor = (lines: readonly string[], choices = {}) =>
  refusalOf(textSource(`${lines.join('\n')}\n`), choices)

describe('the row of the headings', () => {
  const above: [string, string[]][] = [
    ['nothing', []],
    ['a title', ['Stay and play,,,,,']],
    ['a title and a blank row', ['Stay and play,,,,,', ',,,,,']],
    [
      'notes as wide as the table',
      ['Please,check,these,with,Jo,now', 'before,you,send,them,to,us'],
    ],
    [
      'notes wider than the table',
      ['a,b,c,d,e,f,g,h,i', 'Please,do,not,edit,any,of,these,cells,x'],
    ],
    ['a form', ['Completed by:,Jo Marsh,Date:,01/02/2024,,', 'Phone:,020 7946 0000,,,,']],
    [
      'a list of numbers',
      ['Ward,2022,2023,2024,,', 'Ferndale,10,12,14,,', 'Vassall,3,4,5,,', ',,,,,'],
    ],
    ['thirty rows of notes', Array.from({ length: 30 }, (_, row) => `Note ${row},,,,,`)],
    ['sixty blank rows', Array.from({ length: 60 }, () => ',,,,,')],
  ]

  it.each(above)('is found under %s', async (_, lines) => {
    expect(await headingsOf([...lines, HEADINGS, ...PEOPLE])).toEqual([lines.length + 1, HEADINGS])
  })

  it('is found above a blank row and above rows of instructions', async () => {
    expect(await headingsOf([HEADINGS, ',,,,,', ...PEOPLE])).toEqual([1, HEADINGS])
    const hints = 'Keep as is,Any text,Any text,DD/MM/YYYY,One of M F,Full postcode'
    expect(await headingsOf([HEADINGS, hints, ...PEOPLE])).toEqual([1, HEADINGS])
    const codes = 'client_ref,fname,sname,dob,sex,pcode'
    expect((await headingsOf([codes, HEADINGS, ...PEOPLE]))[0]).toBe(1)
  })

  it('is the first where a second table stands below', async () => {
    const volunteers = [
      ',,,,,',
      'First name,Surname,Email,Mobile,Role,Start date',
      'Jo,Marsh,jo@a.test,,,',
    ]
    expect((await headingsOf([HEADINGS, ...PEOPLE, ...volunteers]))[0]).toBe(1)
  })

  it('is found where its words are of no language that we know', async () => {
    const foreign = 'Klantnummer,Voornaam,Achternaam,Geboortedatum,Geslacht,Huisnummer'
    expect(await headingsOf(['Lijst,,,,,', foreign, ...PEOPLE])).toEqual([2, foreign])
  })

  it('is found by the headings of the service’s last file', async () => {
    const own = 'Kennung,Erster,Zweiter,Geb,MW,Ort'
    const rows = ['A,B,C,D,E,F', ...PEOPLE.slice(0, 1), own, ...PEOPLE]
    const expectedHeadings = own.split(',')
    expect(await headingsOf(rows, { expectedHeadings }).catch(() => 'asked')).toBe('asked')
    expect(await headingsOf(['x,y,z,a,b,c', own, ...PEOPLE], { expectedHeadings })).toEqual([
      2,
      own,
    ])
  })

  it('may hold dates, numbers of weeks, examples and instructions', async () => {
    const dates = '06/04/2024,13/04/2024,20/04/2024,27/04/2024'
    const register = `Client ID,Name,${dates}`
    expect(await headingsOf([register, 'C-1,Amara,P,A,P,A', 'C-2,Ben,A,P,A,P'])).toEqual([
      1,
      register,
    ])
    const names = 'Name,06/04/2024,13/04/2024,20/04/2024'
    expect(await headingsOf([names, 'Amara Okafor,1,0,1', 'Ben Hall,0,1,0'])).toEqual([1, names])
    const weeks = 'Name,1,2,3,4,5,6'
    expect(await headingsOf([weeks, 'Amara Okafor,1,0,1,1,1,0', 'Ben Hall,0,1,0,0,0,1'])).toEqual([
      1,
      weeks,
    ])
    const times = 'Name,DOB,06/04/2024 10:00,13/04/2024 10:30'
    expect(await headingsOf([times, 'Amara,01/06/2019,x,', 'Ben,02/07/2020,,x'])).toEqual([
      1,
      times,
    ])
    const hints = `Your reference,Date of birth (e.g. 01/02/2020 or 1/2/2020),Email address (e.g. jane@example.com),Mobile (07700 900123)`
    expect(await headingsOf([hints, 'C-1,01/06/2019,,', 'C-2,02/07/2020,,'])).toEqual([1, hints])
    const long = `Client ID,Date of birth please enter as day then month then year and do not leave blank,Gender`
    expect(await headingsOf([long, 'C-1,01/06/2019,F', 'C-2,02/07/2020,M'])).toEqual([1, long])
  })

  it('is never a row of people: a file without headings is refused, with where it was looked for', async () => {
    expect(await refusalFor(PEOPLE)).toEqual({ code: 'header-not-found', detail: { looked: 4 } })
    const short = ['C-1,Amara,F', 'C-2,Ben,M', 'C-3,Cara,F', 'C-4,Dev,M']
    expect(await refusalFor(short)).toMatchObject({ code: 'header-not-found' })
    const odd = [
      'C-1,Amara,01/06/2019',
      'C-2,Ben,unborn',
      'C-3,Cara,13/08/2018',
      'C-4,Dev,14/09/2019',
    ]
    expect((await refusalFor(odd)).code).toMatch(/^header-(not-found|unsure)$/)
    expect(await refusalFor(['Okafor,Amara', 'Hall,Ben', 'Lowe,Cara'])).toMatchObject({
      code: 'header-unsure',
    })
    const notes = ['Stay and play,,,,,', '', ...PEOPLE]
    expect(await refusalFor(notes)).toMatchObject({ code: 'header-not-found' })
  })

  it('is asked for where its words are of no language that we know and two rows could be it', async () => {
    const foreign = 'Nummer,Vorname,Nachname,Geburtstag,Geschlecht,Hausnummer'
    const hints = 'Bitte,diese,Liste,vor,dem,Senden'
    expect(await refusalFor([hints, foreign, ...PEOPLE])).toMatchObject({ code: 'header-unsure' })
    expect(await refusalFor([foreign, hints, ...PEOPLE])).toMatchObject({ code: 'header-unsure' })
  })

  it('is looked for in the first 200 rows', async () => {
    const notes = Array.from({ length: 250 }, (_, row) => `Note ${row},,,,,`)
    expect(await refusalFor([...notes, HEADINGS, ...PEOPLE])).toEqual({
      code: 'header-not-found',
      detail: { looked: 200 },
    })
  })

  it('is refused where the headings stand in the first column', async () => {
    const turned = HEADINGS.split(',').map((heading, at) =>
      [heading, ...PEOPLE.map((line) => line.split(',')[at] ?? '')].join(','),
    )
    expect(await refusalFor(turned)).toEqual({ code: 'header-in-column', detail: {} })
  })

  it('may be dates of a month over marks of numbers', async () => {
    const lines = [
      ',,April,,May,',
      'Name,Ref,1,8,6,13',
      'Amara Okafor,C-1,1,0,1,1',
      'Ben Hall,C-2,0,0,1,1',
    ]
    expect(await headingsOf(lines)).toEqual([2, 'Name,Ref,1,8,6,13'])
  })

  it('is asked for where people stand above it', async () => {
    const refusal = await refusalFor([...PEOPLE, HEADINGS, ...PEOPLE])
    expect(refusal).toMatchObject({ code: 'header-unsure', detail: { fileRow: 5 } })
    expect(await headingsOf([...PEOPLE, HEADINGS, ...PEOPLE], { headerRow: 5 })).toEqual([
      5,
      HEADINGS,
    ])
  })

  it('is refused where a chosen row no longer holds the headings', async () => {
    const lines = ['Stay and play,,,,,', HEADINGS, ...PEOPLE]
    expect(await refusalFor(lines, { headerRow: 3 })).toEqual({
      code: 'header-moved',
      detail: { fileRow: 3, found: 2 },
    })
    expect(await refusalFor(lines, { headerRow: 1 })).toMatchObject({ code: 'header-moved' })
    expect(await refusalFor(PEOPLE, { headerRow: 1 })).toEqual({
      code: 'header-holds-people',
      detail: { fileRow: 1 },
    })
    expect(await headingsOf(lines, { headerRow: 2 })).toEqual([2, HEADINGS])
  })
})

describe('headings of two rows', () => {
  const rows = ['1,Amara,01/06/2019,Grace,grace@a.test', '2,Ben,02/07/2020,Tom,tom@a.test']
  const joined = async (lines: readonly string[]) => {
    const table = await openTable(textSource(`${lines.join('\n')}\n`))
    return { header: table.header, rows: [table.receipt.upperHeaderRow, table.receipt.headerRow] }
  }

  it('say whose the columns are', async () => {
    expect(
      await joined([',Child,,Parent / carer,', 'Ref,First name,DOB,First name,Email', ...rows]),
    ).toEqual({
      header: [
        'Ref',
        'Child – First name',
        'Child – DOB',
        'Parent / carer – First name',
        'Parent / carer – Email',
      ],
      rows: [1, 2],
    })
  })

  it('tell equal headings apart by any word', async () => {
    const { header } = await joined([',Referral,,Closure,', 'Ref,Name,Date,Reason,Date', ...rows])
    expect(header).toEqual(['Ref', 'Name', 'Referral – Date', 'Reason', 'Closure – Date'])
  })

  it('leave out the upper row where it says nothing of whose they are', async () => {
    const { header, rows: at } = await joined([
      'Personal details,,,Contact,',
      'Ref,First name,DOB,Preferred name,Email',
      ...rows,
    ])
    expect([header, at]).toEqual([
      ['Ref', 'First name', 'DOB', 'Preferred name', 'Email'],
      [undefined, 2],
    ])
  })

  it('end a carer’s columns where no carer has such a field', async () => {
    const { header } = await joined([
      'Child,,Carer,,',
      'Client ID,First name,Email,Ethnicity,Status',
      'C-1,Amara,grace@a.test,White British,Active',
      'C-2,Ben,tom@a.test,White Irish,Active',
    ])
    expect(header).toEqual([
      'Child – Client ID',
      'Child – First name',
      'Carer – Email',
      'Ethnicity',
      'Status',
    ])
  })

  it('are one heading where it goes on in the row below', async () => {
    const { header, rows: at } = await joined([
      'Client,First,Last,Date of,Home',
      'ID,name,name,birth,postcode',
      ...PEOPLE.map((line) =>
        line
          .split(',')
          .filter((_, column) => column !== 4)
          .join(','),
      ),
    ])
    expect([header, at]).toEqual([
      ['Client ID', 'First name', 'Last name', 'Date of birth', 'Home postcode'],
      [1, 2],
    ])
  })

  it('are read so in a workbook with merged groups', async () => {
    const bytes = await readFile(new URL('../../../files/ugly-A-monthly.xlsx', import.meta.url))
    const { header, receipt } = await openTable(bytesSource(new Uint8Array(bytes)))
    expect([receipt.upperHeaderRow, receipt.headerRow]).toEqual([5, 6])
    expect(header.slice(1, 8)).toEqual([
      'CHILD – Name (Surname, First)',
      'CHILD – DOB',
      'CHILD – M/F',
      'CHILD – Postcode',
      'CHILD – Ethnic origin',
      'PARENT / CARER – Name',
      'PARENT / CARER – Tel',
    ])
  })
})

it('finds the headings of the samples that went wrong', async () => {
  for (const [name, row] of [
    ['04-notes-above-table.xlsx', 4],
    ['20-dates-as-headings.csv', 1],
    ['ugly-B-register.xlsx', 4],
    ['ugly-B3-register.xlsx', 4],
  ] as const) {
    const bytes = await readFile(new URL(`../../../files/${name}`, import.meta.url))
    const { receipt } = await openTable(bytesSource(new Uint8Array(bytes)))
    expect([name, receipt.headerRow]).toEqual([name, row])
  }
})
