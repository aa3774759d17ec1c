import { birthsAgree } from '#core/linkage/birth.ts'
import type { LinkRecord, RuleName, SharedContacts } from '#core/linkage/part.ts'
import { NEVER_WEAK, type DescribedClient, type FoundPart } from './described-clients.ts'
import type { RandomStream } from './random-stream.ts'
import type { Tally } from './slip-counts.ts'

/**
 * How often a rule joins two people, counted where it can be seen: between clients that agree as the
 * rule asks and both carry an NHS number, which shows whether it is one person. The rule is as often
 * wrong where nobody can see it.
 */

/** What can agree between two clients, strongest first: rules are as sure as what agrees. */
const AGREEMENTS = [
  'child',
  'person',
  'support',
  'birth-postcode',
  'alternate',
  'name',
  'email',
] as const
type Agreement = (typeof AGREEMENTS)[number]

/** Rules by what they rest on; one that is not here rests on a name with support. */
const RESTS_ON: Readonly<Partial<Record<RuleName, Agreement>>> = {
  child: 'child',
  person: 'person',
  'birth-postcode-and-contact': 'birth-postcode',
  'birth-swapped': 'alternate',
  'name-otherwise': 'alternate',
  sound: 'alternate',
  name: 'name',
  email: 'email',
}

/** So many pairs that agree are known before any is seen, one in a thousand of two people. */
const PAIRS_BEFORE = 50
const WRONG_BEFORE = 0.05
/** A value that more clients share than this is nobody's: only these are compared. */
const MOST_SHARING = 12

const MET_BY = [
  ...(['child', 'childMobile', 'nameBirth', 'givenBirthPostcode'] as const),
  ...(['birthPostcode', 'soundBirth', 'email'] as const),
] as const

/** Joined pairs of one rule that reviewers have checked, and how many of them are two people. */
export interface CheckedRule {
  readonly rule: RuleName
  readonly checked: number
  readonly wrong: number
}

/** Counts, part by part, how often what a rule asks agrees between two people. */
export class RuleDoubts {
  readonly #tallies = new Map<Agreement, Tally>(
    AGREEMENTS.map((agreement) => [agreement, { yes: 0, no: 0 }]),
  )
  /** The same of pairs that reviewers have looked at. */
  readonly #checked = new Map<Agreement, Tally>(
    AGREEMENTS.map((agreement) => [agreement, { yes: 0, no: 0 }]),
  )
  readonly #shared: SharedContacts

  constructor(sharedContacts: SharedContacts) {
    this.#shared = sharedContacts
  }

  add({ clients }: FoundPart): void {
    const seen = new Set<string>()
    for (const field of MET_BY) {
      for (const sharing of bySharedValue(clients, field)) {
        sharing.forEach((a, index) => {
          for (const b of sharing.slice(index + 1)) {
            const pair = a < b ? `${a} ${b}` : `${b} ${a}`
            if (seen.has(pair)) continue
            seen.add(pair)
            this.#compare(clients[a]?.record, clients[b]?.record)
          }
        })
      }
    }
  }

  /** Counts joined pairs that reviewers have checked; what a key or a person said is never in doubt. */
  addChecked({ rule, checked, wrong }: CheckedRule): void {
    if (NEVER_WEAK.has(rule)) return
    const tally = this.#checked.get(RESTS_ON[rule] ?? 'support')
    if (tally === undefined) return
    tally.yes += wrong
    tally.no += checked - wrong
  }

  /** How likely a join by each rule is of two people, drawn once; a wrong number is no second person. */
  draw(wrongNumber: number, random: RandomStream): (rule: RuleName) => number {
    const shares = new Map<Agreement, number>()
    for (const agreement of AGREEMENTS) {
      const { yes, no } = this.#tallies.get(agreement) ?? { yes: 0, no: 0 }
      const ofWrongNumbers = 2 * wrongNumber * (yes + no)
      const checked = this.#checked.get(agreement) ?? { yes: 0, no: 0 }
      const share = random.share(
        Math.max(0, yes - ofWrongNumbers) + checked.yes + WRONG_BEFORE,
        no + checked.no + PAIRS_BEFORE - WRONG_BEFORE,
      )
      shares.set(agreement, share)
    }
    return (rule) => shares.get(RESTS_ON[rule] ?? 'support') ?? 0
  }

  #compare(a: LinkRecord | undefined, b: LinkRecord | undefined): void {
    if (a === undefined || b === undefined || a.nhsNumber === null || b.nhsNumber === null) return
    if (!birthsAgree(a.birth, b.birth) || gendersDiffer(a, b)) return
    const agreement = this.#agreementOf(a, b)
    const tally = agreement === undefined ? undefined : this.#tallies.get(agreement)
    if (tally === undefined) return
    if (a.nhsNumber === b.nhsNumber) tally.no++
    else tally.yes++
  }

  #agreementOf(a: LinkRecord, b: LinkRecord): Agreement | undefined {
    if (agree(a, b, 'child') || agree(a, b, 'childMobile')) return 'child'
    if (agree(a, b, 'givenBirthPostcode')) return 'person'
    const hasContact = CONTACTS.some((field) => agree(a, b, field) && !this.#isShared(a[field]))
    const hasSupport = hasContact || (a.ward !== '' && a.ward === b.ward)
    if (agree(a, b, 'nameBirth')) {
      if (hasSupport) return 'support'
      return POSTCODE_KINDS.some((field) => differ(a, b, field)) ? undefined : 'name'
    }
    if (agree(a, b, 'birthPostcode') && hasContact) return 'birth-postcode'
    if (agree(a, b, 'soundBirth') && hasSupport) return 'alternate'
    const isMailbox = this.#isShared(a.email) || differ(a, b, 'mobile')
    return agree(a, b, 'email') && !isMailbox ? 'email' : undefined
  }

  #isShared(contact: string | null): boolean {
    return contact !== null && this.#shared.has(contact)
  }
}

const CONTACTS = ['email', 'mobile', 'carerEmail', 'carerMobile'] as const
const POSTCODE_KINDS = ['birthPostcode', 'namePostcode', 'givenBirthPostcode'] as const

type Compared =
  | (typeof MET_BY)[number]
  | (typeof CONTACTS)[number]
  | (typeof POSTCODE_KINDS)[number]

function agree(a: LinkRecord, b: LinkRecord, field: Compared): boolean {
  return a[field] !== null && a[field] === b[field]
}

function differ(a: LinkRecord, b: LinkRecord, field: Compared): boolean {
  return a[field] !== null && b[field] !== null && a[field] !== b[field]
}

function gendersDiffer(a: LinkRecord, b: LinkRecord): boolean {
  return (a.gender === 'M' && b.gender === 'F') || (a.gender === 'F' && b.gender === 'M')
}

/** Places of the clients that share each value of a column. */
function bySharedValue(
  clients: readonly DescribedClient[],
  field: (typeof MET_BY)[number],
): readonly number[][] {
  if (clients.length < 2) return []
  const byValue = new Map<string, number[]>()
  clients.forEach(({ record }, place) => {
    const value = record[field]
    if (value === null || record.nhsNumber === null) return
    const sharing = byValue.get(value)
    if (sharing === undefined) byValue.set(value, [place])
    else if (sharing.length < MOST_SHARING) sharing.push(place)
  })
  return [...byValue.values()].filter((sharing) => sharing.length > 1)
}
