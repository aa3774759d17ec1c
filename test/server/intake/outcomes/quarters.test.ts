import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { receiveHashedFile } from '../../../../bin/receive-hashed-file.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { hashAtSource } from '../hashed/hash-at-source.ts'
import { children, csv, type Row } from '../submissions/small-files.ts'
import { ACTOR, send, take, type Sending } from '../submissions/small-programme.ts'

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
})

afterAll(() => programme.close())

afterEach(async () => {
  const { rows } = await store.pool.query<{ reference: string }>(
    `select reference from submission where state = 'linked' order by id`,
  )
  for (const { reference } of rows) await withdrawSubmission(store, reference, ACTOR)
})

/** The people of a quarter, of whom the first so many have no postcode; contacts tell quarters apart. */
function people(many: number, without: number, contacts: number): Row[] {
  return children(0, many).map((row, at) => ({
    ...row,
    ...(at < without ? { postcode: '' } : {}),
    contacts: String(20 + contacts),
  }))
}

const CONFIRMED = { choices: { confirm: true } }

async function compared(sending: Sending): Promise<object[]> {
  const sent = await send(store, sending)
  return (sent.file?.findings ?? [])
    .filter(({ detail }) => detail !== undefined)
    .map(({ code, field, detail }) => ({ code, field, ...detail }))
}

const FALL = {
  ...{
    code: 'postcode-share-falls',
    field: 'postcode',
    now: 5,
    nowOf: 30,
    before: 30,
    beforeOf: 30,
  },
  when: 'April to June 2024',
}

test('a share that falls is asked about with its figures, and not again once it was confirmed', async () => {
  await take(store, { bytes: csv(people(30, 0, 1)) })
  const second = { bytes: csv(people(30, 25, 2)), quarter: '2024-Q2' }
  expect(await compared(second)).toEqual([FALL])
  await take(store, { ...second, ...CONFIRMED })
  const third = { bytes: csv(people(30, 26, 3)), quarter: '2024-Q3' }
  expect(await compared(third)).toEqual([])
  expect(await compared({ bytes: csv(people(40, 34, 3)), quarter: '2024-Q4' })).toEqual([])
})

test('a count that jumps is asked about with its figures, and not again while it stays so once it was confirmed', async () => {
  await take(store, { bytes: csv(children(0, 20)) })
  const second = { bytes: csv(children(0, 70)), quarter: '2024-Q2' }
  const jump = { code: 'people-jump', field: '', now: 70, usual: 20, quarters: 1 }
  expect(await compared(second)).toEqual([jump])
  await take(store, { ...second, ...CONFIRMED })
  expect(await compared({ bytes: csv(children(2, 76)), quarter: '2024-Q3' })).toEqual([])
  expect(await compared({ bytes: csv(children(0, 200)), quarter: '2024-Q3' })).toEqual([
    { ...jump, now: 200, usual: 45, quarters: 2 },
  ])
})

test('one postcode of everybody, as in a hostel, is asked about once', async () => {
  const hostel = (contacts: number): Uint8Array =>
    csv(people(30, 0, contacts).map((row, at) => (at < 2 ? row : { ...row, postcode: 'SE11 6AA' })))
  const asked = async (sending: Sending): Promise<string[]> => {
    const sent = await send(store, sending)
    const found = sent.file?.findings ?? []
    return found
      .filter(({ code }) => code === 'postcode-of-everybody')
      .map(({ severity }) => severity)
  }
  expect(await asked({ bytes: hostel(1) })).toEqual(['confirm'])
  await take(store, { bytes: hostel(1), ...CONFIRMED })
  const second = { bytes: hostel(2), quarter: '2024-Q2' }
  expect(await asked(second)).toEqual(['note'])
  const other = { bytes: hostel(3), service: 'toy-library', quarter: '2024-Q2' }
  expect(await asked(other)).toEqual(['confirm'])
})

test('what was confirmed of a file that was withdrawn is asked again', async () => {
  await take(store, { bytes: csv(people(30, 0, 1)) })
  const { submission } = await take(store, {
    ...{ bytes: csv(people(30, 25, 2)), quarter: '2024-Q2', ...CONFIRMED },
  })
  await withdrawSubmission(store, submission.reference, ACTOR)
  expect(await compared({ bytes: csv(people(30, 25, 3)), quarter: '2024-Q3' })).toEqual([FALL])
})

