import type pg from 'pg'
import { createIndexes, dropIndexes } from '#server/platform/db/bulk-indexes.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { DecidedPart } from './beneficiary-book.ts'
import { datasetQuery } from './dataset-query.ts'
import type { PartRecords } from './read-records.ts'

const LINK_COLUMNS = 'record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id'

/** Writes links that changed and the doubts of every part; links that stayed as they were cost nothing. */
export class LinkWriter {
  readonly #client: pg.PoolClient
  readonly #dataset: Dataset
  /** With no link to replace, links are copied straight to their table. */
  readonly #target: string
  /** Of that table, to be built once it is filled. */
  readonly #indexes: readonly string[]
  #links = new CopyBuffer()
  #doubts = new CopyBuffer()
  #buffered = 0
  #doubted = 0
  changed = 0

  private constructor(
    client: pg.PoolClient,
    dataset: Dataset,
    target: string,
    indexes: readonly string[],
  ) {
    this.#client = client
    this.#dataset = dataset
    this.#target = target
    this.#indexes = indexes
  }

  static async open(client: pg.PoolClient, dataset: Dataset): Promise<LinkWriter> {
    const table = `link_${dataset}`
    const { rowCount } = await client.query(`select from ${table} limit 1`)
    if (rowCount !== 0) return new LinkWriter(client, dataset, 'changed_link', [])
    await client.query(`truncate ${table}`)
    return new LinkWriter(client, dataset, table, await dropIndexes(client, table))
  }

  /** Takes one decided part; `beneficiaries` gives the beneficiary of each of its indices. */
  write({ part, decision }: DecidedPart, beneficiaries: readonly number[]): void {
    const upper = leastIds(part, decision.upper)
    const lower = leastIds(part, decision.lower)
    const family = leastIds(part, decision.family)
    const nhs = leastIds(part, decision.nhs)
    for (let index = 0; index < part.records.length; index++) {
      const id = part.records[index]?.id ?? 0
      const beneficiary = beneficiaries[decision.beneficiary[index] ?? 0] ?? 0
      const upperId = upper[decision.upper[index] ?? 0] ?? 0
      const lowerId = lower[decision.lower[index] ?? 0] ?? 0
      const familyId = family[decision.family[index] ?? -1] ?? 0
      const nhsId = nhs[decision.nhs[index] ?? -1] ?? 0
      const old = part.links[index]
      if (
        old?.beneficiary === beneficiary &&
        old.part === part.part &&
        old.upper === upperId &&
        old.lower === lowerId &&
        old.family === familyId &&
        old.nhs === nhsId
      ) {
        continue
      }
      this.#links.row(7)
      this.#links.int8(id)
      this.#links.int8(part.part)
      this.#links.int8(beneficiary)
      this.#links.int8(upperId)
      this.#links.int8(lowerId)
      this.#links.int8(familyId === 0 ? null : familyId)
      this.#links.int8(nhsId === 0 ? null : nhsId)
      this.#buffered++
    }
    for (const doubt of decision.doubts) {
      this.#doubts.row(6)
      this.#doubts.text(this.#dataset)
      this.#doubts.int8(part.part)
      this.#doubts.text(doubt.kind)
      this.#doubts.text(doubt.code)
      this.#doubts.text(doubt.rule)
      this.#doubts.jsonb(JSON.stringify(doubt.sides))
      this.#doubted++
    }
  }

  /** Sends what was taken since the last time. */
  async flush(): Promise<void> {
    if (this.#buffered > 0) {
      await copyIn(this.#client, `${this.#target} (${LINK_COLUMNS})`, [this.#links.end()])
      this.changed += this.#buffered
      this.#links = new CopyBuffer()
      this.#buffered = 0
    }
    if (this.#doubted > 0) {
      await copyIn(this.#client, 'doubt (dataset, part_id, kind, code, rule, sides)', [
        this.#doubts.end(),
      ])
      this.#doubts = new CopyBuffer()
      this.#doubted = 0
    }
  }

  /** Puts the changed links in place of the old. */
  async finish(): Promise<void> {
    await this.flush()
    if (this.#target !== 'changed_link') {
      await createIndexes(this.#client, this.#indexes)
      await this.#client.query(`analyze ${this.#target}`)
      return
    }
    await this.#client.query('analyze changed_link')
    await this.#client.query(datasetQuery('replace-links', this.#dataset))
    await this.#client.query(datasetQuery('insert-links', this.#dataset))
  }
}

/** The least record id of each class, by the index of the class: a name for it that no order of arrival changes within a run. */
function leastIds(part: PartRecords, classes: Int32Array): number[] {
  const least: number[] = []
  for (let index = 0; index < part.records.length; index++) {
    const one = classes[index] ?? -1
    const id = part.records[index]?.id ?? 0
    if (one >= 0 && (least[one] ?? Infinity) > id) least[one] = id
  }
  return least
}
