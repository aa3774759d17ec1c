import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { filesOf, hashAtSource } from '../../intake/hashed/hash-at-source.ts'
import {
  ACORN,
  BRIDGE,
  journeyOf,
  match,
  mustUpload,
  openJourneySetting,
  type JourneySetting,
} from '../../intake/journey/journey-setting.ts'
import { child, children, csv } from '../../intake/submissions/small-files.ts'
import { figures, take } from '../../intake/submissions/small-programme.ts'
import { carryThrough, makeOfficers, typedOf } from './rights-setting.ts'

/** Somebody who is erased and somebody who is restricted stay out by whatever way a file comes. */

const ROWS = csv(children(0, 12))

let setting: JourneySetting
/** Who is reached of the twelve. */
let others = 0

beforeAll(async () => {
  setting = await openJourneySetting()
  const { owner } = setting
  await makeOfficers(owner)
  await take(owner, { bytes: ROWS })
  await carryThrough(owner, 'erasure', typedOf(child(5)))
  await carryThrough(owner, 'restriction', typedOf(child(6)))
  others = (await figures(owner)).unique.people
  expect(others).toBe(10)
}, 120_000)

afterAll(() => setting.close())

interface Sent {
  readonly files: readonly Uint8Array[]
  readonly actor?: Actor
  readonly service?: string
  readonly quarter?: string
  readonly isHashed?: boolean
  /** The submission that this takes the place of. */
  readonly replaces?: string
}

/** Uploads, and takes it as far as it goes in the portal; answers the submission. */
async function send(given: Sent): Promise<string> {
  const { files, actor = ACORN, service = 'toy-library', quarter, replaces = '' } = given
  const place = { actor, service, ...(quarter === undefined ? {} : { quarter }) }
  const { reference } = await mustUpload(setting, files, place)
  if (given.isHashed !== true) await match(setting, reference, actor)
  const store = setting.storeOf(actor)
  const checked = await confirmAll(store, actor, await setting.work(reference))
  const sent = await submitFile(store, actor, checked, { replaces })
  expect(sent).toEqual({ ok: true })
  expect(await setting.work(reference)).toMatchObject({ state: 'linked' })
  return reference
}

/** Answers what is to be confirmed: the same rows came from another service already. */
async function confirmAll(
  store: ReturnType<JourneySetting['storeOf']>,
  actor: Actor,
  journey: Journey,
): Promise<Journey> {
  const check = await readCheck(store, actor, journey.reference)
  if (!check.ok) throw new Error(check.code)
  const open = check.groups.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'confirm'),
  )
  for (const { code, field } of open) {
    const now = await journeyOf(setting.storeOf, actor, journey.reference)
    await confirmFinding(store, actor, now, { code, field, reason: 'looked-and-right' })
  }
  return open.length === 0 ? journey : setting.work(journey.reference)
}

/** What is kept of a submission: rows taken out, records, and those set apart. */
async function keptOf(reference: string): Promise<unknown> {
  const { rows } = await setting.owner.pool.query<Record<string, number>>(
    `select stopped, records, (select count(*)::int from record r where r.submission_id = s.id) as held,
       (select count(*)::int from restricted_record r where r.submission_id = s.id) as apart
     from submission s where reference = $1`,
    [reference],
  )
  return rows[0]
}

const OUT = { stopped: 2, records: 10, held: 10, apart: 1 }

describe('[S63] who is erased or restricted is in no record, and who is restricted is set apart,', () => {
  let first = ''

  test('of a file that is uploaded', async () => {
    first = await send({ files: [ROWS] })
    expect(await keptOf(first)).toEqual(OUT)
  })

  test('of one that takes its place', async () => {
    const next = csv([...children(0, 11), { ...child(11), contacts: '9' }])
    const second = await send({ files: [next], replaces: first })
    expect(await keptOf(second)).toEqual(OUT)
    expect(await keptOf(first)).toMatchObject({ held: 0, apart: 0 })
  })

  test('of one that was hashed at source, whose names nobody here has seen', async () => {
    const hashed = filesOf(await hashAtSource(setting.owner, ROWS))
    const sent = { actor: BRIDGE, service: 'health-visiting', isHashed: true }
    expect(await keptOf(await send({ files: hashed, ...sent }))).toEqual(OUT)
  })

  test('of one for staging', async () => {
    await setting.owner.pool.query(
      `update service set stage = 'staging' where code = 'toy-library'`,
    )
    const reference = await send({ files: [ROWS], quarter: '2024-Q2' })
    const { rows } = await setting.owner.pool.query(
      'select dataset from submission where reference = $1',
      [reference],
    )
    expect(rows).toEqual([{ dataset: 'staging' }])
    expect(await keptOf(reference)).toEqual(OUT)
  })

  test('and in no figure', async () => {
    expect((await figures(setting.owner)).unique.people).toBe(others)
  })
})
