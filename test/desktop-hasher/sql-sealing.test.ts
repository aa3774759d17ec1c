import { createHmac } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import copy from 'pg-copy-streams'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { hexOf } from '#core/pseudonym/keys.ts'
import { installInPostgresql, type InstalledDatabase } from './postgresql-database.ts'
import { makeHasherFolder, SOURCE_KEY, wordsFor, type HasherFolder } from './setup/hasher-folder.ts'
import { stageInPostgresql } from './staged-in-postgresql.ts'
import { CARER_FIELDS, FIELDS, messyRows, withCarers, type StagedRow } from './staged-rows.ts'

let database: InstalledDatabase
let hasher: HasherFolder

beforeAll(async () => {
  database = await installInPostgresql()
  hasher = await makeHasherFolder()
}, 120_000)

afterAll(async () => {
  await hasher.remove()
  await database.close()
})

/** What a database administrator exports: the rows of count_once.hashed_file as CSV. */
async function workFile(rows: readonly StagedRow[], shape: string): Promise<string> {
  await stageInPostgresql(database.client, rows)
  const key = hexOf(SOURCE_KEY)
  const stream = database.client.query(
    copy.to(
      `copy (select h.* from count_once.hashed_file(decode('${key}', 'hex'), 'trust-a', 'slt', '2024-Q1', true, '${shape}') as h)
       to stdout with (format csv, header)`,
    ),
  )
  return readAll(stream)
}

/** The same rows as an extract that the hasher reads itself. */
async function writeExtract(rows: readonly StagedRow[], fields: readonly string[]): Promise<void> {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = rows.map((row) => fields.map((name) => cell(row[name] ?? '')).join())
  await hasher.write('extract.csv', `${[fields.join(), ...lines].join('\n')}\n`)
}

async function manifestAt(name: string): Promise<Manifest> {
  const read = readManifest(await readFile(hasher.at(name)))
  if (!read.ok) throw new Error(read.code)
  return read.manifest
}

function sealWords(work: string, out: string): string[] {
  const [, ...rest] = wordsFor(work, out)
  return ['--seal', work, ...rest]
}

describe('rows that a database hashed', () => {
  it('[S34] are sealed to the bytes, the counts and the signature of the hasher', async () => {
    const rows: StagedRow[] = withCarers(messyRows().slice(0, 120)).map((row) => {
      // No line break and no NUL: the extract is CSV as anybody's.
      const plain = Object.entries(row).map(([name, text]) => [name, text.replace(/[\r\n]/g, ' ')])
      return Object.fromEntries(plain) as StagedRow
    })
    const fields = [...FIELDS, ...CARER_FIELDS].filter((name) => name !== 'role')
    await writeExtract(rows, fields)
    const mapping = {
      shape: 'child-and-carer',
      columns: Object.fromEntries(fields.map((name) => [name, name])),
    }
    await hasher.write('mapping.json', JSON.stringify(mapping))
    const words = [
      ...wordsFor('extract.csv', 'clear.csv'),
      '--mapping',
      'mapping.json',
      '--confirm',
    ]
    const clear = await hasher.run(words)
    expect([clear.status, clear.status === 0 ? '' : clear.stderr]).toEqual([0, ''])

    await hasher.write('work.csv', await workFile(rows, 'child-and-carer'))
    const sealed = await hasher.run([...sealWords('work.csv', 'sealed.csv'), '--area', 'area.txt'])
    expect([sealed.status, sealed.status === 0 ? '' : sealed.stderr]).toEqual([0, ''])
    expect(await readFile(hasher.at('sealed.csv'), 'utf8')).toBe(
      await readFile(hasher.at('clear.csv'), 'utf8'),
    )
    const manifest = await manifestAt('sealed.manifest.json')
    expect(manifest).toEqual({
      ...(await manifestAt('clear.manifest.json')),
      tool: 'count-once-sql',
    })
    const bytes = await readFile(hasher.at('sealed.manifest.json'))
    const frame = Buffer.concat([
      Buffer.from(`9:countonce,1:1,8:manifest,${bytes.length}:`),
      bytes,
      Buffer.from(','),
    ])
    expect(await readFile(hasher.at('sealed.manifest.hmac'), 'utf8')).toBe(
      `${createHmac('sha256', SOURCE_KEY).update(frame).digest('hex')}\n`,
    )
  })

  it('are refused with the row and the column, never the value, and nothing is left', async () => {
    const work = await workFile([{ client_ref: 'A1' }, { client_ref: 'A2' }], 'person')
    await hasher.write('spoilt.csv', work.replace(',unknown,', ',Philippa,'))
    const ran = await hasher.run(sealWords('spoilt.csv', 'spoilt-out.csv'))
    expect(ran.status).toBe(3)
    expect(ran.stderr).toContain('Row 1, gender: A cell is not what its column may hold.')
    expect(ran.stderr + ran.stdout).not.toContain('Philippa')
    await expect(stat(hasher.at('spoilt-out.csv'))).rejects.toThrow()
    await expect(stat(hasher.at('spoilt-out.manifest.json'))).rejects.toThrow()
  })

  it('are refused under another key, and when they are another file', async () => {
    await hasher.write('work-2.csv', await workFile([{ client_ref: 'A1' }], 'person'))
    const words = sealWords('work-2.csv', 'other.csv').map((word) =>
      word.replace(/^key.txt$/, 'old-key.txt'),
    )
    const other = await hasher.run(words, { COUNTONCE_PASSPHRASE: 'ten brown bottles of beer' })
    expect([other.status, other.stderr]).toEqual([
      3,
      expect.stringContaining('made with another key'),
    ])
    const extract = await hasher.run(sealWords('extract.csv', 'other.csv'))
    expect([extract.status, extract.stderr]).toEqual([
      3,
      expect.stringContaining('not a file of rows'),
    ])
  })
})

describe('the key for a database', () => {
  it('[S36] is written into a file of its owner’s alone, with a warning, never shown and never over something', async () => {
    const ran = await hasher.run(['--key', 'key.txt', '--write-clear-key', 'source.hex'])
    expect([ran.status, ran.stdout]).toEqual([0, 'source.hex\n'])
    expect(ran.stderr).toContain('Delete it as soon as')
    expect(ran.stderr).not.toContain(hexOf(SOURCE_KEY).slice(0, 8))
    expect(await readFile(hasher.at('source.hex'), 'utf8')).toBe(`${hexOf(SOURCE_KEY)}\n`)
    expect((await stat(hasher.at('source.hex'))).mode & 0o777).toBe(0o600)
    const again = await hasher.run(['--key', 'key.txt', '--write-clear-key', 'source.hex'])
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('already exists')])
    const wrong = await hasher.run(['--key', 'key.txt', '--write-clear-key', 'other.hex'], {
      COUNTONCE_PASSPHRASE: 'wrong',
    })
    expect([wrong.status, wrong.stderr]).toEqual([3, expect.stringContaining('does not open')])
    await expect(stat(hasher.at('other.hex'))).rejects.toThrow()
  })
})
