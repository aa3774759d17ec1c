import { type Bucket, type TwoSides, twoSides } from './bucket.ts'
import type { LinkRecord, SharedContacts } from './part.ts'
import {
  ALTERNATES,
  ofEachPseudonym,
  PSEUDONYM_COLUMNS,
  type PseudonymField,
  type Pseudonyms,
} from '#core/pseudonym/kinds.ts'
import type { Policy } from './policy.ts'
import { birthCode } from './birth.ts'
import { isWrongNumber, type StandingDecisions } from './decisions.ts'

/**
 * A part as linkage works on it: records alike in all but the quarter and the row are one variant,
 * and what the variants carry lies in columns of small integers.
 */

/**
 * What a part is decided with: policy, standing decisions, and the contacts that are no evidence.
 */
export interface LinkOptions {
  readonly policy: Policy
  readonly decisions: StandingDecisions
  readonly sharedContacts: SharedContacts
}

/** Bits of a gender: 1 male, 2 female, 4 neither; 0 not known. */
const GENDER_BITS = { M: 1, F: 2, X: 4, unknown: 0 } as const

/** The variants of a part; columns run parallel to `variants`, −1 where a variant has nothing. */
export interface Evidence {
  /** The records in an order that depends on what they say and not on how they came. */
  readonly ordered: readonly LinkRecord[]
  /** The first record of each variant, without what is no evidence. */
  readonly variants: readonly LinkRecord[]
  /** The variant of each ordered record. */
  readonly variantOf: Int32Array
  /** The variant of each record as they were given. */
  readonly variantOfPlace: Int32Array
  /** An alternate has the number of the value that another variant carries as its own, or −1. */
  readonly columns: Readonly<Record<PseudonymField | 'ward' | 'service', Int32Array>>
  /**
   * The variants of each value of a column that two or more of them carry; of an alternate, those
   * that have it as one beside those who carry it as their own.
   */
  readonly buckets: Readonly<Record<PseudonymField, readonly Bucket[]>>
  /** See birthCode; 0 when not known. */
  readonly births: Int32Array
  /** See GENDER_BITS. */
  readonly genders: Int32Array
  readonly severalEpochs: boolean
}

/**
 * Each contact with the blanks that a record has where it is shared: the contact, and what is built
 * on it.
 */
const FALLING_WITH = PSEUDONYM_COLUMNS.filter(({ contact }) => contact !== undefined).map(
  ({ field: contact }) => {
    const falling = PSEUDONYM_COLUMNS.filter(
      ({ field, builtOn }) => field === contact || builtOn === contact,
    )
    const blanks: Partial<Pseudonyms> = Object.fromEntries(
      falling.map(({ field }) => [field, null]),
    )
    return [contact, blanks] as const
  },
)

/**
 * A record without what is no evidence: shared contacts and what is built on them, an NHS number
 * said to be wrong. The record itself when it has none.
 */
export function usableRecord(record: LinkRecord, options: LinkOptions): LinkRecord {
  const { policy, decisions, sharedContacts } = options
  let usable = record
  if (sharedContacts.size > 0) {
    for (const [contact, falling] of FALLING_WITH) {
      const value = record[contact]
      if (value !== null && sharedContacts.has(value)) usable = { ...usable, ...falling }
    }
  }
  if (
    policy.hearsDecisions &&
    decisions.wrongNumbers.size > 0 &&
    isWrongNumber(decisions, record)
  ) {
    usable = { ...usable, nhsNumber: null }
  }
  return usable
}

/** All that a record says of a person, what tells most people apart first. */
const SAID = [
  'client',
  ...PSEUDONYM_COLUMNS.map(({ field }) => field).filter((field) => field !== 'client'),
  ...(['role', 'birth', 'gender', 'ward', 'service', 'epoch'] as const),
] as const

/** Whether two records say the same of a person, whatever the quarter and the row. */
export function areAlike(a: LinkRecord, b: LinkRecord): boolean {
  for (const field of SAID) if (a[field] !== b[field]) return false
  return true
}

/**
 * Whether a record is one person with every record alike to it: it carries evidence that nothing
 * alike can veto.
 */
