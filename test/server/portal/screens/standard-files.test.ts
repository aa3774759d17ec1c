import { expect, test } from 'vitest'
import { templateHeadings } from '#core/standard/dictionary.ts'
import { PEOPLE_FIELDS } from '#core/standard/fields.ts'
import { fieldsOfKind } from '#core/standard/further-fields.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { FEED_KINDS } from '#core/standard/feeds/feed-kinds.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { DATASET_FILES, makeDatasetFile } from '#server/portal/screens/standard-files.ts'
import { workbook } from '#core/tabular/writing/xlsx-writer.ts'

const NAMES = Object.values(DATASET_FILES).flatMap(({ template, dictionary }) =>
  [template, dictionary].flatMap(({ csv, xlsx }) => [csv, xlsx]),
)

/** A row that holds an example of everything. */
const EXAMPLES = PEOPLE_FIELDS.filter(({ label }) =>
  templateHeadings('people').includes(label),
).map(({ examples }) => examples[0] ?? '')

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
    'count-once-activities-template-v1.csv',
    'count-once-activities-template-v1.xlsx',
    'count-once-activities-dictionary-v1.csv',
    'count-once-activities-dictionary-v1.xlsx',
    'count-once-outcomes-template-v1.csv',
    'count-once-outcomes-template-v1.xlsx',
    'count-once-outcomes-dictionary-v1.csv',
    'count-once-outcomes-dictionary-v1.xlsx',
    ...FEED_KINDS.flatMap((kind) =>
      ['template', 'dictionary'].flatMap((what) =>
        ['csv', 'xlsx'].map((form) => `count-once-${kind}-${what}-v1.${form}`),
      ),
    ),
  ])
  for (const name of NAMES) expect(makeDatasetFile(name)?.bytes.length).toBeGreaterThan(100)
  for (const other of ['', 'count-once-template-v2.csv', '../package.json', '__proto__'])
    expect(makeDatasetFile(other)).toBeUndefined()
})

test('a template that is filled in needs no column to be matched by hand', () => {
  const header = templateHeadings('people')
  const { mapping } = suggestMapping({
    header,
    sampleRows: [EXAMPLES],
    quarter: '2024-Q1',
  })
  expect(Object.values(mapping.columns).sort()).toEqual([...header].sort())
})

test('a template is read back with its headings in the first row', async () => {
  const filled = workbook([
    { name: 'Template', titleRows: 1, rows: [templateHeadings('people'), EXAMPLES] },
  ])
  expect(await headerOf(filled)).toEqual(templateHeadings('people'))
})

test.each(['activities', 'outcomes'] as const)(
  'a filled template of %s needs no column to be matched by hand',
  (kind) => {
    const header = templateHeadings(kind)
    const examples = fieldsOfKind(kind).map((field) => field.examples[0] ?? '')
    const { mapping } = suggestFurther(kind, { header, sampleRows: [examples], quarter: '2024-Q1' })
    expect(Object.values(mapping.columns).sort()).toEqual([...header].sort())
    expect(compileMapping(mapping, header, undefined, kind).ok).toBe(true)
  },
)

test.each(['people', 'activities', 'outcomes'] as const)(
  'the dictionary of %s tells every field and every code',
  (kind) => {
    const text = new TextDecoder().decode(
      makeDatasetFile(DATASET_FILES[kind].dictionary.csv)?.bytes,
    )
    for (const { name, label, description } of fieldsOfKind(kind)) {
      expect(text).toContain(name)
      expect(text).toContain(label)
      expect(text).toContain(description.slice(0, 20))
    }
    expect(text).toContain({ people: 'left_early', activities: 'drop_in', outcomes: 'exit' }[kind])
  },
)
