import { CODE_LISTS } from '#core/standard/codes.ts'
import type { Involvement, StaffContact } from '#core/look-up/rules/decide-shown.ts'
import { detailFields, STAFF_FIELDS } from '#core/standard/feeds/feed-fields.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { Field } from '#core/standard/fields.ts'

/** A line of an opened source: what, and its value in words. */
export interface DetailLine {
  readonly name: string
  readonly value: string
}

/** What there is of an involvement, without blanks: its days, and what its kind of source says further. */
export function involvementLines(
  kind: FeedKind,
  { state, startDate, lastDate, endDate, details }: Involvement,
): readonly DetailLine[] {
  const lines = [
    { name: 'Involvement', value: inWords({ codes: 'involvement' }, state) },
    { name: 'Began', value: startDate },
    { name: 'Last contact', value: lastDate },
    { name: 'Ended', value: endDate },
    ...detailFields(kind).map((field) => ({
      name: field.label,
      value: inWords(field, details[field.name] ?? ''),
    })),
  ]
  return lines.filter(({ value }) => value !== '')
}

/** Whom to phone, without blanks. */
export function staffLines({
  name,
  role,
  phone,
  email,
  team,
}: StaffContact): readonly DetailLine[] {
  const roleField = STAFF_FIELDS.find((field) => field.name === 'staff_role')
  const lines = [
    { name: 'Name', value: name },
    { name: 'Role', value: roleField === undefined ? role : inWords(roleField, role) },
    { name: 'Phone', value: phone },
    { name: 'Email', value: email },
    { name: 'Team or organisation', value: team },
  ]
  return lines.filter(({ value }) => value !== '')
}

/** The value of a field as it is shown: of a code, the words of its list. */
export function inWords({ codes }: Pick<Field, 'codes'>, value: string): string {
  const list = codes === undefined ? undefined : CODE_LISTS[codes]
  return list?.codes.find(({ code }) => code === value)?.label ?? value
}
