import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import pg from 'pg'
import { formatTypes } from '../../../../bin/queries/format-types.ts'
import { createTestDatabase } from '../../setup/database.ts'

/**
 * The version before on the database of this one: its own code, as it was committed, with every statement
 * that it runs and every column that it reads through Prisma.
 */

const ROOT = join(import.meta.dirname, '../../../..')
/**
 * What `bin/queries/keep-version.ts` kept of d68fbb44, the last commit before the first migration that a
 * running version has to bear: a clone without history has no other way to it. Keep each version that is
 * rolled out in its place.
 */
const BEFORE = join(import.meta.dirname, 'version-before.tar.gz')

describe('the version before', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countonce-before-'))
    expect(spawnSync('tar', ['-xzf', BEFORE, '-C', folder]).status).toBe(0)
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    mkdirSync(join(folder, 'run'))
    writeFileSync(
      join(folder, 'run/describe.ts'),
      [
        `import pg from 'pg'`,
        `import { describeQueries } from '../bin/queries/describe-queries.ts'`,
        `const client = new pg.Client(process.env['DATABASE_URL'])`,
        `await client.connect()`,
        `process.stdout.write(JSON.stringify(await describeQueries(client)))`,
        `await client.end()`,
      ].join('\n'),
    )
  })

  afterAll(() => rm(folder, { recursive: true }))

  test('finds every statement as its types say, on the database of this version', async () => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const run = spawnSync(process.execPath, ['run/describe.ts'], {
      ...{ cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      env: { ...process.env, DATABASE_URL: database.url },
    })
    expect(run.stderr).toBe('')
    const { text, failures } = JSON.parse(run.stdout) as { text: string; failures: string[] }
    expect(failures).toEqual([])
    const types = readFileSync(join(folder, 'lib/server/platform/db/query-types.ts'), 'utf8')
    // A role of look-ups alone, of whose stores that version opens none: a store of reach has nobody of it.
    const known = text.replaceAll(/'manager' \| | \| 'manager'/g, '')
    expect(known).not.toBe(text)
    expect(await formatTypes(known)).toBe(await formatTypes(types))
  })

  test('finds every column that it reads through Prisma', async () => {
    const database = await createTestDatabase()
    const client = new pg.Client(database.url)
    await client.connect()
    onTestFinished(async () => {
      await client.end()
      await database.drop()
    })
    const { rows } = await client.query<{ at: string }>(
      `select table_name || '.' || column_name as at from information_schema.columns where table_schema = 'public'`,
    )
    const there = new Set(rows.map(({ at }) => at))
    const wanted = columnsOf(readFileSync(join(folder, 'prisma/schema.prisma'), 'utf8'))
    expect(wanted.length).toBeGreaterThan(300)
    expect(wanted.filter((at) => !there.has(at))).toEqual([])
  })
})

/** `table.column` of every field of a Prisma schema that is kept in a column. */
function columnsOf(schema: string): string[] {
  const models = [...schema.matchAll(/^model (\w+) \{\n([^]*?)^\}/gm)]
  const names = new Set(models.map(([, name]) => name))
  return models.flatMap(([, name = '', body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name
    return body.split('\n').flatMap((line) => {
      const [, field = '', type = ''] = /^ {2}(\w+)\s+(\w+)/.exec(line) ?? []
      if (field === '' || names.has(type)) return []
      return [`${table}.${/@map\("(\w+)"\)/.exec(line)?.[1] ?? field}`]
    })
  })
}
