import { createPublicKey } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { makeBackup } from '#server/jobs/backup/make-backup.ts'
import { restoreBackup, type Restored } from '#server/jobs/backup/restore-backup.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { makeBackupKey } from '#server/keys/backup-key.ts'
import { destroyResearchKey } from '#server/keys/research-key.ts'
import { listRemovals, readProject } from '#server/figures/extracts/research-projects.ts'
import { keepStop } from '#server/jobs/carrying-out/kept-stops.ts'
import { closeRequest } from '#server/linkage/rights/handle-requests.ts'
import { findRightsRequest } from '#server/linkage/rights/rights-request.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { child, children, csv, mothers } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import {
  carryThrough,
  contextOf,
  find,
  makeOfficers,
  OFFICER,
  openRequest,
  typedOf,
} from '../../jobs/carrying-out/rights-setting.ts'
import { createTestDatabase } from '../../setup/database.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { ask, filesOf, give, here, openResearch, rowsOf } from './research-setting.ts'

/** What a database that is restored hears of extracts that were made after its backup. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await take(store, { bytes: csv([...children(0, 20), ...mothers(0, 20)]) })
  await anchorAudit(store, new Date())
}, 120_000)

afterAll(() => programme.close())

/** Backs the programme up, goes on with it, and looks at what is restored. */
async function withRestored(
  goOn: () => Promise<void>,
  look: (copy: OwnProgrammeStore, restored: Restored) => Promise<void>,
): Promise<void> {
  const key = makeBackupKey()
  const own = await readAnchorKey(store)
  if (own === undefined) throw new Error('no key of anchors')
  const path = join(store.dataDir, `backup-${Math.random().toString(36).slice(2)}`)
  await makeBackup(store, { path, recipient: key.publicKey }, new Date())
  await goOn()
  const database = await createTestDatabase({ empty: true })
  const env = { DATABASE_URL: database.url }
  const dataDir = `${path}-copy`
  for (const folder of ['keys', 'stop-list']) {
    await cp(join(store.dataDir, folder), join(dataDir, folder), { recursive: true })
  }
  try {
    const signer = createPublicKey(own.key)
    const restored = await restoreBackup({ dataDir, env, url: database.url }, { path, key, signer })
    const copy = await openProgrammeStore({ dataDir, env })
    try {
      await look(copy, restored)
    } finally {
      await copy.close()
    }
  } finally {
    await database.drop()
    await rm(dataDir, { recursive: true })
  }
}

const today = (): string => new Date().toISOString().slice(0, 10)

describe('[S51] [S63] an extract that was made after a backup', () => {
  test('is known to what is restored, which names to its project who left since and who leaves later', async () => {
    let [extract, project] = ['', '']
    let people: readonly string[] = []
    await withRestored(
      async () => {
        project = await openResearch(here(store), '2099-01-01')
        extract = await give(store, project)
        people = rowsOf((await filesOf(store, extract))['data.csv']).map(([person = '']) => person)
        await carryThrough(store, 'erasure', typedOf(child(5)))
      },
      async (copy, { extracts, stopped, closedExtracts }) => {
        expect({ extracts, stopped, closedExtracts }).toEqual({
          ...{ extracts: 1, stopped: 1, closedExtracts: 0 },
        })
        const view = await readProject(here(copy), OFFICER, project)
        if (!view.ok) throw new Error(view.code)
        expect(view.project).toMatchObject({ title: 'Early speech', environment: 'A safe haven' })
        const known = await readProject(here(store), OFFICER, project)
        expect(known.ok && known.extracts[0]).toMatchObject({
          made: { ...view.extracts[0]?.made, at: expect.any(Date) as Date },
          expiresOn: view.extracts[0]?.expiresOn,
        })
        const named = async (of: OwnProgrammeStore): Promise<readonly string[]> => {
          const listed = await listRemovals(here(of), OFFICER, extract)
          return listed.ok ? listed.removals.map(({ pseudonym }) => pseudonym) : []
        }
        expect(await named(copy)).toEqual(await named(store))
        expect(await named(copy)).toHaveLength(1)
        await carryThrough(copy, 'objection', typedOf(child(6)))
        const both = await named(copy)
        expect(both).toHaveLength(2)
        expect(people).toEqual(expect.arrayContaining([...both]))
        const { rows } = await copy.pool.query(
          `select subject from audit_event where event = 'research.noted-again'`,
        )
        expect(rows).toEqual([{ subject: extract }])
      },
    )
  })

  test('with people of whom what is restored knows nothing is to be destroyed before another is given', async () => {
    const project = await openResearch(here(store), '2099-01-01')
    await withRestored(
      async () => {
        await take(store, { bytes: csv(children(40, 60)), service: 'toy-library' })
        await give(store, project)
      },
      async (copy) => {
        const view = await readProject(here(copy), OFFICER, project)
        const extract = view.ok ? view.extracts[0] : undefined
        expect(extract?.made?.rows).toBeGreaterThan(40)
        expect(extract?.expiresOn.localeCompare(today())).toBe(-1)
        expect(await ask(here(copy), project)).toMatchObject({ code: 'research-not-destroyed' })
      },
    )
  })

  test('is closed for good once the key of its project is destroyed, as a closed request is though a try of it was noted', async () => {
    const project = await openResearch(here(store), '2099-01-01')
    const reference = await openRequest(store, 'erasure')
    await find(store, reference, typedOf(child(8)))
    const request = (await findRightsRequest(store.pool, reference)) ?? expect.fail('none')
    const closing = { reference, reason: 'taken-back' } as const
    expect((await closeRequest(contextOf(store), OFFICER, closing)).ok).toBe(true)
    await withRestored(
      async () => {
        await give(store, project)
        await destroyResearchKey(store, project)
        await keepStop(store, { request, rows: [], marks: [], isKept: false, at: new Date() })
      },
      async (copy, { closedExtracts, stopped }) => {
        expect({ closedExtracts, stopped }).toEqual({ closedExtracts: 1, stopped: 0 })
        expect(await findRightsRequest(copy.pool, reference)).toMatchObject({
          ...{ state: 'closed', outcome: 'taken-back' },
        })
        const view = await readProject(here(copy), OFFICER, project)
        expect(view).toMatchObject({ ok: true, extracts: [] })
      },
    )
  })
})
