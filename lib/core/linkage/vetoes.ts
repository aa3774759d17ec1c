import { areFarApart, birthCodesAgree } from './birth.ts'
import type { Evidence } from './evidence.ts'
import { ALTERNATES, type PseudonymField } from '#core/pseudonym/kinds.ts'
import type { Veto } from './policy.ts'
import type { PersonSets } from './person-sets.ts'
import { areTwins, type TwinEntry, type Twins } from './twins.ts'

/**
 * What keeps two sets apart, tested between all their members. Vetoes hold within one epoch of the
 * source key.
 */

/**
 * Vetoes as bits of a mask; GUARD is what the guard of a rule holds apart, like a veto while that
 * rule runs.
 */
export const VETO_BITS = { nhs: 1, birth: 2, gender: 4, twins: 8, decided: 16 } as const
export const GUARD_BIT = 32

/**
 * The vetoes that bar a pair from the lower bound: other gender, twins, a reviewer's "different
 * people".
 */
export const BARS_LOWER = VETO_BITS.gender | VETO_BITS.twins | VETO_BITS.decided

/** The mask of a list of vetoes. */
export function vetoMask(vetoes: readonly Veto[]): number {
  let mask = 0
  for (const veto of vetoes) mask |= VETO_BITS[veto]
  return mask
}

/**
 * The sides of "different people" decisions that a variant is on: 2 × decision, and 1 more on the
 * right.
 */
export type DifferentTags = ReadonlyMap<number, readonly number[]>

/** A value as one epoch of the source key knows it. */
interface EpochValue {
  readonly epoch: number
  readonly value: number
}

/** What a set carries, as far as vetoes and guards ask; lists are distinct. */
export interface SetSummary {
  readonly nhs: readonly EpochValue[]
  readonly births: readonly EpochValue[]
  /** Male and female only: nobody is vetoed for being neither. */
  readonly genders: readonly EpochValue[]
  /** All that is said of the gender, as GENDER_BITS. */
  readonly genderBits: number
  readonly twins: readonly TwinEntry[]
  readonly different: readonly number[]
  /** The distinct values of a column that the members carry. */
  readonly carried: (column: Compared) => readonly number[]
}

/** Contacts, each against its own kind alone. */
const CONTACTS = ['email', 'mobile', 'carerEmail', 'carerMobile'] as const
/** What lends support to a name: a contact, or the ward. */
const SUPPORT = [...CONTACTS, 'ward'] as const

type Compared = PseudonymField | 'ward'

/** So much agrees that a birth or a gender that differs is a slip: `agrees`, and one of `beside`. */
interface Exemption {
  readonly agrees: PseudonymField
  readonly beside: readonly Compared[]
}

/** Why each of them holds: docs/decisions/slips-forgiven.md. */
const EXEMPTIONS: readonly Exemption[] = [
  {
    agrees: 'nhsNumber',
    beside: ['client', 'nameBirth', 'namePostcode', 'givenBirthPostcode'],
  },
  // A date is corrected in a later quarter.
  { agrees: 'client', beside: ['namePostcode', 'carerMobile'] },
  { agrees: 'nameBirthSwapped', beside: [...SUPPORT, 'client'] },
  // The date that both give is in it, so that only the gender can differ.
  { agrees: 'nameBirth', beside: [...CONTACTS, 'givenBirthPostcode'] },
]
/** Every column that an exemption from the vetoes of birth and gender looks at. */
export const EXEMPTING: readonly Compared[] = [
  ...new Set(EXEMPTIONS.flatMap(({ agrees, beside }) => [agrees, ...beside])),
]
/**
 * The kinds that say who somebody is, of which one must agree or none be present for an email to be
 * one person's.
 */
const PERSON_KINDS = ['nameBirth', 'birthPostcode', 'namePostcode', 'givenBirthPostcode'] as const
const POSTCODE_KINDS = ['birthPostcode', 'namePostcode', 'givenBirthPostcode'] as const

/** Everything a veto asks of a part, beside the sets. */
export interface VetoContext {
  readonly evidence: Evidence
  readonly twins: Twins
  readonly different: DifferentTags
}

