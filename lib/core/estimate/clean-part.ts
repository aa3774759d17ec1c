import type { Gender } from '#core/standard/roles.ts'
import type { DescribedClient, FoundPart } from './described-clients.ts'

import { NO_SLIP, sayOf, SHARED_FIELDS, type Said, type SharedField } from './typed-slips.ts'

/** The people of a part, each cleaned to what most of its clients say of it. */

/** A person as most of its clients describe it; what nobody says has a value of its own. */
export interface CleanPerson {
  readonly birth: string
  readonly gender: Gender
  readonly ward: string
  readonly hasParts: boolean
  readonly canSwap: boolean
  /** Values of the person's own: they meet nobody else's. */
  readonly own: string
  /** Values that families share, as they are. */
  readonly shared: Readonly<Record<SharedField, string>>
  readonly hasSound: boolean
  /** What is said of the person without a slip. */
  readonly clean: Said
}

/** A part whose people are cleaned, to be copied many times. */
export interface CleanPart {
  readonly clients: readonly DescribedClient[]
  readonly people: readonly CleanPerson[]
}

/** Cleans the people of a part. */
export function cleanPart({ clients, people }: FoundPart): CleanPart {
  const byPerson: DescribedClient[][] = Array.from({ length: people }, () => [])
  for (const client of clients) byPerson[client.person]?.push(client)
  return { clients, people: byPerson.map(cleanPerson) }
}

function cleanPerson(clients: readonly DescribedClient[], index: number): CleanPerson {
  const records = clients.map(({ record }) => record)
  const own = `${index}`
  const shared = Object.fromEntries(
    SHARED_FIELDS.map((field) => [
      field,
      mostSaid(records.map((record) => record[field])) ?? `${own}.${field}`,
    ]),
  ) as Record<SharedField, string>
  const births = records.map(({ birth }) => (birth === '' ? null : birth))
  return {
    clean: sayOf(own, shared, NO_SLIP),
    birth: mostSaid(births) ?? '',
    gender:
      mostSaid(records.map(({ gender }) => (gender === 'unknown' ? null : gender))) ?? 'unknown',
    ward: mostSaid(records.map(({ ward }) => (ward === '' ? null : ward))) ?? `${own}.ward`,
    hasParts: records.some(
      (r) => r.nameBirthSurnameFirst !== null || r.nameBirthSurnameLast !== null,
    ),
    canSwap: records.some((r) => r.nameBirthSwapped !== null),
    own,
    shared,
    hasSound: records.some((r) => r.soundBirth !== null || r.nameBirth === null),
  }
}

/** The value that most say; of several the first in the order of text. */
function mostSaid<Value extends string>(values: readonly (Value | null)[]): Value | null {
  const counts = new Map<Value, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  let most: Value | null = null
  for (const [value, count] of counts) {
    const known = most === null ? 0 : (counts.get(most) ?? 0)
    if (count > known || (count === known && most !== null && value < most)) most = value
  }
  return most
}
