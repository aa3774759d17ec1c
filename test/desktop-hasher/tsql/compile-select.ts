/**
 * SELECT of the subset: tables, table-valued functions, derived tables, cross join, cross apply,
 * left join, group by, union all.
 */
import { AGGREGATES } from './aggregates.ts'
import { argumentsOf, compileCondition, compileExpression } from './compile-expression.ts'
import { compare, isText, make, SqlError, type SqlValue } from './sql-values.ts'
import type { Expression, Frame, Row, Surroundings, Table } from './scope.ts'
import {
  dottedName,
  isNode,
  listIn,
  type Node,
  nodeIn,
  tagged,
  textOfName,
  UnknownConstruct,
} from './syntax-tree.ts'

/** A row that comes out: its columns by name, in their order. */
export type ResultRow = Map<string, SqlValue>

export type Select = (frame: Frame) => ResultRow[]

/** The rows that a part of a from clause adds to a row that was there before. */
type Source = (frame: Frame, before: Row) => Row[]

export function compileQuery(query: Node, scope: Surroundings): Select {
  const rows = compileBody(query['body'], scope)
  const order = isNode(query['order_by'])
    ? listIn(nodeIn(nodeIn(query, 'order_by'), 'kind'), 'Expressions')
    : []
  const names = order.map((by) => textOfName(nodeIn(nodeIn(by as Node, 'expr'), 'Identifier')))
  return (frame) => rows(frame).sort((left, right) => compareRows(left, right, names))
}

function compareRows(left: ResultRow, right: ResultRow, names: readonly string[]): number {
  for (const name of names) {
    const [a, b] = [left.get(name), right.get(name)]
    if (a === undefined || b === undefined) throw new SqlError(`no column ${name}`)
    const order = compare(ordered(a), ordered(b)) ?? 0
    if (order !== 0) return order
  }
  return 0
}

/** What is only put in order may be so under any collation: here words of ours. */
function ordered(value: SqlValue): SqlValue {
  return isText(value) ? make(value.type, value.data, true) : value
}

function compileBody(body: unknown, scope: Surroundings): Select {
  const [tag, content] = tagged(body)
  if (!isNode(content)) throw new UnknownConstruct('a query', body)
  switch (tag) {
    case 'Select':
      return compileSelect(content, scope)
    case 'Values':
      return compileValues(content, scope)
    case 'SetOperation': {
      if (content['op'] !== 'Union' || content['set_quantifier'] !== 'All')
        throw new UnknownConstruct('a union', body)
      const left = compileBody(content['left'], scope)
      const right = compileBody(content['right'], scope)
      return (frame) => {
        const [first, second] = [left(frame), right(frame)]
        const [names, others] = [first[0]?.keys(), second[0]?.keys()].map(
          (keys) => keys && [...keys].join(),
        )
        if (names !== undefined && others !== undefined && names !== others)
          throw new SqlError('a union of other columns')
        return [...first, ...second]
      }
    }
    default:
      throw new UnknownConstruct('a query', body)
  }
}

function compileValues(values: Node, scope: Surroundings): Select {
  const rows = listIn(values, 'rows').map((row) =>
    listIn(row as Node, 'content').map((cell) => compileExpression(cell, scope)),
  )
  return (frame) =>
    rows.map((cells) => new Map(cells.map((cell, index) => [String(index), cell(frame)])))
}

