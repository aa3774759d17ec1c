import type pg from 'pg'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'

/** What a migrated database says of its types and columns, in TypeScript. */
export interface Catalogue {
  /** The type in which the driver hands over a value. */
  rowType(type: number): string
  /** The types in which the driver takes a value. */
  parameterType(type: number): string
  column(table: number, attribute: number): KnownColumn | undefined
}

/** A column of a table. */
export interface KnownColumn {
  /** The name of its table. */
  readonly table: string
  readonly notNull: boolean
  /** The values that its CHECK names, as a union. */
  readonly domain: string | undefined
}

/** By PostgreSQL's name of the type: as a row has it, and as a parameter takes it. */
const TYPES: Readonly<Record<string, readonly [row: string, parameter: string]>> = {
  bool: ['boolean', 'boolean'],
  int2: ['number', 'number'],
  int4: ['number', 'number'],
  oid: ['number', 'number'],
  float8: ['number', 'number'],
  // More than a number holds exactly.
  int8: ['string', 'string | number | bigint'],
  numeric: ['string', 'string | number'],
  text: ['string', 'string'],
  varchar: ['string', 'string'],
  name: ['string', 'string'],
  uuid: ['string', 'string'],
  regclass: ['string', 'string'],
  bytea: ['Buffer', 'Uint8Array'],
  date: ['Date', 'Date | string'],
  timestamptz: ['Date', 'Date'],
  interval: ['unknown', 'string'],
  json: ['unknown', 'string'],
  jsonb: ['unknown', 'string'],
  void: ['unknown', 'never'],
}

/** Reads the catalogue of the schema `public`. */
export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const types = await run(client, 'tables/list-types', [])
  const columns = await run(client, 'tables/list-columns', [])
  const typeOf = new Map(types.map((row) => [row.oid, row]))
  const columnOf = new Map(
    columns.map(({ table, tableName, attribute, notNull, checks }) => [
      `${table} ${attribute}`,
      { table: tableName, notNull, domain: domainOf(checks ?? []) },
    ]),
  )
  return {
    rowType: (type) => typescript(typeOf.get(type), 0),
    parameterType: (type) => typescript(typeOf.get(type), 1),
    column: (table, attribute) => columnOf.get(`${table} ${attribute}`),
  }
}

type TypeRow = Queries['tables/list-types']['row']

function typescript(type: TypeRow | undefined, way: 0 | 1): string {
  if (type === undefined) return 'unknown'
  if (type.labels !== null) return union(type.labels)
  if (type.element === null) return TYPES[type.name]?.[way] ?? 'unknown'
  const element = TYPES[type.element]?.[way] ?? 'string'
  return way === 0 ? `readonly (${element})[]` : `readonly (${element} | null)[]`
}

/** A quarter has one spelling, and a list of words is a union of them. */
function domainOf(checks: readonly string[]): string | undefined {
  if (checks.some((check) => check.includes('-Q[1-4]$'))) return 'Quarter'
  const list = checks
    .map((check) => /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(check)?.[1])
    .find((found) => found !== undefined)
  if (list === undefined) return undefined
  return union([...list.matchAll(/'([^']*)'::text/g)].map(([, word = '']) => word))
}

function union(words: readonly string[]): string {
  return `(${words.map((word) => `'${word}'`).join(' | ')})`
}
