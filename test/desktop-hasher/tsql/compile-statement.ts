/** Statements of the subset as functions. */
import { compileCondition, compileExpression } from './compile-expression.ts'
import { typeOf } from './declared.ts'
import { compileQuery, type ResultRow } from './compile-select.ts'
import { assign, isText, make, SqlError, type SqlValue, textIn } from './sql-values.ts'
import type { Column, Frame, Surroundings, Table, Told } from './scope.ts'
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

/** What a routine came to: it goes on, or has returned. */
export type Outcome = 'on' | { readonly returned: SqlValue | undefined }

export type Statement = (frame: Frame, told: Told) => Outcome

/** More turns than any loop of the script takes on what the tests give it. */
const MOST_TURNS = 1_000_000

export function compileBlock(statements: readonly unknown[], scope: Surroundings): Statement {
  const compiled = statements.map((statement) => compileStatement(statement, scope))
  return (frame, told) => {
    for (const statement of compiled) {
      const outcome = statement(frame, told)
      if (outcome !== 'on') return outcome
    }
    return 'on'
  }
}

function compileStatement(node: unknown, scope: Surroundings): Statement {
  const [tag, content] = tagged(node)
  if (!isNode(content)) throw new UnknownConstruct('a statement', node)
  switch (tag) {
    case 'Declare':
      return compileDeclare(content, scope)
    case 'Set':
      return compileSet(content, scope)
    case 'If':
      return compileIf(content, scope)
    case 'While':
      return compileWhile(content, scope)
    case 'Return':
      return compileReturn(content, scope)
    case 'Query':
      return compileQueryStatement(content, scope)
    case 'Insert':
      return compileInsert(content, scope)
    case 'Execute':
      return compileExecute(content, scope)
    case 'Throw':
      return compileThrow(content, scope)
    case 'Print': {
      const message = compileExpression(content['message'], scope)
      return (frame, told) => {
        told.messages.push(textIn(message(frame)))
        return 'on'
      }
    }
    default:
      throw new UnknownConstruct('a statement', node)
  }
}

function compileDeclare(node: Node, scope: Surroundings): Statement {
  const steps = listIn(node, 'stmts').map((declared) => {
    const declaration = declared as Node
    const [name] = listIn(declaration, 'names').map(textOfName)
    if (name === undefined) throw new UnknownConstruct('a declaration', declared)
    const type = typeOf(declaration['data_type'])
    const given = isNode(declaration['assignment'])
      ? compileExpression(nodeIn(declaration, 'assignment')['MsSqlAssignment'], scope)
      : undefined
    scope.declarations.declare(name, type)
    return { name, type, given }
  })
  return ({ variables, ...rest }) => {
    for (const { name, type, given } of steps) {
      if (given !== undefined) variables.set(name, assign(type, given({ variables, ...rest })))
    }
    return 'on'
  }
}

function compileSet(node: Node, scope: Surroundings): Statement {
  if (isNode(node['SetSessionParam'])) {
    const { names, value } = nodeIn(nodeIn(node, 'SetSessionParam'), 'Generic')
    if (String(names).toLowerCase() !== 'nocount' || String(value).toLowerCase() !== 'on')
      throw new UnknownConstruct('a setting', node)
    return () => 'on'
  }
  const assignment = nodeIn(node, 'SingleAssignment')
  const [value, another] = listIn(assignment, 'values')
  if (another !== undefined) throw new UnknownConstruct('an assignment', node)
  const name = dottedName(assignment['variable'])
  const type = scope.declarations.typeOf(name)
  const given = compileExpression(value, scope)
  return (frame) => {
    frame.variables.set(name, assign(type, given(frame)))
    return 'on'
  }
}

function statementsIn(block: Node, scope: Surroundings): Statement {
  const [, content] = tagged(nodeIn(block, 'conditional_statements'))
  return compileBlock(listIn(content as Node, 'statements'), scope)
}

function compileIf(node: Node, scope: Surroundings): Statement {
  if (listIn(node, 'elseif_blocks').length > 0) throw new UnknownConstruct('an if', node)
  const isTrue = compileCondition(nodeIn(node, 'if_block')['condition'], scope)
  const then = statementsIn(nodeIn(node, 'if_block'), scope)
  const otherwise = isNode(node['else_block']) ? statementsIn(node['else_block'], scope) : undefined
  return (frame, told) => {
    if (isTrue(frame) === true) return then(frame, told)
    return otherwise?.(frame, told) ?? 'on'
  }
}

