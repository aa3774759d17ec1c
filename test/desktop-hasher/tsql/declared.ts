/** Types and literals as the script writes them. */
import type { Expression } from './scope.ts'
import {
  BIGINT,
  BIT,
  INT,
  make,
  MAX,
  number,
  type SqlType,
  type SqlValue,
  text,
} from './sql-values.ts'
import { isNode, nodeIn, tagged, UnknownConstruct } from './syntax-tree.ts'

/** Nothing, of no type of its own. */
export const NULL = make(INT, null)

/** The type that a declaration names. */
export function typeOf(dataType: unknown): SqlType {
  const [tag, content] = isNode(dataType)
    ? (Object.entries(dataType)[0] ?? ['', undefined])
    : tagged(dataType)
  switch (tag) {
    case 'Int':
      return INT
    case 'BigInt':
      return BIGINT
    case 'Bit':
      return BIT
    case 'Date':
      return { name: 'date', length: 10 }
    case 'Nvarchar':
    case 'Varchar':
    case 'Varbinary': {
      const name = tag.toLowerCase() as 'nvarchar' | 'varchar' | 'varbinary'
      return { name, length: content === 'Max' ? MAX : lengthIn(content) }
    }
    case 'Binary':
      return { name: 'binary', length: Number(content) }
    default:
      throw new UnknownConstruct('a type', dataType)
  }
}

function lengthIn(content: unknown): number {
  const length = isNode(content) ? nodeIn(content, 'IntegerLength')['length'] : undefined
  if (typeof length !== 'number') throw new UnknownConstruct('a length', content)
  return length
}

/** A literal as an expression. */
export function literal(value: unknown): Expression {
  const [tag, content] = tagged(value)
  const constant =
    (made: SqlValue): Expression =>
    () =>
      made
  switch (tag) {
    case 'Null':
      return constant(NULL)
    case 'Number': {
      const digits = Array.isArray(content) ? String(content[0]) : ''
      // A whole number beyond int is a decimal, whose division keeps the fraction.
      if (!/^[0-9]{1,10}$/.test(digits) || Number(digits) >= 2 ** 31)
        throw new UnknownConstruct('a number', value)
      return constant(number(Number(digits)))
    }
    case 'NationalStringLiteral':
      return constant(text(String(content), Math.max(String(content).length, 1)))
    case 'SingleQuotedString': {
      const data = String(content)
      if (/[^\0-\x7f]/.test(data))
        throw new UnknownConstruct('a literal that depends on the code page', value)
      return constant(make({ name: 'varchar', length: Math.max(data.length, 1) }, data))
    }
    case 'HexStringLiteral': {
      const bytes = new Uint8Array(Buffer.from(String(content), 'hex'))
      return constant(make({ name: 'varbinary', length: Math.max(bytes.length, 1) }, bytes))
    }
    default:
      throw new UnknownConstruct('a literal', value)
  }
}