function compileSelect(select: Node, scope: Surroundings): Select {
  const sources = listIn(select, 'from').map((from) => compileFrom(from as Node, scope))
  const [whole, another] = sources
  if (another !== undefined) throw new UnknownConstruct('a list of tables', select)
  const source = lookUp(select, scope) ?? whole
  const isWanted = isNode(select['selection'])
    ? compileCondition(select['selection'], scope)
    : () => true
  const projection = listIn(select, 'projection').map((one) => compileColumn(one, scope))
  const groupBy = groupsOf(select).map((by) => compileExpression(by, scope))
  const isGrouped = groupBy.length > 0 || listIn(select, 'projection').some(holdsAggregate)
  return (frame) => {
    const none: Row = frame.row ?? new Map<string, SqlValue>()
    const rows = (source === undefined ? [none] : source(frame, none)).filter(
      (row) => isWanted({ ...frame, row }) === true,
    )
    const project = (inner: Frame): ResultRow =>
      new Map(projection.map(({ name, value }) => [name, value(inner)]))
    if (!isGrouped) return rows.map((row) => project({ ...frame, row }))
    return groups(rows, groupBy, frame).map((group) =>
      project({ variables: frame.variables, tables: frame.tables, group }),
    )
  }
}

/**
 * One table of which rows with one key are wanted: those that may be, instead of all. Whether they
 * are is asked of each as ever; this only saves time, as an index does.
 */
function lookUp(select: Node, scope: Surroundings): Source | undefined {
  const [from] = listIn(select, 'from')
  const where = isNode(select['selection']) ? select['selection']['BinaryOp'] : undefined
  if (!isNode(from) || listIn(from, 'joins').length > 0 || !isNode(where) || where['op'] !== 'Eq')
    return undefined
  const [tag, table] = tagged(from['relation'])
  const [side, column] = tagged(where['left'])
  if (tag !== 'Table' || !isNode(table) || isNode(table['args']) || side !== 'CompoundIdentifier')
    return undefined
  const [alias, name] = dottedName(column).split('.')
  if (alias !== aliasOf(table) || name === undefined) return undefined
  const wanted = compileExpression(where['right'], scope)
  const tableName = dottedName(table['name'])
  return (frame, before) => {
    const found = scope.catalogue.tables.get(tableName)
    if (found === undefined) throw new SqlError(`no table ${tableName}`)
    const rows = indexOf(found, name).get(keyOf(wanted({ ...frame, row: before }))) ?? []
    return rows.map((row) => joined(before, alias, [...row]))
  }
}

const indexes = new WeakMap<
  Table,
  Map<string, { readonly length: number; readonly index: Map<unknown, Row[]> }>
>()

function indexOf(table: Table, column: string): Map<unknown, Row[]> {
  const ofTable =
    indexes.get(table) ?? new Map<string, { length: number; index: Map<unknown, Row[]> }>()
  indexes.set(table, ofTable)
  const known = ofTable.get(column)
  if (known?.length === table.rows.length) return known.index
  const index = new Map<unknown, Row[]>()
  for (const row of table.rows) {
    const value = row.get(column)
    const key = value === undefined ? null : keyOf(value)
    index.set(key, [...(index.get(key) ?? []), row])
  }
  ofTable.set(column, { length: table.rows.length, index })
  return index
}

function keyOf({ data }: SqlValue): unknown {
  return typeof data === 'string' ? data.replace(/ +$/, '') : data
}

function groupsOf(select: Node): readonly unknown[] {
  const by = nodeIn(select, 'group_by')['Expressions']
  return Array.isArray(by) && Array.isArray(by[0]) ? (by[0] as unknown[]) : []
}

/** Without a group by all rows are one group, even when there is none. */
function groups(rows: readonly Row[], by: readonly Expression[], frame: Frame): Row[][] {
  if (by.length === 0) return [[...rows]]
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify(by.map((one) => one({ ...frame, row }).data))
    found.set(key, [...(found.get(key) ?? []), row])
  }
  return [...found.values()]
}

function holdsAggregate(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(holdsAggregate)
  if (!isNode(node)) return false
  if (isNode(node['Function']) && dottedName(node['Function']['name']) in AGGREGATES) return true
  return Object.values(node).some(holdsAggregate)
}

function compileColumn(
  node: unknown,
  scope: Surroundings,
): { readonly name: string; readonly value: Expression } {
  const [tag, content] = tagged(node)
  if (tag === 'ExprWithAlias' && isNode(content)) {
    return { name: textOfName(content['alias']), value: compileExpression(content['expr'], scope) }
  }
  if (tag === 'UnnamedExpr') {
    const parts = isNode(content) ? content['CompoundIdentifier'] : undefined
    const name = Array.isArray(parts) ? textOfName(parts.at(-1)) : ''
    return { name, value: compileExpression(content, scope) }
  }
  throw new UnknownConstruct('a column', node)
}

