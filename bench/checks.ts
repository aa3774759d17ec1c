/**
 * How many rows of 20 columns are mapped, normalised and checked in a second of its thread's own time, by
 * row shape; what compiles and collects beside it is not counted. Run by: node bench/checks.ts [rows]
 */
import process from 'node:process'
import { checkTable } from '#core/checks/check-table.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import type { Table } from '#core/tabular/table.ts'

const ROWS = Number(process.argv[2] ?? 200_000)
const FIRST = [
  'Amara',
  'Zoë',
  'Tom',
  'Mary Ellen',
  'João',
  'Ayaan',
  'Oluwaseun',
  'Siân',
  'Ana',
  'Bob',
]
const LAST = [
  'Okafor',
  'O’Neil',
  'Smith',
  'Silva',
  'Hussein',
  'Begum',
  'Nguyen',
  'Jones',
  'Garcia',
  'Brown',
]

const PERSON =
  'Client ID,First name,Surname,DOB,Gender,NHS number,Email,Mobile,Carer email,Carer mobile,Postcode,Ethnicity,Main language,SEND,Referral date,Start date,End date,Status,Sessions attended,Last contact date'
const FAMILY =
  'Client ID,Child first name,Child surname,Child DOB,Gender,NHS number,Mum first name,Mum surname,Mum DOB,Mum email,Mum mobile,Postcode,Ethnicity,Main language,Referral date,Start date,End date,Status,Sessions attended,Last contact date'
const CONTACTS =
  'Client ID,First name,Surname,DOB,Gender,NHS number,Email,Mobile,Carer email,Carer mobile,Postcode,Ethnicity,Main language,SEND,Referral date,Start date,End date,Status,Session date,Attended'

/** NHS numbers kept for tests, with the right check digit. */
function nhsNumber(seed: number): string {
  const nine = String(999_000_000 + (seed % 900_000))
  let sum = 0
  for (let index = 0; index < 9; index++) sum += Number(nine.charAt(index)) * (10 - index)
  const check = (11 - (sum % 11)) % 11
  return check === 10
    ? nhsNumber(seed + 1)
    : `${nine.slice(0, 3)} ${nine.slice(3, 6)} ${nine.slice(6)}${check}`
}

function pick(list: readonly string[], seed: number): string {
  return list[seed % list.length] ?? ''
}

function cellOf(header: string, n: number): string {
  const day = String((n % 28) + 1).padStart(2, '0')
  if (header === 'Client ID') return `C-${n}`
  if (header.endsWith('irst name')) return pick(FIRST, n * 7)
  if (header.endsWith('urname')) return pick(LAST, n * 3)
  if (header === 'Mum DOB') return `${day}/0${(n % 9) + 1}/19${80 + (n % 19)}`
  if (header.endsWith('DOB')) return `${day}/0${(n % 9) + 1}/20${19 + (n % 5)}`
  if (header === 'Gender') return n % 2 === 0 ? 'Male' : 'Female'
  if (header === 'NHS number') return n % 3 === 0 ? '' : nhsNumber(n)
  if (header === 'Email') return ''
  if (header.endsWith('email')) return `parent.${n % 50_000}@mail.leap.test`
  if (header === 'Mobile') return ''
  if (header.endsWith('mobile')) return `07700 9${String(n % 100_000).padStart(5, '0')}`
  if (header === 'Postcode') return `SW${(n % 9) + 1} ${n % 10}AB`
  if (header === 'Ethnicity') return n % 2 === 0 ? 'Black African' : 'White British'
  if (header === 'Main language') return n % 2 === 0 ? 'Portuguese' : 'English'
  if (header === 'SEND') return 'No'
  if (header === 'Referral date') return `${day}/01/2024`
  if (header === 'Start date') return `${day}/02/2024`
  if (header === 'End date') return n % 4 === 0 ? `${day}/06/2024` : ''
  if (header === 'Status') return 'Active'
  if (header === 'Attended') return n % 5 === 0 ? 'DNA' : 'Yes'
  if (header === 'Session date' || header === 'Last contact date') return `${day}/05/2024`
  return String(n % 12)
}

function tableOf(header: readonly string[], size: number): Table {
  const rows = Array.from({ length: size }, (_, n) =>
    header.map((name) =>
      header.includes('Session date') && name !== 'Session date' && name !== 'Attended'
        ? cellOf(name, n % Math.ceil(size / 5))
        : cellOf(name, n),
    ),
  )
  return {
    header,
    receipt: { format: 'csv', date1904: false, headerRow: 1 },
    async *batches() {
      for (let from = 0; from < rows.length; from += 2000) {
        yield await Promise.resolve({ firstRow: from + 1, rows: rows.slice(from, from + 2000) })
      }
    },
  }
}

const lines = ['shape            rows     records   CPU s   rows/s']
for (const [shape, headers] of [
  ['person', PERSON],
  ['child-and-carer', FAMILY],
  ['contacts', CONTACTS],
] as const) {
  const table = tableOf(headers.split(','), ROWS)
  const sampleRows = Array.from({ length: 100 }, (_, n) =>
    table.header.map((name) => cellOf(name, n)),
  )
  const { mapping } = suggestMapping({ header: table.header, sampleRows, quarter: '2024-Q1' })
  const compiled = compileMapping(mapping, table.header)
  if (!compiled.ok || compiled.mapper.shape !== shape)
    throw new Error(`the ${shape} file is not mapped as one`)
  for (const run of ['warm-up', 'measured']) {
    const from = process.threadCpuUsage()
    const outcome = await checkTable(
      table,
      compiled.mapper,
      { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS },
      { accept: () => undefined },
    )
    const used = process.threadCpuUsage(from)
    const seconds = (used.user + used.system) / 1e6
    if (run === 'warm-up') continue
    lines.push(
      [
        shape.padEnd(15),
        String(outcome.rows.read).padStart(6),
        String(outcome.records).padStart(10),
        seconds.toFixed(2).padStart(9),
        Math.round(ROWS / seconds)
          .toLocaleString('en-GB')
          .padStart(10),
      ].join(' '),
    )
  }
}
process.stdout.write(`${lines.join('\n')}\n`)
