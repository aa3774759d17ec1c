import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSubmission } from '#server/intake/submissions/read-submission.ts'
import { listRightsRequests } from '#server/linkage/rights/handle-requests.ts'
import { removePeople } from '#server/linkage/rights/remove-people.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { child, children, COLUMNS, csv, mothers } from '../../intake/submissions/small-files.ts'
import {
  figures,
  holdings,
  lastSubmission,
  take,
} from '../../intake/submissions/small-programme.ts'
import { TraceFinder } from '../../intake/submissions/traces.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  carryThrough,
  everyRow,
  makeOfficers,
  OFFICER,
  openRequest,
  typedOf,
} from './rights-setting.ts'

let programme: TestProgramme
let store: OwnProgrammeStore

const without = (n: number, rows = children(0, 8)) =>
  rows.filter(({ client_ref: reference }) => reference !== child(n).client_ref)

async function fill(of: OwnProgrammeStore, leftOut: number | undefined): Promise<void> {
  const some = (rows: ReturnType<typeof children>) =>
    leftOut === undefined ? rows : without(leftOut, rows)
  await take(of, { bytes: csv([...some(children(0, 8)), ...mothers(4, 7)]) })
  await take(of, { bytes: csv(some(children(4, 12))), service: 'toy-library' })
}

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await fill(store, undefined)
}, 120_000)

afterAll(() => programme.close())

async function stoppedOf(reference: string | undefined): Promise<number> {
  const { rows } = await store.pool.query<{ stopped: number }>(
    'select stopped from submission where reference = $1',
    [reference],
  )
  return rows[0]?.stopped ?? -1
}

describe('[S63] somebody who is erased', () => {
  test('leaves records, links and figures as if they had never come, and no trace of what was typed', async () => {
    await carryThrough(store, 'erasure', typedOf(child(5)))
    const other = await openTestProgramme()
    try {
      await fill(other.store, 5)
      expect(await figures(store)).toEqual(await figures(other.store))
      const counted = ({
        records,
        evidence,
        links,
        doubts,
        beneficiaries,
        strays,
      }: Awaited<ReturnType<typeof holdings>>) => ({
        records,
        evidence,
        links,
        doubts,
        beneficiaries,
        strays,
      })
      expect(counted(await holdings(store))).toEqual(counted(await holdings(other.store)))
    } finally {
      await other.close()
    }
    const values = COLUMNS.filter((column) => !['role', 'gender', 'start_date'].includes(column))
    const finder = new TraceFinder(values.map((column) => child(5)[column] ?? ''))
    expect(finder.search(Buffer.from(await everyRow(store)))).toEqual([])
    expect((await holdings(store)).auditIsWhole).toBe(true)
  })

  test('stays out of the next quarter’s file, of which the provider is told a count', async () => {
    const before = await figures(store)
    const sent = await take(store, { bytes: csv(children(3, 8)), quarter: '2024-Q2' })
    expect(sent.file?.stopped).toBe(1)
    expect(sent.file?.rows).toMatchObject({ read: 5, accepted: 5 })
    expect(await stoppedOf(sent.submission.reference)).toBe(1)
    expect((await findSubmission(store.pool, sent.submission.reference))?.records).toBe(4)
    expect((await figures(store)).unique).toEqual(before.unique)
  })

  test('is in no mark that the database could be searched by', async () => {
    const { rows } = await store.pool.query<{ met: number }>(
      'select count(*)::int as met from rights_mark m join recent_evidence e on e.value = m.sealed',
    )
    expect(rows).toEqual([{ met: 0 }])
    const all = await store.pool.query<{ met: number }>(
      'select count(*)::int as met from rights_mark m join evidence e on e.value = m.sealed',
    )
    expect(all.rows).toEqual([{ met: 0 }])
    const requests = await listRightsRequests(store.pool, OFFICER)
    expect(requests.map(({ state, outcome }) => [state, outcome])).toEqual([['done', 'removed']])
  })
})

describe('somebody who is restricted', () => {
  test('is kept and in no figure, in what is there and in what comes', async () => {
    const before = (await figures(store)).unique.people
    await carryThrough(store, 'restriction', typedOf(child(9)))
    expect((await figures(store)).unique.people).toBe(before - 1)
    const kept = async (): Promise<number> => {
      const { rows } = await store.pool.query<{ kept: number }>(
        'select count(*)::int as kept from restricted_record',
      )
      return rows[0]?.kept ?? 0
    }
    expect(await kept()).toBe(1)
    await take(store, {
      ...{ bytes: csv([child(9), child(10)]), service: 'toy-library', quarter: '2024-Q2' },
      choices: { confirm: true },
    })
    expect(await kept()).toBe(2)
    expect((await figures(store)).unique.people).toBe(before - 1)
    // What they ask next is found among what is kept apart, and taken from there.
    await carryThrough(store, 'erasure', typedOf(child(9)))
    expect(await kept()).toBe(0)
    // The next file meets both of their requests, and who is erased is not set apart.
    const next = await take(store, {
      ...{ bytes: csv([child(9), child(10)]), service: 'toy-library', quarter: '2024-Q3' },
      choices: { confirm: true },
    })
    expect(next.file?.stopped).toBe(1)
    expect(await kept()).toBe(0)
    expect((await holdings(store)).strays).toBe(0)
  })

  test('is counted once, however many requests name the row', async () => {
    const { submission } = await take(store, {
      ...{ bytes: csv(children(20, 24)), service: 'toy-library', quarter: '2024-Q4' },
      choices: { confirm: true },
    })
    await carryThrough(store, 'restriction', typedOf(child(20)))
    expect(await stoppedOf(submission.reference)).toBe(1)
    const erasure = await openRequest(store, 'erasure')
    const { rows } = await store.pool.query<{ id: string }>(
      'select id from rights_request where reference = $1',
      [erasure],
    )
    // The first of the file, who is set apart, and the one after.
    const places = [1, 2].map((row) => ({ row, role: 'child' }))
    await withTransaction(store.pool, (client) =>
      removePeople(client, store, {
        ...{ request: rows[0]?.id ?? '', isKept: false },
        rows: [{ dataset: 'production', submission: submission.reference, places }],
      }),
    )
    expect(await stoppedOf(submission.reference)).toBe(2)
    expect((await findSubmission(store.pool, submission.reference))?.records).toBe(2)
  })
})

describe('[S64] a row whose person says that it is wrong', () => {
  test('is asked about at once, and the corrected file leaves no orphan', async () => {
    await carryThrough(store, 'rectification', typedOf(child(1)))
    const { rows } = await store.pool.query(
      `select q.asks, q.source_row, s.service_code, q.shown_from <= current_date as shown
       from provider_question q join submission s on s.id = q.submission_id`,
    )
    expect(rows).toEqual([
      { asks: 'person-says-wrong', source_row: 2, service_code: 'stay-and-play', shown: true },
    ])
    const corrected = without(5).map((row, index) =>
      index === 1
        ? { ...row, nhs_number: '', last_name: 'Corrected', date_of_birth: '2021-02-14' }
        : row,
    )
    const before = (await figures(store)).unique.people
    await take(store, {
      bytes: csv([...corrected, ...mothers(4, 7)]),
      choices: { replace: true, confirm: true },
    })
    const now = await holdings(store)
    expect(now.strays).toBe(0)
    expect(now.reach.unique.people).toBe(before)
    expect(await lastSubmission(store)).toMatchObject({ state: 'linked' })
  })
})