export function joinsAlike(record: LinkRecord, policy: Policy): boolean {
  for (const column of policy.alike) if (record[column] !== null) return true
  return false
}

/**
 * Order of records by what they say; the id comes last and decides only which of two equals is
 * named first.
 */
export function compareRecords(a: LinkRecord, b: LinkRecord): number {
  if (a.quarter !== b.quarter) return a.quarter < b.quarter ? -1 : 1
  if (a.service !== b.service) return a.service < b.service ? -1 : 1
  if (a.sourceRow !== b.sourceRow) return a.sourceRow - b.sourceRow
  if (a.role !== b.role) return a.role < b.role ? -1 : 1
  if (a.epoch !== b.epoch) return a.epoch - b.epoch
  return a.id - b.id
}

/** The evidence of a part under a policy. */
export function gatherEvidence(records: readonly LinkRecord[], options: LinkOptions): Evidence {
  const places = orderedPlaces(records)
  const ordered: LinkRecord[] = []
  const variants: LinkRecord[] = []
  const variantOf = new Int32Array(records.length)
  const variantOfPlace = new Int32Array(records.length)
  const alike = new AlikeVariants()
  for (const place of places) {
    const record = records[place]
    if (record === undefined) continue
    const usable = usableRecord(record, options)
    const known = joinsAlike(usable, options.policy) ? alike.meet(usable, variants.length) : -1
    const variant = known < 0 ? variants.length : known
    variantOf[ordered.length] = variant
    variantOfPlace[place] = variant
    ordered.push(record)
    if (known < 0) variants.push(usable)
  }
  const columns = {
    ...ofEachPseudonym(({ field, alternateOf }) =>
      alternateOf === undefined ? numberValues(variants, field) : NOTHING,
    ),
    ward: numberValues(variants, 'ward'),
    service: numberValues(variants, 'service'),
  }
  for (const { field, alternateOf } of ALTERNATES)
    columns[field] = numberAlternates(variants, field, alternateOf, columns[alternateOf])
  const buckets = ofEachPseudonym(({ field, alternateOf }) =>
    alternateOf === undefined
      ? bucketsOf(columns[field])
      : bucketsOfAlternate(columns[field], columns[alternateOf]),
  )
  const births = new Int32Array(variants.length)
  const genders = new Int32Array(variants.length)
  let severalEpochs = false
  variants.forEach((variant, index) => {
    births[index] = birthCode(variant.birth)
    genders[index] = GENDER_BITS[variant.gender]
    if (variant.epoch !== variants[0]?.epoch) severalEpochs = true
  })
  return {
    ordered,
    variants,
    variantOf,
    variantOfPlace,
    columns,
    buckets,
    births,
    genders,
    severalEpochs,
  }
}

/** The variants of each value that two or more of them carry, in order of first appearance. */
function bucketsOf(column: Int32Array): number[][] {
  let values = 0
  let carriers = 0
  for (const value of column) {
    if (value < 0) continue
    carriers++
    if (value >= values) values = value + 1
  }
  if (carriers === values) return []
  const firstOf = new Int32Array(values).fill(-1)
  const byValue: (number[] | undefined)[] = []
  for (let variant = 0; variant < column.length; variant++) {
    const value = column[variant] ?? -1
    if (value < 0) continue
    const first = firstOf[value] ?? -1
    if (first < 0) firstOf[value] = variant
    else (byValue[value] ??= [first]).push(variant)
  }
  const buckets: number[][] = []
  for (const bucket of byValue) if (bucket !== undefined) buckets.push(bucket)
  return buckets
}

/** Of each value that some have as an alternate, these beside those who carry it as their own. */
function bucketsOfAlternate(column: Int32Array, own: Int32Array): TwoSides[] {
  if (!column.some((value) => value >= 0)) return []
  const sides = new Map<number, { one: number[]; other: number[] }>()
  column.forEach((value, variant) => {
    if (value < 0) return
    const side = sides.get(value)
    if (side === undefined) sides.set(value, { one: [variant], other: [] })
    else side.one.push(variant)
  })
  own.forEach((value, variant) => sides.get(value)?.other.push(variant))
  return Array.from(sides.values(), ({ one, other }) => twoSides(one, other))
}

