import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { queryText } from '#server/platform/db/queries.ts'
import { describeQueries, listQueries } from '../../../../bin/queries/describe-queries.ts'
import { createTestDatabase } from '../../setup/database.ts'

const TYPES = join(import.meta.dirname, '../../../../lib/server/platform/db/query-types.ts')

describe('the named queries', () => {
  test('are described by a migrated database as their types say: run `npm run queries` after a change', async () => {
    const database = await createTestDatabase()
    const client = new pg.Client(database.url)
    await client.connect()
    onTestFinished(async () => {
      await client.end()
      await database.drop()
    })
    const { text, failures } = await describeQueries(client)
    expect(failures).toEqual([])
    expect(await readFile(TYPES, 'utf8')).toBe(text)
  })

  test('say in their headers what they hold, and what each parameter is', () => {
    const silent = listQueries().filter((name) => {
      const lines = queryText(name).split('\n')
      const header = lines.filter((line) => line.startsWith('--')).join('\n')
      const statement = lines.filter((line) => !line.startsWith('--')).join('\n')
      const asked = new Set([...statement.matchAll(/\$\d+/g)].map(([parameter]) => parameter))
      return (
        !/^-- [A-Z]/.test(header) || [...asked].some((parameter) => !header.includes(parameter))
      )
    })
    expect(silent).toEqual([])
  })

  test('are never looked for outside their folder', () => {
    expect(() => queryText('audit/../audit/head')).toThrow('no query is named')
  })
})