/** What the set of `root` carries. */
export function summariseSet(context: VetoContext, sets: PersonSets, root: number): SetSummary {
  const { evidence, twins, different } = context
  const members = sets.members(root)
  const nhs: EpochValue[] = []
  const births: EpochValue[] = []
  const genders: EpochValue[] = []
  const entries = new Map<string, TwinEntry>()
  const tags = new Set<number>()
  let genderBits = 0
  for (const member of members) {
    const epoch = evidence.variants[member]?.epoch ?? 0
    addValue(nhs, epoch, evidence.columns.nhsNumber[member] ?? -1, -1)
    addValue(births, epoch, evidence.births[member] ?? 0, 0)
    addValue(genders, epoch, (evidence.genders[member] ?? 0) & 3, 0)
    genderBits |= evidence.genders[member] ?? 0
    for (const entry of twins.entries.get(member) ?? []) {
      entries.set(`${entry.group} ${entry.client} ${entry.nameBirth}`, entry)
    }
    for (const tag of different.get(member) ?? []) tags.add(tag)
  }
  const columns = new Map<string, number[]>()
  const carried = (column: PseudonymField | 'ward'): readonly number[] => {
    let values = columns.get(column)
    if (values === undefined) {
      const distinct = new Set<number>()
      for (const member of members) {
        const value = evidence.columns[column][member] ?? -1
        if (value >= 0) distinct.add(value)
      }
      values = [...distinct].sort((a, b) => a - b)
      columns.set(column, values)
    }
    return values
  }
  return {
    nhs,
    births: withoutVaguer(births),
    genders,
    genderBits,
    twins: [...entries.values()],
    different: [...tags],
    carried,
  }
}

const BIRTH_AND_GENDER = VETO_BITS.birth | VETO_BITS.gender

/**
 * Whether births or genders of two sets may differ: where so much else agrees that one of them is
 * mistaken, unless the births are twelve years apart or more. Then the number is somebody else's.
 */
function isExempt(a: SetSummary, b: SetSummary): boolean {
  const share = (column: Compared): boolean => shareValue(a.carried(column), b.carried(column))
  const isSlip = EXEMPTIONS.some(
    ({ agrees, beside }) => agreeIn(a, b, agrees) && beside.some(share),
  )
  return isSlip && !bornFarApart(a, b)
}

/** Whether two sets carry one value of a pseudonym; an alternate against what it is one of. */
function agreeIn(a: SetSummary, b: SetSummary, field: PseudonymField): boolean {
  const own = ALTERNATES.find((alternate) => alternate.field === field)?.alternateOf
  return own === undefined
    ? shareValue(a.carried(field), b.carried(field))
    : meetAsAlternate(a, b, field, own)
}

/** Whether some birth of the one is twelve years and more from some birth of the other. */
export function bornFarApart(a: SetSummary, b: SetSummary): boolean {
  return a.births.some((own) =>
    b.births.some((other) => own.epoch === other.epoch && areFarApart(own.value, other.value)),
  )
}

/** Whether one set carries as its own what the other has as an alternate. */
function meetAsAlternate(
  a: SetSummary,
  b: SetSummary,
  alternate: PseudonymField,
  own: PseudonymField,
): boolean {
  return (
    shareValue(a.carried(alternate), b.carried(own)) ||
    shareValue(a.carried(own), b.carried(alternate))
  )
}

/** The vetoes between two sets, as a mask. */
export function vetoesBetween(a: SetSummary, b: SetSummary): number {
  let mask = 0
  for (const left of a.nhs) {
    for (const right of b.nhs) {
      if (left.epoch === right.epoch && left.value !== right.value) mask |= VETO_BITS.nhs
    }
  }
  if (disagree(a.births, b.births, birthCodesAgree)) mask |= VETO_BITS.birth
  if (disagree(a.genders, b.genders, areEqual)) mask |= VETO_BITS.gender
  if ((mask & BIRTH_AND_GENDER) !== 0 && isExempt(a, b)) mask &= ~BIRTH_AND_GENDER
  if (areTwins(a.twins, b.twins)) mask |= VETO_BITS.twins
  for (const tag of a.different) if (b.different.includes(tag ^ 1)) mask |= VETO_BITS.decided
  return mask
}

/** Every column that `shareMailbox` looks at. */
export const MAILBOX_COLUMNS: readonly Compared[] = [...PERSON_KINDS, 'mobile']

/**
 * Whether an own email of both is a shared mailbox: person kinds present in both and none agrees,
 * and gender, birth year or own mobile differs.
 */
export function shareMailbox(a: SetSummary, b: SetSummary): boolean {
  let present = false
  for (const kind of PERSON_KINDS) {
    const left = a.carried(kind)
    const right = b.carried(kind)
    if (left.length === 0 || right.length === 0) continue
    if (shareValue(left, right)) return false
    present = true
  }
  if (!present) return false
  const sameYear = (left: number, right: number): boolean => left >> 4 === right >> 4
  return disagree(a.births, b.births, sameYear) || gendersDiffer(a, b) || differ(a, b, 'mobile')
}

