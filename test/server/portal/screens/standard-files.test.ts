import { expect, test } from 'vitest'
import { templateHeadings } from '#core/standard/dictionary.ts'
import { PEOPLE_FIELDS } from '#core/standard/fields.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { DATASET_FILES, makeDatasetFile } from '#server/portal/screens/standard-files.ts'
import { workbook } from '#core/tabular/writing/xlsx-writer.ts'

const NAMES = Object.values(DATASET_FILES).flatMap(({ csv, xlsx }) => [csv, xlsx])

/** A row that holds an example of everything. */
const EXAMPLES = PEOPLE_FIELDS.filter(({ label }) => templateHeadings().includes(label)).map(
  ({ examples }) => examples[0] ?? '',
)

async function headerOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { header } = await openTable({
    name: 'filled.xlsx',
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  })
  return header
}

test('has a template and a dictionary, each as CSV and as a workbook, with their version', () => {
  expect(NAMES).toEqual([
    'count-once-template-v1.csv',
    'count-once-template-v1.xlsx',
    'count-once-dictionary-v1.csv',
    'count-once-dictionary-v1.xlsx',
  ])
  for (const name of NAMES) expect(makeDatasetFile(name)?.bytes.length).toBeGreaterThan(100)
  for (const other of ['', 'count-once-template-v2.csv', '../package.json', '__proto__'])
    expect(makeDatasetFile(other)).toBeUndefined()
})

test('a template that is filled in needs no column to be matched by hand', () => {
  const header = templateHeadings()
  const { mapping } = suggestMapping({
    header,
    sampleRows: [EXAMPLES],
    quarter: '2024-Q1',
  })
  expect(Object.values(mapping.columns).sort()).toEqual([...header].sort())
})

test('a template is read back with its headings in the first row', async () => {
  const filled = workbook([
    { name: 'Template', titleRows: 1, rows: [templateHeadings(), EXAMPLES] },
  ])
  expect(await headerOf(filled)).toEqual(templateHeadings())
})

test('the dictionary tells every field and every code', () => {
  const text = new TextDecoder().decode(makeDatasetFile(DATASET_FILES.dictionary.csv)?.bytes)
  for (const { name, label, description } of PEOPLE_FIELDS) {
    expect(text).toContain(name)
    expect(text).toContain(label)
    expect(text).toContain(description.slice(0, 20))
  }
  expect(text).toContain('left_early')
})
