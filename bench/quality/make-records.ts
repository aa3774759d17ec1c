import type { LinkRecord } from '#core/linkage/part.ts'
import { carerReference } from '#core/pseudonym/normalising/client-reference.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { normaliseIdentifiers, type IdentifierCells } from '#core/pseudonym/identifiers.ts'
import {
  ofEachPseudonym,
  PSEUDONYM_COLUMNS,
  PSEUDONYM_COUNT,
  type PseudonymField,
} from '#core/pseudonym/kinds.ts'
import { MessageBatch } from '#core/pseudonym/message-batch.ts'
import {
  PLATFORM_LENGTH,
  preparePseudonymKeys,
  pseudonymiseBatch,
  type PseudonymKeys,
} from '#core/pseudonym/pseudonymise.ts'
import { quarterAfter, referenceDay, type Quarter } from '#core/standard/quarter.ts'
import type { GivenRole } from '#core/standard/roles.ts'
import { quarterSpan, yearsBetween } from '#demonstration/calendar.ts'
import {
  makePopulation,
  type Family,
  type FamilyShares,
  type Person,
  type Population,
} from '#demonstration/population.ts'
import { Choices, mix } from '#demonstration/random.ts'
import { enrolments, serviceNumber, type Enrolment, type Use } from '#demonstration/service-use.ts'

import { nameShape, type NameShape } from './name-slips.ts'
import type { QualityService } from './services.ts'
import type { SlipRates } from './slip-rates.ts'
import { QualityWriter, type WrittenClient } from './write-clients.ts'

/**
 * The records of a programme through the real core, cell by cell, and beside them who each truly
 * is.
 */

/** What a programme is like. */
export interface QualitySetting {
  readonly name: string
  readonly people: number
  readonly quarters: number
  readonly services: readonly QualityService[]
  readonly rates: SlipRates
  readonly shares: FamilyShares
}

/** Who a record truly is of; linkage never sees it. */
export interface RecordTruth {
  readonly person: string
  readonly family: number
  readonly community: string
  readonly age: AgeBand
  readonly shape: NameShape
  /** Reached in the quarter: at least one contact. */
  readonly reached: boolean
}

/** Children of two and under, of three to six, young mothers, other adults. */
export type AgeBand = '0 to 2' | '3 to 6' | 'under 21' | '21 and over'

/** Records and their truth, side by side. */
export interface QualityProgramme {
  readonly records: readonly LinkRecord[]
  readonly truth: readonly RecordTruth[]
}

const FIRST_QUARTER: Quarter = '2024-Q1'

/** A programme of a setting: the same seed gives the same records. */
export function makeProgramme(setting: QualitySetting, seed: number): QualityProgramme {
  const first: Quarter = FIRST_QUARTER
  const quarters: [Quarter, ...Quarter[]] = [first]
  for (let step = 1; step < setting.quarters; step++) quarters.push(quarterAfter(first, step))
  const population = makePopulation({
    seed,
    people: setting.people,
    quarters,
    shares: setting.shares,
  })
  const people: WrittenPerson[][] = setting.services.map((service, index) => {
    const file = new ServiceFile(service, population, setting.rates, seed, index)
    file.write()
    return file.people
  })
  const files = setting.services.map(({ habit }, index) =>
    pseudonymisePeople(habit.service, people[index] ?? []),
  )
  return {
    records: files
      .flatMap(({ records }) => records)
      .map((record, index) => ({ ...record, id: index + 1 })),
    truth: files.flatMap(({ truth }) => truth),
  }
}

/** A person as one row of a file describes it, read, with the truth beside it. */
export interface WrittenPerson {
  readonly identifiers: ReturnType<typeof normaliseIdentifiers>
  readonly quarter: Quarter
  readonly submission: number
  readonly row: number
  readonly ward: string
  readonly truth: RecordTruth
}

/** The people of every file of one service. */
class ServiceFile {
  readonly people: WrittenPerson[] = []
  readonly #service: QualityService
  readonly #population: Population
  readonly #writer: QualityWriter
  readonly #choices: Choices
  readonly #rates: SlipRates
  readonly #seed: number
  readonly #index: number
  readonly #rows: number[]

  constructor(
    service: QualityService,
    population: Population,
    rates: SlipRates,
    seed: number,
    index: number,
  ) {
    this.#index = index
    this.#service = service
    this.#population = population
    this.#rates = rates
    this.#seed = seed
    this.#choices = new Choices(mix(seed, serviceNumber(service.habit)), -2)
    this.#writer = new QualityWriter(service, population, rates, this.#choices)
    this.#rows = population.quarters.map(() => 0)
  }

