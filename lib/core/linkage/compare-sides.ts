import { PSEUDONYM_COLUMNS, pseudonymName, type DescribedPseudonym } from '#core/pseudonym/kinds.ts'
import type { LinkRecord, SharedContacts } from './part.ts'

/** What two sides of a doubt say of one kind of evidence. */
export interface ComparedKind {
  /** The name of a pseudonym (see pseudonymName), or `ward`. */
  readonly kind: string
  readonly says: 'agrees' | 'differs' | 'one-side'
  /** Whether what agrees is carried by too many people to be evidence. */
  readonly isShared: boolean
}

/**
 * Compares all that the records of two sides carry, kind by kind: agreed where any of the one side
 * equals any of the other, for so linkage looks at it. What neither has is left out, and so is what
 * says nothing: an alternate that does not agree, and client references of two services. Only whether
 * values agree comes out.
 */
export function compareSides(
  left: readonly LinkRecord[],
  right: readonly LinkRecord[],
  shared: SharedContacts,
): readonly ComparedKind[] {
  const kinds = PSEUDONYM_COLUMNS.flatMap((pseudonym) => {
    const says = compareKind(left, right, pseudonym)
    if (says === undefined) return []
    if (pseudonym.field === 'client' && says !== 'agrees' && !shareService(left, right)) return []
    const isShared = agreedValues(left, right, pseudonym).some((value) => shared.has(value))
    return [{ kind: pseudonymName(pseudonym), says, isShared }]
  })
  const ward = compareValues(wardsOf(left), wardsOf(right))
  return ward === undefined ? kinds : [...kinds, { kind: 'ward', says: ward, isShared: false }]
}

function compareKind(
  left: readonly LinkRecord[],
  right: readonly LinkRecord[],
  { field, alternateOf }: DescribedPseudonym,
): ComparedKind['says'] | undefined {
  if (alternateOf === undefined) return compareValues(valuesOf(left, field), valuesOf(right, field))
  const meets =
    compareValues(valuesOf(left, field), valuesOf(right, alternateOf)) === 'agrees' ||
    compareValues(valuesOf(left, alternateOf), valuesOf(right, field)) === 'agrees'
  return meets ? 'agrees' : undefined
}

function agreedValues(
  left: readonly LinkRecord[],
  right: readonly LinkRecord[],
  { field }: DescribedPseudonym,
): string[] {
  const others = valuesOf(right, field)
  return [...valuesOf(left, field)].filter((value) => others.has(value))
}

function compareValues(
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
): ComparedKind['says'] | undefined {
  if (left.size === 0 && right.size === 0) return undefined
  if (left.size === 0 || right.size === 0) return 'one-side'
  return [...left].some((value) => right.has(value)) ? 'agrees' : 'differs'
}

function valuesOf(
  records: readonly LinkRecord[],
  field: DescribedPseudonym['field'],
): ReadonlySet<string> {
  return new Set(records.flatMap((record) => record[field] ?? []))
}

function wardsOf(records: readonly LinkRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap(({ ward }) => (ward === '' ? [] : [ward])))
}

/** Whether some service describes both sides. */
function shareService(left: readonly LinkRecord[], right: readonly LinkRecord[]): boolean {
  return left.some(({ service }) => right.some((other) => other.service === service))
}
