import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Mapping } from '#core/mapping/mapping.ts'
import { checkDestination } from '#server/intake/submissions/receive-submission.ts'
import {
  addAgreement,
  endAgreement,
  lastAgreedDay,
  readRegisteredService,
  type AgreementFacts,
} from '#server/programme/register/agreements.ts'
import {
  coveredFields,
  inForceOn,
  listCovered,
  whyNotCovered,
} from '#server/programme/register/agreement-cover.ts'
import { warnOfAgreements } from '#server/programme/register/warn-of-agreements.ts'
import { readGovernance } from '#server/portal/screens/read-governance.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { arriving, owing } from '../../setup/kept-post.ts'
import { send } from '../../intake/submissions/small-programme.ts'
import { children, csv } from '../../intake/submissions/small-files.ts'
import { openScreenSetting, type ScreenSetting } from '../../portal/screens/screen-setting.ts'

/** No agreement that covers it, no processing. */

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())

/** Where administrators, who alone have it, read of a service. */
const SERVICES = 'https://count-once.example/programme/services/'

const admin = () => setting.actors.administrator
const FACTS: AgreementFacts = {
  ...{ controller: 'Acorn', reference: 'DSA 12', assessment: 'DPIA 7', lawfulBasis: 'public-task' },
  ...{ gateway: 'childcare-act', privacyNotice: 'https://acorn.example/privacy' },
  ...{ purposes: ['count-people'], fields: [], documentDigest: 'ab'.repeat(32) },
}
const add = (
  given: { service?: string; from: string; to: string | null },
  facts: Partial<AgreementFacts>,
) =>
  addAgreement(setting.pool, admin(), {
    ...{ service: 'unsigned', ...given },
    facts: { ...FACTS, ...facts },
  })
const isInForce = async (day: string) =>
  (await inPrisma(setting.owner, ({ agreement }) =>
    agreement.count({ where: { serviceCode: 'unsigned', ...inForceOn(day) } }),
  )) > 0
const areCovered = () =>
  listCovered(
    ...([setting.owner, { live: false, purpose: 'reach' }] as const),
    ...([{ services: ['unsigned'], quarter: '2024-Q2' }, new Date()] as const),
  )

describe('an agreement', () => {
  test('is shown with all that it says', async () => {
    expect(await add({ from: '2024-04-01', to: '2024-06-30' }, {})).toEqual({ ok: true })
    const read = await readRegisteredService(setting.pool, admin(), 'unsigned')
    expect(read).toMatchObject({
      service: {
        agreements: [
          {
            ...{ controller: 'Acorn', reference: 'DSA 12', assessment: 'DPIA 7' },
            lawfulBasis: 'Public task: UK GDPR article 6(1)(e)',
            ...{ purposes: ['count-people'], documentDigest: 'ab'.repeat(32) },
          },
        ],
      },
    })
  })

  test('for another purpose alone covers nothing', async () => {
    expect(await areCovered()).toEqual(new Set())
    await add({ from: '2024-07-01', to: '2024-09-30' }, { purposes: ['evaluate'] })
    expect(await areCovered()).toEqual(new Set())
    expect(
      await add({ from: '2024-07-01', to: null }, { purposes: ['nothing-known'] }),
    ).toMatchObject({
      code: 'register-unknown',
    })
  })

  test('that is ended covers nothing from the day after, and stays ended', async () => {
    await add({ from: '2024-10-01', to: null }, {})
    const read = await readRegisteredService(setting.pool, admin(), 'unsigned')
    const id = read.ok ? (read.service.agreements[0]?.id ?? '') : ''
    const end = (on: string) => endAgreement(setting.pool, admin(), { service: 'unsigned', id, on })
    expect(await end('2024-09-30')).toMatchObject({ code: 'agreement-dates' })
    expect(await end('2024-12-01')).toEqual({ ok: true })
    expect(await end('2025-01-01')).toMatchObject({ code: 'agreement-dates' })
    expect([await isInForce('2024-12-01'), await isInForce('2024-12-02')]).toEqual([true, false])
    expect(await setting.countEvents('agreement.ended')).toBe(1)
    const place = { service: 'unsigned', quarter: '2024-Q3' }
    expect(await checkDestination(setting.store, place)).toMatchObject({
      code: 'agreement-missing',
    })
  })

  test('that is over stops a live programme, also for a quarter that it covered', async () => {
    const { store } = setting
    const place = { service: 'unsigned', quarter: '2024-Q1' }
    expect(await checkDestination(store, place)).toMatchObject({ ok: true })
    const live = { ...store, programme: { ...store.programme, live: true } }
    expect(await checkDestination(live, place)).toMatchObject({ code: 'agreement-missing' })
  })

  test('of some fields stops a file that has others, and nothing of it is kept', async () => {
    await add({ from: '2025-01-01', to: null }, { fields: ['client_ref', 'date_of_birth'] })
    const place = { service: 'unsigned', quarter: '2024-Q4' } as const
    expect(await coveredFields(setting.pool, setting.store.programme, place, new Date())).toEqual([
      'client_ref',
      'date_of_birth',
    ])
    const why = (columns: Record<string, string>) =>
      whyNotCovered(
        setting.pool,
        setting.store.programme,
        { ...place, mapping: { columns } },
        new Date(),
      )
    expect(await why({ client_ref: 'Ref' })).toBeUndefined()
    expect(await why({ client_ref: 'Ref', nhs_number: 'NHS' })).toMatchObject({
      code: 'field-not-covered',
    })
    const score = { column: 'A', date: 'On', measure: 'one', timePoint: 'baseline' } as const
    const ofScales = { columns: {}, scores: [score, { ...score, column: 'B', subScale: 'words' }] }
    const fields = ['measure', 'time_point', 'score_date', 'score']
    const covered = async (mapping: Mapping) =>
      (
        await whyNotCovered(
          setting.pool,
          setting.store.programme,
          { ...place, mapping },
          new Date(),
        )
      )?.code ?? ''
    await add({ from: '2025-01-01', to: null }, { fields })
    expect(await covered({ columns: {}, scores: [score] })).toBe('')
    expect(await covered(ofScales)).toBe('field-not-covered')
    const sent = await send(setting.store, {
      ...{ ...place, bytes: csv(children(0, 5)) },
      choices: { confirm: true, leaveOut: true },
    })
    expect(sent).toMatchObject({ ok: false, code: 'field-not-covered' })
    const { rows } = await setting.owner.query(
      `select s.state, s.reason, s.file_id, count(r.id)::int as records
         from submission s left join record r on r.submission_id = s.id
        where s.service_code = 'unsigned' group by s.id`,
    )
    expect(rows).toEqual([
      { state: 'rejected', reason: 'field-not-covered', file_id: null, records: 0 },
    ])
  })
})