function compileFrom(from: Node, scope: Surroundings): Source {
  let source = compileRelation(from['relation'], scope)
  for (const join of listIn(from, 'joins')) source = compileJoin(join as Node, source, scope)
  return source
}

function compileJoin(join: Node, left: Source, scope: Surroundings): Source {
  const right = compileRelation(join['relation'], scope)
  const [tag, content] = tagged(join['join_operator'])
  if (tag === 'CrossJoin' || tag === 'CrossApply') {
    return (frame, before) => left(frame, before).flatMap((row) => right(frame, row))
  }
  if (tag !== 'Left' || !isNode(content)) throw new UnknownConstruct('a join', join)
  const isMatch = compileCondition(content['On'], scope)
  const table = tableNamed(join['relation'], scope)
  return (frame, before) =>
    left(frame, before).flatMap((row) => {
      const matches = right(frame, row).filter((both) => isMatch({ ...frame, row: both }) === true)
      return matches.length > 0 ? matches : [new Map([...row, ...table()])]
    })
}

/** The columns of a joined table, all null. */
function tableNamed(
  relation: unknown,
  { catalogue }: Surroundings,
): () => readonly (readonly [string, SqlValue])[] {
  const node = nodeIn(relation as Node, 'Table')
  const alias = aliasOf(node)
  return () => {
    const table = catalogue.tables.get(dottedName(node['name']))
    return (table?.columns ?? []).map(
      ({ name, type }) => [`${alias}.${name}`, make(type, null)] as const,
    )
  }
}

function aliasOf(node: Node): string {
  return textOfName(nodeIn(node, 'alias')['name'])
}

function compileRelation(relation: unknown, scope: Surroundings): Source {
  const [tag, content] = tagged(relation)
  if (!isNode(content)) throw new UnknownConstruct('a table', relation)
  const alias = aliasOf(content)
  if (tag === 'Derived') {
    const rows = compileQuery(nodeIn(content, 'subquery'), scope)
    const names = listIn(nodeIn(content, 'alias'), 'columns').map((column) =>
      textOfName((column as Node)['name']),
    )
    return (frame, before) =>
      rows({ ...frame, row: before }).map((row) =>
        joined(
          before,
          alias,
          [...row].map(([name, value], index) => [names[index] ?? name, value]),
        ),
      )
  }
  if (tag !== 'Table') throw new UnknownConstruct('a table', relation)
  const rows = compileTable(content, scope)
  return (frame, before) =>
    rows({ ...frame, row: before }).map((row) => joined(before, alias, [...row]))
}

function joined(
  before: Row,
  alias: string,
  columns: readonly (readonly [string, SqlValue])[],
): Row {
  const row = new Map(before)
  for (const [name, value] of columns) row.set(`${alias}.${name}`, value)
  return row
}

function compileTable(node: Node, scope: Surroundings): (frame: Frame) => readonly Row[] {
  const name = dottedName(node['name'])
  if (isNode(node['args'])) {
    const { values } = argumentsOf({ args: { List: node['args'] } }, scope)
    const routine = scope.catalogue.functions.get(name)
    if (routine?.parameters.length !== values.length)
      throw new SqlError(`no function ${name} of these parameters`)
    return (frame) => {
      const made = routine.call(values.map((value) => value(frame)))
      if (made === undefined || !('rows' in made)) throw new SqlError(`${name} makes no table`)
      return made.rows
    }
  }
  return (frame) => {
    // A procedure may be created before what it reads.
    const table: Table | undefined = frame.tables.get(name) ?? scope.catalogue.tables.get(name)
    if (table === undefined) throw new SqlError(`no table ${name}`)
    return table.rows
  }
}
