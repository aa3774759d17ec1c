/**
 * Values of T-SQL and what is done to them on their way from one type to another, as Microsoft
 * documents it for SQL Server 2016: "Data type conversion", "Data type precedence", "CAST and
 * CONVERT", "+ (String concatenation)", "Collation precedence". What the documentation leaves to a
 * setting or to the server is refused here, so that the script cannot rely on it.
 */

export type TypeName =
  | 'int'
  | 'bigint'
  | 'bit'
  | 'nvarchar'
  | 'varchar'
  | 'varbinary'
  | 'binary'
  | 'date'

export interface SqlType {
  readonly name: TypeName
  /** Characters, or bytes, at most; Infinity of (max). */
  readonly length: number
}

export interface SqlValue {
  readonly type: SqlType
  readonly data: null | number | string | Uint8Array
  /** Text that an explicit BIN2 collation was named for: only such may be compared. */
  readonly isCollated: boolean
}

/** What the server would raise, or what it would do depending on how it is set up. */
export class SqlError extends Error {}

export const INT: SqlType = { name: 'int', length: 4 }
export const BIGINT: SqlType = { name: 'bigint', length: 8 }
export const BIT: SqlType = { name: 'bit', length: 1 }
export const MAX = Infinity

/** Text that is no (max) ends here, without a word; binary at 8,000 bytes. */
const MOST_CHARACTERS = 4000
const MOST_BYTES = 8000

function textType(length: number): SqlType {
  return { name: 'nvarchar', length }
}

export function make(type: SqlType, data: SqlValue['data'], isCollated = false): SqlValue {
  return { type, data, isCollated }
}

export function number(data: number, type: SqlType = INT): SqlValue {
  const limit = type.name === 'bigint' ? Number.MAX_SAFE_INTEGER : 2 ** 31
  if (data >= limit || data < -limit) throw new SqlError('arithmetic overflow')
  return make(type, data)
}

export function text(data: string | null, length = MAX): SqlValue {
  return make(textType(length), data)
}

export function binary(data: Uint8Array | null, length = MAX): SqlValue {
  return make({ name: 'varbinary', length }, data)
}

export function isText({ type }: SqlValue): boolean {
  return type.name === 'nvarchar' || type.name === 'varchar'
}

export function isBinary({ type }: SqlValue): boolean {
  return type.name === 'varbinary' || type.name === 'binary'
}

export function isNumber({ type }: SqlValue): boolean {
  return type.name === 'int' || type.name === 'bigint' || type.name === 'bit'
}

export function textIn({ data }: SqlValue): string {
  if (typeof data !== 'string') throw new SqlError('text was expected')
  return data
}

export function numberIn({ data }: SqlValue): number {
  if (typeof data !== 'number') throw new SqlError('a number was expected')
  return data
}

export function bytesIn({ data }: SqlValue): Uint8Array {
  if (!(data instanceof Uint8Array)) throw new SqlError('bytes were expected')
  return data
}

/**
 * Text whose length and parts are the same under every collation: no surrogates, which some count
 * as one and some as two.
 */
export function plainText(value: SqlValue): string {
  const data = textIn(value)
  if (/[\uD800-\uDFFF]/.test(data))
    throw new SqlError('depends on whether the collation knows surrogates')
  return data
}

/**
 * A value as a variable, column or parameter of a type takes it. Only widening, and narrowing that
 * loses nothing, is of the subset; `isParameter` cuts text short as a call does.
 */
export function assign(type: SqlType, value: SqlValue, isParameter = false): SqlValue {
  if (value.data === null) return make(type, null)
  switch (type.name) {
    case 'int':
    case 'bigint':
      return number(numberIn(value), type)
    case 'bit':
      return make(BIT, numberIn(value) === 0 ? 0 : 1)
    case 'nvarchar':
    case 'varchar':
      return make(type, fittingText(type, value, isParameter))
    case 'varbinary':
    case 'binary':
      return make(type, fittingBytes(type, bytesIn(value)))
    case 'date':
      return make(type, dateText(value))
  }
}