function compileWhile(node: Node, scope: Surroundings): Statement {
  const block = nodeIn(node, 'while_block')
  const isTrue = compileCondition(block['condition'], scope)
  const body = statementsIn(block, scope)
  return (frame, told) => {
    for (let turns = 0; isTrue(frame) === true; turns++) {
      if (turns > MOST_TURNS) throw new SqlError('a loop without an end')
      const outcome = body(frame, told)
      if (outcome !== 'on') return outcome
    }
    return 'on'
  }
}

function compileReturn(node: Node, scope: Surroundings): Statement {
  if (!isNode(node['value'])) return () => ({ returned: undefined })
  const value = compileExpression(node['value']['Expr'], scope)
  return (frame) => ({ returned: value(frame) })
}

/**
 * A SELECT that sets variables, to those of its last row and of no row to nothing; or one whose
 * rows come out.
 */
function compileQueryStatement(query: Node, scope: Surroundings): Statement {
  const rows = compileQuery(query, scope)
  const body = nodeIn(query, 'body')
  const names = isNode(body['Select']) ? listIn(body['Select'], 'projection').map(nameOf) : []
  const isAssignment = names.some((name) => name.startsWith('@'))
  if (isAssignment && !names.every((name) => name.startsWith('@')))
    throw new UnknownConstruct('a select', query)
  for (const name of isAssignment ? names : []) scope.declarations.typeOf(name)
  return (frame, told) => {
    const made = rows(frame)
    if (!isAssignment) told.results.push(made)
    else if (made.length > 1) throw new SqlError('which row sets the variables is not told')
    else {
      for (const [name, value] of made[0] ?? [])
        frame.variables.set(name, assign(scope.declarations.typeOf(name), value))
    }
    return 'on'
  }
}

function nameOf(column: unknown): string {
  const [tag, content] = tagged(column)
  return tag === 'ExprWithAlias' && isNode(content) ? textOfName(content['alias']) : ''
}

function compileInsert(node: Node, scope: Surroundings): Statement {
  const name = dottedName(nodeIn(node, 'table')['TableName'])
  const columns = listIn(node, 'columns').map(dottedName)
  const rows = compileQuery(nodeIn(node, 'source'), scope)
  return (frame) => {
    const table = frame.tables.get(name) ?? scope.catalogue.tables.get(name)
    if (table === undefined) throw new SqlError(`no table ${name}`)
    for (const row of rows(frame)) table.rows.push(rowOf(table, columns, [...row.values()]))
    return 'on'
  }
}

function rowOf(table: Table, names: readonly string[], values: readonly SqlValue[]): ResultRow {
  if (names.length !== values.length) throw new SqlError('other columns than values')
  const given = new Map(names.map((name, index) => [name, values[index]]))
  for (const name of names)
    if (!table.columns.some((column) => column.name === name))
      throw new SqlError(`no column ${name}`)
  return new Map(
    table.columns.map((column) => [column.name, cellOf(column, given.get(column.name))]),
  )
}

function cellOf({ name, type, isNullable }: Column, value: SqlValue | undefined): SqlValue {
  const cell = value === undefined ? make(type, null) : assign(type, value)
  if (cell.data === null && !isNullable) throw new SqlError(`${name} may not be null`)
  return isText(cell) ? make(cell.type, cell.data) : cell
}

function compileExecute(node: Node, scope: Surroundings): Statement {
  const name = dottedName(node['name'])
  const values = listIn(node, 'parameters').map((value) => compileExpression(value, scope))
  const routine = scope.catalogue.procedures.get(name)
  if (routine === undefined || values.length > routine.parameters.length)
    throw new SqlError(`no procedure ${name}`)
  return (frame, told) => {
    routine.call(
      values.map((value) => value(frame)),
      told,
    )
    return 'on'
  }
}

/** THROW ends the batch: nothing that called it goes on. */
function compileThrow(node: Node, scope: Surroundings): Statement {
  const message = compileExpression(node['message'], scope)
  return (frame) => {
    throw new SqlError(`raised: ${textIn(message(frame))}`)
  }
}
