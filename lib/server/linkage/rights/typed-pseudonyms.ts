import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { PSEUDONYM_COLUMNS, PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import type { ServiceCodes, TakenBatch } from '#core/pseudonym/message-batch.ts'
import {
  PLATFORM_LENGTH,
  preparePseudonymKeys,
  pseudonymiseBatch,
} from '#core/pseudonym/pseudonymise.ts'
import type { CalendarDay } from '#core/standard/quarter.ts'
import { READERS } from '#server/intake/journey/readers.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type { Keys } from '#server/keys/keys.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Unread } from '#server/store/unread.ts'
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
 * keys. What was typed is text in a process of its own alone, which ends; here it is messages, wiped
 * with it. Undefined when it is more ways than one person has.
 */
export async function pseudonymsOfTyped(
  keys: Keys,
  typed: Unread,
  { day, live, codes }: TypedContext,
): Promise<readonly Mark[] | undefined> {
  const told = { day, live, codes: codes ?? NO_SERVICE }
  const read = await READERS.pass(() => readFile({ want: 'typed', typed: typed.bytes, ...told }))
  typed.wipe()
  if (!read.ok) throw new Fault('reading-failed', { at: read.code })
  const { messages } = read
  if (messages === undefined) return undefined
  const marks = new Map<string, Mark>()
  try {
    for (const { key, epoch } of keys.source) {
      for (const mark of pseudonymsUnder({ source: key, platform: keys.platform }, messages)) {
        if (mark.field === 'client' && codes === undefined) continue
        marks.set(`${mark.field} ${mark.value}`, { ...mark, epoch })
      }
    }
  } finally {
    messages.bytes.fill(0)
  }
  return [...marks.values()]
}

/** The pseudonyms of messages under one source key, in the order of the messages. */
function pseudonymsUnder(
  { source, platform }: { readonly source: Uint8Array; readonly platform: Keys['platform'] },
  messages: TakenBatch,
): readonly Omit<Mark, 'epoch'>[] {
  const engine = createHmacEngine()
  try {
    const prepared = preparePseudonymKeys(engine, {
      source,
      platform: platform.map((each) => each.key),
    })
    const { bytes, present, rows } = pseudonymiseBatch(prepared, messages)
    const made: Omit<Mark, 'epoch'>[] = []
    for (let place = 0; place < rows * PSEUDONYM_COUNT; place++) {
      const column = PSEUDONYM_COLUMNS[place % PSEUDONYM_COUNT]
      if (present[place] !== 1 || column === undefined) continue
      const at = place * PLATFORM_LENGTH
      const value = uuidOf(bytes.subarray(at, at + PLATFORM_LENGTH))
      made.push({ field: column.field, value })
    }
    return made
  } finally {
    engine.dispose()
  }
}
