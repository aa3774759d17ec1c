import { birthCode } from '#core/linkage/birth.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import { ofEachPseudonym, PSEUDONYM_COLUMNS, type PseudonymField } from '#core/pseudonym/kinds.ts'
import type { Gender } from '#core/standard/roles.ts'
import type { DescribedClient } from './described-clients.ts'
import { FILLED_BITS } from './filled-patterns.ts'

import type { CleanPerson } from './clean-part.ts'
import { NO_SLIP, sayOf, type Said, type Typed } from './typed-slips.ts'

/** Of whom a record is made, with what slips. */
export interface Description {
  readonly client: DescribedClient
  readonly person: CleanPerson
  readonly typed: Typed
  readonly filled: number
  /** Its own, or another's. */
  readonly nhsNumber: string | null
  readonly place: number
  readonly id: number
}

/** The record that a description comes to. */
export function describe(description: Description): LinkRecord {
  const { person, typed, filled, id } = description
  const { record } = description.client
  const said = typed === NO_SLIP ? person.clean : sayOf(person.own, person.shared, typed)
  const has = (field: keyof typeof FILLED_BITS): boolean => (filled & FILLED_BITS[field]) !== 0
  const isOtherBirth = typed.birth !== '' && !typed.keptBirth
  const ward = typed.isOtherWard ? person.ward + typed.postcode : person.ward
  return {
    id,
    service: record.service,
    quarter: record.quarter,
    submission: record.submission,
    sourceRow: record.sourceRow,
    role: record.role,
    epoch: record.epoch,
    birth: !has('birth') ? '' : isOtherBirth ? otherBirth(person.birth) : person.birth,
    gender: has('gender') ? genderOf(person.gender, typed.isOtherGender) : 'unknown',
    ward: has('ward') ? ward : '',
    ...saidOfPseudonyms(description, said),
  }
}

/** Each pseudonym as it is said where its column, or that of which it is an alternate, is filled. */
function saidOfPseudonyms(
  { client, person, filled, nhsNumber, place }: Description,
  said: Said,
): Record<PseudonymField, string | null> {
  const values = { ...NOTHING_SAID }
  for (const { field, alternateOf } of PSEUDONYM_COLUMNS) {
    if (field !== 'client' && (filled & FILLED_BITS[alternateOf ?? field]) !== 0) {
      values[field] = said[field]
    }
  }
  if (values.nhsNumber !== null) values.nhsNumber = nhsNumber
  if (!person.hasSound) values.soundBirth = null
  if (client.record.client !== null) values.client = `client ${place}`
  return values
}

const NOTHING_SAID: Readonly<Record<PseudonymField, string | null>> = ofEachPseudonym(() => null)

/** Another birth at the same precision: a month or a year on. */
function otherBirth(birth: string): string {
  const code = birthCode(birth)
  if (code === 0) return birth
  const year = code >> 4
  const month = code & 15
  if (month === 0) return String(year + 1)
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`
}

function genderOf(gender: Gender, isOther: boolean): Gender {
  if (!isOther) return gender
  return gender === 'M' ? 'F' : gender === 'F' ? 'M' : gender
}
