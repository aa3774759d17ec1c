import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { badFiles } from '../server/intake/submissions/bad-files.ts'
import { child, children, csv, mothers } from '../server/intake/submissions/small-files.ts'
import { figures, openSmallProgramme } from '../server/intake/submissions/small-programme.ts'
import { countonce, type Ended } from './command-line.ts'

let folder: string
let dataDir: string
let store: OwnProgrammeStore
let before: Awaited<ReturnType<typeof figures>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  // As root, PostgreSQL's user must pass through.
  await chmod(folder, 0o711)
  dataDir = join(folder, 'data')
  await mkdir(join(folder, 'sent'))
  // Open for as long as the commands run, so that the database is started once.
  store = await openSmallProgramme({ dataDir, env: {} })
  const rows = csv([...children(0, 10), ...mothers(0, 3)])
  expect(await ingest('sound.csv', rows)).toMatchObject({ status: 0 })
  before = await figures(store)
}, 120_000)

afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function run(...args: string[]): Promise<Ended> {
  return countonce(['--data', dataDir, ...args])
}

async function sent(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'sent', name)
  await writeFile(path, bytes)
  return path
}

async function ingest(name: string, bytes: Uint8Array, ...options: string[]): Promise<Ended> {
  const place = ['--service', 'stay-and-play', '--quarter', '2024-Q1']
  return run('ingest', await sent(name, bytes), ...place, ...options)
}

interface Refusal {
  readonly submission: null
  readonly refused: { readonly code: string; readonly title: string; readonly fix: string }
}

/** The one JSON document of a refused command, which says what is wrong and how to fix it. */
function refusalOf({ status, stdout, stderr }: Ended): Refusal {
  expect(status, stderr).toBe(3)
  expect(stderr).not.toMatch(/^\s+at |Error:|node:internal/m)
  const refusal = JSON.parse(stdout) as Refusal
  expect(refusal.submission).toBeNull()
  for (const words of [refusal.refused.title, refusal.refused.fix]) {
    expect(words).toMatch(/^[A-Z][^]*[.]$/)
    expect(words).not.toMatch(/undefined|NaN|\[object/)
  }
  return refusal
}

async function expectNothingKept(): Promise<void> {
  expect(await figures(store)).toEqual(before)
  expect(await readdir(join(dataDir, 'blobs'))).toEqual([])
  expect(await readdir(join(dataDir, 'keys', 'portal', 'files'))).toEqual([])
}

/** One for each place that refuses; every other in server/intake/submissions/bad-input. */
const REPRESENTATIVE = [
  'a web page called .xlsx',
  'a zip bomb that says it is small',
  'a row with too many cells',
  'birth dates written month first',
  'no column of references',
]

describe('countonce ingest', () => {
  const files = badFiles().filter(({ what }) => REPRESENTATIVE.includes(what))

  test('knows every file that is tried here', () => {
    expect(files.map(({ what }) => what).sort()).toEqual(REPRESENTATIVE.toSorted())
  })

  test.each(files)(
    'refuses $what with one document that says what to do, and status 3',
    async ({ name, bytes, code }) => {
      const ended = await ingest(name, bytes, '--json')
      expect(refusalOf(ended).refused.code).toBe(code)
      expect(ended.stderr).toBe('')
    },
  )

  test('says the same in words without --json, and that nothing is in the figures', async () => {
    const [broken] = badFiles().filter(({ what }) => what.startsWith('a quotation mark'))
    const { status, stdout, stderr } = await ingest('broken.csv', broken?.bytes ?? new Uint8Array())
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toBe(
      'countonce: A quotation mark in row 10 of the file is never closed.\n' +
        '  Close it or delete it. The row may be the one where the text begins, not where it shows.\n' +
        'Nothing of this file is in the figures.\n',
    )
  })

  test('[S46] shows how a second file differs, and takes it with --replace alone', async () => {
    const newer = csv([...children(1, 11), ...mothers(0, 2), { ...child(0), postcode: 'SE11 6JA' }])
    const refused = await ingest('newer.csv', newer, '--json')
    expect(refusalOf(refused)).toMatchObject({
      refused: { code: 'replace-needed' },
      difference: { same: 11, changed: 1, new: 1, removed: 1 },
      standing: expect.stringMatching(/^SU-/) as unknown,
    })
    const inWords = await ingest('newer.csv', newer)
    expect(inWords.stderr).toMatch(/11 clients the same, 1 changed, 1 new, 1 removed/)
    await expectNothingKept()
  })

  test('[S46] takes the same file again for the submission that it is', async () => {
    const again = await ingest('copy.csv', csv([...children(0, 10), ...mothers(0, 3)]), '--json')
    expect(again.status).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ rows: { read: 13 }, records: 13, links: null })
    expect(again.stderr).toMatch(/^This file was sent before; it is SU-/)
  })

  test('[S28] shows rows in file = accepted + rejected + blank', async () => {
    const rows = csv([...children(12, 18), {}, { ...child(18), client_ref: '' }])
    const path = await sent('left-out.csv', rows)
    const place = ['--service', 'toy-library', '--quarter', '2024-Q1']
    const shown = await run('ingest', path, ...place, '--leave-out')
    expect(shown.stderr).toContain('rows: 8 read = 6 accepted + 1 rejected + 1 blank')
    const told = JSON.parse((await run('ingest', path, ...place, '--json')).stdout) as unknown
    expect(told).toMatchObject({
      rows: { read: 8, accepted: 6, rejected: 1, blank: 1, leftOut: 0 },
      records: 6,
    })
    expect(await run('withdraw', shown.stdout.trim())).toMatchObject({ status: 0 })
    await expectNothingKept()
  })

  test('refuses a place that no agreement covers before it reads anything', async () => {
    const path = await sent('sound.csv', csv(children(0, 3)))
    const place = ['--service', 'unsigned', '--quarter', '2024-Q1']
    const ended = await run('ingest', path, ...place, '--json')
    expect(refusalOf(ended).refused.code).toBe('agreement-missing')
  })

  test('calls a mapping file of another form a mistake in what was typed', async () => {
    const mapping = await sent('mapping.json', Buffer.from('{"columns":["client_ref"]}'))
    const ended = await ingest('sound.csv', csv(children(0, 3)), '--mapping', mapping)
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toBe(
      `countonce: ${mapping} is not a mapping file (mapping-not-valid at columns).\n`,
    )
  })

  test('calls a file that is not there a mistake in what was typed', async () => {
    const ended = await run(
      'ingest',
      join(folder, 'none.csv'),
      '--service',
      'toy-library',
      '--quarter',
      '2024-Q1',
    )
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toMatch(/^countonce: .* cannot be read[.]\n$/)
  })

  test('left the figures as they were, and no file or key', async () => {
    await expectNothingKept()
    expect(await run('audit', 'verify')).toMatchObject({ status: 0 })
  })
})

