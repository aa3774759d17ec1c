import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChecklistCode } from '#core/messages/operating/check-words.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { WorkersCard } from '#server/keys/workers-card.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { CheckState } from '#server/portal/checklist/check.ts'
import {
  confirmHolders,
  confirmMail,
  confirmNotice,
  listPossibleHolders,
  sendMailProof,
} from '#server/portal/checklist/confirm-check.ts'
import { readChecklist } from '#server/portal/checklist/read-checklist.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../../identity/accounts/account-setting.ts'

let setting: AccountSetting
let ada: TestUser
beforeAll(async () => {
  setting = await openAccountSetting()
  ada = await setting.makeUser({ role: 'administrator' })
})
afterAll(() => setting.close())
beforeEach(() => {
  setting.mails.length = 0
})

const DAY = 24 * 60 * 60 * 1000

const CARD: WorkersCard = {
  workers: { id: '0'.repeat(32), publicKey: new Uint8Array(32) },
  madeAt: new Date(),
  demonstration: false,
  checks: [{ name: 'source key', check: '0123456789abcdef' }],
}

async function look(card = CARD): Promise<Readonly<Partial<Record<ChecklistCode, CheckState>>>> {
  const sources = { database: setting.context.pool, card, now: setting.clock.now }
  const read = await readChecklist(sources, ada.actor)
  if (!read.ok) throw new Error(read.code)
  return Object.fromEntries(read.checks.map(({ code, state }) => [code, state]))
}

test('everything is missing from a programme that has just begun', async () => {
  expect(new Set(Object.values(await look()))).toEqual(new Set(['missing']))
})

test('two administrators must be able to sign in, and a third is better', async () => {
  await setting.makeUser({ role: 'administrator', enrolled: false })
  await setting.makeUser({ role: 'administrator', passwordSet: false, enrolled: false })
  expect(await look()).toMatchObject({ administrators: 'missing' })
  const ben = await setting.makeUser({ role: 'administrator' })
  expect(await look()).toMatchObject({ administrators: 'weak' })
  await setting.makeUser({ role: 'administrator' })
  expect(await look()).toMatchObject({ administrators: 'met' })
  await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [ben.id])
  expect(await look()).toMatchObject({ administrators: 'weak' })
})

test('keys are held by two people of the programme, until one of them leaves or the keys change', async () => {
  const officer = await setting.makeUser({ role: 'officer' })
  const stranger = await setting.makeUser({ role: 'provider' })
  const hold = (first: string, second: string): ReturnType<typeof confirmHolders> =>
    confirmHolders(setting.context, ada.actor, CARD, [first, second])
  for (const pair of [
    [ada.id, ada.id],
    [ada.id, stranger.id],
    [ada.id, 'U-22222222'],
  ] as const) {
    expect(await hold(pair[0], pair[1])).toMatchObject({ code: 'holders-two' })
  }
  const listed = await listPossibleHolders(setting.context)
  expect(listed.map(({ id }) => id)).not.toContain(stranger.id)
  expect(await hold(ada.id, officer.id)).toEqual({ ok: true })
  expect(await look()).toMatchObject({ 'keys-held': 'met' })
  const rotated = { ...CARD, checks: [...CARD.checks, { name: 'next', check: 'fedcba9876543210' }] }
  expect(await look(rotated)).toMatchObject({ 'keys-held': 'missing' })
  await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [
    officer.id,
  ])
  expect(await look()).toMatchObject({ 'keys-held': 'missing' })
})

test('a backup is tested once a drill left its entry in the trail, and that grows old in a year', async () => {
  const at = setting.clock.now
  await withTransaction(setting.owner, (client) =>
    appendAudit(client, { actor: 'operator', event: 'backup.tested', subject: '' }),
  )
  expect(await look()).toMatchObject({ 'backup-tested': 'met' })
  setting.clock.now = new Date(Date.now() + 367 * DAY)
  expect(await look()).toMatchObject({ 'backup-tested': 'weak' })
  setting.clock.now = at
})

