import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { factsOfDatabase } from './database-facts.ts'
import { factsOfSchema, type Facts } from './schema-facts.ts'

let database: TestDatabase
let pool: pg.Pool
let migrated: Facts
const text = readFileSync(join(projectFolder('prisma'), 'schema.prisma'), 'utf8')

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
  migrated = await factsOfDatabase(pool)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

interface Difference {
  readonly inSchemaAlone: string[]
  readonly inDatabaseAlone: string[]
}

function compare(schema: Facts, facts: Facts): Difference {
  return {
    inSchemaAlone: [...schema].filter((fact) => !facts.has(fact)).sort(),
    inDatabaseAlone: [...facts].filter((fact) => !schema.has(fact)).sort(),
  }
}

const SAME: Difference = { inSchemaAlone: [], inDatabaseAlone: [] }

/** The text of the schema with one change, which must find its place. */
function changed(before: RegExp, after: string): string {
  expect(text).toMatch(before)
  return text.replace(before, after)
}

describe('schema.prisma', () => {
  test('describes every table, column, key and index that the migrations make, and no other', () => {
    expect(migrated.size).toBeGreaterThan(300)
    expect(compare(factsOfSchema(text), migrated)).toEqual(SAME)
  })

  test('says of every model what it is, and of every index what it is for', () => {
    const lines = text.split('\n').map((line) => line.trim())
    const unexplained = lines.filter((line, index) => {
      const isExplained = lines[index - 1]?.startsWith('///') === true
      return /^(model|enum|@@index|@@unique)\b/.test(line) && !isExplained
    })
    expect(unexplained).toEqual([])
  })

  test('is found wanting when a column is left out, or is one too many', () => {
    const without = changed(/ +mainLanguage .*\n/, '')
    expect(compare(factsOfSchema(without), migrated)).toEqual({
      ...SAME,
      inDatabaseAlone: ['column record.main_language: text or null'],
    })
    const beside = changed(/^ +mainLanguage /m, '  shoeSize Int? @map("shoe_size")\n$&')
    expect(compare(factsOfSchema(beside), migrated)).toEqual({
      ...SAME,
      inSchemaAlone: ['column record.shoe_size: integer or null'],
    })
  })

  test.each([
    [
      'a column that may be null',
      /(\n +rowsRead +)Int\?/,
      '$1Int',
      'column submission.rows_read: integer',
      'column submission.rows_read: integer or null',
    ],
    [
      'another type',
      /(\n +ownContactLimit .*)@db.SmallInt/,
      '$1',
      'column programme.own_contact_limit: integer, default 4',
      'column programme.own_contact_limit: smallint, default 4',
    ],
    [
      'another default',
      /@default\("contacts"\) @map\("reached_by"\)/,
      '@map("reached_by")',
      'column service.reached_by: text',
      'column service.reached_by: text, default contacts',
    ],
    [
      'another key',
      /@@id\(\[dataset, value\]\)/,
      '@@id([value])',
      'key of shared_contact (value)',
      'key of shared_contact (dataset, value)',
    ],
    [
      'an index of other columns',
      /@@index\(\[partId\], map: "link_part"\)/,
      '@@index([familyId], map: "link_part")',
      'index link_part on link (family_id)',
      'index link_part on link (part_id)',
    ],
    [
      'an index of other rows',
      /on \(made_at\) where sent_at is null/,
      'on (made_at) where sent_at is not null',
      'index outbox_unsent on outbox (made_at) where sent_at is not null',
      'index outbox_unsent on outbox (made_at) where sent_at is null',
    ],
    [
      'what a deletion takes along',
      /(model RecoveryCode [^}]*onDelete: )Cascade/,
      '$1NoAction',
      'foreign key of recovery_code (user_id): portal_user (id), onDelete: NoAction, onUpdate: NoAction',
      'foreign key of recovery_code (user_id): portal_user (id), onDelete: Cascade, onUpdate: NoAction',
    ],
    [
      'a table without row-level security',
      /(?<=service and quarter\.) Row-level security\./,
      '',
      'table submission',
      'table submission, row-level security',
    ],
  ])('is found wanting for %s', (_, before, after, inSchema, inDatabase) => {
    expect(compare(factsOfSchema(changed(before, after)), migrated)).toEqual({
      inSchemaAlone: [inSchema],
      inDatabaseAlone: [inDatabase],
    })
  })
})
