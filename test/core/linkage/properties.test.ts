import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sideMatches } from '#core/linkage/decisions.ts'
import { areFarApart, birthCode, birthsAgree } from '#core/linkage/birth.ts'
import type { Decision, LinkRecord, PartDecision } from '#core/linkage/part.ts'
import { POLICIES } from '#core/linkage/policy.ts'
import { alternateKeys, partsOf, possibleEdgeKeys } from '#core/linkage/possible-edges.ts'
import { findSharedContacts } from '#core/linkage/shared-contacts.ts'
import { ALTERNATES, ofEachPseudonym, type PseudonymField } from '#core/pseudonym/kinds.ts'
import { decide, type Given, lowerBound } from './people.ts'
import { decisionsAbout, populations, rekey, reviews } from './populations.ts'

// Of one seed (test/setup/property-seed.ts), which more runs would only repeat.
const RUNS = 600
const policies = fc.constantFrom<('cautious' | 'leap-2020')[]>('cautious', 'cautious', 'leap-2020')
const situations = fc
  .record({ of: populations, drawn: reviews, policy: policies, limits: fc.boolean() })
  .map(({ of, drawn, policy, limits }) => ({
    of,
    given: {
      policy,
      decisions: decisionsAbout(of, drawn),
      // In a small population two carriers are many already.
      shared: limits
        ? findSharedContacts(of, { ...POLICIES[policy], contactLimits: { own: 2, carer: 3 } })
        : new Set<string>(),
    } satisfies Given,
  }))

/** A decision by the ids of its records, without anything that numbers them. */
function statement(of: readonly LinkRecord[], decision: PartDecision): unknown {
  const groups = (indices: Int32Array): string[] => {
    const members = new Map<number, number[]>()
    const none: number[] = []
    indices.forEach((index, place) => {
      const id = of[place]?.id ?? 0
      if (index < 0) none.push(id)
      else members.set(index, [...(members.get(index) ?? []), id])
    })
    return [...[...members.values()].map((ids) => sorted(ids)).sort(), `none ${sorted(none)}`]
  }
  return {
    beneficiary: groups(decision.beneficiary),
    family: groups(decision.family),
    upper: groups(decision.upper),
    lower: groups(decision.lower),
    nhs: groups(decision.nhs),
    joins: decision.joins
      .map(({ left, right, rule, agreed }) => `${left} ${right} ${rule} ${agreed.join()}`)
      .sort(),
    doubts: decision.doubts
      .map(({ kind, code, rule, sides }) =>
        [kind, code, rule, ...sides.map((ids) => sorted(ids)).sort()].join(' '),
      )
      .sort(),
  }
}

function sorted(ids: readonly number[]): string {
  return [...ids].sort((a, b) => a - b).join()
}

/** The numbers from 0 in an order that `seed` gives. */
function shuffled(count: number, seed: readonly number[]): number[] {
  return Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (seed[a % seed.length] ?? 0) - (seed[b % seed.length] ?? 0) || b - a,
  )
}

/**
 * Whether births or genders of some records may differ at all: an NHS number on two of them, a
 * client on two, a date that is another's with day and month swapped, or a name with a contact or a
 * place.
 */
function canBeExempt(members: readonly LinkRecord[]): boolean {
  const several = (field: PseudonymField): boolean =>
    members.filter((record) => record[field] !== null).length > 1
  const names = new Set(members.map(({ nameBirth }) => nameBirth))
  return (
    several('nhsNumber') ||
    (several('client') && (several('namePostcode') || several('carerMobile'))) ||
    ((several('nameBirth') || several('namePostcode')) && BESIDE_NAME.some(several)) ||
    members.some(({ nameBirthSwapped: one }) => one !== null && names.has(one))
  )
}

const BESIDE_NAME = ['email', 'mobile', 'carerEmail', 'carerMobile', 'givenBirthPostcode'] as const

/** Numbers from 0 by first appearance. */
function numbered(classes: Iterable<number>): number[] {
  const known = new Map<number, number>()
  return Array.from(classes, (one) => {
    const number = known.get(one) ?? known.size
    known.set(one, number)
    return number
  })
}

