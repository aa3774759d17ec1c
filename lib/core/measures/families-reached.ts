import type { Quarter } from '#core/standard/quarter.ts'
import type { Period } from './person-use.ts'

/**
 * Families of which both a child and a carer were reached, by the definitions of docs/measures.md: what SQL counts must equal
 * this.
 */

/** A linked record of a file of people and service use, with the family that linkage puts its person in. */
export interface FamilyRecord {
  readonly beneficiary: number
  /** Null for an adult without ties. */
  readonly family: number | null
  readonly role: string
  readonly quarter: Quarter
  readonly isReached: boolean
}

/** Families with anybody reached in the period; each is in one of the five parts that come to `families`. */
export interface FamiliesReached {
  readonly families: number
  /** A child and a carer were reached in the period. */
  readonly whole: number
  /** Files to the end of the period name both, and one side was reached in it. */
  readonly childrenAlone: number
  readonly carersAlone: number
  /** Files name nobody of the other side: whether there is anybody is not known. */
  readonly noCarer: number
  readonly noChild: number
  /** People reached of no family: in none of the others. */
  readonly ofNoFamily: number
}

/** Counts families; who is a child to one service and a carer to another is both. */
export function measureFamilies(
  records: readonly FamilyRecord[],
  { from, to }: Period,
): FamiliesReached {
  const known = records.filter(({ quarter }) => quarter <= to)
  const isReachedNow = ({ quarter, isReached }: FamilyRecord): boolean =>
    isReached && quarter >= from
  const families = [...Map.groupBy(known, ({ family }) => family)]
    .filter(([family]) => family !== null)
    .map(([, own]) => {
      const [children = [], carers = []] = [true, false].map((isChild) =>
        own.filter(({ role }) => (role === 'child') === isChild),
      )
      return {
        ...{ hasChild: children.length > 0, hasCarer: carers.length > 0 },
        ...{ child: children.some(isReachedNow), carer: carers.some(isReachedNow) },
      }
    })
    .filter(({ child, carer }) => child || carer)
  const alone = known.filter((record) => record.family === null && isReachedNow(record))
  const count = (is: (family: (typeof families)[number]) => boolean): number =>
    families.filter(is).length
  return {
    families: families.length,
    whole: count(({ child, carer }) => child && carer),
    childrenAlone: count(({ carer, hasCarer }) => !carer && hasCarer),
    carersAlone: count(({ child, hasChild }) => !child && hasChild),
    noCarer: count(({ hasCarer }) => !hasCarer),
    noChild: count(({ hasChild }) => !hasChild),
    ofNoFamily: new Set(alone.map(({ beneficiary }) => beneficiary)).size,
  }
}
