/**
 * Expressions of the subset as functions. Both sides of AND and OR are always evaluated, as the
 * server may: what must not be is in an IF or a CASE, whose branches are documented to be evaluated
 * in order.
 */
import { AGGREGATES, aggregated } from './aggregates.ts'
import { literal, NULL, typeOf } from './declared.ts'
import { ARITHMETIC, COMPARISONS } from './operators.ts'
import { isLike } from './like.ts'
import { BUILT_INS, convert, substring } from './sql-functions.ts'
import {
  add,
  arithmetic,
  assign,
  compare,
  isText,
  make,
  number,
  numberIn,
  SqlError,
  type SqlType,
  type SqlValue,
  textIn,
} from './sql-values.ts'
import { type Condition, type Expression, type Frame, type Surroundings } from './scope.ts'
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

const BIN2 = 'Latin1_General_100_BIN2'

export function compileExpression(node: unknown, scope: Surroundings): Expression {
  const [tag, content] = tagged(node)
  switch (tag) {
    case 'Value':
      return literal(isNode(content) ? content['value'] : undefined)
    case 'Identifier':
      return variable(textOfName(content), scope)
    case 'CompoundIdentifier':
      return columnOf(dottedName(content))
    case 'Nested':
      return compileExpression(content, scope)
    case 'Collate':
      return collated(asNode(content), scope)
    case 'UnaryOp':
      return negative(asNode(content), scope)
    case 'BinaryOp':
      return operation(asNode(content), scope)
    case 'Case':
      return choice(asNode(content), scope)
    case 'Substring': {
      const part = asNode(content)
      const [of, from, count] = ['expr', 'substring_from', 'substring_for'].map((m) =>
        compileExpression(part[m], scope),
      )
      if (of === undefined || from === undefined || count === undefined)
        throw new UnknownConstruct('substring', node)
      return (frame) => substring(of(frame), from(frame), count(frame))
    }
    case 'Convert': {
      const conversion = asNode(content)
      const type = typeOf(conversion['data_type'])
      const of = compileExpression(conversion['expr'], scope)
      const [style, another] = listIn(conversion, 'styles').map((s) => compileExpression(s, scope))
      if (another !== undefined || conversion['is_try'] === true)
        throw new UnknownConstruct('convert', node)
      return (frame) =>
        convert(type, of(frame), style === undefined ? undefined : numberIn(style(frame)))
    }
    case 'Function':
      return call(asNode(content), scope)
    default:
      throw new UnknownConstruct('an expression', node)
  }
}

function asNode(content: unknown): Node {
  if (!isNode(content)) throw new UnknownConstruct('a node', content)
  return content
}

function variable(name: string, { declarations }: Surroundings): Expression {
  if (!name.startsWith('@')) throw new UnknownConstruct('a bare name', name)
  const type = declarations.typeOf(name)
  return ({ variables }) => variables.get(name) ?? make(type, null)
}

function columnOf(name: string): Expression {
  return ({ row, group }) => {
    const value = (row ?? group?.[0])?.get(name)
    if (value === undefined) throw new SqlError(`no column ${name}`)
    return value
  }
}

function collated(node: Node, scope: Surroundings): Expression {
  if (dottedName(node['collation']) !== BIN2) throw new UnknownConstruct('a collation', node)
  const of = compileExpression(node['expr'], scope)
  return (frame) => {
    const value = of(frame)
    if (!isText(value)) throw new SqlError('a collation of what is no text')
    return make(value.type, value.data, true)
  }
}

function negative(node: Node, scope: Surroundings): Expression {
  if (node['op'] !== 'Minus') throw new UnknownConstruct('an operator', node)
  const of = compileExpression(node['expr'], scope)
  return (frame) => arithmetic(number(0), of(frame), (a, b) => a - b)
}

function operation(node: Node, scope: Surroundings): Expression {
  const op = String(node['op'])
  const left = compileExpression(node['left'], scope)
  const right = compileExpression(node['right'], scope)
  if (op === 'Plus') return (frame) => add(left(frame), right(frame))
  const act = ARITHMETIC[op]
  if (act === undefined) throw new UnknownConstruct('an operator', node)
  return (frame) => arithmetic(left(frame), right(frame), act)
}

/** CASE, simple or searched: branches in order, and none after the first that is taken. */
function choice(node: Node, scope: Surroundings): Expression {
  const operand =
    node['operand'] === undefined || node['operand'] === null
      ? undefined
      : compileExpression(node['operand'], scope)
  const branches = listIn(node, 'conditions').map((branch) => {
    const when = asNode(branch)['condition']
    const result = compileExpression(asNode(branch)['result'], scope)
    if (operand === undefined) return { isTaken: compileCondition(when, scope), result }
    const value = compileExpression(when, scope)
    return { isTaken: (frame: Frame) => isZero(compare(operand(frame), value(frame))), result }
  })
  const otherwise =
    node['else_result'] === undefined || node['else_result'] === null
      ? undefined
      : compileExpression(node['else_result'], scope)
  return (frame) => {
    const taken = branches.find(({ isTaken }) => isTaken(frame) === true)
    return taken?.result(frame) ?? otherwise?.(frame) ?? NULL
  }
}

function isZero(order: number | null): boolean | null {
  return order === null ? null : order === 0
}