describe('countonce inspect and profile', () => {
  test.each(['inspect', 'profile'])('%s refuses a bad file as ingest does', async (command) => {
    const path = await sent('page.csv', Buffer.from('<html><body>Not found</body></html>'))
    const options = command === 'profile' ? ['--service', 'toy-library'] : []
    const ended = await run(command, path, ...options, '--json')
    expect(ended.status).toBe(3)
    expect(JSON.parse(ended.stdout)).toMatchObject({ refused: { code: 'kind-html' } })
  })
})

describe('countonce profile of activities and outcomes', () => {
  const place = ['--service', 'toy-library', '--quarter', '2024-Q1']
  const instrument = { code: 'invented-play', label: 'Invented play scale', measure: 'play' }
  const FRAMEWORK = {
    outcomes: [{ code: 'play', label: 'Children play' }],
    measures: [{ code: 'play', outcome: 'play', label: 'Play' }],
    instruments: [{ ...instrument, least: 0, most: 10, services: ['toy-library'], invented: true }],
  }

  function lines(...rows: readonly string[]): Uint8Array {
    return Buffer.from([...rows, ''].join('\n'))
  }

  test('tells of named and counted people, and keeps nothing', async () => {
    const path = await sent(
      'activities.csv',
      lines(
        'Session ID,Session date,Client ID,First name,Surname,Date of birth,Attended,Adults,Children',
        'A-1,07/05/2024,C-1,Amara,Ward,03/02/2021,yes,,',
        'A-1,07/05/2024,C-2,Bo,Lund,04/03/2021,no,,',
        'A-2,08/05/2024,,,,,,5,6',
        'A-3,,C-1,Amara,Ward,03/02/2021,yes,,',
      ),
    )
    const ended = await run('profile', path, ...place, '--kind', 'activities', '--json')
    expect(ended.status, ended.stderr).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      rows: { read: 4, accepted: 3, rejected: 1, blank: 0, leftOut: 0 },
      records: 2,
      activities: { activities: 2, attendances: 1, anonymousAdults: 5, anonymousChildren: 6 },
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'activity-date-missing', severity: 'must-fix', rows: 1 }),
      ]) as unknown,
    })
    expect(ended.stdout).not.toContain('Amara')
    await expectNothingKept()
  })

  test('holds scores against the framework it is given, and asks for one', async () => {
    const path = await sent(
      'outcomes.csv',
      lines(
        'Client ID,First name,Surname,Date of birth,Invented play scale baseline,Baseline date,Invented play scale exit,Exit date',
        'C-1,Amara,Ward,03/02/2021,4,10/04/2024,7.5,20/06/2024',
        'C-2,Bo,Lund,04/03/2021,11,10/04/2024,,',
      ),
    )
    const options = [...place, '--kind', 'outcomes']
    expect(await run('profile', path, ...options)).toMatchObject({ status: 2, stdout: '' })
    const framework = await sent('framework.json', lines(JSON.stringify(FRAMEWORK)))
    const told = await run('profile', path, ...options, '--framework', framework)
    expect(told.status, told.stderr).toBe(0)
    expect(told.stdout).toContain('2 rows = 1 sound + 1 to fix + 0 blank; 1 records')
    expect(told.stdout).toContain('Invented play scale: 2 scores; 1 person with a baseline, 1 with')
    expect(told.stdout).toMatch(
      /score-outside-scale +score in Invented play scale baseline +must-fix +1/,
    )
    const unusable = await sent('unusable.json', lines('{"outcomes": []}'))
    const refused = await run('profile', path, ...options, '--framework', unusable)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toMatch(/The file is not a measurement framework[.] measures: /)
    await expectNothingKept()
  })

  test('takes a file of either beside that of people, once there is a framework', async () => {
    const path = await sent(
      'taken.csv',
      lines(
        'Client ID,First name,Surname,Date of birth,Postcode,Instrument,Time point,Score date,Score',
        'C-1,Amara,Ward,03/02/2021,SE11 6AA,Invented play scale,Baseline,10/04/2024,4',
      ),
    )
    const options = [...place, '--kind', 'outcomes', '--confirm', '--json']
    const refused = await run('ingest', path, ...options)
    expect(refused.status).toBe(3)
    expect(JSON.parse(refused.stdout)).toMatchObject({ refused: { code: 'framework-missing' } })
    const framework = await sent('framework.json', lines(JSON.stringify(FRAMEWORK)))
    expect((await run('framework', framework)).stdout).toContain('Version 1: 1 outcomes')
    const taken = await run('ingest', path, ...options)
    expect(taken.status, taken.stderr).toBe(0)
    const { submission, scores } = JSON.parse(taken.stdout) as {
      submission: string
      scores: unknown
    }
    expect(scores).toEqual([expect.objectContaining({ instrument: 'invented-play', scores: 1 })])
    // It reaches nobody, and goes again without a trace.
    await expectNothingKept()
    expect((await run('withdraw', submission)).status).toBe(0)
  })

  test('such a file is never taken for people and service use', async () => {
    const mapping = { kind: 'outcomes', columns: { client_ref: 'Client ID' } }
    const path = await sent('kind.json', lines(JSON.stringify(mapping)))
    const ended = await ingest('sound.csv', csv(children(0, 3)), '--mapping', path, '--json')
    expect(ended.status).toBe(3)
    expect(ended.stdout).toContain('mapping-of-other-kind')
    await expectNothingKept()
  })
})

