import type { FamilyBond, FamilyMember } from '#core/charts/family-picture.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import { findBonds } from '#core/linkage/families.ts'
import type { PartDecision } from '#core/linkage/part.ts'
import type { PartRecords } from '#server/linkage/links/read-records.ts'

/** The family of a beneficiary, by roles and services; nothing in it identifies anybody. */
export interface ExplainedFamily {
  /** In order of their first record; of somebody in no family, the person alone. */
  readonly members: readonly (FamilyMember & { readonly reference: string })[]
  /** By places among the members. */
  readonly bonds: readonly FamilyBond[]
  /** False for an adult whom nothing ties to a child. */
  readonly isFamily: boolean
}

/** Tells the family of the beneficiary with an id, in the part that holds it. */
export function explainFamily(
  { records, links }: PartRecords,
  options: LinkOptions,
  decision: PartDecision,
  beneficiary: number,
  referenceOf: (beneficiary: number) => string,
): ExplainedFamily {
  const own = links.findIndex((link) => link.beneficiary === beneficiary)
  const self = decision.beneficiary[own] ?? 0
  const family = decision.family[own] ?? -1
  const placesOf = new Map<number, number[]>()
  records.forEach((_, place) => {
    const person = decision.beneficiary[place] ?? 0
    const isMember = family < 0 ? person === self : decision.family[place] === family
    if (!isMember) return
    const known = placesOf.get(person)
    if (known === undefined) placesOf.set(person, [place])
    else known.push(place)
  })
  const members = Array.from(placesOf, ([person, places]) => {
    const described = places.flatMap((place) => records[place] ?? [])
    return {
      isChild: described.some(({ role }) => role === 'child'),
      isGrown: described.some(({ role }) => role !== 'child'),
      services: [...new Set(described.map(({ service }) => service))].sort(),
      isSelf: person === self,
      reference: referenceOf(links[places[0] ?? 0]?.beneficiary ?? 0),
    }
  })
  const memberOf = new Map([...placesOf.keys()].map((person, member) => [person, member]))
  const bonds = findBonds(records, options, decision.beneficiary).flatMap(({ by, people }) => {
    const tied = people.flatMap((person) => memberOf.get(person) ?? [])
    return tied.length < 2 ? [] : [{ by, people: tied }]
  })
  return { members, bonds, isFamily: family >= 0 }
}
