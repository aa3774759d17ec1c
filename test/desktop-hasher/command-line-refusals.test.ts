import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  areaFile,
  keyFile,
  makeHasherFolder,
  OLD_SOURCE_KEY,
  PASSPHRASE,
  wordsFor,
  type HasherFolder,
} from './setup/hasher-folder.ts'
import { CLEAR, HEADER, PEOPLE } from './setup/small-extract.ts'

let hasher: HasherFolder
let runs = 0

beforeAll(async () => {
  hasher = await makeHasherFolder()
  await hasher.write('people.csv', PEOPLE)
})

afterAll(async () => {
  await hasher.remove()
})

/** A name of its own for each run's output. */
function out(): string {
  return `out-${++runs}.csv`
}

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
      says: wordsOf('key-file-passphrase').title,
      env: { COUNTONCE_PASSPHRASE: 'nine green bottles' },
    },
    {
      what: 'a key file with a byte changed',
      status: 3,
      says: wordsOf('key-file-passphrase').title,
      key: 'changed-key.txt',
    },
    {
      what: 'a key file of another version',
      status: 3,
      says: wordsOf('key-file-version').title,
      key: 'later-key.txt',
    },
    {
      what: 'a weak key',
      status: 3,
      says: wordsOf('key-file-weak').title,
      key: 'weak-key.txt',
    },
    {
      what: 'a key file that is none',
      status: 3,
      says: wordsOf('key-file-unreadable').title,
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
      says: wordsOf('provider-unknown').title,
      words: ['--area', 'area.txt', '--provider', 'trust-z'],
    },
    {
      what: 'a service that the area file does not know',
      status: 3,
      says: wordsOf('service-unknown').title,
      words: ['--area', 'area.txt', '--service', 'sewing'],
    },
    {
      what: 'a service of another provider',
      status: 3,
      says: wordsOf('hasher-service-of-another').title,
      words: ['--area', 'area.txt', '--service', 'play'],
    },
    {
      what: 'an area file of another key',
      status: 3,
      says: wordsOf('area-file-other-key').title,
      words: ['--area', 'other-area.txt'],
    },
    {
      what: 'an old key that is the new one',
      status: 3,
      says: wordsOf('bridge-key-same').title,
      words: ['--bridge-key', 'key.txt'],
      env: { COUNTONCE_BRIDGE_PASSPHRASE: PASSPHRASE },
    },
    {
      what: 'a file whose dates are written month first',
      status: 3,
      says: wordsOf('birth-month-first').title,
      file: 'month-first.csv',
    },
    {
      what: 'a file with a row to be fixed',
      status: 3,
      says: wordsOf('must-fix').title,
      file: 'must-fix.csv',
    },
    {
      what: 'a file with something to confirm',
      status: 3,
      says: wordsOf('to-confirm').title,
      file: 'confirm.csv',
    },
    {
      what: 'a file whose columns cannot be matched',
      status: 3,
      says: wordsOf('mapping-incomplete').title,
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
      what: 'an encoding that is none',
      status: 2,
      says: 'It is one of utf-8,',
      words: ['--encoding', 'ebcdic'],
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
      says: 'there.csv already exists.',
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
      expect(await hasher.leftOf(name)).toEqual([])
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

  it('names what must be fixed by code, field and row; leaving it out is counted', async () => {
    const refused = await hasher.run([...wordsFor('must-fix.csv', out()), '--json'])
    expect(JSON.parse(refused.stdout)).toMatchObject({
      files: null,
      refused: { code: 'must-fix' },
      rows: { read: 3, accepted: 2, rejected: 1, blank: 0, leftOut: 0 },
      findings: expect.arrayContaining([
        {
          code: 'ref-missing',
          field: 'client_ref',
          column: 'client_ref',
          severity: 'must-fix',
          rows: 1,
          firstRows: [4],
        },
      ]) as unknown,
    })
    const told = await hasher.run(wordsFor('must-fix.csv', out()))
    expect(told.stderr).toMatch(
      /Must be fixed: client_ref in “client_ref”, .* [(]1 row, ref-missing[)]/,
    )
    expect(told.stderr).toContain('    rows 4\n')
    const name = out()
    const { status } = await hasher.run([...wordsFor('must-fix.csv', name), '--leave-out'])
    expect(status).toBe(0)
    expect((await hasher.manifestAt(`${name.slice(0, -4)}.manifest.json`)).rows).toEqual({
      read: 3,
      accepted: 2,
      rejected: 1,
      blank: 0,
    })
  })
})
