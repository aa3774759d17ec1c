import { codeKey } from '#core/standard/code-key.ts'
import type { PeopleFieldName } from '#core/standard/fields.ts'
import { columnsRead, type Filling, type FillingRule } from './rules.ts'

/**
 * Where the values of a column come from, and which of it may be an identifier:
 * docs/decisions/gap-filling.md.
 */

/**
 * What a rule gives beside the person's own row. `typed`: words of the rule, the same for many.
 * `above`: another person's row. `instead`: it may take the place of what the file gives.
 */
export type Origin = 'typed' | 'above' | 'instead'

/** What a rule gives by its kind. */
const GIVES: Readonly<Record<FillingRule['kind'], readonly Origin[]>> = {
  default: ['typed'],
  'look-up': ['typed'],
  translate: ['typed', 'instead'],
  'copy-above': ['above'],
  'take-from': [],
  split: [],
  join: [],
  derive: [],
}

/**
 * Tells where the values of a column come from, through every rule that gives them; nothing for a
 * column that is filled from its own row alone. Columns are compared by letters and digits.
 */
export function originsOf(filling: Filling | undefined): (heading: string) => ReadonlySet<Origin> {
  const origins = new Map<string, Set<Origin>>()
  const of = (heading: string): ReadonlySet<Origin> => origins.get(keyOf(heading)) ?? NONE
  for (const rule of filling?.rules ?? []) {
    const key = keyOf(rule.column)
    const found = new Set(origins.get(key))
    for (const origin of GIVES[rule.kind]) found.add(origin)
    // A month is that of every row of a sheet.
    if (rule.kind === 'derive' && rule.what === 'month-in-text') found.add('typed')
    for (const heading of columnsRead(rule)) for (const origin of of(heading)) found.add(origin)
    if ('when' in rule) found.add('instead')
    origins.set(key, found)
  }
  return of
}

const NONE: ReadonlySet<Origin> = new Set()

/** What may never give an identifier; what is not named here is asked about. */
const REFUSED: Readonly<Partial<Record<PeopleFieldName, readonly Origin[]>>> = {
  // One person's own: what many share makes many people one.
  client_ref: ['typed', 'above', 'instead'],
  first_name: ['typed', 'above', 'instead'],
  date_of_birth: ['typed', 'above', 'instead'],
  nhs_number: ['typed', 'above', 'instead'],
  email: ['typed', 'above', 'instead'],
  mobile: ['typed', 'above', 'instead'],
  // What a family has in common may stand in the row above.
  last_name: ['typed', 'instead'],
  carer_first_name: ['typed', 'instead'],
  carer_last_name: ['typed', 'instead'],
  carer_date_of_birth: ['typed', 'instead'],
  carer_nhs_number: ['typed', 'instead'],
  carer_email: ['typed', 'instead'],
  carer_mobile: ['typed', 'instead'],
  // A centre's stands for those of its people, who are asked about.
  postcode: ['instead'],
}

/** Whether values of such an origin may never be of this field. */
export function isRefusedOf(field: PeopleFieldName, origins: ReadonlySet<Origin>): boolean {
  return (REFUSED[field] ?? []).some((origin) => origins.has(origin))
}

/** Whether a rule may give several people the same value. */
export function isShared(origins: ReadonlySet<Origin>): boolean {
  return origins.has('typed') || origins.has('above')
}

function keyOf(heading: string): string {
  return codeKey(heading) || heading
}
