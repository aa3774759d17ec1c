import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepingMailer, sendKeptMails } from '#server/identity/mails/kept-mails.ts'
import { requestPasswordLink, setPasswordByLink } from '#server/identity/accounts/password-links.ts'
import { INVITING, inviteUser } from '#server/identity/accounts/users.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Mail, Mailer } from '#server/platform/mail/mailer.ts'
import { freshFor } from '../approvals/fresh-for.ts'
import {
  openAccountSetting,
  PASSWORD,
  ticketIn,
  type AccountSetting,
  type TestUser,
} from '../accounts/account-setting.ts'

/** A mail server that is away for a day: what was to be said of accounts is said when it is back. */

let setting: AccountSetting
let administrator: TestUser
let context: AccountContext
let isAway: boolean
const arrived: Mail[] = []
const server: Mailer = {
  send: (mail) => {
    if (isAway) return Promise.reject(new Error('away'))
    arrived.push(mail)
    return Promise.resolve()
  },
}

beforeAll(async () => {
  setting = await openAccountSetting()
  administrator = await setting.makeUser({ role: 'administrator' })
  context = { ...setting.context, mailer: keepingMailer(server, setting.context) }
})
afterAll(() => setting.close())
beforeEach(async () => {
  isAway = true
  arrived.length = 0
  await setting.owner.query('delete from kept_mail')
})

const HOUR = 60 * 60 * 1000

async function invite(email: string): ReturnType<typeof inviteUser> {
  const fresh = freshFor(administrator.actor, INVITING, setting.clock.now)
  const wanted = {
    email,
    name: 'New',
    role: 'analyst',
    providerCode: null,
    mayExact: false,
  } as const
  const made = await inviteUser(context, administrator.actor, wanted, fresh)
  await setting.settle()
  return made
}

function later(hours: number): void {
  setting.clock.now = new Date(setting.clock.now.getTime() + hours * HOUR)
}

test('an invitation arrives once when the server is back after a day, and its link works', async () => {
  expect(await invite('day@example.org')).toMatchObject({ ok: true })
  for (let hour = 0; hour < 24; hour += 1) {
    expect(await sendKeptMails(setting.context, server)).toBe(0)
    later(1)
  }
  later(0.1)
  isAway = false
  const portals = await Promise.all([1, 2, 3].map(() => sendKeptMails(setting.context, server)))
  expect(portals.reduce((sum, sent) => sum + sent, 0)).toBe(1)
  expect(arrived.map(({ to }) => to)).toEqual(['day@example.org'])
  expect(await sendKeptMails(setting.context, server)).toBe(0)
  expect(
    await setPasswordByLink(context, { ticket: ticketIn(arrived[0]), password: PASSWORD }),
  ).toEqual({ ok: true })
})

test('[S38] what is kept shows neither whom it is for nor its link, and is gone once it is sent', async () => {
  await invite('sealed@example.org')
  const rows = async (): Promise<string[]> => {
    const { rows: kept } = await setting.owner.query<{ row: string; sealed: Buffer }>(
      'select kept_mail::text as row, sealed from kept_mail',
    )
    return kept.map(({ row, sealed }) => row + sealed.toString('latin1'))
  }
  const [kept = ''] = await rows()
  expect(kept).not.toBe('')
  expect(kept).not.toMatch(/sealed@|set-password|link=/)
  isAway = false
  await sendKeptMails(setting.context, server)
  expect(ticketIn(arrived[0])).not.toBe('')
  expect(await rows()).toEqual([])
})

test('a link that has ended meanwhile is not sent: whoever needs one asks again', async () => {
  requestPasswordLink(context, { email: administrator.email })
  await setting.settle()
  later(2)
  isAway = false
  expect(await sendKeptMails(setting.context, server)).toBe(0)
  expect(arrived).toEqual([])
  requestPasswordLink(context, { email: administrator.email })
  await setting.settle()
  expect(arrived).toHaveLength(1)
})

test('a server that stays away is asked once a round, and after an hour at most', async () => {
  let asked = 0
  const counting: Mailer = {
    send: () => {
      asked += 1
      return Promise.reject(new Error('away'))
    },
  }
  for (const name of ['a', 'b', 'c']) await invite(`${name}@away.example.org`)
  await sendKeptMails(setting.context, counting)
  expect(asked).toBe(1)
  for (let hour = 0; hour < 24; hour += 1) {
    later(1.01)
    await sendKeptMails(setting.context, counting)
  }
  expect(asked).toBe(25)
  isAway = false
  later(1.01)
  expect(await sendKeptMails(setting.context, server)).toBe(3)
})
