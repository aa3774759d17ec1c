import { createHash, createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HASHED_HEADER } from '#core/hashed-file/hashed-columns.ts'
import { readManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { HASHER_WORDS } from '#core/messages/hasher-refusals.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import { keyCheckValue } from '#core/pseudonym/keys.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { TOOL_VERSION } from '../../desktop-hasher/tool.ts'
import {
  areaFile,
  ended,
  keyFile,
  makeHasherFolder,
  OLD_SOURCE_KEY,
  PASSPHRASE,
  SOURCE_KEY,
  wordsFor,
  type HasherFolder,
} from './setup/hasher-folder.ts'

const HEADER =
  'client_ref,first_name,last_name,date_of_birth,gender,nhs_number,carer_email,postcode,contacts'
const PEOPLE = `${HEADER}
C-1001,Philippa,Winterbourne,03/02/2021,F,4010232137,m.winterbourne@mail.leap.test,SW9 9SL,3
C-1002,Zoë,O’Neil-Núñez,14/09/2019,F,,z.oneil@mail.leap.test,SW9 9SL,2
`
const CLEAR = [
  'Philippa',
  'Winterbourne',
  '03/02/2021',
  '2021-02-03',
  '4010232137',
  'm.winterbourne@mail.leap.test',
  'SW9 9SL',
  'SW99SL',
  'C-1001',
  'O’Neil-Núñez',
]

let hasher: HasherFolder
let check: string
let runs = 0

beforeAll(async () => {
  hasher = await makeHasherFolder()
  check = keyCheckValue(createHmacEngine().prepareKey(SOURCE_KEY))
  await hasher.write('people.csv', PEOPLE)
})

afterAll(async () => {
  await hasher.remove()
})

/** A name of its own for each run's output. */
function out(): string {
  return `out-${++runs}.csv`
}

/** What a run left under its name. */
async function leftOf(name: string): Promise<string[]> {
  const stem = name.slice(0, -'.csv'.length)
  return (await readdir(hasher.folder)).filter((entry) => entry.startsWith(`${stem}.`)).sort()
}

async function manifestAt(name: string): Promise<Manifest> {
  const read = readManifest(await readFile(hasher.at(name)))
  if (!read.ok) throw new Error(read.code)
  return read.manifest
}

describe('a file that is hashed', () => {
  it('gives a file, its manifest and the manifest’s signature, which agree and only their owner may read', async () => {
    const name = out()
    const ran = await hasher.run([...wordsFor('people.csv', name), '--area', 'area.txt'])
    const stem = name.slice(0, -4)
    expect(ran).toMatchObject({
      status: 0,
      stdout: `${name}\n${stem}.manifest.json\n${stem}.manifest.hmac\n`,
    })
    expect(ran.stderr).toContain(`key check value ${check}`)
    const csv = await readFile(hasher.at(name), 'utf8')
    const [header, first] = csv.split('\n')
    expect(header).toBe(HASHED_HEADER)
    expect(first).toMatch(/^1,child,2021-02,F,W-1,3,yes,,,unknown,,,,,,3,,[0-9a-f]{64},/)
    const bytes = await readFile(hasher.at(`${stem}.manifest.json`))
    const framed = Buffer.concat([
      Buffer.from(`9:countonce,1:1,8:manifest,${bytes.length}:`),
      bytes,
      Buffer.from(','),
    ])
    expect(await readFile(hasher.at(`${stem}.manifest.hmac`), 'utf8')).toBe(
      `${createHmac('sha256', SOURCE_KEY).update(framed).digest('hex')}\n`,
    )
    expect(await manifestAt(`${stem}.manifest.json`)).toMatchObject({
      source_key_check: check,
      live: true,
      provider: 'trust-a',
      service: 'slt',
      quarter: '2024-Q1',
      tool: 'countonce-hash',
      rows: { read: 2, accepted: 2 },
      self_test: { passed: 400, failed: 0 },
      csv_bytes: csv.length,
      csv_sha256: createHash('sha256').update(csv).digest('hex'),
    })
    for (const entry of await leftOf(name))
      expect(`${entry} ${((await stat(hasher.at(entry))).mode & 0o777).toString(8)}`).toBe(
        `${entry} 600`,
      )
    const said = ran.stdout + ran.stderr + csv + bytes.toString()
    expect(CLEAR.filter((value) => said.includes(value))).toEqual([])
  })

  it('is told as one JSON document, and in a report where one is asked for', async () => {
    const name = out()
    const words = [...wordsFor('people.csv', name), '--json', '--report', 'said.txt']
    const { status, stdout } = await hasher.run(words)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      keyCheck: check,
      rows: { read: 2, accepted: 2, rejected: 0, blank: 0 },
      records: 2,
      selfTest: { passed: 400, failed: 0 },
      files: [{ csv: name }],
    })
    expect(await readFile(hasher.at('said.txt'), 'utf8')).toBe(stdout)
  })

  it('is the same bytes every time', async () => {
    const [one, two] = [out(), out()]
    await Promise.all([
      hasher.run(wordsFor('people.csv', one)),
      hasher.run(wordsFor('people.csv', two)),
    ])
    expect(await readFile(hasher.at(one))).toEqual(await readFile(hasher.at(two)))
  })

  it('comes twice in a bridge quarter: the same rows in the same order under both keys', async () => {
    const name = out()
    const stem = name.slice(0, -4)
    const { status } = await hasher.run([
      ...wordsFor('people.csv', name),
      '--bridge-key',
      'old-key.txt',
    ])
    expect(status).toBe(0)
    expect(await leftOf(name)).toHaveLength(6)
    const own = await manifestAt(`${stem}.manifest.json`)
    const old = await manifestAt(`${stem}.bridge.manifest.json`)
    expect(old.bridge_for).toBe(own.csv_sha256)
    expect(old.source_key_check).toBe(keyCheckValue(createHmacEngine().prepareKey(OLD_SOURCE_KEY)))
    const facts = async (file: string): Promise<string[]> =>
      (await readFile(hasher.at(file), 'utf8'))
        .split('\n')
        .map((line) => line.split(',', 17).join())
    expect(await facts(`${stem}.bridge.csv`)).toEqual(await facts(name))
  })
})

