import { createHmacEngine, type HmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import {
  chainBatch,
  preparePseudonymKeys,
  pseudonymiseBatch,
  type PseudonymBatch,
  type PseudonymKeys,
} from '#core/pseudonym/pseudonymise.ts'
import type { SourceKey } from '#server/keys/key-ring.ts'
import type { Keys } from '#server/keys/keys.ts'
import type { RecordsRead } from '#server/intake/reading/reading-task.ts'

/** The pseudonyms of a batch under one source key; null is the submission's own epoch. */
export interface Variant extends PseudonymBatch {
  readonly epoch: number | null
}

/**
 * Records as they may be stored: facts and platform pseudonyms, and nothing that an identifier
 * could be told from.
 */
export interface PseudonymisedRecords extends Pick<RecordsRead, 'cells' | 'ends' | 'events'> {
  /** One, or in a bridge quarter two. */
  readonly variants: readonly Variant[]
}

/**
 * Pseudonymises records as they are read. Identifiers pass through as framed messages, which are
 * wiped.
 */
export class RecordPseudonymiser {
  readonly #engine: HmacEngine
  readonly #keys: PseudonymKeys
  readonly #other: { readonly keys: PseudonymKeys; readonly epoch: number } | undefined

  /**
   * `otherEpoch` is that of the key under which each record of a clear file is made once more, in a
   * bridge quarter.
   */
  constructor(keys: Keys, epoch: number, otherEpoch?: number) {
    this.#engine = createHmacEngine()
    const prepare = (source: SourceKey): PseudonymKeys =>
      preparePseudonymKeys(this.#engine, {
        source: source.key,
        platform: keys.platform.map(({ key }) => key),
      })
    this.#keys = prepare(keys.source.find((key) => key.epoch === epoch) ?? keys.currentSource)
    const other = keys.source.find((key) => key.epoch === otherEpoch)
    this.#other = other === undefined ? undefined : { keys: prepare(other), epoch: other.epoch }
  }

  pseudonymise({ cells, ends, from, older, events }: RecordsRead): PseudonymisedRecords {
    const variants: Variant[] = [{ ...this.#pseudonyms(this.#keys, from), epoch: null }]
    if (older !== null) {
      variants.push({ ...chainBatch(this.#keys, older.from), epoch: older.epoch })
    } else if (this.#other !== undefined) {
      const { keys, epoch } = this.#other
      variants.push({ ...this.#pseudonyms(keys, from), epoch })
    }
    from.bytes.fill(0)
    return { cells, ends, variants, ...(events === undefined ? {} : { events }) }
  }

  #pseudonyms(keys: PseudonymKeys, from: RecordsRead['from']): PseudonymBatch {
    return 'present' in from ? chainBatch(keys, from) : pseudonymiseBatch(keys, from)
  }

  /** Wipes the keys. */
  dispose(): void {
    this.#engine.dispose()
  }
}
