import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TraceFinder } from '../server/intake/submissions/traces.ts'
import { makeHasherFolder, wordsFor, type HasherFolder, type Ran } from './setup/hasher-folder.ts'

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