function fittingText(type: SqlType, value: SqlValue, isParameter: boolean): string {
  const data = textIn(value)
  if (type.name === 'varchar' && /[^\0-\x7f]/.test(data))
    throw new SqlError('depends on the code page')
  if (data.length <= type.length) return data
  if (isParameter) return data.slice(0, type.length)
  throw new SqlError('text would be cut short')
}

function fittingBytes(type: SqlType, data: Uint8Array): Uint8Array {
  if (data.length > type.length) throw new SqlError('binary would be cut short')
  if (type.name === 'varbinary' || data.length === type.length) return data
  const padded = new Uint8Array(type.length)
  padded.set(data)
  return padded
}

function dateText(value: SqlValue): string {
  const data = textIn(value)
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(data)) throw new SqlError('a date was expected')
  return data
}

/**
 * The order of two values: below, at or above zero, null when one is null. Text is filled up with
 * spaces to the same length before it is compared, and binary with zeros. Text without a named BIN2
 * collation, or with a space at its end, is refused.
 */
export function compare(left: SqlValue, right: SqlValue): number | null {
  if (isText(left) && isText(right)) {
    if (!left.isCollated && !right.isCollated)
      throw new SqlError('text is compared without a BIN2 collation')
    if (left.data === null || right.data === null) return null
    return compareText(textIn(left), textIn(right))
  }
  if (isBinary(left) && isBinary(right)) {
    if (left.data === null || right.data === null) return null
    return compareBytes(bytesIn(left), bytesIn(right))
  }
  if (isNumber(left) && isNumber(right)) {
    if (left.data === null || right.data === null) return null
    return numberIn(left) - numberIn(right)
  }
  throw new SqlError(`${left.type.name} is compared with ${right.type.name}`)
}

function compareText(left: string, right: string): number {
  const a = left.replace(/ +$/, '')
  const b = right.replace(/ +$/, '')
  if (a === b && left !== right)
    throw new SqlError('spaces at the end decide whether text is equal')
  return a < b ? -1 : a > b ? 1 : 0
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (left.length !== right.length)
    throw new SqlError('zeros at the end decide whether binary is equal')
  return 0
}

/**
 * Two values side by side, or their sum. A sum of text that is no (max) ends at 8,000 bytes: here
 * it raises.
 */
export function add(left: SqlValue, right: SqlValue): SqlValue {
  if (isNumber(left) && isNumber(right)) return arithmetic(left, right, (a, b) => a + b)
  if (isText(left) && isText(right)) {
    const name =
      left.type.name === 'varchar' && right.type.name === 'varchar' ? 'varchar' : 'nvarchar'
    const type = { name, length: left.type.length + right.type.length } as const
    if (left.data === null || right.data === null) return make(type, null)
    const data = textIn(left) + textIn(right)
    if (type.length !== MAX && data.length > MOST_CHARACTERS)
      throw new SqlError('text would be cut short')
    return make(type, data, left.isCollated || right.isCollated)
  }
  if (isBinary(left) && isBinary(right)) {
    const length = left.type.length + right.type.length
    if (left.data === null || right.data === null) return binary(null, length)
    const [a, b] = [bytesIn(left), bytesIn(right)]
    if (length !== MAX && a.length + b.length > MOST_BYTES)
      throw new SqlError('binary would be cut short')
    const joined = new Uint8Array(a.length + b.length)
    joined.set(a)
    joined.set(b, a.length)
    return binary(joined, length)
  }
  throw new SqlError(`${left.type.name} and ${right.type.name} are added`)
}

/**
 * Whole numbers alone: int with int is int, with bigint it is bigint. Division drops the fraction.
 */
export function arithmetic(
  left: SqlValue,
  right: SqlValue,
  operation: (a: number, b: number) => number,
): SqlValue {
  if (!isNumber(left) || !isNumber(right)) throw new SqlError('arithmetic on what is no number')
  const type = left.type.name === 'bigint' || right.type.name === 'bigint' ? BIGINT : INT
  if (left.data === null || right.data === null) return make(type, null)
  const result = operation(numberIn(left), numberIn(right))
  if (!Number.isFinite(result)) throw new SqlError('divided by zero')
  return number(Math.trunc(result), type)
}
