import type pg from 'pg'
import { buildIndexes, setIndexesAside } from '#server/platform/db/bulk-indexes.ts'
import { CopyWriter } from '#server/platform/db/copy-writer.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { DecidedPart } from './beneficiary-book.ts'
import type { PartRecords } from './read-records.ts'

const LINK = {
  record_id: 'int8',
  part_id: 'int8',
  beneficiary_id: 'int8',
  upper_id: 'int8',
  lower_id: 'int8',
  family_id: 'int8',
  nhs_id: 'int8',
} as const

const DOUBT = {
  dataset: 'text',
  part_id: 'int8',
  kind: 'text',
  code: 'text',
  rule: 'text',
  sides: 'jsonb',
} as const

/** Where changed links are gathered that replace others. */
const CHANGED = 'changed_link'

/**
 * Writes links that changed and the doubts of every part; links that stayed as they were cost
 * nothing.
 */
export class LinkWriter {
  readonly #client: pg.PoolClient
  readonly #dataset: Dataset
  /** With no link to replace, links are copied straight to their table. */
  readonly #target: string
  readonly #links = new CopyWriter(LINK)
  readonly #doubts = new CopyWriter(DOUBT)
  changed = 0

  /** Whether no record had a link: the table of links is this writer's alone until its transaction ends. */
  get isFirst(): boolean {
    return this.#target !== CHANGED
  }

  private constructor(client: pg.PoolClient, dataset: Dataset, target: string) {
    this.#client = client
    this.#dataset = dataset
    this.#target = target
  }

  static async open(client: pg.PoolClient, dataset: Dataset): Promise<LinkWriter> {
    const table = `link_${dataset}`
    const { is_empty: isEmpty } = await runForRow(client, 'tables/is-empty', [], { table })
    if (!isEmpty) return new LinkWriter(client, dataset, CHANGED)
    await run(client, 'tables/truncate', [], { tables: table })
    await setIndexesAside(client, table)
    return new LinkWriter(client, dataset, table)
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
      this.#links.add({
        record_id: id,
        part_id: part.part,
        beneficiary_id: beneficiary,
        upper_id: upperId,
        lower_id: lowerId,
        family_id: familyId === 0 ? null : familyId,
        nhs_id: nhsId === 0 ? null : nhsId,
      })
    }
    for (const { kind, code, rule, sides } of decision.doubts) {
      this.#doubts.add({
        ...{ dataset: this.#dataset, part_id: part.part, kind, code, rule },
        sides: JSON.stringify(sides),
      })
    }
  }

  /** Sends what was taken since the last time. */
  async flush(): Promise<void> {
    this.changed += await this.#links.send(this.#client, this.#target)
    await this.#doubts.send(this.#client, 'doubt')
  }

  /** Puts the changed links in place of the old. */
  async finish(): Promise<void> {
    await this.flush()
    if (this.isFirst) {
      await buildIndexes(this.#client, this.#target)
      await run(this.#client, 'tables/analyze-kept', [this.#target, []])
      return
    }
    await run(this.#client, 'tables/analyze', [], { table: CHANGED })
    await run(this.#client, 'linkage/replace-links', [], { dataset: this.#dataset })
    await run(this.#client, 'linkage/insert-links', [], { dataset: this.#dataset })
  }
}

/**
 * The least record id of each class, by the index of the class: a name for it that no order of
 * arrival changes within a run.
 */
function leastIds(part: PartRecords, classes: Int32Array): number[] {
  const least: number[] = []
  for (let index = 0; index < part.records.length; index++) {
    const one = classes[index] ?? -1
    const id = part.records[index]?.id ?? 0
    if (one >= 0 && (least[one] ?? Infinity) > id) least[one] = id
  }
  return least
}
