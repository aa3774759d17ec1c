import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HASHED_COLUMNS } from '#core/hashed-file/hashed-columns.ts'
import { manifestHmac } from '#core/pseudonym/keys.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { peopleField } from '#core/standard/fields.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import { workbook } from '#core/tabular/writing/xlsx-writer.ts'
import { expectAccessible } from '../e2e/setup/accessibility.ts'
import { messyFile } from './messy-file.ts'
import {
  answerCheck,
  goToCheck,
  goToColumns,
  heading,
  keptBy,
  makeAndSave,
  missingBrowser,
  openBridgeKey,
  openKey,
  press,
  sha256Of,
  startHasherBrowser,
  type GivenToPage,
  type HasherBrowser,
  type HasherVisit,
} from './setup/hasher-browser.ts'
import {
  areaFile,
  makeHasherFolder,
  OLD_PASSPHRASE,
  OLD_SOURCE_KEY,
  PASSPHRASE,
  SOURCE_KEY,
  wordsFor,
  type HasherFolder,
} from './setup/hasher-folder.ts'
import { RETURNED, SENT } from './setup/small-extract.ts'

/** The page's whole journey, as an analyst walks it, with the network refused. */

const ROWS = 500
const messy = messyFile(20_261_128, ROWS)
const missing = await missingBrowser()

const CASELOAD = [
  { name: 'About', rows: [['Made by hand']], titleRows: 1 },
  {
    name: 'Caseload',
    titleRows: 3,
    rows: [
      ['Caseload of the quarter'],
      [],
      ['Client ID', 'First name', 'Last name', 'Date of birth', 'Gender', 'NHS number', 'Contacts'],
      ['C-1', 'Amara', 'Winterbourne', { serial: 44_000 }, 'F', '401 023 2137', 3],
      ['C-2', 'Zoë', 'O’Neil-Núñez', { serial: 43_000 }, 'F', '', 2],
      ['', 'Philippa', 'Winterbourne', { serial: 42_000 }, 'F', '', 1],
    ],
  },
]

const GAPS = 'Client ID,Date of birth,Contacts\nC-1,01/02/2021,3\nC-2,02/03/2020,2\n'

let hasher: HasherFolder
let browser: HasherBrowser

beforeAll(async () => {
  if (missing !== '') return
  hasher = await makeHasherFolder()
  await hasher.write('messy.csv', messy.csv)
  await hasher.write('mapping.json', JSON.stringify(messy.mapping))
  const { shape, columns } = messy.mapping
  await hasher.write('columns-alone.json', JSON.stringify({ shape, columns }))
  browser = await startHasherBrowser()
})

afterAll(async () => {
  if (missing !== '') return
  await browser.close()
  await hasher.remove()
})

function given(file: string, mapping?: string): GivenToPage {
  return {
    key: hasher.at('key.txt'),
    area: hasher.at('area.txt'),
    passphrase: PASSPHRASE,
    provider: 'trust-a',
    service: 'slt',
    quarter: '2024-Q1',
    file: hasher.at(file),
    ...(mapping === undefined ? {} : { mapping: hasher.at(mapping) }),
  }
}

/** The key that was replaced. */
const old = (): NonNullable<GivenToPage['bridge']> => ({
  key: hasher.at('old-key.txt'),
  passphrase: OLD_PASSPHRASE,
})

function withoutArea({ area, ...rest }: GivenToPage): GivenToPage {
  expect(area).toBeDefined()
  return rest
}

/** What the command line makes of the same file. */
async function commandLine(file: string, ...more: readonly string[]): Promise<string> {
  const out = `by-command-line-${file}.csv`
  const words = [...wordsFor(file, out), '--area', 'area.txt', '--confirm', ...more]
  const ran = await hasher.run(words)
  expect(ran.stderr + String(ran.status)).toMatch(/0$/)
  return readFile(hasher.at(out), 'utf8')
}

function expectNothingTried({ requests, complaints }: HasherVisit): void {
  expect(requests).toEqual([])
  expect(complaints).toEqual([])
}

const PSEUDONYMS_AND_DATES = new Set(
  HASHED_COLUMNS.flatMap(({ name }, index) => (/_pseudonym$|_date$/.test(name) ? [index] : [])),
)

/**
 * The cells of a hashed file that are neither digests nor dates of service: there a value that is
 * short could not hide.
 */
function otherCells(csv: string): string {
  return csv
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .filter((_, column) => !PSEUDONYMS_AND_DATES.has(column))
        .join(),
    )
    .join('\n')
}

/** Words that a hashed file has of its own, which somebody typed for a name. */
const OWN_WORDS = new Set(['unknown'])