describe('--encoding', () => {
  test('reads a file in the encoding that is named', async () => {
    const header = 'Client ID,First name,Surname,Date of birth'
    const people = ['Zoë', 'Noé', 'Inès'].map(
      (first, at) => `C-${at},${first},Ward,0${at + 1}/02/2021`,
    )
    // Mac Roman: é is 0x8E, ë 0x91, è 0x8F.
    const text = [header, ...people, ''].join('\n')
    const bytes = Buffer.from(
      text.replaceAll('é', '\x8e').replaceAll('ë', '\x91').replaceAll('è', '\x8f'),
      'latin1',
    )
    const path = await sent('roman.csv', bytes)
    const encoding = 'ibm850'
    const ended = await run('inspect', path, '--encoding', encoding, '--json')
    expect(ended.status).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      receipt: { encoding },
      mapping: { encoding },
    })
  })

  test('answers a wrong name with the list', async () => {
    const path = await sent('plain.csv', Buffer.from('a,b\n1,2\n'))
    const ended = await run('inspect', path, '--encoding', 'ebcdic')
    expect(ended.status).toBe(2)
    expect(ended.stderr).toContain('It is one of utf-8, utf-8-twice,')
  })
})

describe('[S50] a fault', () => {
  test.each([
    [
      'no database answers',
      'database-gone',
      { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
    ],
    ['the store of files is not there', 'storage-unavailable', {}],
  ])('when %s is one document with what to do, and status 1', async (_, code, env) => {
    const path = await sent('sound.csv', csv(children(20, 23)))
    const elsewhere = code === 'storage-unavailable' ? { BLOB_STORAGE: await storeOfNobody() } : env
    const place = ['--service', 'toy-library', '--quarter', '2024-Q1', '--json']
    const ended = await countonce(['--data', dataDir, 'ingest', path, ...place], elsewhere)
    expect(ended.status, ended.stderr).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      fault: {
        code,
        title: expect.stringMatching(/^[A-Z].*[.]$/) as unknown,
        fix: expect.stringMatching(/^[A-Z].*[.]$/) as unknown,
        reference: expect.stringMatching(/^F-/) as unknown,
      },
    })
    expect(ended.stderr).toMatch(
      /^countonce: [^\n]+[.]\n {2}[^\n]+[.]\n {2}[^\n]+ reference F-[^\n]+\n$/,
    )
    await expectNothingKept()
  })
})