/**
 * Whether nothing that both sets carry disagrees: gender, postcode kinds, ward. Contacts may
 * change.
 */
export function nothingDisagrees(a: SetSummary, b: SetSummary): boolean {
  if (gendersDiffer(a, b)) return false
  if (differ(a, b, 'ward')) return false
  let present = false
  for (const kind of POSTCODE_KINDS) {
    const values = [a.carried(kind), b.carried(kind)] as const
    if (values[0].length === 0 || values[1].length === 0) continue
    if (shareValue(...values)) return true
    present = true
  }
  return !present
}

/** Every column that `otherNamesAgree` looks at. */
export const OTHER_NAME_COLUMNS: readonly (PseudonymField | 'ward')[] = [
  ...ALTERNATES.map(({ field }) => field),
  ...(['nameBirth', ...POSTCODE_KINDS, ...SUPPORT] as const),
]

/**
 * Whether nothing disagrees between two sets that carry a name written in two ways. A postcode kind
 * speaks only where the names in it are written the same: none of them where the names are reversed,
 * that of the first name alone where a part stands for the last. Two parts of one name are two
 * names, which need a contact or a place in common.
 */
export function otherNamesAgree(a: SetSummary, b: SetSummary): boolean {
  if (shareValue(a.carried('nameBirth'), b.carried('nameBirth'))) return nothingDisagrees(a, b)
  if (gendersDiffer(a, b) || differ(a, b, 'ward')) return false
  if (meetAsAlternate(a, b, 'nameBirthReversed', 'nameBirth')) return true
  if (differ(a, b, 'givenBirthPostcode')) return false
  const isAlternate = ALTERNATES.some(({ field, alternateOf }) =>
    meetAsAlternate(a, b, field, alternateOf),
  )
  return (
    isAlternate ||
    [...SUPPORT, 'givenBirthPostcode' as const].some((column) =>
      shareValue(a.carried(column), b.carried(column)),
    )
  )
}

/** Whether both sets carry values of a column, and no value is of both. */
function differ(a: SetSummary, b: SetSummary, column: PseudonymField | 'ward'): boolean {
  const [left, right] = [a.carried(column), b.carried(column)]
  return left.length > 0 && right.length > 0 && !shareValue(left, right)
}

function addValue(list: EpochValue[], epoch: number, value: number, blank: number): void {
  if (value === blank) return
  for (const known of list) if (known.value === value && known.epoch === epoch) return
  list.push({ epoch, value })
}

/** Whether genders are known of both sets and none is of both. */
export function gendersDiffer(a: SetSummary, b: SetSummary): boolean {
  return a.genderBits !== 0 && b.genderBits !== 0 && (a.genderBits & b.genderBits) === 0
}

/**
 * Without the years of which a month is known too, so that a year never speaks for another month.
 */
function withoutVaguer(births: readonly EpochValue[]): readonly EpochValue[] {
  if (births.length < 2) return births
  return births.filter(
    ({ epoch, value }) =>
      (value & 15) !== 0 ||
      !births.some(
        (other) =>
          other.epoch === epoch && other.value !== value && other.value >> 4 === value >> 4,
      ),
  )
}

/**
 * Whether in some epoch both sets have values and none agrees. Several values of one set were
 * joined by an exemption or a decision and count as one value, so that one agreement is enough.
 */
function disagree(
  a: readonly EpochValue[],
  b: readonly EpochValue[],
  agree: (a: number, b: number) => boolean,
): boolean {
  const [left, right] = [a[0], b[0]]
  if (left === undefined || right === undefined) return false
  if (a.length === 1 && b.length === 1) {
    return left.epoch === right.epoch && !agree(left.value, right.value)
  }
  for (const { epoch } of a) {
    if (!b.some((other) => other.epoch === epoch)) continue
    const agreed = a.some(
      (own) =>
        own.epoch === epoch &&
        b.some((other) => other.epoch === epoch && agree(own.value, other.value)),
    )
    if (!agreed) return true
  }
  return false
}

function areEqual(a: number, b: number): boolean {
  return a === b
}

/** Whether two sorted lists have a value in common. */
function shareValue(a: readonly number[], b: readonly number[]): boolean {
  let left = 0
  let right = 0
  while (left < a.length && right < b.length) {
    const difference = (a[left] ?? 0) - (b[right] ?? 0)
    if (difference === 0) return true
    if (difference < 0) left++
    else right++
  }
  return false
}
