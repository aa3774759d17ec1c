/**
 * The built-in functions that the install script calls, as Microsoft documents them for SQL Server
 * 2016. Each header has the page's name. What depends on the database's collation or language is
 * refused.
 */
import { createHash } from 'node:crypto'
import {
  assign,
  BIGINT,
  binary,
  bytesIn,
  INT,
  isBinary,
  isNumber,
  isText,
  make,
  MAX,
  number,
  numberIn,
  plainText,
  SqlError,
  type SqlType,
  type SqlValue,
  text,
  textIn,
} from './sql-values.ts'

type BuiltIn = (...values: readonly SqlValue[]) => SqlValue

const NOTHING = make(INT, null)

function argument(values: readonly SqlValue[], place: number): SqlValue {
  const value = values[place]
  if (value === undefined) throw new SqlError('an argument is missing')
  return value
}

/** The same, but null when any argument is. */
function strict(type: (values: readonly SqlValue[]) => SqlType, act: BuiltIn): BuiltIn {
  return (...values) => {
    const result = type(values)
    return values.some(({ data }) => data === null) ? make(result, null) : act(...values)
  }
}

const ofFirst = (values: readonly SqlValue[]): SqlType => argument(values, 0).type
const intOnly = (): SqlType => INT

/** "SUBSTRING": a start below 1 counts from there, a negative length raises. */
export function substring(value: SqlValue, from: SqlValue, count: SqlValue): SqlValue {
  if (value.data === null || from.data === null || count.data === null)
    return make(value.type, null)
  const [start, length] = [numberIn(from), numberIn(count)]
  if (length < 0) throw new SqlError('invalid length parameter passed to substring')
  const begin = Math.max(start - 1, 0)
  const end = Math.max(start - 1 + length, begin)
  if (isBinary(value))
    return make({ name: 'varbinary', length: value.type.length }, bytesIn(value).slice(begin, end))
  return make(value.type, plainText(value).slice(begin, end), value.isCollated)
}

function part(
  value: SqlValue,
  count: SqlValue,
  cut: (data: string, length: number) => string,
): SqlValue {
  const length = numberIn(count)
  if (length < 0) throw new SqlError('invalid length parameter passed to left or right')
  return make(value.type, cut(plainText(value), length), value.isCollated)
}

/**
 * "CHARINDEX": 0 when not found, and of nothing; bigint in a (max). Under a collation that is
 * named.
 */
function charindex(find: SqlValue, within: SqlValue, start: SqlValue = number(1)): SqlValue {
  if (!find.isCollated && !within.isCollated)
    throw new SqlError('charindex without a BIN2 collation')
  const type = within.type.length === MAX ? BIGINT : INT
  const wanted = textIn(find)
  if (wanted === '') return number(0, type)
  return number(textIn(within).indexOf(wanted, Math.max(numberIn(start) - 1, 0)) + 1, type)
}

/**
 * "REPLACE": what is not (max) ends at 8,000 bytes, which no folded text that is replaced here is.
 */
function replace(value: SqlValue, find: SqlValue, by: SqlValue): SqlValue {
  if (!value.isCollated && !find.isCollated) throw new SqlError('replace without a BIN2 collation')
  if (textIn(find) === '') return value
  return make(value.type, textIn(value).replaceAll(textIn(find), textIn(by)), true)
}

/** "STUFF": null when the start is not inside the text. */
function stuff(value: SqlValue, start: SqlValue, count: SqlValue, by: SqlValue): SqlValue {
  const data = plainText(value)
  const from = numberIn(start) - 1
  if (from < 0 || from >= data.length) return make(value.type, null)
  return make(
    value.type,
    data.slice(0, from) + textIn(by) + data.slice(from + numberIn(count)),
    value.isCollated,
  )
}

/** "DATALENGTH": bytes; bigint of a (max). */
function datalength(value: SqlValue): SqlValue {
  const type = value.type.length === MAX ? BIGINT : INT
  if (value.data === null) return make(type, null)
  if (isBinary(value)) return number(bytesIn(value).length, type)
  if (!isText(value)) throw new SqlError('datalength of neither text nor binary')
  return number(plainText(value).length * (value.type.name === 'nvarchar' ? 2 : 1), type)
}

/**
 * "ISNULL": of the type of what is checked; the replacement is cut to it, which is refused here.
 */
function isnull(value: SqlValue, otherwise: SqlValue): SqlValue {
  return value.data === null ? assign(value.type, otherwise) : value
}

/**
 * "NCHAR": in a database whose collation knows surrogates others are taken than in one whose does
 * not; neither is used here.
 */
function nchar(value: SqlValue): SqlValue {
  const point = numberIn(value)
  if (point < 0 || point > 0xffff || (point >= 0xd800 && point < 0xe000))
    throw new SqlError('nchar of no character')
  return text(String.fromCharCode(point), 1)
}

/** "LOWER": A–Z; what other letters become depends on the collation. */
function lower(value: SqlValue): SqlValue {
  const data = textIn(value)
  if (/[^\0-\x7f]/.test(data)) throw new SqlError('lower beyond ASCII')
  return make(value.type, data.toLowerCase(), value.isCollated)
}

function trimmed(pattern: RegExp): BuiltIn {
  return strict(ofFirst, (...values) => {
    const value = argument(values, 0)
    return make(value.type, textIn(value).replace(pattern, ''), value.isCollated)
  })
}

