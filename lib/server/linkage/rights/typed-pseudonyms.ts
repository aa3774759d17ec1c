import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { normaliseIdentifiers, type IdentifierCells } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { MessageBatch, type ServiceCodes } from '#core/pseudonym/message-batch.ts'
import {
  PLATFORM_LENGTH,
  preparePseudonymKeys,
  pseudonymiseBatch,
} from '#core/pseudonym/pseudonymise.ts'
import type { CalendarDay } from '#core/standard/quarter.ts'
import type { Keys } from '#server/keys/keys.ts'
import { uuidOf, type Mark } from '#server/intake/stops/sealed-marks.ts'

/** Against what typed identifiers are read. */
export interface TypedContext {
  /** Births after it are none. */
  readonly day: CalendarDay
  readonly live: boolean
  /** Whose client references were typed; undefined where none were. */
  readonly codes: ServiceCodes | undefined
}

/** A service that nobody has: what is framed with it meets no record. */
const NO_SERVICE: ServiceCodes = { providerCode: 'none', serviceCode: 'none' }

/**
 * Every pseudonym that any file could have had of a person who is written in these ways: of all kinds,
 * as a child and as an adult, under every source key there has been and the whole chain of platform
 * keys. What was typed is wiped with the messages.
 */
export function pseudonymsOfTyped(
  keys: Keys,
  ways: readonly IdentifierCells[],
  { day, live, codes }: TypedContext,
): readonly Mark[] {
  const context = { referenceDay: day, live, date1904: false, givenRole: 'child' as const }
  const marks = new Map<string, Mark>()
  for (const { key, epoch } of keys.source) {
    const engine = createHmacEngine()
    try {
      const prepared = preparePseudonymKeys(engine, {
        source: key,
        platform: keys.platform.map((each) => each.key),
      })
      const batch = new MessageBatch(codes ?? NO_SERVICE)
      // A child has every kind that an adult has, and those of a child besides.
      for (const cells of ways) batch.add(normaliseIdentifiers(cells, context))
      const taken = batch.take()
      const { bytes, present, rows } = pseudonymiseBatch(prepared, taken)
      taken.bytes.fill(0)
      for (let place = 0; place < rows * PSEUDONYM_COUNT; place++) {
        const column = PSEUDONYM_COLUMNS[place % PSEUDONYM_COUNT]
        if (present[place] !== 1 || column === undefined) continue
        if (column.field === 'client' && codes === undefined) continue
        const at = place * PLATFORM_LENGTH
        const value = uuidOf(bytes.subarray(at, at + PLATFORM_LENGTH))
        marks.set(`${column.field} ${value}`, { field: column.field, value, epoch })
      }
    } finally {
      engine.dispose()
    }
  }
  return [...marks.values()]
}