describe('what is refused', () => {
  const mustFix = `${PEOPLE},No,Reference,03/02/2021,F,,,,1\n`

  beforeAll(async () => {
    const sealed = await readFile(hasher.at('key.txt'), 'utf8')
    const lastDigit = sealed.at(-2) === '0' ? '1' : '0'
    await hasher.write('changed-key.txt', `${sealed.slice(0, -2)}${lastDigit}\n`)
    await hasher.write('later-key.txt', sealed.replace('countonce-key-1', 'countonce-key-2'))
    const weak = Uint8Array.from({ length: 32 }, (_, index) => index)
    await hasher.write('weak-key.txt', await keyFile(weak, PASSPHRASE))
    const area = await readFile(hasher.at('area.txt'))
    area[40] = (area[40] ?? 0) ^ 1
    await hasher.write('changed-area.txt', area)
    await hasher.write('other-area.txt', areaFile(OLD_SOURCE_KEY))
    await hasher.write('must-fix.csv', mustFix)
    await hasher.write('month-first.csv', `${HEADER}\nC-1,Ada,Byng,05/14/2019,F,,,,1\n`)
    await hasher.write('confirm.csv', `${HEADER}\nC-1,Boy,Byng,14/05/2019,F,,,,1\n`)
    await hasher.write('unmatched.csv', 'Foo,Bar\n1,2\n')
    await hasher.write('page.csv', '<!doctype html><html><body>Winterbourne</body></html>')
    await hasher.write('there.csv', '')
  })

  const cases: readonly {
    readonly what: string
    readonly status: number
    readonly says: string
    readonly words?: readonly string[]
    readonly file?: string
    readonly key?: string
    readonly env?: Readonly<Record<string, string>>
  }[] = [
    {
      what: 'another passphrase',
      status: 3,
      says: HASHER_WORDS['key-file-passphrase'].title,
      env: { COUNTONCE_PASSPHRASE: 'nine green bottles' },
    },
    {
      what: 'a key file with a byte changed',
      status: 3,
      says: HASHER_WORDS['key-file-passphrase'].title,
      key: 'changed-key.txt',
    },
    {
      what: 'a key file of another version',
      status: 3,
      says: HASHER_WORDS['key-file-version'].title,
      key: 'later-key.txt',
    },
    {
      what: 'a weak key',
      status: 3,
      says: HASHER_WORDS['key-file-weak'].title,
      key: 'weak-key.txt',
    },
    {
      what: 'a key file that is none',
      status: 3,
      says: HASHER_WORDS['key-file-unreadable'].title,
      key: 'people.csv',
    },
    {
      what: 'no passphrase where nobody can be asked',
      status: 2,
      says: 'There is no passphrase for the key file. Set COUNTONCE_PASSPHRASE',
      env: { COUNTONCE_PASSPHRASE: '' },
    },
    {
      what: 'a provider that the area file does not know',
      status: 3,
      says: HASHER_WORDS['hasher-provider-unknown'].title,
      words: ['--area', 'area.txt', '--provider', 'trust-z'],
    },
    {
      what: 'a service that the area file does not know',
      status: 3,
      says: HASHER_WORDS['hasher-service-unknown'].title,
      words: ['--area', 'area.txt', '--service', 'sewing'],
    },
    {
      what: 'a service of another provider',
      status: 3,
      says: HASHER_WORDS['hasher-service-of-another'].title,
      words: ['--area', 'area.txt', '--service', 'play'],
    },
    {
      what: 'an area file of another key',
      status: 3,
      says: HASHER_WORDS['area-file-other-key'].title,
      words: ['--area', 'other-area.txt'],
    },
    {
      what: 'an old key that is the new one',
      status: 3,
      says: HASHER_WORDS['bridge-key-same'].title,
      words: ['--bridge-key', 'key.txt'],
      env: { COUNTONCE_BRIDGE_PASSPHRASE: PASSPHRASE },
    },
    {
      what: 'a file whose dates are written month first',
      status: 3,
      says: HASHER_WORDS['hasher-file-refused'].title,
      file: 'month-first.csv',
    },
    {
      what: 'a file with a row to be mended',
      status: 3,
      says: HASHER_WORDS['hasher-must-fix'].title,
      file: 'must-fix.csv',
    },
    {
      what: 'a file with something to confirm',
      status: 3,
      says: HASHER_WORDS['hasher-to-confirm'].title,
      file: 'confirm.csv',
    },
    {
      what: 'a file whose columns cannot be matched',
      status: 3,
      says: HASHER_WORDS['hasher-mapping-incomplete'].title,
      file: 'unmatched.csv',
    },
    {
      what: 'a page that is called a table',
      status: 3,
      says: 'This is a web page',
      file: 'page.csv',
    },
    { what: 'a file that is not there', status: 2, says: 'cannot be read.', file: 'nowhere.csv' },
    {
      what: 'a folder that is not there',
      status: 2,
      says: 'The folder of --out cannot be written to.',
      words: ['--out', 'nowhere/out.csv'],
    },
    {
      what: 'a quarter that is none',
      status: 2,
      says: '2024-Q1',
      words: ['--quarter', '2024-Q7'],
    },
    {
      what: 'an output that is there already',
      status: 2,
      says: 'there.csv is there already.',
      words: ['--out', 'there.csv'],
    },
  ]

  it.concurrent.each(cases)(
    '$what: in one line, with status $status, and nothing is left',
    async (given) => {
      const name = out()
      const words = wordsFor(given.file ?? 'people.csv', name, given.key)
      const ran = await hasher.run([...words, ...(given.words ?? [])], given.env)
      expect(ran).toMatchObject({ status: given.status, stdout: '' })
      const told = ran.stderr.split('\n').filter((line) => /^(countonce-hash|error): /.test(line))
      expect(told).toHaveLength(1)
      expect(told[0]).toContain(given.says)
      expect(await leftOf(name)).toEqual([])
      expect(CLEAR.filter((value) => ran.stderr.includes(value))).toEqual([])
    },
  )

  it('an area file with a byte changed', async () => {
    const { status, stderr } = await hasher.run([
      ...wordsFor('people.csv', out()),
      '--area',
      'changed-area.txt',
    ])
    expect(status).toBe(3)
    expect(stderr).toMatch(/countonce-hash: (This is not an area file|The area file was changed)/)
  })

  it('names what must be mended by code, field and row; leaving it out is counted', async () => {
    const refused = await hasher.run([...wordsFor('must-fix.csv', out()), '--json'])
    expect(JSON.parse(refused.stdout)).toMatchObject({
      files: null,
      refused: { code: 'hasher-must-fix' },
      rows: { read: 3, accepted: 2, rejected: 1, blank: 0 },
      findings: expect.arrayContaining([
        {
          code: 'ref-missing',
          field: 'client_ref',
          column: 'client_ref',
          severity: 'must-fix',
          rows: 1,
          firstRows: [3],
        },
      ]) as unknown,
    })
    const told = await hasher.run(wordsFor('must-fix.csv', out()))
    expect(told.stderr).toMatch(/must fix: client_ref in “client_ref”, .* [(]1 row, ref-missing[)]/)
    expect(told.stderr).toContain('    rows 3\n')
    const name = out()
    const { status } = await hasher.run([...wordsFor('must-fix.csv', name), '--leave-out'])
    expect(status).toBe(0)
    expect((await manifestAt(`${name.slice(0, -4)}.manifest.json`)).rows).toEqual({
      read: 3,
      accepted: 2,
      rejected: 1,
      blank: 0,
    })
  })
})

