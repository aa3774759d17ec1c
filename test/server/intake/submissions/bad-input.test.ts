import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { badFiles } from './bad-files.ts'
import { child, children, csv, mothers } from './small-files.ts'
import {
  ACTOR,
  countSubmissions,
  figures,
  holdings,
  lastSubmission,
  send,
  take,
  type Holdings,
} from './small-programme.ts'

let programme: TestProgramme
let store: OwnProgrammeStore
let before: Holdings

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  const rows = [...children(0, 32), ...mothers(0, 4)]
  await take(store, { bytes: csv(rows), service: 'health-visiting' })
  await take(store, { bytes: csv(children(8, 14)), quarter: '2024-Q2' })
  before = await holdings(store)
})

afterAll(() => programme.close())

/** Nothing is there that was not there before, and the audit log is whole. */
async function expectNothingKept(): Promise<void> {
  expect(await holdings(store)).toEqual(before)
}

describe('[S24] [S27] a file that cannot be used leaves nothing and changes no figure', () => {
  test.each(badFiles())('$what: $code', async ({ bytes, code, mapping }) => {
    const sent = await send(store, { bytes, choices: mapping === undefined ? {} : { mapping } })
    expect(sent).toMatchObject({ ok: false, code })
    expect(await lastSubmission(store)).toMatchObject({ state: 'rejected', reason: code })
    await expectNothingKept()
  })

  test('[S26] NHS numbers that a spreadsheet rounded are not used even when the file is confirmed', async () => {
    const rows = children(60, 72).map((row) => ({ ...row, nhs_number: '9.99E+09' }))
    const taken = await take(store, { bytes: csv(rows), choices: { confirm: true } })
    onTestFinished(() => withdraw(taken.submission.reference))
    const { rows: stored } = await store.pool.query<{ n: number }>(
      `select count(nhs_number_pseudonym)::int as n from record where submission_id = $1`,
      [taken.submission.id],
    )
    expect(stored).toEqual([{ n: 0 }])
  })

  test('[S26] a formula’s kept result is never used: its cell is empty and reported', async () => {
    const formulas = badFiles().find(({ what }) => what.includes('formulas'))
    const sent = await send(store, {
      bytes: formulas?.bytes ?? new Uint8Array(),
      choices: { leaveOut: true },
    })
    expect(sent).toMatchObject({ ok: true, file: { records: 0, receipt: { formulaCells: 16 } } })
    if (sent.ok) await withdraw(sent.submission.reference)
    await expectNothingKept()
  })
})

async function withdraw(reference: string): Promise<void> {
  const withdrawn = await withdrawSubmission(store, reference, ACTOR)
  if (!withdrawn.ok) throw new Error(withdrawn.code)
}

describe('[S22] a file of 300 MB', () => {
  test('is cut while it streams in', async () => {
    const piece = new Uint8Array(1024 * 1024).fill(97)
    let given = 0
    async function* large(): AsyncGenerator<Uint8Array> {
      while (given < 300 * piece.length) {
        given += piece.length
        yield await Promise.resolve(piece)
      }
    }
    const submissions = await countSubmissions(store)
    const rssBefore = process.memoryUsage().rss
    const sent = await send(store, { bytes: large() })
    expect(sent).toEqual({
      ok: false,
      code: 'file-too-large',
      detail: { limit: DEFAULT_LIMITS.bytes },
    })
    expect(given).toBeLessThan(DEFAULT_LIMITS.bytes + 8 * piece.length)
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(128 * 1024 * 1024)
    expect(await countSubmissions(store)).toBe(submissions)
    await expectNothingKept()
  })
})

describe('a file that may not be sent', () => {
  test.each([
    ['a service that is not in the register', { service: 'no-such-service' }, 'service-unknown'],
    ['a service of nobody', { service: '' }, 'service-unknown'],
    ['what is no quarter', { quarter: 'spring 2024' }, 'quarter-unreadable'],
    ['a quarter before the programme', { quarter: '2023-Q4' }, 'quarter-outside-programme'],
    ['a quarter after the programme', { quarter: '2025-Q1' }, 'quarter-outside-programme'],
    ['a service without an agreement', { service: 'unsigned' }, 'agreement-missing'],
  ])('for %s is refused before a byte of it is read', async (_what, to, code) => {
    let asked = false
    async function* unread(): AsyncGenerator<Uint8Array> {
      asked = true
      yield await Promise.resolve(csv(children(0, 2)))
    }
    const submissions = await countSubmissions(store)
    expect(await send(store, { bytes: unread(), ...to })).toMatchObject({ ok: false, code })
    expect(asked).toBe(false)
    expect(await countSubmissions(store)).toBe(submissions)
    await expectNothingKept()
  })

  test('lists the services there are when there is none of that code', async () => {
    expect(await send(store, { bytes: csv([]), service: 'stay-and-pay' })).toMatchObject({
      detail: { known: 'health-visiting, stay-and-play, toy-library, unsigned' },
    })
  })
})

