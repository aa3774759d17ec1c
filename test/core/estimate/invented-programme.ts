import { estimateFigures, type Estimate } from '#core/estimate/estimate-figures.ts'
import type { CopiedReach } from '#core/estimate/copied-reach.ts'
import { RandomStream } from '#core/estimate/random-stream.ts'
import { ReachCopier } from '#core/estimate/reach-copier.ts'
import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import { POLICIES } from '#core/linkage/policy.ts'
import { partsOf } from '#core/linkage/possible-edges.ts'
import { ofEachPseudonym } from '#core/pseudonym/kinds.ts'

/** What a programme of grown-ups at three services is like. */
export interface Inventing {
  readonly seed: number
  readonly people: number
  /** How often a name, a birth and a postcode are written wrongly. */
  readonly slips: number
  /** How often an NHS number is given, but to the library, which asks for none. */
  readonly numbered: number
}

/** Records of one client each, and the person each is of. */
export interface Invented {
  readonly records: readonly LinkRecord[]
  readonly people: readonly number[]
}

const SERVICES = ['advice', 'library', 'visits'] as const

/** Invents records on pseudonyms alone: names and births everywhere, postcodes at two services. */
export function inventProgramme({ seed, people, slips, numbered }: Inventing): Invented {
  const random = new RandomStream(seed, 77)
  const records: LinkRecord[] = []
  const ofPerson: number[] = []
  for (let person = 0; person < people; person++) {
    for (const service of SERVICES) {
      if (!random.happens(0.6)) continue
      const id = records.length + 1
      const slip = (): string => (random.happens(slips) ? `~${id}` : '')
      const [first, last, birth, postcode] = [slip(), slip(), slip(), slip()]
      const hasPostcode = service !== 'library'
      const where = (value: string): string | null => (hasPostcode ? value : null)
      records.push({
        ...ofEachPseudonym((): string | null => null),
        id,
        service,
        quarter: '2024-Q1',
        submission: SERVICES.indexOf(service) + 1,
        sourceRow: id,
        role: 'adult',
        birth: '1990',
        gender: person % 2 === 0 ? 'F' : 'M',
        ward: hasPostcode ? (postcode === '' ? 'north' : 'south') : '',
        epoch: 1,
        client: `client ${id}`,
        nhsNumber: hasPostcode && random.happens(numbered) ? `nhs ${person}` : null,
        nameBirth: `nb ${person}${first}${last}${birth}`,
        birthPostcode: where(`bp ${person}${last}${birth}${postcode}`),
        namePostcode: where(`np ${person}${first}${last}${postcode}`),
        givenBirthPostcode: where(`gbp ${person}${first}${birth}${postcode}`),
      })
      ofPerson.push(person)
    }
  }
  return { records, people: ofPerson }
}

/** What a programme came to: how many there are, were found and were estimated. */
export interface Outcome {
  readonly truth: number
  readonly found: number
  readonly copied: CopiedReach
  readonly estimate: Estimate
}

/** Links a programme and estimates how many people there are. */
export function estimateProgramme(
  { records, people }: Invented,
  { seed = 1, copies = 40, sampled = 1 } = {},
): Outcome {
  const options = {
    policy: POLICIES.cautious,
    decisions: standingDecisions([]),
    sharedContacts: new Set<string>(),
  }
  const copier = new ReachCopier({ ...options, seed, copies, sampled })
  let found = 0
  for (const places of partsOf(records, options.sharedContacts)) {
    const part = places.flatMap((place) => records[place] ?? [])
    const decision = decidePart(part, options)
    found += new Set(decision.beneficiary).size
    copier.add(
      part,
      part.map(({ service }) => SERVICES.findIndex((known) => known === service)),
      decision,
    )
  }
  const making = copier.copy()
  let made = making.next()
  while (made.done !== true) made = making.next()
  const estimates = estimateFigures(made.value, new Map([['people', found]]), () => ['people'])
  const estimate = estimates.get('people')
  if (estimate === undefined) throw new Error('nothing was estimated')
  return { truth: new Set(people).size, found, copied: made.value, estimate }
}
