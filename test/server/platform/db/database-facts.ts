import type pg from 'pg'
import {
  columnFact,
  enumFact,
  foreignKeyFact,
  indexFact,
  keyFact,
  tableFact,
  type Facts,
} from './schema-facts.ts'

/** The runner's own, which `prisma migrate` keeps too. */
const OF_THE_RUNNER = '_prisma_migrations'

/** Reads the catalogue of a migrated database; a partition's facts are its table's. */
export async function factsOfDatabase(client: pg.ClientBase | pg.Pool): Promise<Facts> {
  return new Set([
    ...(await enums(client)),
    ...(await tables(client)),
    ...(await columns(client)),
    ...(await foreignKeys(client)),
    ...(await indexes(client)),
  ])
}

async function enums(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{ name: string; values: string[] }>(
    `select typname as name, array_agg(enumlabel::text order by enumsortorder) as values
       from pg_enum join pg_type on pg_type.oid = enumtypid
      where typnamespace = 'public'::regnamespace group by typname`,
  )
  return rows.map(({ name, values }) => enumFact(name, values))
}

async function tables(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{ name: string; partitioned: boolean; secured: boolean }>(
    `select relname as name, relrowsecurity as secured,
            coalesce(pg_get_partkeydef(oid) = 'LIST (dataset)', false) as partitioned
       from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
        and not relispartition and relname <> $1`,
    [OF_THE_RUNNER],
  )
  return rows.map(({ name, ...table }) => tableFact(name, table))
}

async function columns(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<Parameters<typeof columnFact>[0]>(
    `select relname as table, attname as column, format_type(atttypid, atttypmod) as type,
            not attnotnull as nullable,
            case when attidentity <> '' then 'autoincrement()' else pg_get_expr(adbin, adrelid) end as standard
       from pg_attribute
       join pg_class on pg_class.oid = attrelid
       left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
        and not relispartition and attnum > 0 and not attisdropped and relname <> $1`,
    [OF_THE_RUNNER],
  )
  return rows.map(columnFact)
}

const ACTIONS: Readonly<Record<string, string>> = { a: 'NoAction', c: 'Cascade' }

async function foreignKeys(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{
    table: string
    from: string
    target: string
    to: string
    deleted: string
    updated: string
  }>(
    `select conrelid::regclass::text as table, confrelid::regclass::text as target,
            confdeltype as deleted, confupdtype as updated,
            (select string_agg(attname, ', ' order by place)
               from unnest(conkey) with ordinality as key (attnum, place)
               join pg_attribute using (attnum) where attrelid = conrelid) as from,
            (select string_agg(attname, ', ' order by place)
               from unnest(confkey) with ordinality as key (attnum, place)
               join pg_attribute using (attnum) where attrelid = confrelid) as to
       from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  )
  return rows.map(({ deleted, updated, ...key }) =>
    foreignKeyFact({
      ...key,
      actions: `onDelete: ${ACTIONS[deleted] ?? deleted}, onUpdate: ${ACTIONS[updated] ?? updated}`,
    }),
  )
}

interface IndexRow {
  readonly table: string
  readonly partition: string | null
  readonly partitions: number
  readonly name: string
  readonly columns: string
  readonly primary: boolean
  readonly unique: boolean
  readonly where: string | null
}

async function indexes(client: pg.ClientBase | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<IndexRow>(
    `select coalesce(parent.relname, own.relname) as table,
            case when parent.oid is not null then own.relname end as partition,
            (select count(*)::int from pg_inherits siblings where siblings.inhparent = parent.oid) as partitions,
            index.relname as name, indisprimary as primary, indisunique as unique,
            pg_get_expr(indpred, indrelid) as where,
            (select string_agg(pg_get_indexdef(indexrelid, place, true), ', ' order by place)
               from generate_series(1, indnkeyatts) as place) as columns
       from pg_index
       join pg_class own on own.oid = indrelid
       join pg_class index on index.oid = indexrelid
       left join pg_inherits on inhrelid = own.oid
       left join pg_class parent on parent.oid = inhparent
      where own.relnamespace = 'public'::regnamespace and not index.relispartition
        and own.relname <> $1`,
    [OF_THE_RUNNER],
  )
  const facts = rows.map((row) => ({ row, fact: factOfIndex(row) }))
  return facts.map(({ row, fact }) => {
    if (row.partition === null) return fact
    const ofPartitions = facts.filter((other) => other.fact === fact).length
    return ofPartitions === row.partitions ? fact : `${fact}, of ${ofPartitions} partitions`
  })
}

function factOfIndex({ table, partition, name, primary, unique, ...row }: IndexRow): string {
  if (primary) return keyFact(table, row.columns)
  return indexFact({
    table,
    kind: unique ? 'unique index' : 'index',
    name: partition === null ? name : name.replace(partition, table),
    columns: row.columns,
    where: row.where,
  })
}
