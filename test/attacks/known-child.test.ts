import { expect, test } from 'vitest'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { readOwnService } from '#server/figures/measures/own-service.ts'
import { readHistory } from '#server/intake/journey/list-history.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { readAnswers, submitFile } from '#server/intake/journey/submit-file.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { carryThrough, makeOfficers } from '../server/jobs/carrying-out/rights-setting.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  NOW,
  settingOfFile,
  range,
} from '../server/intake/journey/journey-setting.ts'

/** A play group sends one neighbour's child among its own, to see whether health visiting knows it. */

const setting = settingOfFile()

interface Sent {
  readonly reference: string
  /** All that its sender is shown on the way. */
  readonly shown: readonly unknown[]
}

async function send(
  bytes: Uint8Array,
  actor: Actor,
  service: string,
  quarter = '2024-Q1',
): Promise<Sent> {
  const store = setting.storeOf(actor)
  const { reference } = await mustUpload(setting, bytes, { actor, service, quarter })
  await match(setting, reference, actor)
  const checked = await setting.work(reference)
  const check = await readCheck(store, actor, reference)
  const answered = await answerAll(checked, actor)
  const before = await readAnswers(store, actor, reference)
  await submitFile(store, actor, answered, { replaces: '' })
  const after = await setting.work(reference)
  expect(after.state).toBe('linked')
  const own = await readOwnService(store, actor, { service, asked: quarter }, NOW)
  // What its file says by itself is there to be told, or the test proves nothing of it.
  const files = own.ok ? own.files : []
  expect(files.find((file) => file.reference === reference)?.own).toMatchObject({ declined: 0 })
  return {
    reference,
    shown: [check, before, after, await readAnswers(store, actor, reference), own],
  }
}

async function answerAll({ reference, version: at }: Journey, actor: Actor): Promise<Journey> {
  const store = setting.storeOf(actor)
  const view = await readCheck(store, actor, reference)
  if (!view.ok) throw new Error(view.code)
  let version = at
  for (const { code, field, severity } of view.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    const finding = { code, field, reason: 'looked-and-right' } as const
    const done = await confirmFinding(store, actor, { reference, version }, finding)
    if (!done.ok) throw new Error(done.code)
    version += 1
  }
  return journeyOf(setting.storeOf, actor, reference)
}

/** What differs between any two files, whomever they name: also what was answered of the one before. */
const OF_THE_FILE = /^(id|reference|fileId|receivedAt|sentAt|begunAt|endedAt|offered)$/

function told(shown: readonly unknown[]): string {
  return JSON.stringify(shown, (key, value: unknown) => (OF_THE_FILE.test(key) ? undefined : value))
}

test('attack 13: [S40] a neighbour’s child is sent to see whether somebody knows it: no difference is shown', async () => {
  const neighbour = 77
  const own = range(300, 340)
  await send(csvOf([...range(60, 90)]), BRIDGE, 'health-visiting')
  const looks: string[] = []
  // The neighbour's child, whom health visiting has; and one whom nobody has, alike in all that a file shows.
  for (const child of [neighbour, neighbour + 1080]) {
    const bytes = csvOf([...own, child], (n) =>
      n === child ? { ref: 'C-9999', email: 'neighbour@mail.example' } : {},
    )
    const { reference, shown } = await send(bytes, ACORN, 'toy-library')
    looks.push(told(shown))
    const { rows } = await setting.owner.pool.query<{ shared: number }>(
      `select count(*)::int as shared from (
         select beneficiary_id from link join record on record.id = record_id
          group by beneficiary_id having count(distinct submission_id) > 1) both_know`,
    )
    // It was found out, or the test proves nothing: by the programme alone.
    expect(rows[0]?.shared).toBe(child === neighbour ? 1 : 0)
    expect(await withdrawSubmission(setting.owner, reference, 'test')).toMatchObject({ ok: true })
  }
  expect(looks[0]).toBe(looks[1])
})

/** What an officer types of the nth child of csvOf, as a parent tells it. */
function typedOf(n: number): object {
  const [line = ''] = new TextDecoder()
    .decode(csvOf([n]))
    .split('\r\n')
    .slice(1)
  const [, firstNames, lastNames, births, gender, carerEmails, postcodes] = line.split(',')
  const genders = gender === 'Girl' ? 'F' : 'M'
  return { firstNames, lastNames, births, genders, carerEmails, postcodes }
}

/** The same file with another row for the same quarter, as far as its check, and then for the next quarter. */
async function sendMore(child: number, bytes: Uint8Array): Promise<string> {
  const withRow = (n: number): Uint8Array =>
    Buffer.concat([bytes, csvOf([n]).subarray(csvOf([]).length)])
  const { reference } = await mustUpload(setting, withRow(999), { service: 'toy-library' })
  await match(setting, reference)
  await setting.work(reference)
  const instead = await readAnswers(setting.storeOf(ACORN), ACORN, reference)
  const next = await send(withRow(998), ACORN, 'toy-library', '2024-Q2')
  expect([child, await stopped(next.reference)]).toEqual([child, child < 1000 ? 1 : 0])
  // What was sent before is compared with what is sent now, or the test proves nothing.
  const difference = { same: 42, changed: 0, new: 1, removed: 0 }
  expect(instead).toMatchObject({ standing: { difference } })
  expect(JSON.stringify(next.shown)).toContain('"seenAgain":42')
  expect(await withdrawSubmission(setting.owner, next.reference, 'test')).toMatchObject({
    ok: true,
  })
  return told([instead, ...next.shown])
}