/**
 * Values of six characters and more in the identifier columns of the input, in the forms that they
 * could leave in.
 */
function formsOfIdentifiers(): string[] {
  const forms = new Set<string>()
  for (const row of messy.rows) {
    for (const [field, value] of Object.entries(row)) {
      const plain = value.trim()
      if (peopleField(field)?.kind !== 'identifier' || plain.length < 6) continue
      if (OWN_WORDS.has(plain.toLowerCase())) continue
      const bytes = Buffer.from(plain)
      const base64 = bytes.toString('base64').replace(/=+$/, '')
      for (const form of [plain, base64, bytes.toString('base64url'), bytes.toString('hex')])
        forms.add(form.toLowerCase())
    }
  }
  return [...forms]
}

describe.runIf(missing === '')('the page, opened from a folder', () => {
  it('[S34] makes of a messy file what the command line makes, and signs it with the key', async () => {
    const visit = await browser.open()
    await goToColumns(visit.page, given('messy.csv', 'mapping.json'))
    await goToCheck(visit.page)
    await answerCheck(visit.page)
    const saved = await makeAndSave(visit.page)
    const csv = saved['.csv'] ?? ''
    expect(csv === (await commandLine('messy.csv', '--mapping', 'mapping.json'))).toBe(true)
    const manifest = JSON.parse(saved['.manifest.json'] ?? '{}') as Record<string, unknown>
    expect(manifest).toMatchObject({
      tool: 'count-once-hasher.html',
      csv_sha256: sha256Of(csv),
      csv_bytes: Buffer.byteLength(csv),
      rows: { read: ROWS },
      self_test: { passed: 480, failed: 0 },
    })
    const key = createHmacEngine().prepareKey(SOURCE_KEY)
    const bytes = new TextEncoder().encode(saved['.manifest.json'])
    expect(saved['.manifest.hmac']).toBe(`${manifestHmac(key, bytes)}\n`)
    expectNothingTried(visit)
    expect(await keptBy(visit.page)).toEqual({
      local: 0,
      session: 0,
      databases: 0,
      cookie: '',
      history: '{"step":"save"}',
      name: '',
    })
    // No value of the input leaves, in whatever form.
    const forms = formsOfIdentifiers()
    expect(forms.length).toBeGreaterThan(ROWS * 10)
    const others = [otherCells(csv), saved['.manifest.json'], saved['.manifest.hmac']]
      .join('\n')
      .toLowerCase()
    const everything = csv.toLowerCase()
    const leaked = forms.filter(
      (form) =>
        others.includes(form) || (!/^[0-9a-f./-]+$/.test(form) && everything.includes(form)),
    )
    expect(leaked).toEqual([])
  })

  it('reads a report of findings that came back as the file it was made of', async () => {
    await hasher.write('sent.csv', SENT)
    await hasher.write('returned.csv', RETURNED)
    const visit = await browser.open()
    await goToColumns(visit.page, given('returned.csv'))
    await goToCheck(visit.page)
    await answerCheck(visit.page)
    const saved = await makeAndSave(visit.page)
    expect(saved['.csv']).toBe(await commandLine('sent.csv'))
  })

  it('reads a workbook, leaves out rows with a reason, and works without an area file', async () => {
    await hasher.write('caseload.xlsx', workbook(CASELOAD))
    const visit = await browser.open()
    const { page } = visit
    await goToColumns(page, withoutArea(given('caseload.xlsx')))
    await goToCheck(page)
    await page.getByText('1 row must be fixed').waitFor()
    const cell = page.getByRole('row', { name: /There is no client reference/ })
    await cell.getByText('1 rows').click()
    // The rows are the spreadsheet's own, and nothing of them is shown.
    expect(await cell.getByText('6', { exact: true }).count()).toBe(1)
    expect(await page.locator('main').innerText()).not.toMatch(/Winterbourne|Amara|401 023/)
    await press(page, 'Leave this row out')
    await page.getByText('Choose a reason.').first().waitFor()
    const [list] = await Promise.all([
      page.waitForEvent('download'),
      press(page, 'Save the list of rows (CSV)'),
    ])
    const lines = (await readFile(await list.path(), 'utf8')).split('\r\n')
    expect(lines[0]).toBe('\ufeffRow,Field,Severity,Code,Finding')
    expect(lines).toContain(
      '6,Client reference,Must be fixed,ref-missing,There is no client reference',
    )
    await answerCheck(page)
    const saved = await makeAndSave(page)
    const out = 'by-command-line.csv'
    const ran = await hasher.run([...wordsFor('caseload.xlsx', out), '--confirm', '--leave-out'])
    expect(ran.status).toBe(0)
    expect(saved['.csv']).toBe(await readFile(hasher.at(out), 'utf8'))
    expect(JSON.parse(saved['.manifest.json'] ?? '{}')).toMatchObject({
      rows: { read: 3, accepted: 2, rejected: 1, blank: 0 },
    })
    expectNothingTried(visit)
  })

  it('makes of a bridge quarter the two files that the command line makes with --bridge-key', async () => {
    const visit = await browser.open()
    await hasher.write('bridged.csv', messy.csv)
    const { page } = visit
    const both = { ...given('bridged.csv', 'mapping.json'), bridge: old() }
    await goToColumns(page, both)
    await goToCheck(page)
    await answerCheck(page)
    await page.getByText('Check value of the old key').waitFor()
    const saved = await makeAndSave(page)
    expect(Object.keys(saved)).toHaveLength(6)
    const words = ['--bridge-key', 'old-key.txt', '--mapping', 'mapping.json']
    expect(saved['.csv']).toBe(await commandLine('bridged.csv', ...words))
    const bridge = await readFile(hasher.at('by-command-line-bridged.csv.bridge.csv'), 'utf8')
    expect(saved['.bridge.csv']).toBe(bridge)
    const manifest = saved['.bridge.manifest.json'] ?? ''
    expect(JSON.parse(manifest)).toMatchObject({ bridge_for: sha256Of(saved['.csv'] ?? '') })
    const signed = manifestHmac(
      createHmacEngine().prepareKey(OLD_SOURCE_KEY),
      Buffer.from(manifest),
    )
    expect(saved['.bridge.manifest.hmac']?.trim()).toBe(signed)
    expectNothingTried(visit)
  })

  it('refuses as the old key the key that is open, and goes on without one', async () => {
    const { page } = await browser.open()
    await openKey(page, given('messy.csv'))
    await openBridgeKey(page, { key: hasher.at('key.txt'), passphrase: PASSPHRASE })
    await page.getByText('The bridge key and the key are the same.').first().waitFor()
    await press(page, 'Continue')
    await heading(page, 'Choose service and quarter')
  })

  it('fills gaps by the rules of a mapping file, and of the area file, as the command line does', async () => {
    const rules = [{ kind: 'default', column: 'Status', value: 'Active' }] as const
    const filling = { version: 1, rules } as const
    await hasher.write('gaps.csv', GAPS)
    await hasher.write('rules-area.txt', areaFile(SOURCE_KEY, { slt: filling }))
    const columns = {
      ...{ client_ref: 'Client ID', date_of_birth: 'Date of birth' },
      ...{ status: 'Status', contacts: 'Contacts' },
    }
    const mapping = { shape: 'person', columns, preparation: { filling } }
    await hasher.write('rules.json', JSON.stringify(mapping))
    const made: string[] = []
    for (const how of [
      { mapping: hasher.at('rules.json') },
      { area: hasher.at('rules-area.txt') },
    ]) {
      const { page } = await browser.open()
      await goToColumns(page, { ...given('gaps.csv'), ...how })
      await goToCheck(page)
      await answerCheck(page)
      made.push((await makeAndSave(page))['.csv'] ?? '')
    }
    const words = [...wordsFor('gaps.csv', 'gaps-out.csv'), '--area', 'rules-area.txt', '--confirm']
    expect((await hasher.run(words)).status).toBe(0)
    made.push(await readFile(hasher.at('gaps-out.csv'), 'utf8'))
    const [first = ''] = made
    expect(first.split('\n').filter((line) => line.includes(',active,'))).toHaveLength(2)
    expect(made).toEqual([first, first, first])
  })

  it('makes of activities and of outcomes, long and wide, what the command line makes with --kind', async () => {
    const files = {
      activities: [
        'Session ID,Session date,Client ID,First name,Last name,DOB,Gender,Attended,Adults,Children',
        'S-1,07/05/2024,C-1,Amara,Winterbourne,01/02/2021,F,Yes,,',
        'S-1,07/05/2024,C-2,Zoe,Harrowgate,03/04/2021,F,No,,',
        'S-2,14/05/2024,C-1,Amara,Winterbourne,01/02/2021,F,Yes,,',
        'S-3,15/05/2024,,,,,,,4,6',
      ],
      outcomes: [
        'Client ID,First name,Last name,DOB,Gender,Baseline date,ICW baseline,Exit date,ICW exit',
        'C-1,Amara,Winterbourne,01/02/2021,F,07/05/2024,12,20/06/2024,30.5',
        'C-2,Zoe,Harrowgate,03/04/2021,F,08/05/2024,9,,',
        'C-3,Ines,Lindqvist,05/06/2021,F,08/05/2024,lots,,',
      ],
      long: [
        'Client ID,First name,Last name,DOB,Gender,Measure,Time point,Score date,Score',
        'C-1,Amara,Winterbourne,01/02/2021,F,ICW,Baseline,07/05/2024,12',
        'C-1,Amara,Winterbourne,01/02/2021,F,ICW,Exit,20/06/2024,30.5',
        'C-2,Zoe,Harrowgate,03/04/2021,F,ICW,Baseline,08/05/2024,9',
      ],
    }
    const made: Record<string, string> = {}
    for (const [name, lines] of Object.entries(files)) {
      const kind = name === 'activities' ? name : 'outcomes'
      await hasher.write(`${name}.csv`, lines.join('\n'))
      const { page } = await browser.open()
      const area = hasher.at('area.txt')
      await goToColumns(page, { ...given(`${name}.csv`), area, kind })
      await goToCheck(page)
      await answerCheck(page)
      const saved = await makeAndSave(page)
      const words = [...wordsFor(`${name}.csv`, `${name}-out.csv`), '--kind', kind]
      const answers = ['--area', 'area.txt', '--confirm', '--leave-out']
      const { status, stderr } = await hasher.run([...words, ...answers])
      expect(`${String(status)} ${status === 0 ? '' : stderr}`).toBe('0 ')
      made[name] = await readFile(hasher.at(`${name}-out.csv`), 'utf8')
      expect(saved['.csv']).toBe(made[name])
      const manifest = await hasher.manifestAt(`${name}-out.manifest.json`)
      expect(JSON.parse(saved['.manifest.json'] ?? '')).toMatchObject({ events: manifest.events })
      expect(manifest.events).toEqual(
        kind === 'activities'
          ? { kind, activities: 3, attendances: 2, adults: 4, children: 6 }
          : { kind, framework: 3, scores: 3 },
      )
    }
    const scoresOf = (name: string): unknown =>
      made[name]?.split('\n').map((line) => line.split(',').at(-1))
    expect(scoresOf('outcomes')).toEqual([
      'scores',
      'invented-words::baseline:2024-05-07:12000: invented-words::exit:2024-06-20:30500:',
      'invented-words::baseline:2024-05-08:9000:',
      '',
    ])
    expect(scoresOf('long')).toEqual(scoresOf('outcomes'))
    expect(Object.values(made).join('')).not.toMatch(/Amara|Winterbourne|C-1|S-1|lots/)
  })

  it('saves a mapping to a file, which the command line reads as well', async () => {
    const { page } = await browser.open()
    await goToColumns(page, given('messy.csv', 'mapping.json'))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page, 'Save this mapping to a file'),
    ])
    expect(download.suggestedFilename()).toBe('slt.mapping.json')
    const text = await readFile(await download.path(), 'utf8')
    const read = parseMappingFile(text)
    expect(read.ok && read.mapping).toEqual(messy.mapping)
  })

  it('is accessible at a desktop’s and a phone’s width at every step, and moves the focus to what is new', async () => {
    const { page } = await browser.open()
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent.trim() ?? '')
    await page.getByLabel('Key file').waitFor()
    expect(await focused()).toBe('Open your key')
    await expectAccessible(page)
    await press(page, 'Open the key')
    expect(await focused()).toContain('There is a problem')
    expect(await page.title()).toMatch(/^Error: /)
    await expectAccessible(page)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('passphrase')
    await openKey(page, given('messy.csv'))
    await page.getByRole('button', { name: 'Continue' }).waitFor()
    expect(await focused()).toBe('Your key')
    await expectAccessible(page)
    await press(page, 'Continue')
    await expectAccessible(page)
    await press(page, 'Continue')
    await expectAccessible(page)
    await page.getByLabel('Service').selectOption('slt')
    await page.getByLabel('Quarter').selectOption('2024-Q1')
    await press(page, 'Continue')
    await expectAccessible(page)
    await page.getByLabel('Your file').setInputFiles(hasher.at('messy.csv'))
    await page.getByLabel('Mapping saved before').setInputFiles(hasher.at('columns-alone.json'))
    await press(page, 'Read the file')
    await heading(page, 'What we read')
    await expectAccessible(page)
    await press(page, 'This is right: match the columns')
    await heading(page, 'Match your columns')
    await expectAccessible(page)
    await press(page, 'Continue')
    await heading(page, 'Match your values')
    await expectAccessible(page)
    await goToCheck(page)
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await expectAccessible(page)
    await answerCheck(page)
    await expectAccessible(page)
    await press(page, 'Make the hashed file')
    await heading(page, 'Hashed file made')
    await expectAccessible(page)
    // The browser's own Back is a step back.
    await page.goBack()
    await heading(page, 'Make the hashed file')
  })
})
