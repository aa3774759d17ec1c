import type { LinkRecord } from '#core/linkage/part.ts'
import { PSEUDONYM_COLUMNS, type PseudonymField } from '#core/pseudonym/kinds.ts'

import type { LinkedRecords } from './link-records.ts'
import type { QualityProgramme } from './make-records.ts'
import { percent, print, printTable } from './print-tables.ts'

/**
 * What stands between the parts of somebody who was found as several: nothing in common, what the
 * specification vetoes, what it calls a near match, or something that a rule could still ask about.
 */

const OPEN = 'anything else'
/** In the order in which they are asked: the first that holds is it. */
const BETWEEN = [
  'nothing in common, or a ward alone',
  'a veto: two NHS numbers, or M against F',
  'a veto: births differ',
  'an own mobile alone, or a carer’s contact alone',
  'a near match: name and birth elsewhere',
  'a near match: an alternate or a sound without support',
  'a near match: last name, birth and postcode without a contact, or twins',
  'a near match: name and postcode without a contact',
  OPEN,
] as const
type Between = (typeof BETWEEN)[number]

/** Counts, over programmes, what stands between each part of a person and the largest. */
export class BetweenTally {
  readonly #parts = new Map<Between, number>(BETWEEN.map((kind) => [kind, 0]))
  #people = 0
  /** People, if all were joined that is left open. */
  #withoutOpen = 0

  add({ records, truth }: QualityProgramme, { clusters }: LinkedRecords): void {
    const people = new Map<string, Map<number, LinkRecord[]>>()
    records.forEach((record, place) => {
      const { person = '', reached = false } = truth[place] ?? {}
      if (!reached) return
      const parts = people.get(person) ?? new Map<number, LinkRecord[]>()
      people.set(person, parts)
      const cluster = clusters[place] ?? 0
      parts.set(cluster, [...(parts.get(cluster) ?? []), record])
    })
    this.#people += people.size
    for (const parts of people.values()) this.#addPerson([...parts.values()])
  }

  #addPerson(parts: readonly LinkRecord[][]): void {
    const [most = [], ...others] = [...parts].sort((a, b) => b.length - a.length)
    this.#withoutOpen++
    for (const [place, part] of others.entries()) {
      const kind = betweenParts(most, part)
      this.#parts.set(kind, (this.#parts.get(kind) ?? 0) + 1)
      const isOpen = [most, ...others.slice(0, place)].some(
        (other) => betweenParts(other, part) === OPEN,
      )
      if (!isOpen) this.#withoutOpen++
    }
  }

  print(setting: string): void {
    const all = [...this.#parts.values()].reduce((sum, parts) => sum + parts, 0)
    print(`\n${setting}: people found as several, by what stands between a part and the largest`)
    printTable(
      ['', 'parts', 'of all'],
      [...this.#parts].map(([kind, parts]) => [
        kind,
        String(parts),
        percent(parts / Math.max(1, all), 0),
      ]),
    )
    const left = percent(this.#withoutOpen / Math.max(1, this.#people) - 1, 3)
    print(`  reach found too high if all were joined that is in the last line: ${left}`)
  }
}

const POSTCODE_NAMES: readonly PseudonymField[] = ['birthPostcode', 'namePostcode']

function betweenParts(a: readonly LinkRecord[], b: readonly LinkRecord[]): Between {
  const agreeing = PSEUDONYM_COLUMNS.filter(({ field, alternateOf: own = field }) => {
    return meet(valuesOf(a, own), valuesOf(b, field)) || meet(valuesOf(a, field), valuesOf(b, own))
  })
  const fields = agreeing.map(({ field }) => field)
  const sayWho = agreeing.flatMap(({ field, contact }) => (contact === undefined ? [field] : []))
  const hasContact = sayWho.length < fields.length
  if (fields.length === 0) return BETWEEN[0]
  if (differ(a, b, 'nhsNumber') || differ(a, b, 'gender')) return BETWEEN[1]
  if (birthsDiffer(a, b)) return BETWEEN[2]
  if (sayWho.length === 0) return fields.includes('email') ? OPEN : BETWEEN[3]
  const isOfChildren = [...a, ...b].every(({ role }) => role === 'child')
  if (hasContact) {
    const isTwins = isOfChildren && sayWho.every((field) => field === 'birthPostcode')
    return isTwins ? BETWEEN[6] : OPEN
  }
  const isNear = ({ field, alternateOf }: (typeof agreeing)[number]): boolean =>
    alternateOf !== undefined || NEAR.includes(field)
  if (!agreeing.every(isNear)) return OPEN
  if (fields.includes('nameBirth')) return BETWEEN[4]
  if (sayWho.some((field) => !POSTCODE_NAMES.includes(field) && field !== 'soundBirth'))
    return BETWEEN[5]
  if (fields.includes('birthPostcode')) return BETWEEN[6]
  return fields.includes('namePostcode') ? BETWEEN[7] : BETWEEN[5]
}

/** What is a near match where it is all that agrees. */
const NEAR: readonly PseudonymField[] = ['nameBirth', 'soundBirth', ...POSTCODE_NAMES]

function birthsDiffer(a: readonly LinkRecord[], b: readonly LinkRecord[]): boolean {
  const cut = (records: readonly LinkRecord[], length: number): Set<string> =>
    new Set(records.flatMap(({ birth }) => (birth === '' ? [] : [birth.slice(0, length)])))
  const apart = (length: number): boolean => {
    const [one, other] = [cut(a, length), cut(b, length)]
    return one.size > 0 && other.size > 0 && !meet(one, other)
  }
  const hasMonths = [...a, ...b].every(({ birth }) => birth.length !== 'yyyy'.length)
  return apart('yyyy'.length) || (hasMonths && apart('yyyy-mm'.length))
}

function valuesOf(records: readonly LinkRecord[], field: keyof LinkRecord): Set<unknown> {
  const values = new Set<unknown>(records.map((record) => record[field]))
  for (const blank of [null, '', 'unknown']) values.delete(blank)
  return values
}

function differ(
  a: readonly LinkRecord[],
  b: readonly LinkRecord[],
  field: keyof LinkRecord,
): boolean {
  const [one, other] = [valuesOf(a, field), valuesOf(b, field)]
  return one.size > 0 && other.size > 0 && !meet(one, other)
}

function meet(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean {
  return [...a].some((value) => b.has(value))
}