/** "HASHBYTES": SHA2_256 of binary, of any length since 2016; varbinary(8000). */
function hashbytes(algorithm: SqlValue, value: SqlValue): SqlValue {
  if (textIn(algorithm) !== 'SHA2_256' || !isBinary(value))
    throw new SqlError('hashbytes of something else')
  if (value.data === null) return binary(null, 8000)
  return binary(new Uint8Array(createHash('sha256').update(bytesIn(value)).digest()), 8000)
}

const two =
  (act: (a: SqlValue, b: SqlValue) => SqlValue): BuiltIn =>
  (...values) =>
    act(argument(values, 0), argument(values, 1))

/** By name, with how many arguments each takes at least and at most. */
export const BUILT_INS: ReadonlyMap<
  string,
  { readonly least: number; readonly most: number; readonly act: BuiltIn }
> = new Map(
  Object.entries({
    isnull: { least: 2, most: 2, act: two(isnull) },
    datalength: { least: 1, most: 1, act: (...values) => datalength(argument(values, 0)) },
    unicode: {
      least: 1,
      most: 1,
      // "UNICODE": of the first character; null of none.
      act: strict(intOnly, (...values) => {
        const first = plainText(argument(values, 0))
        return first === '' ? NOTHING : number(first.charCodeAt(0))
      }),
    },
    nchar: {
      least: 1,
      most: 1,
      act: strict(
        () => text('', 1).type,
        (...values) => nchar(argument(values, 0)),
      ),
    },
    charindex: {
      least: 2,
      most: 3,
      act: strict(intOnly, (...values) =>
        charindex(argument(values, 0), argument(values, 1), values[2]),
      ),
    },
    replace: {
      least: 3,
      most: 3,
      act: strict(ofFirst, (...values) =>
        replace(argument(values, 0), argument(values, 1), argument(values, 2)),
      ),
    },
    left: {
      least: 2,
      most: 2,
      act: strict(
        ofFirst,
        two((value, count) => part(value, count, (data, n) => data.slice(0, n))),
      ),
    },
    right: {
      least: 2,
      most: 2,
      act: strict(
        ofFirst,
        two((value, count) =>
          part(value, count, (data, n) => data.slice(Math.max(data.length - n, 0))),
        ),
      ),
    },
    replicate: {
      least: 2,
      most: 2,
      act: strict(
        ofFirst,
        two((value, count) =>
          make(value.type, textIn(value).repeat(numberIn(count)), value.isCollated),
        ),
      ),
    },
    stuff: {
      least: 4,
      most: 4,
      act: strict(ofFirst, (...values) =>
        stuff(argument(values, 0), argument(values, 1), argument(values, 2), argument(values, 3)),
      ),
    },
    ltrim: { least: 1, most: 1, act: trimmed(/^ +/) },
    rtrim: { least: 1, most: 1, act: trimmed(/ +$/) },
    lower: { least: 1, most: 1, act: strict(ofFirst, (...values) => lower(argument(values, 0))) },
    hashbytes: { least: 2, most: 2, act: two(hashbytes) },
  } satisfies Record<string, { least: number; most: number; act: BuiltIn }>),
)

/**
 * "CAST and CONVERT": the conversions of the subset. Style 2 writes and reads binary as
 * hexadecimal, 23 dates as yyyy-mm-dd.
 */
export function convert(type: SqlType, value: SqlValue, style: number | undefined): SqlValue {
  if (value.data === null) return make(type, null)
  if (isText(value) && (type.name === 'int' || type.name === 'bigint')) {
    // An empty text would be 0, and spaces and signs are read: neither is used.
    if (!/^[0-9]+$/.test(textIn(value))) throw new SqlError('conversion failed')
    return number(Number(textIn(value)), type)
  }
  if (isText(value) && (type.name === 'nvarchar' || type.name === 'varchar'))
    return assign(type, value)
  if (isText(value) && type.name === 'varbinary') {
    if (style !== undefined) throw new SqlError('a style that is not used')
    const bytes = Buffer.from(textIn(value), value.type.name === 'nvarchar' ? 'utf16le' : 'latin1')
    return assign(type, binary(new Uint8Array(bytes)))
  }
  if (isBinary(value) && type.name === 'int') {
    // Read from its right end.
    return number(bytesIn(value).reduce((sum, byte) => sum * 256 + byte, 0))
  }
  if (isBinary(value) && type.name === 'nvarchar' && style === undefined) {
    return assign(type, text(Buffer.from(bytesIn(value)).toString('utf16le')))
  }
  if (isBinary(value) && type.name === 'varchar' && style === 2) {
    return assign(type, text(Buffer.from(bytesIn(value)).toString('hex').toUpperCase()))
  }
  if (isBinary(value) && isBinary(make(type, null))) return assign(type, value)
  if (isNumber(value) && type.name === 'binary') {
    // Its last bytes, the least significant last.
    const bytes = new Uint8Array(type.length)
    for (
      let at = type.length - 1, rest = numberIn(value);
      at >= 0;
      at--, rest = Math.floor(rest / 256)
    )
      bytes[at] = rest & 255
    return make(type, bytes)
  }
  if (isNumber(value) && (type.name === 'nvarchar' || type.name === 'varchar')) {
    return assign(type, text(String(numberIn(value))))
  }
  if (value.type.name === 'date' && type.name !== 'date' && style === 23)
    return assign(type, text(textIn(value)))
  throw new SqlError(`${value.type.name} is converted to ${type.name}`)
}