/**
 * Numbers from 0 for the different values of a column in order of first appearance; −1 for blanks.
 */
function numberValues(
  variants: readonly LinkRecord[],
  field: PseudonymField | 'ward' | 'service',
): Int32Array {
  const numbers = new Int32Array(variants.length).fill(-1)
  if (variants.length <= FEW_VARIANTS) return numberFewValues(variants, field, numbers)
  const known = new Map<string, number>()
  for (let index = 0; index < variants.length; index++) {
    const value = variants[index]?.[field]
    if (value === null || value === undefined || value === '') continue
    const number = known.get(value)
    if (number === undefined) {
      numbers[index] = known.size
      known.set(value, known.size)
    } else {
      numbers[index] = number
    }
  }
  return numbers
}

const NOTHING = new Int32Array(0)

/**
 * The number of the value of `own` that each variant has as an alternate; −1 where nobody else
 * carries it.
 */
function numberAlternates(
  variants: readonly LinkRecord[],
  field: PseudonymField,
  own: PseudonymField,
  numbersOfOwn: Int32Array,
): Int32Array {
  const numbers = new Int32Array(variants.length).fill(-1)
  let known: Map<string, number> | undefined
  for (let index = 0; index < variants.length; index++) {
    const value = variants[index]?.[field]
    if (value === null || value === undefined || value === variants[index]?.[own]) continue
    if (variants.length <= FEW_VARIANTS) {
      let carrier = 0
      while (carrier < variants.length && variants[carrier]?.[own] !== value) carrier++
      numbers[index] = numbersOfOwn[carrier] ?? -1
      continue
    }
    known ??= new Map(
      variants.map((variant, place) => [variant[own] ?? '', numbersOfOwn[place] ?? -1]),
    )
    numbers[index] = known.get(value) ?? -1
  }
  return numbers
}

/** Up to so many variants comparing is quicker than a map. */
const FEW_VARIANTS = 12

function numberFewValues(
  variants: readonly LinkRecord[],
  field: PseudonymField | 'ward' | 'service',
  numbers: Int32Array,
): Int32Array {
  let count = 0
  for (let index = 0; index < variants.length; index++) {
    const value = variants[index]?.[field]
    if (value === null || value === undefined || value === '') continue
    let earlier = 0
    while (earlier < index && variants[earlier]?.[field] !== value) earlier++
    numbers[index] = earlier < index ? (numbers[earlier] ?? -1) : count++
  }
  return numbers
}

/** Places of the records in the order of compareRecords. */
function orderedPlaces(records: readonly LinkRecord[]): number[] {
  const places = records.map((_, place) => place)
  return places.sort((a, b) => {
    const [left, right] = [records[a], records[b]]
    return left === undefined || right === undefined ? 0 : compareRecords(left, right)
  })
}

/**
 * Beyond so many variants of one client they are found by all they say, and no longer by looking
 * through them.
 */
const MOST_LOOKED_THROUGH = 8

/** The variants so far, to find the one that a record is alike to. */
class AlikeVariants {
  readonly #byClient = new Map<string, { variant: number; record: LinkRecord }[]>()
  readonly #byContent = new Map<string, { variant: number; record: LinkRecord }>()

  /** The variant a record is alike to; −1 where there was none, and it is `variant` from now on. */
  meet(record: LinkRecord, variant: number): number {
    const client = record.client ?? ''
    const known = this.#byClient.get(client)
    if (known === undefined) {
      this.#byClient.set(client, [{ variant, record }])
      return -1
    }
    for (const other of known) if (areAlike(other.record, record)) return other.variant
    if (known.length < MOST_LOOKED_THROUGH) {
      known.push({ variant, record })
      return -1
    }
    const key = contentKey(record)
    const other = this.#byContent.get(key)
    if (other !== undefined && areAlike(other.record, record)) return other.variant
    if (other === undefined) this.#byContent.set(key, { variant, record })
    return -1
  }
}

/**
 * A string that is equal for records that are alike; should others share it, areAlike tells them
 * apart.
 */
function contentKey(record: LinkRecord): string {
  return SAID.map((field) => record[field] ?? '').join('\0')
}
