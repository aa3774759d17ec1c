import { parquetWriteBuffer } from 'hyparquet-writer'

/** Rows of texts as a file of Apache Parquet, a column of strings for each heading. */
export function writeParquet(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Uint8Array {
  const columnData = header.map((name, column) => ({
    ...{ name, type: 'STRING' as const },
    data: rows.map((row) => row[column] ?? ''),
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}
