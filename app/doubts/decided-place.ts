import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'

/** The row a decision points at. */
export interface PlaceInAddress {
  readonly submission: string
  readonly row: number
  readonly role: 'child' | 'parent' | 'adult'
}

/** A row as an address or a hidden field names it: `SU-7K3M-9QXZ-4.12.child`. */
export function placeText({
  submission,
  row,
  role,
}: Pick<RecordPlace, 'submission' | 'row' | 'role'>): string {
  return `${submission}.${row}.${role}`
}

/** Reads what `placeText` wrote; undefined for anything else. */
export function readPlace(text: string): PlaceInAddress | undefined {
  const found = /^(SU-[0-9A-Z-]{4,16})\.([1-9][0-9]{0,8})\.(child|parent|adult)$/.exec(text)
  const [, submission, row, role] = found ?? []
  if (submission === undefined || row === undefined) return undefined
  return {
    submission,
    row: Number(row),
    role: role === 'child' || role === 'parent' ? role : 'adult',
  }
}
