import type { RowSign } from '#core/tabular/workbook/sheet-signs.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'

/**
 * The preparation of reading choices when somebody chose which rows are left out by how they look;
 * what else was prepared stays.
 */
export function chooseMarkedRows(
  { preparation }: ReadingChoices,
  leaveOutMarked: readonly RowSign[],
): Pick<ReadingChoices, 'preparation'> {
  if (preparation === undefined && leaveOutMarked.length === 0) return {}
  return { preparation: { ...preparation, leaveOutMarked } }
}