function call(node: Node, scope: Surroundings): Expression {
  const name = dottedName(node['name'])
  const { values, isWildcard } = argumentsOf(node, scope)
  const aggregate = AGGREGATES[name]
  if (aggregate !== undefined) {
    const isDistinct = nodeIn(nodeIn(node, 'args'), 'List')['duplicate_treatment'] === 'Distinct'
    return aggregated(aggregate, values, isWildcard, isDistinct)
  }
  const builtIn = BUILT_INS.get(name)
  if (builtIn !== undefined) {
    if (values.length < builtIn.least || values.length > builtIn.most)
      throw new SqlError(`${name} has other arguments`)
    return (frame) => builtIn.act(...values.map((value) => value(frame)))
  }
  const { functions } = scope.catalogue
  const count = functions.get(name)?.parameters.length
  if (count === undefined) throw new SqlError(`no function ${name}`)
  if (count !== values.length) throw new SqlError(`${name} has other parameters`)
  return (frame) => {
    // Looked up when it is called: it may have been altered.
    const made = functions.get(name)?.call(values.map((value) => value(frame)))
    if (made === undefined || 'rows' in made) throw new SqlError(`${name} makes no value`)
    return made
  }
}

/** The arguments of a call, compiled. */
export function argumentsOf(
  node: Node,
  scope: Surroundings,
): { readonly values: readonly Expression[]; readonly isWildcard: boolean } {
  const list = nodeIn(nodeIn(node, 'args'), 'List')
  const values: Expression[] = []
  let isWildcard = false
  for (const argument of listIn(list, 'args')) {
    const unnamed = asNode(argument)['Unnamed']
    if (unnamed === 'Wildcard') isWildcard = true
    else values.push(compileExpression(asNode(unnamed)['Expr'], scope))
  }
  return { values, isWildcard }
}

export function compileCondition(node: unknown, scope: Surroundings): Condition {
  const [tag, content] = tagged(node)
  switch (tag) {
    case 'Nested':
      return compileCondition(content, scope)
    case 'IsNull':
    case 'IsNotNull': {
      const of = compileExpression(content, scope)
      return (frame) => (of(frame).data === null) === (tag === 'IsNull')
    }
    case 'UnaryOp': {
      if (asNode(content)['op'] !== 'Not') throw new UnknownConstruct('an operator', node)
      const of = compileCondition(asNode(content)['expr'], scope)
      return (frame) => negated(of(frame))
    }
    case 'BinaryOp':
      return comparison(asNode(content), scope)
    case 'Between':
      return between(asNode(content), scope)
    case 'InList':
      return inList(asNode(content), scope)
    case 'Like':
      return like(asNode(content), scope)
    default:
      throw new UnknownConstruct('a condition', node)
  }
}

function negated(is: boolean | null): boolean | null {
  return is === null ? null : !is
}

function comparison(node: Node, scope: Surroundings): Condition {
  const op = String(node['op'])
  if (op === 'And' || op === 'Or') {
    const left = compileCondition(node['left'], scope)
    const right = compileCondition(node['right'], scope)
    const decisive = op === 'Or'
    return (frame) => {
      const [a, b] = [left(frame), right(frame)]
      if (a === decisive || b === decisive) return decisive
      return a === null || b === null ? null : !decisive
    }
  }
  const test = COMPARISONS[op]
  if (test === undefined) throw new UnknownConstruct('an operator', node)
  const left = compileExpression(node['left'], scope)
  const right = compileExpression(node['right'], scope)
  return (frame) => {
    const order = compare(left(frame), right(frame))
    return order === null ? null : test(order)
  }
}

function between(node: Node, scope: Surroundings): Condition {
  const [of, low, high] = ['expr', 'low', 'high'].map((member) =>
    compileExpression(node[member], scope),
  )
  if (of === undefined || low === undefined || high === undefined)
    throw new UnknownConstruct('between', node)
  const isNegated = node['negated'] === true
  return (frame) => {
    const [least, most] = [compare(of(frame), low(frame)), compare(of(frame), high(frame))]
    if (least === null || most === null) return null
    return (least >= 0 && most <= 0) !== isNegated
  }
}

function inList(node: Node, scope: Surroundings): Condition {
  const of = compileExpression(node['expr'], scope)
  const list = listIn(node, 'list').map((one) => compileExpression(one, scope))
  const isNegated = node['negated'] === true
  return (frame) => {
    const value = of(frame)
    const orders = list.map((one) => compare(value, one(frame)))
    if (orders.includes(0)) return !isNegated
    return orders.includes(null) ? null : isNegated
  }
}

function like(node: Node, scope: Surroundings): Condition {
  const of = compileExpression(node['expr'], scope)
  const pattern = compileExpression(node['pattern'], scope)
  const isNegated = node['negated'] === true
  return (frame) => {
    const [value, wanted] = [of(frame), pattern(frame)]
    if (!value.isCollated && !wanted.isCollated) throw new SqlError('like without a BIN2 collation')
    if (value.data === null || wanted.data === null) return null
    return isLike(textIn(value), textIn(wanted)) !== isNegated
  }
}

/** A value as a parameter of a type takes it. */
export function asParameter(type: SqlType, value: SqlValue): SqlValue {
  return assign(type, value, true)
}
