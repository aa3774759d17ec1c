import { strFromU8, unzipSync } from 'fflate'

/** A sheet as a program that knows nothing of our writer reads it. */
export interface ReadSheet {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Where its table lies, as `A4:F20`; undefined without one. */
  readonly table: string | undefined
}

/** Reads the cells of a workbook of texts and numbers. */
export function readSheets(bytes: Uint8Array): ReadSheet[] {
  const parts = unzipSync(bytes)
  const part = (path: string): string => strFromU8(parts[path] ?? new Uint8Array())
  const strings = [...part('xl/sharedStrings.xml').matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(
    ([, text = '']) => unescaped(text),
  )
  const names = [...part('xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)]
  return names.map(([, name = ''], index) => {
    const rows = [
      ...part(`xl/worksheets/sheet${index + 1}.xml`).matchAll(/<row [^>]*>(.*?)<\/row>/gs),
    ]
    return {
      name: unescaped(name),
      rows: rows.map(([, cells = '']) =>
        [...cells.matchAll(/<c ([^>]*)><v>(.*?)<\/v><\/c>/g)].map(([, kind = '', value = '']) =>
          kind.includes('t="s"') ? (strings[Number(value)] ?? '') : value,
        ),
      ),
      table: / ref="([^"]*)"/.exec(part(`xl/tables/table${index + 1}.xml`))?.[1],
    }
  })
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