/** Whether something touches between two people who are born too far apart to be a doubt. */
function onlyLookAlike(a: readonly LinkRecord[], b: readonly LinkRecord[]): boolean {
  const keys = (of: readonly LinkRecord[]): string[] =>
    of.flatMap((record) => [...possibleEdgeKeys(record, new Set()), ...alternateKeys(record)])
  const known = new Set(keys(a))
  return (
    a.some((own) => b.some((other) => areFarApart(birthCode(own.birth), birthCode(other.birth)))) &&
    keys(b).some((key) => known.has(key))
  )
}

/** Whether an email ties two people, whoever's it is: a relative of both may support a third's name. */
function shareEmail(a: LinkRecord, b: LinkRecord, shared: ReadonlySet<string>): boolean {
  const others = [b.email, b.carerEmail]
  return [a.email, a.carerEmail].some(
    (own) => own !== null && !shared.has(own) && others.includes(own),
  )
}

/**
 * Records of beneficiaries that doubts, "different people", twins of one service, rows, emails and a
 * bridge quarter lead between, in their order.
 */
function keptApart(
  of: readonly LinkRecord[],
  { beneficiary, doubts }: PartDecision,
  { decisions = [], shared = new Set() }: Given,
): ReadonlySet<LinkRecord>[] {
  const companies = new Map<number, Set<LinkRecord>>()
  const unite = (records: readonly LinkRecord[]): void => {
    const all = new Set(records.flatMap((record) => [...(companies.get(record.id) ?? [record])]))
    for (const { id } of all) companies.set(id, all)
  }
  const people = Array.from(new Set(beneficiary), (index) =>
    of.filter((_, place) => beneficiary[place] === index),
  )
  for (const own of people) unite(own)
  for (const a of people) for (const b of people) if (onlyLookAlike(a, b)) unite([...a, ...b])
  for (const { sides } of doubts) unite(of.filter(({ id }) => sides.flat().includes(id)))
  for (const decision of decisions) {
    if (decision.kind === 'different')
      unite(
        of.filter(
          (record) => sideMatches(decision.left, record) || sideMatches(decision.right, record),
        ),
      )
  }
  const areBound = (a: LinkRecord, b: LinkRecord): boolean =>
    mayBeTwins(a, b, of) || areOfOneRow(a, b) || shareEmail(a, b, shared)
  for (const a of of) unite([a, ...of.filter((b) => areBound(a, b))])
  return Array.from(new Set(companies.values()), (all) => new Set(of.filter((r) => all.has(r))))
}

const seeds = fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 })