test('mail is proven by the code of a mail that arrived, to the one whom it was sent to', async () => {
  const ben = await setting.makeUser({ role: 'administrator' })
  expect(await sendMailProof(setting.context, ada.actor)).toEqual({ ok: true })
  const [mail] = setting.mails
  const code = /^[0-9A-F]{8}$/m.exec(mail?.text ?? '')?.[0] ?? ''
  expect(mail?.to).toBe(ada.email)
  for (const [actor, typed] of [
    [ben.actor, code],
    [ada.actor, '00000000'],
  ] as const) {
    expect(await confirmMail(setting.context, actor, typed)).toMatchObject({
      code: 'mail-code-wrong',
    })
  }
  const at = setting.clock.now
  setting.clock.now = new Date(at.getTime() + 2 * DAY)
  expect(await confirmMail(setting.context, ada.actor, code)).toMatchObject({
    code: 'mail-code-wrong',
  })
  setting.clock.now = new Date(at.getTime() + DAY)
  expect(await confirmMail(setting.context, ada.actor, code.toLowerCase())).toEqual({ ok: true })
  expect(await look()).toMatchObject({ 'mail-proven': 'met' })
})

test('a mail server that is away is said, and proves nothing', async () => {
  const mailer = { send: () => Promise.reject(new Error('away')) }
  expect(await sendMailProof({ ...setting.context, mailer }, ada.actor)).toMatchObject({
    code: 'mail-unsent',
  })
})

test('real agreements count that cover today, and the address of the notice is shown', async () => {
  const agree = (service: string, from: string, to: string, demonstration: boolean) =>
    setting.owner.query(
      `insert into agreement (service_code, valid_from, valid_to, demonstration) values ($1, $2, $3, $4)`,
      [service, from, to, demonstration],
    )
  await agree('heron-play', '2020-01-01', '2021-01-01', false)
  await agree('otter-play', '2020-01-01', '2199-01-01', true)
  expect(await look()).toMatchObject({ agreements: 'missing' })
  await agree('heron-play', '2020-01-01', '2199-01-01', false)
  expect(await look()).toMatchObject({ agreements: 'weak' })
  await agree('otter-play', '2020-01-01', '2199-01-01', false)
  await confirmNotice(setting.context, ada.actor, 'https://council.example/privacy')
  expect(await look()).toMatchObject({ agreements: 'met', 'privacy-notice': 'met' })
  // Ended before its last day.
  await setting.owner.query(
    `update agreement set ended_on = '2021-01-01' where service_code = 'otter-play'`,
  )
  expect(await look()).toMatchObject({ agreements: 'weak' })
})

test('postcodes are there once each ward in use has some', async () => {
  const { owner } = setting
  await owner.query(`insert into ward (code, name) values ('north', 'North'), ('south', 'South')`)
  expect(await look()).toMatchObject({ postcodes: 'missing' })
  await owner.query(
    `insert into postcode_area (digest, ward_code, in_area) values (1, 'north', 'yes'), (2, 'north', 'yes')`,
  )
  expect(await look()).toMatchObject({ postcodes: 'weak' })
  await owner.query(`update ward set closed_after = '2024-Q1' where code = 'south'`)
  expect(await look()).toMatchObject({ postcodes: 'met' })
})

test('anchors are better where this installation cannot change them', async () => {
  const anchor = (protection: string) =>
    setting.owner.query(
      'update audit_watch set anchor_number = 1, anchor_seq = 1, anchored_at = now(), protection = $1',
      [protection],
    )
  await anchor('folder')
  expect(await look()).toMatchObject({ anchors: 'weak' })
  await anchor('immutable-storage')
  expect(await look()).toMatchObject({ anchors: 'met' })
})

test('[S61] who is no administrator sees nothing and confirms nothing, and what is confirmed is an entry', async () => {
  const { actor } = await setting.makeUser({ role: 'officer' })
  const sources = { database: setting.context.pool, card: CARD, now: setting.clock.now }
  const answers = [
    await readChecklist(sources, actor),
    await confirmHolders(setting.context, actor, CARD, [ada.id, actor.userId]),
    await confirmNotice(setting.context, actor, 'https://council.example/privacy'),
    await sendMailProof(setting.context, actor),
  ]
  expect(answers).toEqual(answers.map(() => ({ ok: false, code: 'not-found' })))
  const { rows } = await setting.owner.query<{ subject: string }>(
    `select distinct subject from audit_event where event = 'check.confirmed' order by subject`,
  )
  expect(rows.map(({ subject }) => subject)).toEqual([
    ...['keys-held', 'mail-proven', 'privacy-notice'],
  ])
})