describe('[S46] a file that was sent before', () => {
  const bytes = csv(children(8, 14))

  test('is the submission that it was, and counts once', async () => {
    const submissions = await countSubmissions(store)
    const again = await send(store, { bytes, quarter: '2024-Q2' })
    expect(again).toMatchObject({ ok: true, submission: { state: 'linked' }, file: undefined })
    expect(await countSubmissions(store)).toBe(submissions)
    await expectNothingKept()
  })

  test('for another quarter is to be confirmed', async () => {
    const sent = await send(store, { bytes, quarter: '2024-Q3' })
    expect(sent).toMatchObject({ ok: false, code: 'to-confirm' })
    expect(sent.file?.findings).toContainEqual({
      code: 'sent-for-other-quarter',
      field: '',
      severity: 'confirm',
      rows: 1,
    })
    await expectNothingKept()
  })

  test('by another service is to be confirmed', async () => {
    const sent = await send(store, { bytes, quarter: '2024-Q2', service: 'toy-library' })
    expect(sent).toMatchObject({ ok: false, code: 'to-confirm' })
    expect(sent.file?.findings).toContainEqual({
      code: 'sent-for-other-service',
      field: '',
      severity: 'confirm',
      rows: 1,
    })
    await expectNothingKept()
  })

  test('and withdrawn since is a submission of its own', async () => {
    const sent = await take(store, { bytes, quarter: '2024-Q4', choices: { confirm: true } })
    await withdraw(sent.submission.reference)
    await expectNothingKept()
    const again = await take(store, { bytes, quarter: '2024-Q4', choices: { confirm: true } })
    expect(again.submission.reference).not.toBe(sent.submission.reference)
    await withdraw(again.submission.reference)
    await expectNothingKept()
  })

  test('whose clients are hardly any of last quarter’s is to be confirmed', async () => {
    const sent = await send(store, {
      bytes: csv(children(50, 84)),
      service: 'health-visiting',
      quarter: '2024-Q2',
    })
    expect(sent).toMatchObject({ ok: false, code: 'to-confirm' })
    expect(sent.file?.findings.map(({ code }) => code)).toContain('few-clients-return')
    await expectNothingKept()
  })
})

describe('[S46] clients of an earlier quarter', () => {
  const codesOf = (sent: Awaited<ReturnType<typeof send>>) =>
    sent.file?.findings.map(({ code }) => code) ?? []

  test('of a service of eight are asked about when none of them returns, and then not again', async () => {
    const confirm = { choices: { confirm: true } }
    const service = 'toy-library'
    const taken = [
      await take(store, { bytes: csv(children(50, 58)), service, quarter: '2024-Q1', ...confirm }),
    ]
    const second = { bytes: csv(children(60, 68)), service, quarter: '2024-Q3' }
    expect(codesOf(await send(store, second))).toContain('few-clients-return')
    taken.push(await take(store, { ...second, ...confirm }))
    const third = { bytes: csv(children(70, 78)), service, quarter: '2024-Q4' }
    const last = await take(store, third)
    expect(codesOf(last)).not.toContain('few-clients-return')
    taken.push(last)
    for (const { submission } of taken) await withdraw(submission.reference)
    await expectNothingKept()
  })

  test('whose references are other people’s now are asked about', async () => {
    const service = 'toy-library'
    const numbered = (first: number) =>
      csv(children(first, first + 8).map((row, n) => ({ ...row, client_ref: `R${String(n)}` })))
    const { submission } = await take(store, { bytes: numbered(50), service, quarter: '2024-Q1' })
    const same = await send(store, { bytes: numbered(50), service, quarter: '2024-Q3' })
    expect(codesOf(same)).not.toContain('clients-are-others')
    const sent = await send(store, { bytes: numbered(60), service, quarter: '2024-Q3' })
    expect(sent).toMatchObject({ ok: false, code: 'to-confirm' })
    expect(codesOf(sent)).toContain('clients-are-others')
    await withdraw(submission.reference)
  })
})

describe('[S46] [S47] other bytes for a service and quarter that has its file', () => {
  const moved = { ...child(9), postcode: 'SE11 6JA', contacts: '9' }
  const newer = csv([...children(10, 16), moved])

  test('are refused with the difference, client by client', async () => {
    const sent = await send(store, { bytes: newer, quarter: '2024-Q2' })
    expect(sent).toMatchObject({
      ok: false,
      code: 'replace-needed',
      difference: { same: 4, changed: 1, new: 2, removed: 1 },
    })
    expect(sent.ok ? '' : sent.standing).toMatch(/^SU-/)
    await expectNothingKept()
  })

  test('take its place when they are told to, and withdrawing them leaves no trace of either', async () => {
    const sent = await take(store, { bytes: newer, quarter: '2024-Q2', choices: { replace: true } })
    expect(sent.difference).toEqual({ same: 4, changed: 1, new: 2, removed: 1 })
    const after = await holdings(store)
    expect(after).toMatchObject({ records: before.records + 1, linked: before.linked, strays: 0 })
    const { rows } = await store.pool.query(
      `select state, reason from submission where quarter = '2024-Q2' and state in ('linked', 'withdrawn') order by id`,
    )
    expect(rows).toEqual([
      { state: 'withdrawn', reason: 'replaced' },
      { state: 'linked', reason: null },
    ])
    await withdraw(sent.submission.reference)
    await take(store, { bytes: csv(children(8, 14)), quarter: '2024-Q2' })
    expect(await figures(store)).toEqual(before.reach)
    await expectNothingKept()
  })
})

describe('a withdrawal', () => {
  test.each(['SU-XXXX-XXXX-X', 'CO-7K3M-9QXZ-4', '', '../keys', `SU' or true --`])(
    'of %j is refused: there is no such submission',
    async (reference) => {
      expect(await withdrawSubmission(store, reference, ACTOR)).toMatchObject({
        ok: false,
        code: 'submission-unknown',
      })
      await expectNothingKept()
    },
  )

  test('of what was rejected is refused', async () => {
    await send(store, { bytes: csv([]) })
    const reference = (await lastSubmission(store))?.reference ?? ''
    expect(await withdrawSubmission(store, reference, ACTOR)).toEqual({
      ok: false,
      code: 'not-linked',
      detail: { state: 'rejected' },
    })
    await expectNothingKept()
  })
})
