import type pg from 'pg'
import { decidePart } from '#core/linkage/decide-part.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { Policy } from '#core/linkage/policy.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { BeneficiaryBook, type DecidedPart } from './beneficiary-book.ts'
import type { LinkProgress } from './link-progress.ts'
import type { Parts } from './group-parts.ts'
import { LinkWriter } from './link-writer.ts'
import { openParts } from './read-records.ts'
import { readSharedContacts, readStandingDecisions } from './standing.ts'

/**
 * Decides parts and writes what changed: links, doubts, beneficiaries. A few tens of thousands of
 * records are in memory at a time.
 */
export class PartDecider {
  readonly #client: pg.PoolClient
  readonly #dataset: Dataset
  readonly #options: LinkOptions
  readonly #writer: LinkWriter
  readonly #book: BeneficiaryBook

  private constructor(
    client: pg.PoolClient,
    dataset: Dataset,
    options: LinkOptions,
    writer: LinkWriter,
    book: BeneficiaryBook,
  ) {
    this.#client = client
    this.#dataset = dataset
    this.#options = options
    this.#writer = writer
    this.#book = book
  }

  /** Opens it once shared contacts are known; `client` writes. */
  static async open(client: pg.PoolClient, dataset: Dataset, policy: Policy): Promise<PartDecider> {
    const options: LinkOptions = {
      policy,
      decisions: await readStandingDecisions(client, dataset),
      sharedContacts: await readSharedContacts(client, dataset),
    }
    const writer = await LinkWriter.open(client, dataset)
    const book = await BeneficiaryBook.open(client, dataset)
    return new PartDecider(client, dataset, options, writer, book)
  }

  /**
   * Decides the parts of scope_part, which `reader` has; writes once `free` has come. Answers how many
   * links changed.
   */
  async decide(
    reader: pg.PoolClient,
    parts: Parts,
    free: Promise<void>,
    onProgress: LinkProgress,
  ): Promise<number> {
    const writer = this.#writer
    const book = this.#book
    if (!writer.isFirst) await book.findSplit(reader)
    const readParts = await openParts(reader, this.#dataset, writer)
    const acrossParts: DecidedPart[] = []
    let writing = free
    try {
      for (let chunk = 0; chunk + 1 < parts.chunks.length; chunk++) {
        const first = parts.chunks[chunk] ?? 0
        const last = parts.chunks[chunk + 1] ?? 0
        const toCompare: DecidedPart[] = []
        for await (const part of readParts(first, last)) {
          const decided = { part, decision: decidePart(part.records, this.#options) }
          if (book.needsOtherParts(part)) {
            acrossParts.push(decided)
            continue
          }
          const beneficiaries = book.carry(decided)
          if (beneficiaries === undefined) toCompare.push(decided)
          else writer.write(decided, beneficiaries)
        }
        // The next are decided while these are written, where they are read by another connection.
        await writing
        await this.#settle(toCompare)
        writing = this.#flush()
        writing.catch(() => undefined)
        if (reader === this.#client) await writing
        faultPoint('during-links')
        onProgress(last, parts.records)
      }
    } finally {
      // Whoever gives the transaction up finds its connection free.
      await Promise.allSettled([writing])
    }
    await writing
    await this.#settle(acrossParts)
    await book.finish()
    await writer.finish()
    return writer.changed
  }

  async #settle(undecided: readonly DecidedPart[]): Promise<void> {
    if (undecided.length === 0) return
    const carried = await this.#book.carryByOverlap(undecided)
    undecided.forEach((decided, index) => {
      this.#writer.write(decided, carried[index] ?? [])
    })
  }

  async #flush(): Promise<void> {
    await this.#book.flush()
    await this.#writer.flush()
  }
}