  write(): void {
    let serial = 0
    for (const enrolment of enrolments(this.#population, this.#service.habit, this.#seed)) {
      let reference = `C${String(++serial)}`
      let written: WrittenClient | undefined
      for (const use of enrolment.uses) {
        if (written !== undefined && this.#choices.happens(this.#rates.registeredTwice)) {
          reference = `C${String(++serial)}`
          written = undefined
        }
        written = this.#writer.write(written, enrolment, use.quarter)
        this.#addRow(enrolment, use, reference, written)
      }
    }
  }

  #addRow(enrolment: Enrolment, use: Use, reference: string, written: WrittenClient): void {
    const { person, carer, family } = enrolment
    const row = (this.#rows[use.quarter] ?? 0) + 1
    this.#rows[use.quarter] = row
    const reached = use.attended.length > 0
    const cell = (content: keyof WrittenClient): string => written[content] ?? ''
    this.#add(
      use.quarter,
      row,
      person,
      family,
      reached,
      person.kin === 'child' ? 'child' : 'parent',
      {
        clientRef: reference,
        firstName: cell('first_name'),
        lastName: cell('last_name'),
        dateOfBirth: cell('date_of_birth'),
        gender: cell('gender'),
        nhsNumber: cell('nhs_number'),
        email: cell('email'),
        mobile: cell('mobile'),
        carerEmail: cell('carer_email'),
        carerMobile: cell('carer_mobile'),
        postcode: cell('postcode'),
      },
    )
    if (carer === undefined || this.#service.habit.shape !== 'child-and-carer') return
    this.#add(use.quarter, row, carer, family, reached, 'parent', {
      clientRef: carerReference(reference),
      firstName: cell('carer_first_name'),
      lastName: cell('carer_last_name'),
      dateOfBirth: cell('carer_date_of_birth'),
      gender: cell('carer_gender'),
      nhsNumber: cell('carer_nhs_number'),
      email: cell('carer_email'),
      mobile: cell('carer_mobile'),
      carerEmail: '',
      carerMobile: '',
      postcode: cell('postcode'),
    })
  }

  #add(
    quarter: number,
    row: number,
    person: Person,
    family: Family,
    reached: boolean,
    givenRole: GivenRole,
    cells: IdentifierCells,
  ): void {
    const name = this.#population.quarters[quarter] ?? FIRST_QUARTER
    const context = { referenceDay: referenceDay(name), live: false, date1904: false, givenRole }
    const { last } = quarterSpan(name)
    const now = person.situations[quarter]
    this.people.push({
      identifiers: normaliseIdentifiers(cells, context),
      quarter: name,
      submission: this.#index * 100 + quarter + 1,
      row,
      ward: now?.home.ward ?? '',
      truth: {
        person: person.id,
        family: person.family,
        community: family.community.code,
        age: ageBand(yearsBetween(person.born, last)),
        shape: nameShape(family.community.code, person.firstName, now?.lastName ?? ''),
        reached,
      },
    })
  }
}

function ageBand(age: number): AgeBand {
  if (age < 3) return '0 to 2'
  if (age < 12) return '3 to 6'
  return age < 21 ? 'under 21' : '21 and over'
}

/** The records of one service's people, pseudonymised under keys of the bench. */
export function pseudonymisePeople(
  service: string,
  people: readonly WrittenPerson[],
): QualityProgramme {
  const batch = new MessageBatch({ providerCode: service, serviceCode: service })
  for (const { identifiers } of people) batch.add(identifiers)
  const { bytes, present } = pseudonymiseBatch(benchKeys(), batch.take())
  const text = Buffer.from(bytes.buffer).toString('latin1')
  const records = people.map(
    ({ identifiers, quarter, submission, row, ward }, index): LinkRecord => {
      const pseudonyms: Record<PseudonymField, string | null> = ofEachPseudonym(() => null)
      PSEUDONYM_COLUMNS.forEach(({ field }, column) => {
        const at = index * PSEUDONYM_COUNT + column
        if (present[at] !== 1) return
        pseudonyms[field] = text.slice(at * PLATFORM_LENGTH, (at + 1) * PLATFORM_LENGTH)
      })
      const { role, birth, gender, components } = identifiers
      return {
        id: index + 1,
        service,
        quarter,
        submission,
        sourceRow: row,
        role,
        birth,
        gender,
        ward: components.postcode.value === '' ? '' : ward,
        epoch: 1,
        ...pseudonyms,
      }
    },
  )
  return { records, truth: people.map(({ truth }) => truth) }
}

let keys: PseudonymKeys | undefined

function benchKeys(): PseudonymKeys {
  const key = (first: number): Uint8Array =>
    Uint8Array.from({ length: 32 }, (_, index) => mix(first, index) & 0xff)
  keys ??= preparePseudonymKeys(createHmacEngine(), { source: key(1), platform: [key(2)] })
  return keys
}
