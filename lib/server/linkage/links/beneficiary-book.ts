import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { PartDecision } from '#core/linkage/part.ts'
import { carryReferences, makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'
import { createIndexes, dropIndexes } from '#server/platform/db/bulk-indexes.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { datasetQuery } from './dataset-query.ts'
import type { PartRecords } from './read-records.ts'

/** A part with what was decided about it. */
export interface DecidedPart {
  readonly part: PartRecords
  readonly decision: PartDecision
}

/**
 * Who is who across a change of links: beneficiaries keep their references where they can, merged ones leave an
 * alias, and new ones get a reference that nobody has or had.
 */
export class BeneficiaryBook {
  readonly #client: pg.PoolClient
  readonly #dataset: Dataset
  /** Beneficiaries whose records fall into several parts. */
  readonly #split: ReadonlySet<number>
  /** With no beneficiary before, new ones are copied straight to their table. */
  readonly #target: string
  /** Of that table, to be built once it is filled. */
  readonly #indexes: readonly string[]
  #nextId: number
  #fresh = new CopyBuffer()
  #freshCount = 0
  #merged = new CopyBuffer()
  #mergedCount = 0

  private constructor(
    client: pg.PoolClient,
    dataset: Dataset,
    nextId: number,
    split: ReadonlySet<number>,
    { target, indexes }: { target: string; indexes: readonly string[] },
  ) {
    this.#client = client
    this.#dataset = dataset
    this.#nextId = nextId
    this.#target = target
    this.#indexes = indexes
    this.#split = split
  }

  /** Opens the book of a dataset once scope_part is filled. */
  static async open(client: pg.PoolClient, dataset: Dataset): Promise<BeneficiaryBook> {
    const { rows } = await client.query<{ next: string }>(
      'select coalesce(max(id), 0) + 1 as next from beneficiary where dataset = $1',
      [dataset],
    )
    const nextId = Number(rows[0]?.next ?? 1)
    if (nextId > 1) {
      const split = await listSplit(client, dataset)
      const target = { target: 'new_beneficiary', indexes: [] }
      return new BeneficiaryBook(client, dataset, nextId, new Set(split), target)
    }
    const table = `beneficiary_${dataset}`
    await client.query(`truncate ${table}`)
    const target = { target: table, indexes: await dropIndexes(client, table) }
    return new BeneficiaryBook(client, dataset, nextId, new Set(), target)
  }

  /** Whether who keeps which reference can be told only with other parts in view. */
  needsOtherParts(part: PartRecords): boolean {
    return (
      this.#split.size > 0 && part.links.some((link) => this.#split.has(link.bringsBeneficiary))
    )
  }

  /**
   * The beneficiary of each index of a decision where that is plain: nobody was known before, or one was and one is.
   * Undefined where references must be compared (see carryByOverlap).
   */
  carry({ part, decision }: DecidedPart): number[] | undefined {
    let brought = 0
    for (const { bringsBeneficiary } of part.links) {
      if (bringsBeneficiary === 0) continue
      if (brought !== 0 && brought !== bringsBeneficiary) return undefined
      brought = bringsBeneficiary
    }
    const count = countOf(decision.beneficiary)
    if (brought === 0) return Array.from({ length: count }, () => this.#make())
    return count === 1 ? [brought] : undefined
  }

  /**
   * The beneficiaries of several parts, by part and index of its decision: the largest overlap keeps its reference, and
   * what it swallowed becomes its alias.
   */
  async carryByOverlap(parts: readonly DecidedPart[]): Promise<number[][]> {
    const references = await this.#readReferences(parts)
    const idOf = new Map(Array.from(references, ([id, reference]) => [reference, id]))
    const firsts: number[] = []
    let beneficiaries = 0
    const next: number[] = []
    for (const { decision } of parts) {
      firsts.push(beneficiaries)
      for (const index of decision.beneficiary) next.push(beneficiaries + index)
      beneficiaries += countOf(decision.beneficiary)
    }
    const { kept, aliases } = carryReferences({
      previous: parts.flatMap(({ part }) =>
        part.links.map((link) => references.get(link.bringsBeneficiary) ?? null),
      ),
      quarters: parts.flatMap(({ part }) => part.records.map((record) => record.quarter)),
      next,
    })
    const ids = kept.map((reference) =>
      reference === null ? this.#make() : (idOf.get(reference) ?? this.#make()),
    )
    for (const { alias, of } of aliases) this.#merge(idOf.get(alias), ids[of])
    return parts.map(({ decision }, index) => {
      const first = firsts[index] ?? 0
      return ids.slice(first, first + countOf(decision.beneficiary))
    })
  }

  async #readReferences(parts: readonly DecidedPart[]): Promise<Map<number, string>> {
    const ids = new Set(
      parts.flatMap(({ part }) => part.links.map((link) => link.bringsBeneficiary)),
    )
    const { rows } = await this.#client.query<{ id: string; reference: string }>(
      'select id, reference from beneficiary where dataset = $1 and id = any ($2::bigint[])',
      [this.#dataset, [...ids]],
    )
    return new Map(rows.map((row) => [Number(row.id), row.reference]))
  }

  /** Sends what was made and merged since the last time. */
  async flush(): Promise<void> {
    if (this.#freshCount > 0) {
      await copyIn(this.#client, `${this.#target} (id, reference)`, [this.#fresh.end()])
      this.#fresh = new CopyBuffer()
      this.#freshCount = 0
    }
    if (this.#mergedCount > 0) {
      await copyIn(this.#client, 'merged_beneficiary (id, into_id)', [this.#merged.end()])
      this.#merged = new CopyBuffer()
      this.#mergedCount = 0
    }
  }

  /** Draws again what somebody has already, and makes the new beneficiaries. */
  async finish(): Promise<void> {
    await this.flush()
    await this.#client.query(`analyze ${this.#target} (id)`)
    for (let taken = await this.#listTaken(); taken.length > 0; taken = await this.#listTaken()) {
      await this.#client.query(
        `update ${this.#target} n set reference = drawn.reference
         from unnest($1::bigint[], $2::text[]) as drawn (id, reference) where n.id = drawn.id`,
        [taken, taken.map(drawReference)],
      )
    }
    if (this.#target === 'new_beneficiary')
      await this.#client.query(datasetQuery('insert-beneficiaries', this.#dataset))
    else await createIndexes(this.#client, this.#indexes)
  }

  /** New beneficiaries whose reference is not theirs alone. */
  async #listTaken(): Promise<string[]> {
    const repeated = await this.#client.query<{ id: string }>(
      datasetQuery('list-repeated-references', this.#dataset).replaceAll('{table}', this.#target),
    )
    const taken =
      this.#target === 'new_beneficiary'
        ? await this.#client.query<{ id: string }>(
            datasetQuery('list-taken-references', this.#dataset),
            [this.#dataset],
          )
        : { rows: [] }
    return [...new Set([...repeated.rows, ...taken.rows].map(({ id }) => id))]
  }

  #make(): number {
    const id = this.#nextId++
    this.#fresh.row(2)
    this.#fresh.int8(id)
    this.#fresh.text(drawReference())
    this.#freshCount++
    return id
  }

  #merge(id: number | undefined, into: number | undefined): void {
    if (id === undefined || into === undefined) return
    this.#merged.row(2)
    this.#merged.int8(id)
    this.#merged.int8(into)
    this.#mergedCount++
  }
}

async function listSplit(client: pg.PoolClient, dataset: Dataset): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(
    datasetQuery('list-split-beneficiaries', dataset),
  )
  return rows.map((row) => Number(row.id))
}

const POOL_REFERENCES = 4096
let pool = new Uint8Array(0)
let poolAt = 0

/** A reference from fresh random bytes, drawn many at a time. */
function drawReference(): string {
  if (poolAt + REFERENCE_BYTES > pool.length) {
    pool = randomBytes(POOL_REFERENCES * REFERENCE_BYTES)
    poolAt = 0
  }
  const reference = makeReference(pool.subarray(poolAt, poolAt + REFERENCE_BYTES))
  poolAt += REFERENCE_BYTES
  return reference
}

function countOf(indices: Int32Array): number {
  let count = 0
  for (const index of indices) if (index >= count) count = index + 1
  return count
}