describe('linkage always', () => {
  it('answers the same in whatever order the records come', () => {
    fc.assert(
      fc.property(situations, seeds, ({ of, given }, seed) => {
        const other = shuffled(of.length, seed).flatMap((place) => of[place] ?? [])
        expect(statement(other, decide(other, given))).toEqual(statement(of, decide(of, given)))
      }),
      { numRuns: RUNS },
    )
  })

  it('answers the same whatever the ids, and whatever the submissions are numbered', () => {
    fc.assert(
      fc.property(situations, seeds, ({ of, given }, seed) => {
        const place = shuffled(of.length, seed)
        const other = of.map((record, index) => ({
          ...record,
          id: 100 + (place[index] ?? 0),
          submission: 50 - record.submission,
        }))
        const [a, b] = [decide(of, given), decide(other, given)]
        for (const answer of ['beneficiary', 'family', 'upper', 'lower', 'nhs'] as const) {
          expect(b[answer]).toEqual(a[answer])
        }
        const back = new Map(other.map(({ id }, index) => [id, of[index]?.id ?? 0]))
        const doubts = b.doubts.map((doubt) => ({
          ...doubt,
          sides: doubt.sides.map((ids) => ids.map((id) => back.get(id) ?? 0)),
        }))
        const told = (decision: PartDecision): unknown => {
          const { doubts: only } = statement(of, decision) as { doubts: unknown }
          return only
        }
        expect(told({ ...a, doubts })).toEqual(told(a))
      }),
      { numRuns: RUNS },
    )
  })

  it('answers the same under another key', () => {
    fc.assert(
      fc.property(situations, ({ of, given }) => {
        // Reversed and prefixed, so that neither order nor hash of the strings is what it was.
        const change = (value: string): string => `~${Array.from(value).reverse().join('')}`
        const other = of.map((record) => rekey(record, change))
        const decisions = given.decisions.map((decision): Decision => {
          const side = <T extends { client: string; nameBirth: string | null }>(own: T): T => ({
            ...own,
            client: change(own.client),
            nameBirth: own.nameBirth === null ? null : change(own.nameBirth),
          })
          return decision.kind === 'nhs-wrong'
            ? { ...decision, left: side(decision.left), nhsNumber: change(decision.nhsNumber) }
            : { ...decision, left: side(decision.left), right: side(decision.right) }
        })
        const shared = new Set([...given.shared].map(change))
        expect(decide(other, { ...given, decisions, shared })).toEqual(decide(of, given))
      }),
      { numRuns: RUNS },
    )
  })

  it('decides two parts together as it decides each', () => {
    fc.assert(
      fc.property(situations, ({ of, given }) => {
        const parts = partsOf(of, given.shared, given.decisions)
        const whole = statement(of, decide(of, given)) as Record<string, readonly string[]>
        const told: Record<string, string[]> = {}
        const none: Record<string, number[]> = {}
        for (const places of parts) {
          const part = places.flatMap((place) => of[place] ?? [])
          const own = statement(part, decide(part, given)) as Record<string, readonly string[]>
          for (const [answer, lines] of Object.entries(own)) {
            for (const line of lines) {
              if (!line.startsWith('none ')) (told[answer] ??= []).push(line)
              else
                none[answer] = [
                  ...(none[answer] ?? []),
                  ...line.slice(5).split(',').filter(Boolean).map(Number),
                ]
            }
          }
        }
        for (const [answer, lines] of Object.entries(whole)) {
          const expected = [...(told[answer] ?? [])].sort()
          if (none[answer] !== undefined) expected.push(`none ${sorted(none[answer])}`)
          expect(lines).toEqual(expected)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('keeps vetoes within a beneficiary, but for what was exempted or decided', () => {
    fc.assert(
      fc.property(populations, (of) => {
        const decision = decide(of)
        of.forEach((a, left) => {
          of.forEach((b, right) => {
            if (left >= right || a.epoch !== b.epoch) return
            if (decision.beneficiary[left] !== decision.beneficiary[right]) return
            const members = of.filter(
              (_, place) => decision.beneficiary[place] === decision.beneficiary[left],
            )
            if (a.nhsNumber !== null && b.nhsNumber !== null) expect(a.nhsNumber).toBe(b.nhsNumber)
            const differs =
              !birthsAgree(a.birth, b.birth) ||
              (a.gender !== b.gender &&
                [a, b].every(({ gender }) => gender === 'M' || gender === 'F'))
            if (differs) expect(canBeExempt(members)).toBe(true)
            if (members.length === 2)
              expect(areFarApart(birthCode(a.birth), birthCode(b.birth))).toBe(false)
            expect(areTwins(a, b, of)).toBe(false)
          })
        })
      }),
      { numRuns: RUNS },
    )
  })

  it('is not changed by a record that has no evidence', () => {
    fc.assert(
      fc.property(situations, ({ of, given }) => {
        const blank = rekey(of[0] ?? of[of.length - 1] ?? fail(), () => '')
        const empty = { ...blank, ...NOTHING, id: 1000, submission: 99, sourceRow: 99 }
        const [before, after] = [decide(of, given), decide([...of, empty], given)]
        const without = { ...after, doubts: after.doubts, joins: after.joins }
        for (const answer of ['beneficiary', 'family', 'upper', 'lower', 'nhs'] as const) {
          expect(without[answer].slice(0, of.length)).toEqual(before[answer])
        }
        expect(after.joins).toEqual(before.joins)
        expect(after.doubts).toEqual(before.doubts)
      }),
      { numRuns: RUNS / 4 },
    )
  })

  it('joins no less and no more when there is nobody but those whom it keeps apart', () => {
    fc.assert(
      fc.property(situations, ({ of, given }) => {
        // What bears on a beneficiary is in doubt with it, its twin, another to a reviewer, or its relative.
        const decision = decide(of, given)
        for (const own of keptApart(of, decision, given)) {
          const places = of.flatMap((record, place) => (own.has(record) ? [place] : []))
          const alone = decide([...own], given).beneficiary
          expect(numbered(alone)).toEqual(
            numbered(places.map((place) => decision.beneficiary[place] ?? -1)),
          )
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('spans every beneficiary with its joins, and no more', () => {
    fc.assert(
      fc.property(situations, ({ of, given }) => {
        const decision = decide(of, given)
        const placeOf = new Map(of.map(({ id }, place) => [id, place]))
        const root = of.map((_, place) => place)
        const end = (place: number): number =>
          root[place] === place ? place : end(root[place] ?? place)
        for (const { left, right } of decision.joins) {
          const [a, b] = [end(placeOf.get(left) ?? -1), end(placeOf.get(right) ?? -1)]
          expect(a).not.toBe(b)
          root[a] = b
        }
        expect(numbered(of.map((_, place) => end(place)))).toEqual([...decision.beneficiary])
      }),
      { numRuns: RUNS },
    )
  })

  it('brackets people between the bounds, in every choice of the records', () => {
    fc.assert(
      fc.property(situations, seeds, ({ of, given }, seed) => {
        const decision = decide(of, given)
        const chosen = of.flatMap((_, place) => ((seed[place % 20] ?? 0) % 2 === 0 ? [place] : []))
        const at = (indices: Int32Array): Int32Array =>
          Int32Array.from(chosen, (place) => indices[place] ?? -1)
        const part: PartDecision = { ...decision, lower: at(decision.lower), nhs: at(decision.nhs) }
        const people = new Set(at(decision.beneficiary)).size
        expect(lowerBound(part)).toBeLessThanOrEqual(people)
        expect(new Set(at(decision.upper)).size).toBeGreaterThanOrEqual(people)
      }),
      { numRuns: RUNS },
    )
  })
})

const NOTHING = {
  ...ofEachPseudonym(() => null),
  client: 'nobody else',
} as const

/** Whether two records are of twins of one service, whose references stand in one quarter. */
function areTwins(a: LinkRecord, b: LinkRecord, of: readonly LinkRecord[]): boolean {
  return mayBeTwins(a, b, of) && standTogether(a.client, b.client, of)
}

/**
 * Whether two records may be of twins of one service, by names that no records show to be one
 * child's: none of one name is another way to write the other, shares what has a first name in it,
 * or one NHS number and the sound. References that never stand in one quarter may be one child’s.
 */
function mayBeTwins(a: LinkRecord, b: LinkRecord, of: readonly LinkRecord[]): boolean {
  const shares = (['child', 'childMobile', 'birthPostcode'] as const).some(
    (field) => a[field] !== null && a[field] === b[field],
  )
  return (
    shares &&
    a.role === 'child' &&
    b.role === 'child' &&
    a.service === b.service &&
    a.client !== b.client &&
    a.nameBirth !== null &&
    b.nameBirth !== null &&
    !areOneName(a.nameBirth, b.nameBirth, of)
  )
}

function standTogether(
  one: string | null,
  other: string | null,
  of: readonly LinkRecord[],
): boolean {
  const quarters = new Set(of.flatMap(({ client, quarter }) => (client === one ? [quarter] : [])))
  return of.some(({ client, quarter }) => client === other && quarters.has(quarter))
}

function areOfOneRow(a: LinkRecord, b: LinkRecord): boolean {
  return a.submission === b.submission && a.sourceRow === b.sourceRow
}

function areOneName(one: string, other: string, of: readonly LinkRecord[]): boolean {
  const known = new Set([one])
  for (let before = 0; before !== known.size;) {
    before = known.size
    for (const a of of) {
      if (a.nameBirth === null || !known.has(a.nameBirth)) continue
      for (const b of of) if (b.nameBirth !== null && saysOneName(a, b)) known.add(b.nameBirth)
    }
  }
  return known.has(other)
}

function saysOneName(a: LinkRecord, b: LinkRecord): boolean {
  const share = (field: PseudonymField): boolean => a[field] !== null && a[field] === b[field]
  return (
    share('namePostcode') ||
    share('givenBirthPostcode') ||
    (share('nhsNumber') && share('soundBirth')) ||
    ALTERNATES.some(({ field }) => a[field] === b.nameBirth || b[field] === a.nameBirth)
  )
}

function fail(): never {
  throw new Error('a population has at least one record')
}
