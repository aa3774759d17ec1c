/**
 * What a schema says of a database: a sentence for each table, column, key, foreign key, index and
 * enum.
 */
export type Facts = ReadonlySet<string>

/** By Prisma's type, or its @db attribute where it has one. */
const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Bytes: 'bytea',
  Json: 'jsonb',
  SmallInt: 'smallint',
  Date: 'date',
  Timestamptz: 'timestamp with time zone',
  Uuid: 'uuid',
}

/** Lines of a model's comment that say what Prisma has no words for. */
const BESIDE =
  /^\/\/\/ Beside Prisma: (unique index|index) (\w+) on \(([^()]*|\([^()]*\))\)(?: where (.*))?$/

const BLOCK = /((?:^\/\/\/.*\n)*)^(model|enum) (\w+) \{\n([^]*?)^\}/gm

/** Reads the text of a schema.prisma. */
export function factsOfSchema(text: string): Facts {
  const blocks = [...text.matchAll(BLOCK)].map(([, comment = '', kind, name = '', body = '']) => ({
    kind,
    name,
    comment: linesOf(comment),
    body: linesOf(body).filter((line) => !line.startsWith('//')),
    table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
  }))
  const models = blocks.filter(({ kind }) => kind === 'model')
  const enums = blocks.filter(({ kind }) => kind === 'enum')
  const tableOf = new Map(models.map(({ name, table }) => [name, table]))
  const types = { ...TYPES, ...Object.fromEntries(enums.map(({ name, table }) => [name, table])) }
  return new Set([
    ...enums.map(({ table, body }) =>
      enumFact(
        table,
        body.filter((line) => /^\w+$/.test(line)),
      ),
    ),
    ...models.flatMap((model) => factsOfModel(model, { tableOf, types })),
  ])
}

function factsOfModel(
  { table, comment, body }: { table: string; comment: string[]; body: string[] },
  { tableOf, types }: { tableOf: ReadonlyMap<string, string>; types: Record<string, string> },
): string[] {
  const fields = body.flatMap((line) => {
    const [, name, type, form, rest] = /^(\w+)\s+(\w+)(\[\]|\?)?(.*)$/.exec(line) ?? []
    if (name === undefined || type === undefined || rest === undefined) return []
    return [{ name, type, form, rest, column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name }]
  })
  const columnOf = new Map(fields.map(({ name, column }) => [name, column]))
  const columns = (list: string): string =>
    list
      .split(',')
      .map((name) => columnOf.get(name.trim()) ?? name.trim())
      .join(', ')
  return [
    tableFact(table, {
      partitioned: comment.some((line) => line.includes('Partitioned by dataset.')),
      secured: comment.some((line) => line.includes('Row-level security.')),
    }),
    ...comment.flatMap((line) => {
      const [, kind, name, list, where] = BESIDE.exec(line) ?? []
      if (kind === undefined || name === undefined || list === undefined) return []
      return [indexFact({ table, kind, name, columns: list, where: where ?? null })]
    }),
    ...fields.flatMap(({ type, form, rest, column }) => {
      const target = tableOf.get(type)
      if (target !== undefined) {
        const relation = /fields: \[([^\]]+)\], references: \[([^\]]+)\], (.*)\)/.exec(rest)
        if (relation === null) return []
        const [, from = '', to = '', actions = ''] = relation
        // A key that is referred to is one column, of the same name in model and table.
        return [foreignKeyFact({ table, from: columns(from), target, to: snake(to), actions })]
      }
      const named = types[/@db\.(\w+)/.exec(rest)?.[1] ?? type]
      if (named === undefined) throw new Error(`no type is known for ${table}.${column}`)
      return [
        columnFact({
          table,
          column,
          type: form === '[]' ? `${named}[]` : named,
          nullable: form === '?',
          standard: /@default\((.*?\)?)\)/.exec(rest)?.[1] ?? null,
        }),
        ...(/@id\b/.test(rest) ? [keyFact(table, column)] : []),
        ...(/@unique\b/.test(rest)
          ? [
              indexFact({
                table,
                kind: 'unique index',
                name: `${table}_${column}_key`,
                columns: column,
              }),
            ]
          : []),
      ]
    }),
    ...body.flatMap((line) => {
      const [, kind, list, name] =
        /^@@(id|unique|index)\(\[([^\]]+)\](?:, map: "(\w+)")?\)/.exec(line) ?? []
      if (kind === undefined || list === undefined) return []
      if (kind === 'id') return [keyFact(table, columns(list))]
      const given = name ?? `${table}_${columns(list).replaceAll(', ', '_')}_key`
      return [
        indexFact({
          table,
          kind: kind === 'unique' ? 'unique index' : 'index',
          name: given,
          columns: columns(list),
        }),
      ]
    }),
  ]
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The fact of an enum and its values. */
export function enumFact(name: string, values: readonly string[]): string {
  return `enum ${name} (${values.join(', ')})`
}

/** The fact of a table. */
export function tableFact(
  table: string,
  { partitioned, secured }: { readonly partitioned: boolean; readonly secured: boolean },
): string {
  return `table ${table}${partitioned ? ', partitioned by dataset' : ''}${secured ? ', row-level security' : ''}`
}

/** The fact of a column. */
export function columnFact(column: {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
  readonly standard: string | null
}): string {
  const { table, type, nullable } = column
  const standard = column.standard === null ? '' : `, default ${plainDefault(column.standard)}`
  return `column ${table}.${column.column}: ${type}${nullable ? ' or null' : ''}${standard}`
}

/** The fact of a primary key. */
export function keyFact(table: string, columns: string): string {
  return `key of ${table} (${columns})`
}

/** The fact of a foreign key; `actions` in Prisma's words. */
export function foreignKeyFact(key: {
  readonly table: string
  readonly from: string
  readonly target: string
  readonly to: string
  readonly actions: string
}): string {
  return `foreign key of ${key.table} (${key.from}): ${key.target} (${key.to}), ${key.actions}`
}

/** The fact of an index. */
export function indexFact(index: {
  readonly table: string
  readonly kind: string
  readonly name: string
  readonly columns: string
  readonly where?: string | null
}): string {
  const where = index.where == null ? '' : ` where ${plainCondition(index.where)}`
  return `${index.kind} ${index.name} on ${index.table} (${index.columns})${where}`
}

/** Prisma writes `[]` and `"a"`, PostgreSQL `'{}'::text[]` and `'a'::text`. */
function plainDefault(text: string): string {
  const value = text.replace(/::.*$/, '').replace(/^(["'])(.*)\1$/, '$2')
  return value === '[]' && text === '[]' ? '{}' : value
}

/** Without the brackets and types that PostgreSQL adds. */
function plainCondition(text: string): string {
  return text
    .replaceAll(/::[a-z]+(\[\])?/g, '')
    .replace(/^\((.*)\)$/, '$1')
    .replaceAll('(ARRAY[', '(array[')
    .replaceAll(/\b(IS|NULL|ALL|NOT)\b/g, (word) => word.toLowerCase())
}
