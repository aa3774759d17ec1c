import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { explainBeneficiary } from '#server/linkage/decisions/explain-beneficiary.ts'
import { relink } from '#server/linkage/links/relink.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { linkSubmission } from '#server/linkage/processing/link-submission.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { emptyStore, keepFile, linkFile, type StandingFile } from '../programme-store.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'
import { fileOf, type SaidFile } from '../small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

beforeEach(() => emptyStore(open.store.pool))

afterAll(() => open.close())

const PERIOD = { from: '2024-Q1', to: '2024-Q4' } as const
const ONE = { client: 'a', nhsNumber: 'n' } as const

/** Keeps a file and links it by the portal's own way. */
async function link(dataset: Dataset, file: SaidFile): Promise<void> {
  const kept = await withTransaction(open.store.pool, (client) => keepFile(client, dataset, file))
  await linkKept(kept)
}

async function linkKept(kept: StandingFile): Promise<void> {
  const submission = (await readSubmission(open.store.pool, kept.submission)) ?? expect.fail('none')
  expect(await linkSubmission(open.store, submission, 'test')).toMatchObject({ ok: true })
}

/**
 * A change of links that holds the lock and waits until it is let go on: before it writes anything,
 * or before its commit.
 */
async function holdLinking(
  dataset: Dataset,
  file: SaidFile,
  until: 'before-writing' | 'before-commit',
): Promise<{ letGo: () => Promise<void> }> {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let reached = (): void => undefined
  const held = new Promise<void>((resolve) => {
    reached = resolve
  })
  const kept = await withTransaction(open.store.pool, (client) => keepFile(client, dataset, file))
  const done = withTransaction(open.store.pool, async (client: pg.PoolClient) => {
    const wait = async (): Promise<void> => {
      reached()
      await released
    }
    await takeLinkingLock(client, dataset)
    if (until === 'before-writing') await wait()
    await linkFile(client, dataset, kept, undefined, {
      wholeShare: 0,
      chunkRecords: 60_000,
      recentShare: 0.125,
    })
    if (until === 'before-commit') await wait()
  })
  await Promise.race([held, done])
  return {
    letGo: async () => {
      release()
      await done
    },
  }
}

/** Whether work is done within so many milliseconds. */
async function isDone(work: Promise<unknown>, within: number): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(within).then(() => false)])
}

async function people(dataset: Dataset): Promise<number> {
  return (await measureReach(open.store.pool, { dataset, ...PERIOD }, [])).unique.people
}

describe('one lock of a dataset', () => {
  test('makes changes wait for one another, whatever they are, and all of them come to pass', async () => {
    const first = new SmallProgramme(open.store)
    await first.sendRows('s1', '2024-Q1', [ONE, { client: 'b' }])
    const standing = first.files[0]?.reference ?? ''
    const held = await holdLinking('production', fileOf('s2', '2024-Q1', [ONE]), 'before-writing')
    const changes = [
      link('production', fileOf('s3', '2024-Q1', [ONE, { client: 'c' }])),
      relink(open.store.database, { dataset: 'production', policy: 'cautious', actor: 'test' }),
      withdrawSubmission(open.store, standing, 'test'),
    ]
    for (const change of changes) expect(await isDone(change, 300)).toBe(false)
    // Who only looks does not wait, and sees what was committed.
    expect(await people('production')).toBe(2)
    await held.letGo()
    await Promise.all(changes)
    expect(await people('production')).toBe(2)
    const stored = await first.stored()
    await relink(open.store.database, { dataset: 'production', actor: 'test' })
    expect(await first.stored()).toEqual(stored)
  })

  test('is not the other dataset’s: neither waits for the other, nor counts in it', async () => {
    for (const [own, other] of [
      ['production', 'staging'],
      ['staging', 'production'],
    ] as const) {
      await emptyStore(open.store.pool)
      const held = await holdLinking(own, fileOf('s1', '2024-Q1', [ONE]), 'before-commit')
      const linked = link(other, fileOf('s1', '2024-Q1', [ONE, { client: 'b' }, { client: 'c' }]))
      expect(await isDone(linked, 10_000)).toBe(true)
      await held.letGo()
      await link(other, fileOf('s2', '2024-Q1', [ONE]))
      expect([await people(own), await people(other)]).toEqual([1, 3])
      const inOwn = await new SmallProgramme(open.store, own).stored()
      expect(inOwn.classes).toHaveLength(1)
      const [reference = ''] = inOwn.known
      const ask = (dataset: Dataset) =>
        explainBeneficiary(open.store, { reference, dataset, actor: 'test' })
      expect([await ask(own), await ask(other)]).toMatchObject([
        { ok: true, explanation: { reference } },
        { ok: false, code: 'reference-unknown' },
      ])
    }
  })

  test('lets many submissions be linked at once, with the figures of one after the other', async () => {
    const files = ['s1', 's2', 's3'].flatMap((service) =>
      (['2024-Q1', '2024-Q2'] as const).map((quarter) =>
        fileOf(service, quarter, [
          ONE,
          { client: 'b', nameBirth: 'Bo', ward: 'w' },
          { client: service },
        ]),
      ),
    )
    const kept = await withTransaction(open.store.pool, async (client) => {
      const all: StandingFile[] = []
      for (const file of files) all.push(await keepFile(client, 'production', file))
      return all
    })
    await Promise.all(kept.map(linkKept))
    const programme = new SmallProgramme(open.store)
    programme.files = kept
    const { classes, doubts } = await programme.stored()
    const inMemory = programme.inMemory()
    expect({ classes, doubts }).toEqual({ classes: inMemory.classes, doubts: inMemory.doubts })
    expect(await people('production')).toBe(5)
  })
})
