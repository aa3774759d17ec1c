import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { format, resolveConfig } from 'prettier'
import { describe, expect, onTestFinished, test } from 'vitest'
import { describeQueries } from '../../../../bin/queries/describe-queries.ts'
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
    const options = (await resolveConfig(TYPES)) ?? {}
    expect(await readFile(TYPES, 'utf8')).toBe(
      await format(text, { ...options, parser: 'typescript' }),
    )
  })
})
