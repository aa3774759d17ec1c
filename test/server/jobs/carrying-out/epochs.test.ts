import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateSource } from '#server/keys/rotate-source.ts'
import { rotatePlatformKey } from '#server/keys/keys.ts'
import { rekeyRecords } from '#server/linkage/links/rekey-records.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import { readRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { child, children, csv } from '../../intake/submissions/small-files.ts'
import { ACTOR, figures, take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  approveAct,
  carryThrough,
  contextOf,
  doAct,
  find,
  makeOfficers,
  OFFICER,
  openRequest,
  typedOf,
} from './rights-setting.ts'

/** Who asks is found, and who is erased stays out, under every key that there has been. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
})

afterAll(() => programme.close())

async function send(quarter: '2024-Q1' | '2024-Q2' | '2024-Q3'): Promise<number | undefined> {
  const sent = await take(store, {
    ...{ bytes: csv(children(4, 10)), quarter },
    choices: { confirm: true, leaveOut: true },
  })
  return sent.file?.stopped
}

async function openAnew(): Promise<void> {
  const { dataDir, env } = store
  await store.close()
  store = await openProgrammeStore({ dataDir, env })
}

test('[S62] [S63] before, in and after the bridge quarter of a new source key, and under a later platform key', async () => {
  await send('2024-Q1')
  await carryThrough(store, 'erasure', typedOf(child(6)))
  const agreed = () => Promise.resolve({ ok: true as const })
  const begun = await rotateSource(store, 'operator', '2024-Q2', agreed)
  if (!begun.ok) throw new Error(begun.code)
  await openAnew()
  expect(await send('2024-Q2')).toBe(1)
  // Under the new key alone: what the bridge quarter told of them keeps them out.
  expect(await send('2024-Q3')).toBe(1)
  expect((await figures(store)).unique.people).toBe(5)

  const rotated = await rotatePlatformKey({ dataDir: store.dataDir })
  await rekeyRecords(store.pool, rotated.platform, ACTOR)
  await openAnew()
  const request = await openRequest(store, 'access')
  expect(await find(store, request, typedOf(child(7)))).toMatchObject({ certain: 3, doubtful: 0 })
  const view = await readRightsRequest(contextOf(store), OFFICER, request)
  if (!view.ok) throw new Error(view.code)
  // In the bridge quarter a row is two records, one under each key, and it is one row to its person.
  expect(view.found.map(({ quarter }) => quarter)).toEqual(['2024-Q1', '2024-Q2', '2024-Q3'])
  expect(await doAct(store, await approveAct(store, request))).toBe('done')
  const letter = await writeAccessLetter(store, OFFICER, request, new Date())
  if (!letter.ok) throw new Error(letter.code)
  expect(letter.records.map(({ countedWith }) => countedWith.records)).toEqual([3, 3, 3])
  await carryThrough(store, 'erasure', typedOf(child(7)))
  expect((await figures(store)).unique.people).toBe(4)
}, 240_000)
