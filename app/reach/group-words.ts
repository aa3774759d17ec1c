import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { roleWords } from '#core/messages/linkage/person-words.ts'
import type { Grouping } from '#core/reach/measure.ts'
import type { RegisterNames } from '#server/programme/register/register-names.ts'

/** What the groupings are called. */
export const GROUPING_NAMES: Readonly<Record<Grouping, string>> = {
  service: 'Service',
  ward: 'Ward',
  quarter: 'Quarter',
  strand: 'Strand',
  role: 'Role',
}

/** A value of a grouping in words; a ward that is not known has none. */
export function groupWords(grouping: Grouping, value: string, names: RegisterNames): string {
  if (grouping === 'quarter') return isQuarter(value) ? quarterWords(value) : value
  if (grouping === 'role') return roleWords(value)
  if (grouping === 'ward') return value === '' ? 'No ward known' : (names.wards.get(value) ?? value)
  return names[grouping === 'service' ? 'services' : 'strands'].get(value) ?? value
}
