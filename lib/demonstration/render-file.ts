import type { Mapping } from '#core/mapping/mapping.ts'

import { dayNumber } from './calendar.ts'
import { delimitedFile } from './delimited-writer.ts'
import { withoutAccents } from './invented-identifiers.ts'
import type { ServiceFile } from './service-files.ts'
import type { Content, DateStyle, ServiceHabit } from './service-habit.ts'
import type { Written } from './written-client.ts'
import { type WorkbookCell, workbook } from '#core/tabular/writing/xlsx-writer.ts'

/**
 * A service's file in that service's own words, dates and bytes, and the mapping that reads it.
 */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const DATES = new Set<Content>([
  'date_of_birth',
  'carer_date_of_birth',
  'referral_date',
  'start_date',
  'end_date',
  'last_contact_date',
  'contact_date',
])
const NAMES = new Set<Content>([
  'first_name',
  'last_name',
  'full_name',
  'carer_first_name',
  'carer_last_name',
])
const NUMBERS = new Set<Content>(['contacts', 'row_number', 'nhs_number', 'carer_nhs_number'])
const WORKERS = ['Team A', 'Team B', 'Outreach'] as const
/** Days from 1899-12-30, from which spreadsheets count, to 1970-01-01. */
const SERIAL_OF_1970 = 25_569

/** The bytes of a file. */
export function renderFile(file: ServiceFile): Uint8Array {
  const { habit } = file
  const header = habit.columns.map(([name]) => name)
  const { form } = habit
  if (form.kind === 'csv') {
    const width = header.length
    const titles = habit.titleRows.map((title) => [title, ...Array<string>(width - 1).fill('')])
    const rows = file.rows.map((row, index) =>
      habit.columns.map(([, content]) =>
        row === null ? '' : cellText(content, row, index, habit),
      ),
    )
    return delimitedFile([...titles, header, ...rows], form)
  }
  const rows = file.rows.map((row, index) =>
    habit.columns.map(([, content]) =>
      row === null ? undefined : workbookCell(content, row, index, habit),
    ),
  )
  const sheets = [
    {
      name: form.sheet,
      rows: [...habit.titleRows.map((title) => [title]), header, ...rows],
      titleRows: habit.titleRows.length,
    },
  ]
  if (form.secondSheet !== undefined) {
    const guidance = [
      ['How to fill in this return'],
      ['One row for each child seen in the quarter.'],
    ]
    sheets.push({ name: form.secondSheet, rows: guidance, titleRows: 1 })
  }
  return workbook(sheets)
}

/** The mapping file that reads a service's files without guessing. */
export function mappingOf(habit: ServiceHabit): Mapping {
  const columns: Record<string, string> = {}
  const values: Record<string, Record<string, string>> = {}
  const split: Record<string, string[]> = {}
  for (const [header, content] of habit.columns) {
    if (content === 'row_number' || content === 'worker' || content === 'free_text') continue
    if (content === 'full_name') {
      split[header] = ['first_name', 'last_name']
      continue
    }
    columns[content] = header
    const words = habit.words[content]
    if (words === undefined) continue
    values[content] = Object.fromEntries(
      Object.entries(words).flatMap(([code, word]) => (word === '' ? [] : [[word, code]])),
    )
  }
  return {
    shape: habit.shape,
    ...(habit.form.kind === 'xlsx' ? { sheet: habit.form.sheet } : {}),
    headerRow: habit.titleRows.length + 1,
    columns,
    ...(Object.keys(values).length === 0 ? {} : { values }),
    ...(Object.keys(split).length === 0 ? {} : { split }),
  }
}

function cellText(content: Content, row: Written, index: number, habit: ServiceHabit): string {
  if (content === 'row_number') return String(index + 1)
  if (content === 'worker') return WORKERS[index % WORKERS.length] ?? ''
  if (content === 'free_text') return index % 9 === 0 ? 'Asked for a call back; see case file' : ''
  if (content === 'full_name') {
    return nameText(`${row.first_name ?? ''} ${row.last_name ?? ''}`, habit)
  }
  const value = row[content] ?? ''
  if (value === '') return ''
  if (DATES.has(content)) return dateText(value, habit.dates)
  if (NAMES.has(content)) return nameText(value, habit)
  return habit.words[content]?.[value] ?? value
}

function workbookCell(
  content: Content,
  row: Written,
  index: number,
  habit: ServiceHabit,
): WorkbookCell {
  const value = row[content] ?? ''
  if (value !== '' && DATES.has(content) && habit.dates === 'spreadsheet') {
    // A spreadsheet knows no day before 1900; such a cell holds text.
    const serial = dayNumber(value) + SERIAL_OF_1970
    return value < '1900-03-01' ? dateText(value, 'dd/mm/yyyy') : { serial }
  }
  if (value !== '' && NUMBERS.has(content)) return Number(value)
  return cellText(content, row, index, habit)
}

function nameText(name: string, habit: ServiceHabit): string {
  const kept = habit.keepsAccents ? name : withoutAccents(name)
  return habit.capitals ? kept.toUpperCase() : kept
}

function dateText(day: string, style: DateStyle): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const name = MONTHS[Number(month) - 1] ?? ''
  switch (style) {
    case 'yyyy-mm-dd':
      return day
    case 'dd/mm/yyyy':
    case 'spreadsheet':
      return `${date}/${month}/${year}`
    case 'dd.mm.yyyy':
      return `${date}.${month}.${year}`
    case 'd Month yyyy':
      return `${Number(date)} ${name} ${year}`
    case 'dd-Mon-yy':
      return `${date}-${name.slice(0, 3)}-${year.slice(2)}`
  }
}
