import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantedWorkbook, WORDS_BESIDE } from '../core/tabular/workbook/planted-workbook.ts'
import { TraceFinder } from '../server/intake/submissions/traces.ts'
import {
  answerCheck,
  goToCheck,
  goToColumns,
  keptBy,
  makeAndSave,
  missingBrowser,
  startHasherBrowser,
} from './setup/hasher-browser.ts'
import {
  makeHasherFolder,
  PASSPHRASE,
  wordsFor,
  type HasherFolder,
  type Ran,
} from './setup/hasher-folder.ts'

/**
 * Words planted in every place where a person can type or map something for the hasher, and which of
 * what it writes may hold them: the mapping, which is its owner's own, and what it tells of a file's
 * headings.
 */

const PLACES = {
  cell: { word: 'Gwendraeth', in: [] },
  'cell that is not used': { word: 'Zebrowskian', in: [] },
  'word of a code column': { word: 'Kalamazoo', in: ['mapping'] },
  heading: { word: 'Quarrington', in: ['mapping', 'report'] },
  'heading that is not used': { word: 'Thistlewick', in: ['report'] },
  'word of a rule': { word: 'Xanthorrhoea', in: ['mapping'] },
  'value of a rule': { word: 'Wolframite', in: ['mapping'] },
  'heading of a rule': { word: 'Ptarmigan', in: ['mapping', 'report'] },
  'name of the file': { word: 'Popplewellian', in: ['report'] },
} as const satisfies Record<string, { readonly word: string; readonly in: readonly string[] }>

const word = (place: keyof typeof PLACES): string => PLACES[place].word
const NAME = `${word('name of the file')}.csv`
const BOOK = `${word('name of the file')}.xlsx`
const missing = await missingBrowser()

let hasher: HasherFolder
let ran: Ran

beforeAll(async () => {
  hasher = await makeHasherFolder()
  const heading = `Sex ${word('heading')}`
  const header = [
    'Ref',
    'First name',
    'Surname',
    'DOB',
    heading,
    'Site',
    word('heading that is not used'),
  ]
  const row = (ref: string, first: string, site: string, gender: string): string =>
    [ref, first, 'Marlowe', '03/02/2021', gender, site, word('cell that is not used')].join(',')
  const rows = [
    row('C-1', word('cell'), word('word of a rule'), word('word of a code column')),
    row('C-2', 'Ada', 'Hall', 'Girl'),
  ]
  await hasher.write(NAME, `${[header.join(','), ...rows].join('\n')}\n`)
  await hasher.write(
    'mapping.json',
    JSON.stringify({
      columns: {
        ...{ client_ref: 'Ref', first_name: 'First name', last_name: 'Surname' },
        ...{ date_of_birth: 'DOB', gender: heading, referral_source: word('heading of a rule') },
      },
      values: {
        gender: { [word('word of a code column')]: 'F', Girl: 'F' },
        referral_source: { [word('value of a rule')]: 'self' },
      },
      preparation: {
        filling: {
          version: 1,
          rules: [
            {
              ...{ kind: 'look-up', column: word('heading of a rule'), from: 'Site' },
              words: [{ word: word('word of a rule'), becomes: word('value of a rule') }],
            },
          ],
        },
      },
    }),
  )
  ran = await hasher.run([
    ...wordsFor(NAME),
    ...['--mapping', 'mapping.json', '--save-mapping', 'saved.json', '--report', 'report.txt'],
    ...['--confirm', '--leave-out'],
  ])
})

afterAll(() => hasher.remove())

test('[S73] what leaves for the portal holds none of them, and the rest what is listed alone', async () => {
  expect(ran).toMatchObject({ status: 0 })
  const written = {
    hashed: ['out.csv', 'out.manifest.json', 'out.manifest.hmac'],
    mapping: ['saved.json'],
    report: ['report.txt'],
  }
  const finder = new TraceFinder(Object.values(PLACES).map((place) => place.word))
  const found = async (names: readonly string[]): Promise<string[]> => {
    const bytes = await Promise.all(names.map((name) => readFile(hasher.at(name))))
    const traces = bytes.flatMap((each) => finder.search(each))
    return [...new Set(traces.map((trace) => trace.split(' ')[0] ?? ''))].sort()
  }
  const listed = (where: 'mapping' | 'report'): string[] =>
    Object.values(PLACES)
      .filter((place) => (place.in as readonly string[]).includes(where))
      .map((place) => place.word)
  expect(await found(written.hashed)).toEqual([])
  // The mapping has them all, so the search finds what there is.
  expect(await found(written.mapping)).toEqual(listed('mapping').sort())
  for (const told of await found(written.report)) expect(listed('report')).toContain(told)
  for (const told of finder.search(Buffer.from(ran.stdout + ran.stderr)))
    expect(listed('report')).toContain(told.split(' ')[0])
})

/** A workbook with the same words in its cells, and others of its own wherever else something can be written. */
function plantedBook(): Uint8Array {
  const header = ['Ref', 'First name', 'Surname', 'DOB', `Sex ${word('heading')}`, 'Site']
  const row = (ref: string, first: string, gender: string): string[] => [
    ...[ref, first, 'Marlowe', '03/02/2021', gender, word('word of a rule')],
    word('cell that is not used'),
  ]
  const rows = [row('C-1', word('cell'), word('word of a code column')), row('C-2', 'Ada', 'Girl')]
  return plantedWorkbook([[...header, word('heading that is not used')], ...rows], rows)
}

test.runIf(missing === '')(
  '[S73] what leaves the page, what it keeps and what it says elsewhere holds none of them',
  async () => {
    const browser = await startHasherBrowser()
    try {
      await hasher.write(BOOK, plantedBook())
      const { page, requests, complaints } = await browser.open()
      await goToColumns(page, {
        ...{ key: hasher.at('key.txt'), area: hasher.at('area.txt'), passphrase: PASSPHRASE },
        ...{ provider: 'trust-a', service: 'slt', quarter: '2024-Q1' },
        ...{ file: hasher.at(BOOK), mapping: hasher.at('saved.json') },
      })
      // The page shows whose file it is to who has it: so the words were read.
      expect(await page.locator('main').innerText()).toContain(word('heading that is not used'))
      await goToCheck(page)
      await answerCheck(page)
      const addresses = [page.url(), await page.title()]
      const saved = await makeAndSave(page)
      expect(Object.keys(saved).sort()).toEqual(['.csv', '.manifest.hmac', '.manifest.json'])
      const planted = [
        ...Object.values(PLACES).map((place) => place.word),
        ...Object.values(WORDS_BESIDE),
      ]
      const left = [...Object.values(saved), ...addresses, page.url(), await page.title()]
      expect(new TraceFinder(planted).search(Buffer.from(left.join('\n')))).toEqual([])
      const kept = await keptBy(page)
      expect(kept).toMatchObject({ local: 0, session: 0, databases: 0, cookie: '', name: '' })
      expect(new TraceFinder(planted).search(Buffer.from(JSON.stringify(kept)))).toEqual([])
      expect([...requests, ...complaints]).toEqual([])
    } finally {
      await browser.close()
    }
  },
)
