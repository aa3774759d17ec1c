import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { PartDecision } from '#core/linkage/part.ts'
import { carryReferences, makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'
import { buildIndexes, setIndexesAside } from '#server/platform/db/bulk-indexes.ts'
import { CopyWriter } from '#server/platform/db/copy-writer.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { PartRecords } from './read-records.ts'

/** A part with what was decided about it. */
export interface DecidedPart {
  readonly part: PartRecords
  readonly decision: PartDecision
}

/** Where beneficiaries are made beside others. */
const NEW = 'new_beneficiary'

/**
 * Who is who across a change of links: beneficiaries keep their references where they can, merged
 * ones leave an alias, and new ones get a reference that nobody has or had.
 */
export class BeneficiaryBook {
  readonly #client: pg.PoolClient
  readonly #dataset: Dataset
  /** Beneficiaries whose records fall into several parts. */
  #split: ReadonlySet<number> = new Set()
  /** With no beneficiary before, new ones are copied straight to their table. */
  readonly #target: string
  #nextId: number
  readonly #fresh = new CopyWriter({ id: 'int8', reference: 'text' })
  readonly #merged = new CopyWriter({ id: 'int8', into_id: 'int8' })

  private constructor(client: pg.PoolClient, dataset: Dataset, nextId: number, target: string) {
    this.#client = client
    this.#dataset = dataset
    this.#nextId = nextId
    this.#target = target
  }

  static async open(client: pg.PoolClient, dataset: Dataset): Promise<BeneficiaryBook> {
    const { next } = await runForRow(client, 'beneficiaries/next-beneficiary', [], { dataset })
    const nextId = Number(next)
    if (nextId > 1) return new BeneficiaryBook(client, dataset, nextId, NEW)
    const table = `beneficiary_${dataset}`
    await run(client, 'tables/truncate', [], { tables: table })
    await setIndexesAside(client, table)
    return new BeneficiaryBook(client, dataset, nextId, table)
  }

  /** Finds whose records fall into several parts, once scope_part of `reader` is filled. */
  async findSplit(reader: pg.PoolClient): Promise<void> {
    this.#split = new Set(await listSplit(reader, this.#dataset))
  }

  /** Whether who keeps which reference can be told only with other parts in view. */
  needsOtherParts(part: PartRecords): boolean {
    return (
      this.#split.size > 0 && part.links.some((link) => this.#split.has(link.bringsBeneficiary))
    )
  }

  /**
   * The beneficiary of each index of a decision where that is plain: nobody was known before, or
   * one was and one is. Undefined where references must be compared (see carryByOverlap).
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
   * The beneficiaries of several parts, by part and index of its decision: the largest overlap
   * keeps its reference, and what it swallowed becomes its alias.
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
    const rows = await run(this.#client, 'beneficiaries/list-references', [[...ids]], {
      dataset: this.#dataset,
    })
    return new Map(rows.map((row) => [Number(row.id), row.reference]))
  }

  /** Sends what was made and merged since the last time. */
  async flush(): Promise<void> {
    await this.#fresh.send(this.#client, this.#target)
    await this.#merged.send(this.#client, 'merged_beneficiary')
  }

  /** Draws again what somebody has already, and makes the new beneficiaries. */
  async finish(): Promise<void> {
    await this.flush()
    const client = this.#client
    const table = this.#target
    if (table === NEW) await run(client, 'tables/analyze', [], { table })
    else await run(client, 'tables/analyze-kept', [table, ['id', 'dataset']])
    for (let taken = await this.#listTaken(); taken.length > 0; taken = await this.#listTaken()) {
      const drawn = [taken, taken.map(drawReference)] as const
      await run(client, 'beneficiaries/replace-references', drawn, { table })
    }
    if (table === NEW)
      await run(client, 'beneficiaries/insert-beneficiaries', [], { dataset: this.#dataset })
    else await buildIndexes(client, table)
  }

  /** New beneficiaries whose reference is not theirs alone. */
  async #listTaken(): Promise<string[]> {
    const client = this.#client
    const dataset = this.#dataset
    const table = this.#target
    const repeated = await run(client, 'beneficiaries/list-repeated-references', [], { table })
    const taken =
      table === NEW
        ? await run(client, 'beneficiaries/list-taken-references', [dataset], { dataset })
        : []
    return [...new Set([...repeated, ...taken].map(({ id }) => id))]
  }

  #make(): number {
    const id = this.#nextId++
    this.#fresh.add({ id, reference: drawReference() })
    return id
  }

  #merge(id: number | undefined, into: number | undefined): void {
    if (id === undefined || into === undefined) return
    this.#merged.add({ id, into_id: into })
  }
}

async function listSplit(client: pg.PoolClient, dataset: Dataset): Promise<number[]> {
  const rows = await run(client, 'beneficiaries/list-split-beneficiaries', [], { dataset })
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