describe('an agreement that ends', () => {
  test('is told of 90, 30 and 7 days ahead, once at each, to who looks after it', async () => {
    await setting.owner.query(`delete from agreement`)
    expect(await add({ service: 'toy-library', from: '2024-04-01', to: '2025-06-30' }, {})).toEqual(
      {
        ok: true,
      },
    )
    let mails: Mail[] = []
    const warn = async (day: string) => {
      const context = owing(setting.pool, () => new Date(`${day}T10:00:00Z`))
      await warnOfAgreements(context)
      mails = await arriving(context)
      return mails.length
    }
    expect(await warn('2025-03-31')).toBe(0)
    // Two administrators, and the lead of its organisation.
    expect(await warn('2025-04-02')).toBe(3)
    expect(mails[0]?.subject).toBe('An agreement ends soon – Count Once')
    expect(mails[0]?.text).toContain('Toy Library ends on 30 June 2025')
    expect(mails.filter(({ text }) => text.includes(`${SERVICES}toy-library`))).toHaveLength(2)
    expect(mails.filter(({ text }) => text.includes('/send/toy-library\n'))).toHaveLength(1)
    expect(await lastAgreedDay(setting.pool, 'toy-library')).toBe('2025-06-30')
    expect(await warn('2025-04-03')).toBe(0)
    expect(await warn('2025-06-01')).toBe(3)
    expect(await warn('2025-06-02')).toBe(0)
    expect(await warn('2025-06-25')).toBe(3)
    expect(await warn('2025-06-30')).toBe(0)
    expect(await warn('2025-07-01')).toBe(0)
  })

  test('is not told of once another goes on from it', async () => {
    await setting.owner.query(`update agreement set warned_days = null`)
    await add({ service: 'toy-library', from: '2025-07-01', to: null }, {})
    const context = owing(setting.pool, () => new Date('2025-06-28T10:00:00Z'))
    expect(await warnOfAgreements(context)).toBe(0)
    expect(await lastAgreedDay(setting.pool, 'toy-library')).toBeNull()
  })

  test('is told of once there is somebody to be told, with others of its day in one mail', async () => {
    await setting.owner.query(`delete from agreement where valid_to is null`)
    await add({ from: '2024-04-01', to: '2025-06-30' }, {})
    const context = owing(setting.pool, () => new Date('2025-06-28T10:00:00Z'))
    await setting.owner.query('update portal_user set disabled_at = now()')
    expect(await warnOfAgreements(context)).toBe(0)
    await setting.owner.query('update portal_user set disabled_at = null')
    expect(await warnOfAgreements(context)).toBe(2)
    // One for each person, of all that they look after.
    const mails = await arriving(context)
    expect(mails.map(({ to }) => to).sort()).toEqual([...new Set(mails.map(({ to }) => to))].sort())
    const ofBoth = mails.filter(({ text }) =>
      ['toy-library', 'unsigned'].every((service) => text.includes(`${SERVICES}${service}\n`)),
    )
    expect(ofBoth.map(({ subject }) => subject)).toEqual([
      '2 agreements end soon – Count Once',
      '2 agreements end soon – Count Once',
    ])
  })
})

test('the pack for governance says what is true, to administrators alone', async () => {
  const card = await setting.store.secrets.card()
  const read = await readGovernance(setting.pool, admin(), card)
  if (!read.ok) throw new Error(read.code)
  expect(read.roles.find(({ name }) => name === 'Administrator')).toMatchObject({
    ...{ people: 2, withExact: 1 },
    rights: expect.arrayContaining([
      'Change the register and agreements',
      'See exact figures (with leave)',
    ]) as unknown,
  })
  // In words, and no code of ours.
  expect(
    read.roles.flatMap(({ rights }) => rights).filter((right) => !/^[A-Z][a-z]/.test(right)),
  ).toEqual([])
  expect(read.services).toHaveLength(4)
  expect(await readGovernance(setting.pool, setting.actors.exactAnalyst, card)).toMatchObject({
    code: 'not-found',
  })
})
