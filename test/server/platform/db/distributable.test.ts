import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

/**
 * Whether the schema could be distributed by Citus (docs/scale.md): its documented rules over what the
 * migrations made. Citus itself is not run.
 */

/** The tables to be distributed and by what; all others are on every node, or on the first alone. */
const DISTRIBUTED = {
  evidence: 'value',
  recent_evidence: 'value',
  record: 'id',
  link: 'record_id',
} as const

const NAMES = Object.keys(DISTRIBUTED)

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** The tables with their partitions, each with the column that it is distributed by. */
const PARTS = `
  select coalesce(parent.relname, part.relname) as name, part.oid, part.relname
    from pg_class part
    left join pg_inherits on inhrelid = part.oid
    left join pg_class parent on parent.oid = inhparent
   where part.relkind in ('r', 'p') and part.relnamespace = 'public'::regnamespace
     and coalesce(parent.relname, part.relname) = any ($1)`

type On = Pick<pg.Pool, 'query'>

async function ask<Row extends pg.QueryResultRow>(
  query: string,
  given = NAMES,
  on: On = pool,
): Promise<Row[]> {
  return (await on.query<Row>(query, [given])).rows
}

/** What is found where a migration would have said so. */
async function after(statement: string, find: (on: On) => Promise<unknown>): Promise<unknown> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(statement)
    return await find(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** Keys that a column is not part of: what would have to be unique over all nodes. */
async function keysWithout(
  columns: Readonly<Record<string, string>>,
  on: On = pool,
): Promise<string[]> {
  const keys = await ask<{ name: string; key: string; columns: string[] }>(
    `with part as (${PARTS})
     select part.name, index.relname as key,
            array(select attname::text from pg_attribute
                   where attrelid = part.oid and attnum = any (indkey)) as columns
       from part
       join pg_index on indrelid = part.oid and (indisunique or indisexclusion)
       join pg_class index on index.oid = indexrelid`,
    Object.keys(columns),
    on,
  )
  return keys.flatMap(({ name, key, columns: of }) =>
    of.includes(columns[name] ?? '') ? [] : [key],
  )
}

describe('the tables that a cluster would distribute', () => {
  test('are there, each with its partitions', async () => {
    const parts = await ask<{ name: string }>(PARTS)
    expect(new Set(parts.map(({ name }) => name))).toEqual(new Set(NAMES))
    expect(parts).toHaveLength(3 * NAMES.length)
  })

  test('have no key that would have to be unique over all nodes', async () => {
    expect(await keysWithout(DISTRIBUTED)).toEqual([])
    // The rule would find one: a person's reference is unique, and not by their number.
    expect(await keysWithout({ beneficiary: 'id' })).toEqual(
      expect.arrayContaining(['beneficiary_production_reference']),
    )
    const broken = 'create unique index broken on link_staging (beneficiary_id)'
    expect(await after(broken, (on) => keysWithout(DISTRIBUTED, on))).toEqual(['broken'])
  })

  test('have no foreign key to or from another table', async () => {
    const find = (on: On) =>
      ask<{ conname: string }>(
        `with part as (${PARTS})
         select conname from pg_constraint
          where contype = 'f' and (conrelid in (select oid from part) or confrelid in (select oid from part))`,
        NAMES,
        on,
      )
    expect(await find(pool)).toEqual([])
    for (const statement of [
      'alter table record_staging add constraint broken foreign key (submission_id) references submission (id)',
      'create table other (record bigint constraint broken references record_production (id))',
    ]) {
      expect(await after(statement, find)).toEqual([{ conname: 'broken' }])
    }
  })

  test('have no trigger, no row-level security, no rule and no column that a sequence fills', async () => {
    const find = (on: On) =>
      ask<{ name: string }>(
        `with part as (${PARTS})
         select tgname as name from pg_trigger where tgrelid in (select oid from part) and not tgisinternal
         union all
         select relname from pg_class where oid in (select oid from part) and relrowsecurity
         union all
         select rulename from pg_rewrite where ev_class in (select oid from part)
         union all
         select attname from pg_attribute
          where attrelid in (select oid from part) and attidentity <> ''
         union all
         select attname from pg_attribute join pg_attrdef on adrelid = attrelid and adnum = attnum
          where attrelid in (select oid from part) and pg_get_expr(adbin, adrelid) like '%nextval%'`,
        NAMES,
        on,
      )
    expect(await find(pool)).toEqual([])
    const broken = [{ name: 'broken' }]
    for (const [statement, found] of [
      [
        `create trigger broken after insert on link_production
           for each row execute function suppress_redundant_updates_trigger()`,
        broken,
      ],
      ['alter table evidence enable row level security', [{ name: 'evidence' }]],
      ['create rule broken as on delete to recent_evidence_staging do instead nothing', broken],
      ['alter table record add broken bigserial', [...broken, ...broken, ...broken]],
    ] as const) {
      expect(await after(statement, find)).toEqual(found)
    }
  })

  test('lie together where they are joined by a record', async () => {
    const types = await ask<{ name: string; type: string }>(
      `with part as (${PARTS})
       select part.relname as name, format_type(atttypid, atttypmod) as type
         from part join pg_attribute on attrelid = part.oid
        where (part.relname, attname) in (('record', 'id'), ('link', 'record_id'))`,
    )
    expect(types.map(({ type }) => type)).toEqual(['bigint', 'bigint'])
  })
})

/** What Citus cannot do over several nodes; source: its documentation, "SQL Support and Workarounds". */
const REFUSED = [
  ['a recursive query', /\bwith recursive\b/i],
  ['several groupings at once', /\b(grouping sets|cube|rollup)\b/i],
  ['rows locked', /\bfor (no key )?(update|share)\b/i],
  ['a sample', /\btablesample\b/i],
  // Into one of them: a key may conflict on the node where its column leads.
  [
    'an insertion that may conflict',
    new RegExp(`\\binsert into (${NAMES.join('|')})[^]*\\bon conflict\\b`, 'i'),
  ],
] as const

/** The statements that must be written otherwise before a cluster, each with what it is. */
const BEFORE_A_CLUSTER: Readonly<Record<string, string>> = {
  'measures/young-children': 'several groupings at once',
  'reach/reach-cells': 'several groupings at once',
  'relinking/count-reach': 'several groupings at once',
}

/** Statements that name both links and records and join them otherwise. */
const NOT_JOINED: Readonly<Record<string, string>> = {
  'linkage/list-scope': 'two lists, one below the other',
  'linkage/read-part-records': 'each record looked up by the number in a list of its own',
}

describe('the statements over these tables', () => {
  const folder = join(import.meta.dirname, '../../../../prisma/sql')
  const over = new RegExp(
    `\\b(from|join|into|update|using)\\s+(${NAMES.join('|')}|[{]level[}])(_[{]dataset[}]|_production|_staging)?(?!\\w)`,
    'i',
  )
  /** What a statement asks for that Citus refuses. */
  const refusedOf = (sql: string): string[] =>
    REFUSED.filter(([, pattern]) => pattern.test(sql)).map(([what]) => what)
  const statements = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .map((file) => ({
      name: file.replace(/[.]sql$/, '').replaceAll('\\', '/'),
      // {links} is their table, or one of the session where nobody has a link.
      sql: readFileSync(join(folder, file), 'utf8')
        .replace(/--.*$/gm, '')
        .replaceAll('{links}', 'link_{dataset}'),
    }))
    .filter(({ sql }) => over.test(sql))

  test('ask for nothing that Citus refuses over several nodes, but for what docs/scale.md lists', () => {
    expect(statements.length).toBeGreaterThan(30)
    const found = statements.flatMap(({ name, sql }) =>
      refusedOf(sql).map((what) => [name, what] as const),
    )
    expect(Object.fromEntries(found)).toEqual(BEFORE_A_CLUSTER)
    const told = readFileSync(join(folder, '../../docs/scale.md'), 'utf8')
    for (const name of Object.keys(BEFORE_A_CLUSTER)) expect(told).toContain(`\`${name}\``)
  })

  test('nor does a function of the database over them', async () => {
    const { rows } = await pool.query<{ name: string; body: string }>(
      `select proname as name, prosrc as body from pg_proc where pronamespace = 'public'::regnamespace`,
    )
    const bodies = rows.map(({ name, body }) => ({ name, body: body.replace(/--.*$/gm, '') }))
    const overThem = bodies.filter(({ body }) => over.test(body))
    expect(overThem.map(({ name }) => name)).not.toHaveLength(0)
    expect(overThem.filter(({ body }) => refusedOf(body).length > 0)).toEqual([])
  })

  test('join links and records by what both are distributed by', () => {
    const joined = statements.filter(
      ({ sql }) =>
        /\blink(_[{]dataset[}])?(?!\w)/.test(sql) && /\brecord(_[{]dataset[}])?(?!\w)/.test(sql),
    )
    expect(joined.length).toBeGreaterThan(5)
    const otherwise = joined.filter(
      ({ sql }) => !/\brecord_id\s*=\s*\w+[.]id\b|\b\w+[.]id\s*=\s*\w+[.]record_id\b/.test(sql),
    )
    expect(otherwise.map(({ name }) => name).sort()).toEqual(Object.keys(NOT_JOINED))
  })
})
