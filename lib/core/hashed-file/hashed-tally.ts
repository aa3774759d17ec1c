/**
 * What the lines of a hashed file amount to, and whether its manifest says the same.
 * Source: docs/pseudonymisation.md, "Hashed file".
 */
import { PeopleCounter, type PeopleForecast } from '#core/checks/whole-file/people-forecast.ts'
import { evidenceOf, type Linkability } from '#core/checks/record-tally.ts'
import {
  PSEUDONYM_COLUMNS,
  PSEUDONYM_COUNT,
  type DescribedPseudonym,
} from '#core/pseudonym/kinds.ts'
import type { ReachKind } from '#core/standard/further-fields.ts'
import type { FactColumn } from '#core/standard/record.ts'
import { EventTally } from './event-tally.ts'
import type { Manifest } from './manifest.ts'
import type { HashedRecords } from './read-hashed-rows.ts'
import { ShownFacts } from './shown-fields.ts'

/** The places of the pseudonyms that need a whole name with a birth, and of that which says so. */
const NAMED = bitsOf(({ kind }) => kind === 'name-birth' || kind === 'sound-birth')
const NAME_BIRTH = bitsOf(({ field }) => field === 'nameBirth')

function bitsOf(isOne: (pseudonym: DescribedPseudonym) => boolean): number {
  return PSEUDONYM_COLUMNS.reduce((bits, one, place) => bits | (isOne(one) ? 1 << place : 0), 0)
}

/** Adds up the records of a file as they are read. */
export class HashedTally {
  readonly #made = new Float64Array(PSEUDONYM_COUNT)
  readonly #evidence = { strong: 0, weak: 0, none: 0 }
  readonly #people = new PeopleCounter()
  readonly #shown = new ShownFacts()
  #records = 0
  #ties = 0
  #notChildren = 0
  #lastRow = 0
  #withContacts = 0
  #unnamed = false
  /** Of a file of activities or outcomes. */
  readonly events: EventTally | undefined

  constructor(kind: ReachKind = 'people') {
    this.events = kind === 'people' ? undefined : new EventTally(kind)
  }

  add({ facts, pseudonyms, events }: HashedRecords): void {
    if (events !== undefined) this.events?.add(events)
    for (const [index, record] of facts.entries()) {
      const { sourceRow, role, gender, contacts } = record
      let made = 0
      for (let column = 0; column < PSEUDONYM_COUNT; column++) {
        if (pseudonyms.present[index * PSEUDONYM_COUNT + column] !== 1) continue
        made |= 1 << column
        this.#made[column] = (this.#made[column] ?? 0) + 1
      }
      if ((made & NAMED) !== 0 && (made & NAME_BIRTH) === 0) this.#unnamed = true
      this.#people.addHashed(pseudonyms, index, gender)
      this.#evidence[evidenceOf(made)] += 1
      this.#records += 1
      if (sourceRow === this.#lastRow) this.#ties += 1
      if (role !== 'child') this.#notChildren += 1
      if (contacts !== null) this.#withContacts += 1
      this.#shown.add(record)
      this.#lastRow = sourceRow
    }
  }

  get linkability(): Linkability {
    return { ...this.#evidence }
  }

  /** The columns of facts that any record says something in. */
  get shownFacts(): readonly FactColumn[] {
    return this.#shown.columns
  }

  get forecast(): PeopleForecast {
    return this.#people.forecast()
  }

  /**
   * Whether any record says how many contacts there were; a file without any counts active
   * enrolment.
   */
  get hasContacts(): boolean {
    return this.#withContacts > 0
  }

  /** Whether it holds what somebody came to, of people who are named or not. */
  get hasActivities(): boolean {
    return (this.events?.counts.activities?.activities ?? 0) > 0
  }

  /**
   * What a manifest says otherwise than the lines do: the name of its first member that disagrees,
   * or null.
   */
  disagreement(
    manifest: Pick<Manifest, 'records' | 'family_ties' | 'rows' | 'columns' | 'events'>,
  ): string | null {
    const { events } = manifest
    if ((events === undefined) !== (this.events === undefined)) return 'events'
    if (events !== undefined && this.events?.agrees(events) === false) return 'events'
    if (manifest.records !== this.#records) return 'records'
    if (manifest.family_ties !== this.#ties) return 'family_ties'
    if (this.#records - this.#ties > manifest.rows.accepted) return 'rows'
    if (this.#lastRow > manifest.rows.read) return 'rows'
    if (this.#unnamed) return 'name_birth_pseudonym'
    for (const [index, { column, childOnly }] of PSEUDONYM_COLUMNS.entries()) {
      const { made, blank } = manifest.columns[column]
      if (made !== this.#made[index]) return column
      if ((blank['not-for-role'] ?? 0) !== (childOnly ? this.#notChildren : 0)) return column
    }
    return null
  }
}