async function stopped(reference: string): Promise<number> {
  const { rows } = await setting.owner.pool.query<{ stopped: number }>(
    'select stopped from submission where reference = $1',
    [reference],
  )
  return rows[0]?.stopped ?? -1
}

test.each(['erasure', 'objection', 'restriction'] as const)(
  'attack 48: [S40] [S63] a neighbour’s child whose parents asked another service for %s is sent: nothing tells that they did',
  async (kind) => {
    const quarter = { erasure: '2024-Q1', objection: '2024-Q2', restriction: '2024-Q3' }[kind]
    const neighbour = { erasure: 81, objection: 83, restriction: 87 }[kind]
    if (kind === 'erasure') await makeOfficers(setting.owner)
    const own = range(500, 540)
    await carryThrough(setting.owner, kind, typedOf(neighbour))
    const looks: string[] = []
    const asked: number[] = []
    for (const child of [neighbour, neighbour + 1080]) {
      const bytes = csvOf([...own, child], (n) => (n === child ? { ref: 'C-9998' } : {}))
      const { reference, shown } = await send(bytes, ACORN, 'toy-library', quarter)
      const history = await readHistory(
        setting.storeOf(ACORN),
        ACORN,
        { service: 'toy-library', quarter },
        NOW,
      )
      if (!history.ok) throw new Error(history.code)
      looks.push(told([...shown, history.entries[0]]))
      asked.push(await stopped(reference))
      if (kind === 'erasure') looks.push(await sendMore(child, bytes))
      expect(await withdrawSubmission(setting.owner, reference, 'test')).toMatchObject({ ok: true })
    }
    // They stay out, or the test proves nothing.
    expect(asked).toEqual([1, 0])
    const half = looks.length / 2
    expect(looks.slice(0, half)).toEqual(looks.slice(half))
    if (kind !== 'erasure') return
    // Whoever sent what was erased is told, as a number, when they send the child again.
    const { shown } = await send(csvOf(range(60, 90)), BRIDGE, 'health-visiting', '2024-Q2')
    expect(JSON.stringify(shown)).toContain('"stopped":1')
  },
)

/** Of a file of one quarter, then of another for the same quarter, as far as its check, and then for the next. */
async function sendThrice(
  child: number,
  [bytes, again, later]: readonly [Uint8Array, Uint8Array, Uint8Array],
): Promise<{ readonly looks: string; readonly instead: unknown; readonly later: string }> {
  const first = await send(bytes, ACORN, 'toy-library', '2024-Q1')
  const { reference } = await mustUpload(setting, again, { service: 'toy-library' })
  await match(setting, reference)
  await setting.work(reference)
  const instead = await readAnswers(setting.storeOf(ACORN), ACORN, reference)
  const next = await send(later, ACORN, 'toy-library', '2024-Q2')
  expect([child, await stopped(first.reference)]).toEqual([child, child < 1000 ? 1 : 0])
  for (const sent of [next, first])
    expect(await withdrawSubmission(setting.owner, sent.reference, 'test')).toMatchObject({
      ok: true,
    })
  return { looks: told([...first.shown, instead, ...next.shown]), instead, later: told(next.shown) }
}

const ERASED = 81

test('attack 52: [S40] [S63] such a child is sent alone, and again: nothing tells that its parents asked', async () => {
  const looks: string[] = []
  for (const child of [ERASED, ERASED + 1080]) {
    const bytes = csvOf([child], () => ({ ref: 'C-9997' }))
    // The same rows in other bytes, or it would be the same file.
    const again = Buffer.concat([bytes, Buffer.from('\r\n')])
    const sent = await sendThrice(child, [bytes, again, bytes])
    looks.push(sent.looks)
    const difference = { same: 1, changed: 0, new: 0, removed: 0 }
    expect(sent.instead).toMatchObject({ standing: { difference } })
    expect(sent.later).toContain('"same":1')
  }
  expect(looks[0]).toBe(looks[1])
})

test('attack 53: [S40] [S63] such a child’s reference is another’s in the next quarter: nothing tells it', async () => {
  const looks: string[] = []
  for (const child of [ERASED, ERASED + 1080]) {
    const refOf = new Map([child, ...range(700, 705)].map((n, at) => [n, `C-88${String(at)}`]))
    const others = new Map(range(710, 713).map((n, at) => [n, `C-88${String(at)}`]))
    const bytes = csvOf([...refOf.keys()], (n) => ({ ref: refOf.get(n) ?? '' }))
    const again = Buffer.concat([bytes, Buffer.from('\r\n')])
    // Just so many are others that it is asked about, the child among them.
    const stay = range(704, 705)
    const later = csvOf([...others.keys(), ...stay], (n) => ({
      ref: others.get(n) ?? refOf.get(n) ?? '',
    }))
    const sent = await sendThrice(child, [bytes, again, later])
    looks.push(sent.looks)
    expect(sent.later).toContain('clients-are-others')
  }
  expect(looks[0]).toBe(looks[1])
})
