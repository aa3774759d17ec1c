import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Quarter } from '#core/standard/quarter.ts'
import type { ExactReach } from '#server/figures/reach/measure-reach.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { countUnbridged } from '#server/figures/reach/count-unbridged.ts'
import { rotateSource } from '#server/keys/rotate-source.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { storeSentFiles } from '#server/intake/hashed/sent-files.ts'
import { takeHashedFiles } from '#server/intake/hashed/take-hashed.ts'
import { relink } from '#server/linkage/links/relink.ts'
import {
  checkDestination,
  recordSubmission,
} from '#server/intake/submissions/receive-submission.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { processSubmission, type Processed } from '#server/linkage/processing/process-submission.ts'
import { filesOf, hashAtSource, type AtSource } from '../intake/hashed/hash-at-source.ts'
import { openTestProgramme, receive, type TestProgramme } from '../setup/open-programme.ts'
import { children, csv, mothers, type Row } from '../intake/submissions/small-files.ts'
import { ACTOR, inPieces, take } from '../intake/submissions/small-programme.ts'

/**
 * A source key is believed lost, and everything is gone through once: two quarters under the old
 * key, a bridge quarter under both, one under the new alone. Beside it the same files in a
 * programme that never changed its key.
 */

const CHOICES = { actor: ACTOR, leaveOut: true, confirm: true, replace: false }
const HASHED = 'health-visiting'
const CLEAR = 'stay-and-play'

/** As two people would. */
const agreed = (): Promise<{ readonly ok: true }> => Promise.resolve({ ok: true })

let rotated: TestProgramme
let control: TestProgramme
/** The store as it is read after the rotation. */
let store: OwnProgrammeStore

beforeAll(async () => {
  rotated = await openTestProgramme()
  control = await openTestProgramme()
  store = rotated.store
}, 120_000)

afterAll(async () => {
  await store.close()
  await rotated.close()
  await control.close()
})

async function* each(files: readonly Uint8Array[]): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  for (const file of files) yield inPieces(file)
}

/** Sends hashed files as a trust does, and takes them into the figures; a refusal is its code. */
async function takeHashed(
  to: OwnProgrammeStore,
  quarter: string,
  files: readonly Uint8Array[],
): Promise<Processed | string> {
  const destination = await checkDestination(to, { service: HASHED, quarter })
  if (!destination.ok) throw new Error(destination.code)
  const sent = await storeSentFiles(to.files, each(files), { clear: 1e8, hashed: 1e8 })
  if (!sent.ok) return sent.code
  const taken = await takeHashedFiles(to, destination, sent, ACTOR)
  if (!taken.ok) return taken.code
  const what = { service: HASHED, quarter, dataset: 'production', actor: ACTOR } as const
  const recorded = await recordSubmission(to, what, destination, taken.stored)
  if (!recorded.ok) return recorded.code
  const done = await processSubmission(to, recorded.submission.id, CHOICES)
  if (!done.ok) throw new Error(done.code)
  return done
}

/** Sends the same rows to both programmes: hashed at source to one service, clear to the other. */
async function sendBoth(
  quarter: string,
  hashed: readonly Row[],
  clear: readonly Row[],
  made: AtSource,
): Promise<void> {
  expect(typeof (await takeHashed(store, quarter, filesOf(made)))).toBe('object')
  await take(store, { bytes: csv([...clear]), service: CLEAR, quarter, choices: CHOICES })
  for (const [service, rows] of [
    [HASHED, hashed],
    [CLEAR, clear],
  ] as const) {
    await take(control.store, { bytes: csv([...rows]), service, quarter, choices: CHOICES })
  }
}

function reach(of: OwnProgrammeStore, from: Quarter, to: Quarter): Promise<ExactReach> {
  return measureReach(of.pool, { dataset: 'production', from, to }, ['service', 'quarter'])
}

