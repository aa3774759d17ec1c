import { builtInFormat, formatOfCode } from './number-format.ts'
import type { NumberFormat } from './number-format.ts'
import { ignore, readPart } from './xlsx-package.ts'
import type { Workbook } from './xlsx-workbook.ts'

/**
 * The number format of each cell style (`s` of a cell), in order; empty for a workbook without
 * styles.
 */
export async function readStyles(workbook: Workbook): Promise<readonly NumberFormat[]> {
  if (workbook.styles === undefined) return []
  const own = new Map<number, NumberFormat>()
  const ids: number[] = []
  let inCellFormats = false
  await readPart(workbook, workbook.styles, {
    open(name, scanner) {
      if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) ids.push(Number(scanner.attribute('numFmtId') ?? 0))
      else if (name === 'numFmt') {
        own.set(
          Number(scanner.attribute('numFmtId')),
          formatOfCode(scanner.attribute('formatCode') ?? ''),
        )
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
    text: ignore,
  })
  return ids.map((id) => own.get(id) ?? builtInFormat(id))
}
