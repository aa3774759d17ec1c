/** Values as T-SQL writes them, in ASCII alone, so that no encoding of a script spoils them. */

/** Rows that one `values` may have at most are a thousand. */
const ROWS_AT_ONCE = 250

/**
 * Text as a literal, null when there is none. What is not printable ASCII is written as its bytes
 * in UTF-16.
 */
export function literalOf(text: string | undefined): string {
  if (text === undefined) return 'null'
  if (/^[ -~]*$/.test(text)) return `N'${text.replaceAll("'", "''")}'`
  const bytes = Buffer.from(text, 'utf16le')
  return `convert(nvarchar(${bytes.length / 2}), 0x${bytes.toString('hex').toUpperCase()})`
}

/** Hexadecimal as a binary literal, null when there is none. */
export function hexLiteral(hex: string | undefined): string {
  return hex === undefined ? 'null' : `0x${hex.toUpperCase()}`
}

/** Statements that insert rows of literals, in batches of their own. */
export function insertRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const statements: string[] = []
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const values = rows.slice(at, at + ROWS_AT_ONCE).map((row) => `(${row.join(', ')})`)
    statements.push(
      `insert into ${table} (${columns.join(', ')}) values\n${values.join(',\n')};\ngo\n`,
    )
  }
  return statements.join('')
}