test('a quarter is compared with those before it, whichever came first, and with no other service', async () => {
  await take(store, { bytes: csv(people(30, 25, 3)), quarter: '2024-Q3' })
  await take(store, { bytes: csv(people(30, 0, 1)), service: 'toy-library' })
  expect(await compared({ bytes: csv(people(30, 0, 2)), quarter: '2024-Q1' })).toEqual([])
  await take(store, { bytes: csv(people(30, 0, 2)), quarter: '2024-Q1' })
  expect(await compared({ bytes: csv(people(30, 25, 4)), quarter: '2024-Q2' })).toEqual([FALL])
})

test('the file that another took the place of does not count', async () => {
  await take(store, { bytes: csv(people(30, 25, 1)) })
  await take(store, { bytes: csv(people(30, 0, 2)), choices: { replace: true } })
  expect(await compared({ bytes: csv(people(30, 25, 3)), quarter: '2024-Q2' })).toEqual([FALL])
})

test('a file that was hashed at source is compared alike', async () => {
  const place = { service: 'health-visiting' }
  await take(store, { bytes: csv(people(30, 0, 1)), ...place })
  const hashed = await hashAtSource(store, csv(people(30, 25, 2)), { quarter: '2024-Q2' })
  const path = join(store.dataDir, 'trust')
  await writeFile(`${path}.csv`, hashed.csv)
  await writeFile(`${path}.manifest.json`, hashed.manifest)
  await writeFile(`${path}.manifest.hmac`, hashed.hmac)
  const what = { ...place, quarter: '2024-Q2', dataset: 'production', actor: ACTOR } as const
  const received = await receiveHashedFile(store, `${path}.csv`, undefined, what)
  if (!received.ok) throw new Error(received.code)
  const sent = await processSubmission(store, received.submission.id, {
    ...{ actor: ACTOR, leaveOut: false, confirm: false, replace: false },
  })
  const found = sent.file?.findings.find(({ code }) => code === 'postcode-share-falls')
  expect(found).toMatchObject({ field: 'postcode', detail: { now: 5, nowOf: 30, before: 30 } })
})

test('last quarter’s clients once more are asked about where clients usually change', async () => {
  await take(store, { bytes: csv(children(0, 24)) })
  await take(store, { bytes: csv(children(16, 40)), quarter: '2024-Q2', ...CONFIRMED })
  const again = children(16, 40).map((row) => ({ ...row, contacts: '4' }))
  expect(await compared({ bytes: csv(again), quarter: '2024-Q3' })).toEqual([
    {
      ...{ code: 'all-clients-return', field: 'client_ref', clients: 24, returning: 24 },
      when: 'July to September 2024',
    },
  ])
})

test('who is seen again is told from the service’s own earlier quarters alone, whichever', async () => {
  await take(store, { bytes: csv(children(0, 10)) })
  await take(store, { bytes: csv(children(10, 20)), quarter: '2024-Q2', ...CONFIRMED })
  await take(store, { bytes: csv(children(20, 40)), service: 'toy-library' })
  const sent = await take(store, { bytes: csv(children(5, 30)), quarter: '2024-Q3', ...CONFIRMED })
  expect(sent.file).toMatchObject({ seenAgain: 15, outcome: { forecast: { least: 25, most: 25 } } })
  const { rows } = await store.pool.query<{ told: object }>(
    `select linkability as told from submission where reference = $1`,
    [sent.submission.reference],
  )
  expect(rows[0]?.told).toMatchObject({ seenAgain: 15, forecast: { least: 25, most: 25 } })
  const first = await take(store, { bytes: csv(children(0, 9)), service: 'health-visiting' })
  expect(first.file?.seenAgain).toBeUndefined()
})

test('counts that jump are asked about from what is left once records are gone', async () => {
  await take(store, { bytes: csv(people(20, 0, 1)) })
  // Nothing can be linked after this: the last test of the file.
  await store.pool.query('delete from record')
  const [jump] = await compared({ bytes: csv(children(0, 70)), quarter: '2024-Q2' })
  expect(jump).toEqual({ code: 'people-jump', field: '', now: 70, usual: 20, quarters: 1 })
})
