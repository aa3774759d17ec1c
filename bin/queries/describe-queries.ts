import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { queryText, type NamesInQuery } from '#server/platform/db/queries.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import { readCatalogue, type Catalogue } from './catalogue.ts'
import { describeStatement, type Described } from './describe-statement.ts'
import { formatTypes } from './format-types.ts'

/** What is put in for {name} where a query's header gives no example of its own. */
const EXAMPLES: NamesInQuery = { dataset: 'production', ...PSEUDONYM_NAMES }

/** The names of all queries of prisma/sql, `room/file`, in order. */
export function listQueries(): string[] {
  const folder = join(projectFolder('prisma'), 'sql')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length).replaceAll('\\', '/'))
    .sort()
}

/** The types of all queries, and which could not be described, with PostgreSQL's reason. */
export interface DescribedQueries {
  readonly text: string
  readonly failures: readonly string[]
}

/**
 * The text of lib/server/platform/db/query-types.ts: the parameters and the row of
 * every named query as a migrated database describes them. `client` is its owner's. Queries called
 * create-… are run first, so that others may speak of their tables; nothing of it stays.
 */
export async function describeQueries(client: pg.Client): Promise<DescribedQueries> {
  const catalogue = await readCatalogue(client)
  const queries = listQueries()
  const lines: string[] = []
  const failures: string[] = []
  await client.query('begin')
  try {
    for (const query of queries.filter((name) => /\/create-/.test(name))) {
      await client.query(textOf(query))
    }
    for (const query of queries) {
      const text = textOf(query)
      try {
        lines.push(typeOf(query, text, await describeStatement(client, text), catalogue))
      } catch (error) {
        failures.push(`${query}: ${error instanceof Error ? error.message : 'not described'}`)
      }
    }
  } finally {
    await client.query('rollback')
  }
  const text = [HEAD, 'export interface Queries {', ...lines, '}', ''].join('\n')
  return { text: await formatTypes(text), failures }
}

const HEAD = `import type { Quarter } from '#core/standard/quarter.ts'

/**
 * Parameters and rows of the named queries in prisma/sql, as the migrated database describes them. Made by
 * \`npm run queries\`; test/server/platform/db/queries.test.ts fails when it is behind.
 */`

function textOf(query: string): string {
  const text = queryText(query)
  const examples = [...headerOf(text).matchAll(/For example: (.*)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/\{([a-z_]+)\} ([a-z0-9_]+)/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    ),
  )
  return queryText(query, { ...EXAMPLES, ...Object.fromEntries(examples) })
}

/** The header of a query; a line of it that is indented goes on the one before. */
function headerOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('--'))
    .map((line) => line.slice(2).trimEnd())
    .join('\n')
    .replaceAll(/\n {3,}/g, ' ')
    .replaceAll(/^ +/gm, '')
}

function typeOf(query: string, text: string, described: Described, catalogue: Catalogue): string {
  const header = headerOf(text)
  const parameters = described.parameters.map(
    (type, index) => `${labelOf(header, index + 1)}: ${catalogue.parameterType(type)} | null`,
  )
  const neverNull = new Set(
    [...header.matchAll(/Never null: ([^\n.]*)/g)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim()),
    ),
  )
  const isOuter = outerTables(text)
  const columns = described.columns.map((column) => {
    const known = catalogue.column(column.table, column.attribute)
    const type = known?.domain ?? catalogue.rowType(column.type)
    const isSet = neverNull.has(column.name) || (known?.notNull === true && !isOuter(known.table))
    return `readonly ${memberName(column.name)}: ${type}${isSet || type === 'unknown' ? '' : ' | null'}`
  })
  const row = columns.length === 0 ? 'null' : `{ ${columns.join('; ')} }`
  return `  '${query}': { readonly parameters: readonly [${parameters.join(', ')}]; readonly row: ${row} }`
}

/** Whether rows of a table may be missing from a join: it is joined to the left, or it is not plain which one is. */
function outerTables(text: string): (table: string) => boolean {
  const joined = [...text.matchAll(/\bleft\s+(?:outer\s+)?join\s+(\S+)/gi)].map(
    ([, name = '']) => name,
  )
  const isUnclear =
    /\b(right|full)\s+(outer\s+)?join\b/i.test(text) ||
    joined.some((name) => name.startsWith('(') || name === 'lateral') ||
    (joined.length > 0 && /^[ \t]*with\b/im.test(text))
  return (table) => isUnclear || joined.includes(table)
}

/** What the header calls a parameter, `$2 the address (digest)`. */
function labelOf(header: string, index: number): string {
  const words = new RegExp(`\\$${index}:? +(?:the |its |a |an )?([a-z][a-z0-9 -]*)`, 'i').exec(
    header,
  )?.[1]
  const [first = `value${index}`, ...rest] = (words ?? '')
    .split(/[ -]+/)
    .filter(Boolean)
    .slice(0, 3)
  const label = [
    first.toLowerCase(),
    ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('')
  return RESERVED.has(label) ? `${label}${index}` : label
}

/** Words that name no element of a tuple. */
const RESERVED = new Set([
  'new',
  'this',
  'function',
  'class',
  'null',
  'in',
  'for',
  'if',
  'of',
  'or',
])

function memberName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : `'${name}'`
}
