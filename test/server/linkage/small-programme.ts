import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { expect } from 'vitest'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Decision } from '#core/linkage/part.ts'
import type { PolicyName } from '#core/linkage/policy.ts'
import type { Grouping, Reach } from '#core/reach/measure.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { initKeys } from '#server/keys/keys.ts'
import type { LinkOutcome, LinkPace } from '#server/linkage/links/change-links.ts'
import { relink } from '#server/linkage/links/relink.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { createTestDatabase } from '../setup/database.ts'
import { linkInMemory, reachInMemory, type Linkage } from './linkage-oracle.ts'
import {
  emptyStore,
  keepFile,
  linkFile,
  makeProgramme,
  type StandingFile,
  type StandingRecord,
  withdrawFile,
} from './programme-store.ts'
import { fileOf, type SaidFile, type SaidRecord } from './small-world.ts'
import { readStored, type StoredLinkage } from './stored-linkage.ts'

/** A store of the small programme in a database of its own, with keys; close it in `afterAll`. */
export interface OpenSmallStore {
  readonly store: OwnProgrammeStore
  readonly close: () => Promise<void>
}

/** Opens a store as the portal does, over a database of a test's own. */
export async function openSmallStore(): Promise<OpenSmallStore> {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await initKeys({ dataDir, demonstration: true })
  const pool = openPool(database.url)
  await makeProgramme(pool)
  await pool.end()
  const store = await openProgrammeStore({ dataDir, env: { DATABASE_URL: database.url } })
  const close = async (): Promise<void> => {
    await store.close()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { store, close }
}

/** The files that stand in one dataset of a store, sent and withdrawn one after the other. */
export class SmallProgramme {
  readonly store: OwnProgrammeStore
  readonly dataset: Dataset
  files: StandingFile[] = []

  constructor(store: OwnProgrammeStore, dataset: Dataset = 'production') {
    this.store = store
    this.dataset = dataset
  }

  /** An empty programme in a store that is emptied for it. */
  static async begin(store: OwnProgrammeStore): Promise<SmallProgramme> {
    await emptyStore(store.pool)
    return new SmallProgramme(store)
  }

  /** Sends a file, which replaces what stands in its place. */
  async send(file: SaidFile, pace?: LinkPace): Promise<LinkOutcome> {
    const leaving = this.#at(file.service, file.quarter)
    const { pool } = this.store
    const arriving = await withTransaction(pool, (client) => keepFile(client, this.dataset, file))
    return withTransaction(pool, async (client) => {
      const outcome = await linkFile(client, this.dataset, arriving, leaving, pace, pool)
      this.files = [...this.files.filter((standing) => standing !== leaving), arriving]
      return outcome
    })
  }

  /** Sends a file of rows of one record each. */
  async sendRows(
    service: string,
    quarter: Quarter,
    records: readonly Partial<SaidRecord>[],
  ): Promise<LinkOutcome> {
    return this.send(fileOf(service, quarter, records))
  }

  async withdraw(service: string, quarter: Quarter): Promise<LinkOutcome> {
    const leaving = this.#at(service, quarter) ?? expect.fail('no such file stands')
    return withTransaction(this.store.pool, async (client) => {
      const outcome = await withdrawFile(client, this.dataset, leaving)
      this.files = this.files.filter((standing) => standing !== leaving)
      return outcome
    })
  }

  async relink(policy?: PolicyName): Promise<LinkOutcome> {
    const named = policy === undefined ? {} : { policy }
    return relink(this.store.database, { dataset: this.dataset, actor: 'test', ...named })
  }

  stored(): Promise<StoredLinkage> {
    return this.reading((client) => readStored(client, this.dataset))
  }

  /** The linkage of the standing files in memory. */
  inMemory(policy: PolicyName = 'cautious', decisions: readonly Decision[] = []): Linkage {
    return linkInMemory({ files: this.files, decisions, policy })
  }

  reachInMemory(
    linkage: Linkage,
    period: { readonly from: Quarter; readonly to: Quarter },
    grouping: readonly Grouping[],
  ): Reach {
    return reachInMemory({ files: this.files }, linkage, period, grouping)
  }

  /** Every standing record. */
  get records(): StandingRecord[] {
    return this.files.flatMap((file) => file.records)
  }

  /** The one record of a client in a quarter. */
  record(client: string, quarter?: Quarter): StandingRecord {
    const found = this.records.filter(
      (record) => record.client === client && (quarter ?? record.quarter) === record.quarter,
    )
    expect(found).toHaveLength(1)
    return found[0] ?? expect.fail('no such record stands')
  }

  /** The reference of the beneficiary of a client. */
  async referenceOf(client: string, quarter?: Quarter): Promise<string> {
    const { references } = await this.stored()
    return references.get(this.record(client, quarter).id) ?? 'none'
  }

  /** Where a record stands in its file, as a reviewer points at it. */
  placeOf(record: StandingRecord): { submission: string; row: number; role: string } {
    const file = this.files.find(({ submission }) => Number(submission) === record.submission)
    return { submission: file?.reference ?? '', row: record.sourceRow, role: record.role }
  }

  async reading<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return withTransaction(this.store.pool, work)
  }

  #at(service: string, quarter: Quarter): StandingFile | undefined {
    return this.files.find((file) => file.service === service && file.quarter === quarter)
  }
}