/** The address of a store of files on a port that nobody listens on. */
async function storeOfNobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address === null || typeof address === 'string' ? 1 : address.port
  await new Promise((resolve) => server.close(resolve))
  const account = 'devstoreaccount1'
  const key = Buffer.from('a key of nobody').toString('base64')
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/${account};`
}

describe('countonce release', () => {
  test('writes a signed file that is checked without a programme, and found out when a figure is changed', async () => {
    // Of so few as there are, a release prints nothing.
    const many = await sent('many.csv', csv([...children(20, 90), ...mothers(20, 60)]))
    const place = ['--service', 'health-visiting', '--quarter', '2024-Q1']
    expect(await run('ingest', many, ...place)).toMatchObject({ status: 0 })
    const file = join(folder, 'signed.json')
    expect(await run('release', '--signed', file)).toMatchObject({ status: 0 })
    const check = (...more: string[]): Promise<Ended> =>
      countonce(['--data', join(folder, 'nobody'), 'release', '--verify', file, ...more])
    const genuine = await check('--json')
    expect(genuine).toMatchObject({ status: 0, stderr: '' })
    const { key, outcome, release } = JSON.parse(genuine.stdout) as Record<
      'key' | 'outcome' | 'release',
      string
    >
    expect(outcome).toBe('genuine')
    const told = await check('--key', key)
    expect(told).toMatchObject({ status: 0 })
    // What was signed, and not only that it was.
    expect(told.stdout).toMatch(/What was signed:[^]*Hidden: 7 people or fewer[^]* after rounding/)
    const own = await run('release', '--verify', release)
    expect(own).toMatchObject({ status: 0 })
    expect(own.stdout).toMatch(/every figure[^]*Figures: [0-9]+[^]*SHA-256: [0-9a-f]{64}/)
    expect(own.stdout).toContain('Signature: of this text, by the key above')
    expect(await check('--key', key.split('').reverse().join(''))).toMatchObject({ status: 1 })
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/people\\t[0-9]+/, 'people\\t95'))
    const changed = await check()
    expect(changed.status).toBe(1)
    expect(changed.stdout).toContain('These are not the figures that were signed')
    await writeFile(file, csv(children(0, 2)))
    expect((await check()).stdout).toContain('This is not a file of signed figures')
    expect(await check('--key', 'no key')).toMatchObject({ status: 2 })
  })
})