describe('a source key believed lost', () => {
  test('is replaced by a bridge quarter: figures are equal for everybody in it, the others are reported', async () => {
    const [old] = store.keys.source
    if (old === undefined) throw new Error('no key')
    const first = [...children(0, 30), ...mothers(0, 8)]
    const clear = children(10, 36)
    await sendBoth('2024-Q1', first, clear, await hashAtSource(store, csv(first)))
    expect(await reach(store, '2024-Q1', '2024-Q1')).toEqual(
      await reach(control.store, '2024-Q1', '2024-Q1'),
    )

    // Of the bridge quarter, uploaded and checked by now, and submitted after the rotation.
    const onItsWay = { bytes: csv(children(50, 55)), service: 'toy-library', quarter: '2024-Q2' }
    const held = await receive(store, onItsWay.bytes, onItsWay)
    expect(await checkSubmission(store, held, { actor: ACTOR })).toMatchObject({ ok: true })

    const begun = await rotateSource(store, 'operator', '2024-Q2', agreed)
    if (!begun.ok) throw new Error(begun.code)
    const { epoch, check } = begun
    expect(epoch).toBe(2)
    await store.close()
    store = await openProgrammeStore({ dataDir: rotated.store.dataDir, env: rotated.store.env })
    expect(store.keys.currentSource).toMatchObject({ epoch: 2, check })
    // Before the bridge everybody is known under the old key alone.
    const before = await countUnbridged(store, 'production')
    expect(before.map(({ service, people }) => [service, people])).toEqual([
      [HASHED, 38],
      [CLEAR, 26],
    ])

    // Children 0 to 4 are absent from the bridge quarter, children 40 to 44 are new in it.
    const second = [...children(5, 30), ...children(40, 45), ...mothers(0, 8)]
    const place = { quarter: '2024-Q2' }
    const onlyNew = await hashAtSource(store, csv(second), place)
    const onlyOld = await hashAtSource(store, csv(second), { ...place, key: old })
    expect(await takeHashed(store, '2024-Q2', filesOf(onlyOld))).toBe('manifest-old-key')
    const both = await hashAtSource(store, csv(second), { ...place, bridgeKey: old })
    const other = await hashAtSource(store, csv(children(0, 3)), { ...place, bridgeKey: old })
    const [csvOld, manifestOld, hmacOld] = other.bridge
    expect(
      await takeHashed(store, '2024-Q2', [
        ...filesOf(onlyNew).slice(0, 3),
        ...[csvOld, manifestOld, hmacOld].filter((file) => file !== undefined),
      ]),
    ).toBe('manifest-bridge')
    await sendBoth('2024-Q2', second, clear, both)
    expect(await processSubmission(store, held, CHOICES)).toMatchObject({ ok: true })
    await take(control.store, { ...onItsWay, choices: CHOICES })
    expect(await reach(store, '2024-Q1', '2024-Q2')).toEqual(
      await reach(control.store, '2024-Q1', '2024-Q2'),
    )
    const unbridged = await countUnbridged(store, 'production')
    // Of the play group everybody came again; of health visiting the five who did not come.
    expect(unbridged.map(({ service, people }) => [service, people])).toEqual([[HASHED, 5]])

    // Under the new key alone: one who was absent from the bridge quarter returns, and counts as
    // new; one of the file that was on its way does not.
    const third = [...children(4, 30), ...children(50, 51), ...mothers(0, 8)]
    const made = await hashAtSource(store, csv(third), { quarter: '2024-Q3' })
    await sendBoth('2024-Q3', third, clear, made)
    const [after, without] = [
      await reach(store, '2024-Q1', '2024-Q3'),
      await reach(control.store, '2024-Q1', '2024-Q3'),
    ]
    expect(after.unique.people).toBe(without.unique.people + 1)
    expect(await reach(store, '2024-Q2', '2024-Q3')).toMatchObject({
      unique: { people: (await reach(control.store, '2024-Q2', '2024-Q3')).unique.people },
    })
    expect((await reach(store, '2024-Q3', '2024-Q3')).cells).toEqual(
      (await reach(control.store, '2024-Q3', '2024-Q3')).cells,
    )

    // The same from nothing: no link depends on the way that it came about.
    const again = await relink(store.database, { dataset: 'production', actor: ACTOR })
    expect(again.changed).toBe(0)
  }, 240_000)

  test('keeps a record under each key of one row, of one person', async () => {
    const { rows } = await store.pool.query<{ epochs: number; people: number }>(
      `select count(distinct coalesce(r.epoch, s.epoch))::int as epochs, count(distinct beneficiary_id)::int as people
         from record r join submission s on s.id = r.submission_id join link l on l.record_id = r.id
        where s.quarter = '2024-Q2' group by r.submission_id, source_row, r.role`,
    )
    expect(rows.length).toBeGreaterThan(60)
    expect(rows.every(({ epochs, people }) => epochs === 2 && people === 1)).toBe(true)
    const { rows: comparisons } = await store.pool.query<object>(
      `select s.quarter, c.same, c.changed, c.new, c.removed from comparison c join submission s on s.id = c.submission_id
        where s.service_code = $1 and against = 'earlier' order by s.quarter`,
      [HASHED],
    )
    // Clients are the same clients across the change of keys.
    expect(comparisons).toEqual([
      { quarter: '2024-Q2', same: 33, changed: 0, new: 5, removed: 5 },
      { quarter: '2024-Q3', same: 33, changed: 0, new: 2, removed: 5 },
    ])
  })

  test('is audited with check values, and a rotation that broke off is gone on with', async () => {
    const { rows } = await store.pool.query<{ detail: unknown }>(
      `select detail from audit_event where event = 'key.source-rotated'`,
    )
    expect(rows).toEqual([
      { detail: { epoch: 2, sourceKey: store.keys.currentSource.check, bridgeQuarter: '2024-Q2' } },
    ])
    await store.pool.query('delete from source_epoch')
    const again = await rotateSource(store, 'operator', '2024-Q4', agreed)
    expect(again).toMatchObject({ epoch: 2, check: store.keys.currentSource.check })
  })
})