describe('a mapping', () => {
  it('is saved, and used again for the next quarter; where it is incomplete it is saved to be completed', async () => {
    const saved = await hasher.run([
      ...wordsFor('people.csv', out()),
      '--save-mapping',
      'mapping.json',
    ])
    expect(saved.status).toBe(0)
    const mapping = parseMappingFile(await readFile(hasher.at('mapping.json'), 'utf8'))
    expect(mapping).toMatchObject({ ok: true, mapping: { columns: { client_ref: 'client_ref' } } })
    const again = await hasher.run([
      ...wordsFor('people.csv', out()),
      '--mapping',
      'mapping.json',
      '--json',
    ])
    expect(JSON.parse(again.stdout)).toMatchObject({ records: 2, suggestions: [] })
    await hasher.write('nameless.csv', 'Ref?,Forename\n1,Ada\n')
    const incomplete = await hasher.run([
      ...wordsFor('nameless.csv', out()),
      '--save-mapping',
      'begun.json',
    ])
    expect(incomplete.status).toBe(3)
    expect(await readFile(hasher.at('begun.json'), 'utf8')).toContain('"first_name": "Forename"')
  })
})

describe('a run that is ended', () => {
  beforeAll(async () => {
    const rows = Array.from(
      { length: 150_000 },
      (_, index) => `K-${index},Ada,Byng,14/05/2019,F,,a${index}@mail.leap.test,SW9 9SL,1\n`,
    )
    await hasher.write('many.csv', `${HEADER}\n${rows.join('')}`)
  })

  async function begun(name: string): Promise<ReturnType<HasherFolder['start']>> {
    const child = hasher.start(wordsFor('many.csv', name))
    while (!(await leftOf(name)).some((entry) => entry.endsWith('.part'))) await wait(20)
    return child
  }

  it('leaves nothing when it is told to end', async () => {
    const name = out()
    const child = await begun(name)
    const end = ended(child)
    child.kill('SIGTERM')
    expect((await end).status).toBe(1)
    expect(await leftOf(name)).toEqual([])
  })

  it('leaves nothing, and says so in one line, when the disk takes no more', async () => {
    const name = out()
    const { status, stderr } = await hasher.run(wordsFor('many.csv', name), {}, 1000)
    expect(status).toBe(1)
    expect(stderr).toContain('countonce-hash: The disk is full, or takes no file of this size.')
    expect(await leftOf(name)).toEqual([])
  })

  it('never leaves a whole name when it is killed, and the next run clears what is left', async () => {
    const name = out()
    const child = await begun(name)
    const end = ended(child)
    child.kill('SIGKILL')
    await end
    expect(existsSync(hasher.at(name))).toBe(false)
    expect(await leftOf(name)).toHaveLength(1)
    expect((await hasher.run(wordsFor('people.csv', name))).status).toBe(0)
    expect(await leftOf(name)).toHaveLength(3)
  })
})

describe('the command line itself', () => {
  it('[S34] runs the published vectors when it is asked to', async () => {
    const { status, stdout } = await hasher.run(['--self-test'])
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'self-test: 400 published vectors passed, 0 failed\n',
    })
  })

  it('names itself in manifests by the version of the package', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string }
    expect(TOOL_VERSION).toBe(version)
  })

  it('says what is missing, and how it is used', async () => {
    const nothing = await hasher.run([])
    expect(nothing.status).toBe(2)
    expect(nothing.stderr).toContain(
      'Missing: FILE, --key, --provider, --service, --quarter, --out.',
    )
    const help = await hasher.run(['--help'])
    expect(help.status).toBe(0)
    expect(help.stdout).toContain('Usage: countonce-hash')
  })
})
