import { freshFor } from '../approvals/fresh-for.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeCountedRefusals } from '#server/identity/audit/refusals.ts'
import { changePassword } from '#server/identity/accounts/own-account.ts'
import { requestPasswordLink, setPasswordByLink } from '#server/identity/accounts/password-links.ts'
import { provePerson } from '#server/identity/accounts/prove-person.ts'
import { checkPassword, finishSignIn } from '#server/identity/accounts/sign-in.ts'
import { inviteAgain, INVITING, inviteUser, readUser } from '#server/identity/accounts/users.ts'
import { DEVICE_DAYS } from '#server/identity/sessions/known-devices.ts'
import {
  PASSWORD,
  codeOf,
  openAccountSetting,
  ticketIn,
  type AccountSetting,
  type TestUser,
} from './account-setting.ts'

const OFFICE = '192.0.2.7'
const ELSEWHERE = '198.51.100.20'
const NEW_PASSWORD = 'orchid ladle quarry pigeon'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(async () => {
  await setting.settle()
  setting.mails.length = 0
  setting.pauses.length = 0
  passTime(DAY)
})

function passTime(milliseconds: number): void {
  setting.clock.now = new Date(setting.clock.now.getTime() + milliseconds)
}

interface Browser {
  readonly address?: string
  readonly devices?: string | undefined
}

function tryPassword(
  email: string,
  password: string,
  { address = OFFICE, devices }: Browser = {},
): ReturnType<typeof checkPassword> {
  return checkPassword(setting.context, { email, password, address, devices })
}

/** Signs in with password and code; the cookie of known devices afterwards, undefined if refused. */
async function signIn(user: TestUser, browser: Browser = {}): Promise<string | undefined> {
  const { address = OFFICE, devices } = browser
  const first = await tryPassword(user.email, PASSWORD, browser)
  if (!first.ok) return undefined
  // Each code serves once.
  passTime(30_000)
  const second = await finishSignIn(setting.context, {
    ...{ ticket: first.ticket, code: codeOf(setting, user), kind: 'one-time', address, devices },
  })
  return second.ok ? second.devices : undefined
}

async function knownDeviceOf(user: TestUser): Promise<string> {
  return (await signIn(user)) ?? expect.fail('the owner was refused')
}

/** Guesses of many machines at one account, until a quarter of an hour has no tries left. */
async function guess(email: string, times = 6): Promise<void> {
  for (let wrong = 0; wrong < times; wrong += 1)
    await tryPassword(email, 'wrong', { address: `203.0.113.${String(wrong)}` })
}

async function linkFor(email: string): Promise<string> {
  requestPasswordLink(setting.context, { email })
  await setting.settle()
  return ticketIn(setting.mails.filter(({ to }) => to === email).at(-1))
}

describe('one address that guesses', () => {
  test('[S74] after 105 wrong tries for invented names, everybody at it still signs in, only later', async () => {
    const owner = await setting.makeUser()
    for (let name = 0; name < 105; name += 1)
      await tryPassword(`nobody${String(name)}@example.org`, 'wrong')
    expect(await signIn(owner)).toBeDefined()
    // Growing, and never longer than a person waits.
    expect(setting.pauses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0))
    const growing = setting.pauses.slice(20, 105)
    expect(growing).toEqual(growing.toSorted((one, next) => one - next))
    expect(Math.max(...setting.pauses)).toBe(10_000)
  })

  test('[S74] a known device is not slowed, and neither are others elsewhere', async () => {
    const owner = await setting.makeUser()
    const devices = await knownDeviceOf(owner)
    for (let name = 0; name < 70; name += 1)
      await tryPassword(`invented${String(name)}@example.org`, 'wrong')
    setting.pauses.length = 0
    expect(await signIn(owner, { devices })).toBeDefined()
    expect(await signIn(owner, { address: ELSEWHERE })).toBeDefined()
    expect(setting.pauses).toEqual([0, 0, 0, 0])
  })

  test('[S74] guesses sent at once are slowed as well, and grow no table', async () => {
    await Promise.all(
      Array.from({ length: 150 }, (_, name) =>
        tryPassword(`atonce${String(name)}@example.org`, 'wrong', { address: ELSEWHERE }),
      ),
    )
    expect(setting.pauses.filter((wait) => wait >= 5_000).length).toBeGreaterThan(80)
    passTime(16 * MINUTE)
    for (let sweep = 0; sweep < 8; sweep += 1) await tryPassword('sweeper@example.org', 'wrong')
    const { rows } = await setting.owner.query('select from sign_in_attempt')
    expect(rows.length).toBeLessThan(20)
  })

  test('[S74] behind a proxy that nobody declared, everybody has one address, and nobody is refused for it', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => setting.makeUser()))
    for (let name = 0; name < 120; name += 1)
      await tryPassword(`flood${String(name % 60)}@example.org`, 'wrong')
    for (const person of people) expect(await signIn(person)).toBeDefined()
    expect(Math.max(...setting.pauses)).toBe(10_000)
  })

  test('[S74] silences no mail: a link and an invitation go out', async () => {
    const owner = await setting.makeUser()
    const { actor } = await setting.makeUser({ role: 'administrator' })
    for (let name = 0; name < 105; name += 1) {
      requestPasswordLink(setting.context, { email: `mail${String(name)}@example.org` })
      await tryPassword(`mail${String(name)}@example.org`, 'wrong')
    }
    await setting.settle()
    expect(setting.mails).toEqual([])
    expect(await linkFor(owner.email)).not.toBe('')
    const email = 'invited@example.org'
    const wanted = { email, name: 'In Vited', role: 'analyst', providerCode: null, mayExact: false }
    expect(
      await inviteUser(
        setting.context,
        actor,
        { ...wanted, role: 'analyst' },
        freshFor(actor, INVITING, setting.clock.now),
      ),
    ).toMatchObject({
      ok: true,
    })
    await setting.settle()
    expect(setting.mails.map(({ to }) => to)).toEqual([owner.email, email])
  })
})

describe('many addresses that guess at one account', () => {
  test('[S5] [S74] keep out a new device, even with the right password, and not one that is known', async () => {
    const owner = await setting.makeUser()
    const devices = await knownDeviceOf(owner)
    passTime(DAY)
    await guess(owner.email)
    expect(await signIn(owner, { address: ELSEWHERE })).toBeUndefined()
    expect(await signIn(owner, { devices })).toBeDefined()
    // It shares no tries with strangers: they have none left, and get none back.
    expect(await signIn(owner, { address: ELSEWHERE })).toBeUndefined()
    passTime(15 * MINUTE)
    expect(await signIn(owner, { address: ELSEWHERE })).toBeDefined()
  })

  test('[S5] the sixth wrong try of a known device is refused even if right, by itself alone', async () => {
    const owner = await setting.makeUser()
    const devices = await knownDeviceOf(owner)
    for (let wrong = 0; wrong < 5; wrong += 1) await tryPassword(owner.email, 'wrong', { devices })
    expect(await signIn(owner, { devices })).toBeUndefined()
    expect(await signIn(owner)).toBeDefined()
    passTime(15 * MINUTE + 1)
    expect(await signIn(owner, { devices })).toBeDefined()
  })

  test('[S5] tries of a known device sent at once count one by one', async () => {
    const owner = await setting.makeUser()
    const devices = await knownDeviceOf(owner)
    const before = await refusedTries(owner)
    await Promise.all(
      Array.from({ length: 20 }, () => tryPassword(owner.email, 'wrong', { devices })),
    )
    expect((await refusedTries(owner)) - before).toBe(15)
  })

  test('[S74] do not reach somebody who is signed in and proves who they are', async () => {
    const owner = await setting.makeUser({ role: 'administrator' })
    await guess(owner.email)
    const proved = await provePerson(setting.context, {
      ...{ user: owner.id, code: codeOf(setting, owner), address: ELSEWHERE },
    })
    expect(proved).toMatchObject({ ok: true })
    const changed = await changePassword(setting.context, owner.actor, {
      ...{ present: PASSWORD, password: NEW_PASSWORD },
    })
    expect(changed).toMatchObject({ ok: true })
  })
})

async function refusedTries(user: TestUser): Promise<number> {
  await setting.settle()
  await writeCountedRefusals(setting.context.pool)
  const { rows } = await setting.owner.query<{ refused: number }>(
    `select coalesce(sum((detail ->> 'times')::integer), 0)::integer as refused from audit_event
      where subject = $1 and detail ->> 'reason' = 'too-many-tries'`,
    [user.id],
  )
  return rows[0]?.refused ?? 0
}

describe('a cookie of known devices', () => {
  test('[S74] that is forged, altered or another account’s is a stranger’s', async () => {
    const [owner, other] = [await setting.makeUser(), await setting.makeUser()]
    const own = await knownDeviceOf(owner)
    const stolen = await knownDeviceOf(other)
    const [until = '', nonce = '', signature = ''] = own.split('.')
    passTime(DAY)
    await guess(owner.email)
    const forged = [
      ...['', 'x', '~~~~', own.replaceAll('.', '~'), 'é'.repeat(5_000), `${'a'.repeat(10_000)}.`],
      `${String(Number(until) + 86_400)}.${nonce}.${signature}`,
      `${until}.${nonce.slice(0, -1)}${nonce.endsWith('A') ? 'B' : 'A'}.${signature}`,
      `${until}.${nonce}.${Buffer.alloc(32).toString('base64url')}`,
      `${until}.${nonce}.`,
      stolen,
      `${stolen}~${stolen}~${stolen}~${stolen}~${own}`,
    ]
    for (const devices of forged)
      expect([devices.slice(0, 99), await signIn(owner, { devices })]).toEqual([
        devices.slice(0, 99),
        undefined,
      ])
    expect(await signIn(owner, { devices: own })).toBeDefined()
  })

  test('[S74] ends with a change of password, of the second factor, and after half a year', async () => {
    const [one, two, three] = [
      await setting.makeUser(),
      await setting.makeUser(),
      await setting.makeUser(),
    ]
    const cookies = [await knownDeviceOf(one), await knownDeviceOf(two), await knownDeviceOf(three)]
    const changed = await changePassword(setting.context, one.actor, {
      ...{ present: PASSWORD, password: NEW_PASSWORD, devices: cookies[0] },
    })
    if (!changed.ok) throw new Error(changed.code)
    await setting.owner.query(
      `update portal_user set code_seed = code_seed || '\\x00' where id = $1`,
      [two.id],
    )
    passTime((DEVICE_DAYS - 1) * DAY)
    for (const user of [one, two, three]) await guess(user.email)
    const sign = (user: TestUser, password: string, devices: string | undefined) =>
      tryPassword(user.email, password, { devices })
    expect((await sign(one, NEW_PASSWORD, cookies[0])).ok).toBe(false)
    expect((await sign(two, PASSWORD, cookies[1])).ok).toBe(false)
    // The browser in which the password was changed goes on.
    expect((await sign(one, NEW_PASSWORD, changed.devices)).ok).toBe(true)
    expect((await sign(three, PASSWORD, cookies[2])).ok).toBe(true)
    passTime(2 * DAY)
    await guess(three.email)
    expect((await sign(three, PASSWORD, cookies[2])).ok).toBe(false)
  })

  test('knows each of the people who share a computer, and names none of them', async () => {
    const [one, two] = [await setting.makeUser(), await setting.makeUser()]
    const shared = await signIn(two, { devices: await knownDeviceOf(one) })
    for (const user of [one, two]) {
      await guess(user.email)
      expect(await signIn(user, { devices: shared })).toBeDefined()
      expect(shared).not.toContain(user.id)
    }
    expect(shared?.split('~')).toHaveLength(2)
  })

  test('[S6] tells nothing: every wrong try answers alike, after one computation and as late', async () => {
    const [open, locked, gone] = [
      await setting.makeUser(),
      await setting.makeUser(),
      await setting.makeUser(),
    ]
    const devices = [await knownDeviceOf(open), await knownDeviceOf(locked)]
    passTime(DAY)
    await guess(locked.email)
    await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [gone.id])
    for (let name = 0; name < 30; name += 1)
      await tryPassword(`slow${String(name)}@example.org`, 'wrong')
    const answers = []
    for (const email of [open.email, locked.email, gone.email, 'nobody@example.org'])
      for (const cookie of [...devices, 'forged', undefined]) {
        setting.computed.hashes = 0
        setting.pauses.length = 0
        // At the same moment of the address each time.
        await setting.owner.query(
          `delete from sign_in_attempt where id in (
             select id from sign_in_attempt order by id desc limit 1)`,
        )
        answers.push(await tryPassword(email, 'wrong', { devices: cookie }))
        expect(setting.computed.hashes).toBe(1)
        expect(setting.pauses).toHaveLength(1)
        expect(setting.pauses[0]).toBeGreaterThan(2_000)
      }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })
})

describe('a hundred failures in a row', () => {
  /** A few wrong tries a day, over months, as a patient stranger would. */
  async function fail(user: TestUser, times: number, browser: Browser = {}): Promise<void> {
    for (let failed = 0; failed < times; failed += 1) {
      if (failed % 4 === 0) passTime(DAY)
      await tryPassword(user.email, 'wrong', { address: ELSEWHERE, ...browser })
    }
  }

  test('[S5] [S74] spread over months close an account to strangers, until another administrator sends a link', async () => {
    const owner = await setting.makeUser({ role: 'administrator' })
    const administrator = await setting.makeUser({ role: 'administrator' })
    await fail(owner, 99)
    await setting.settle()
    expect(setting.mails).toEqual([])
    await fail(owner, 1)
    await setting.settle()
    const told = setting.mails.map(({ to }) => to)
    expect(told).toContain(owner.email)
    expect(told).toContain(administrator.email)
    expect(new Set(told).size).toBe(told.length)
    passTime(DAY)
    expect(await tryPassword(owner.email, PASSWORD)).toEqual(
      await tryPassword('nobody@example.org', PASSWORD),
    )
    const view = await readUser(setting.context, administrator.actor, owner.id)
    expect(view).toMatchObject({ user: { state: 'closed' } })

    // A link that anybody can ask for does not open it, and neither does one's own.
    passTime(DAY)
    const link = await linkFor(owner.email)
    expect(setting.mails.at(-1)?.text).toContain('100 wrong tries')
    await setPasswordByLink(setting.context, { ticket: link, password: PASSWORD })
    expect((await tryPassword(owner.email, PASSWORD)).ok).toBe(false)
    await inviteAgain(setting.context, owner.actor, owner.id)
    await setting.settle()
    const own = ticketIn(setting.mails.filter(({ to }) => to === owner.email).at(-1))
    await setPasswordByLink(setting.context, { ticket: own, password: PASSWORD })
    expect((await tryPassword(owner.email, PASSWORD)).ok).toBe(false)

    await inviteAgain(setting.context, administrator.actor, owner.id)
    await setting.settle()
    const sent = ticketIn(setting.mails.filter(({ to }) => to === owner.email).at(-1))
    await setPasswordByLink(setting.context, { ticket: sent, password: PASSWORD })
    expect(await signIn(owner)).toBeDefined()
  })

  test('[S74] leave a known device as it is, and its owner’s sign-in begins the count anew', async () => {
    const owner = await setting.makeUser()
    const devices = await knownDeviceOf(owner)
    await fail(owner, 120)
    passTime(DAY)
    expect(await signIn(owner)).toBeUndefined()
    expect(await signIn(owner, { devices })).toBeDefined()
    expect(await signIn(owner, { address: ELSEWHERE })).toBeDefined()
  })

  test('[S5] of a stolen device make a stranger of it', async () => {
    const owner = await setting.makeUser()
    const devices = await knownDeviceOf(owner)
    await fail(owner, 100, { devices })
    passTime(DAY)
    await guess(owner.email)
    expect(await signIn(owner, { devices })).toBeUndefined()
    passTime(15 * MINUTE)
    expect(await signIn(owner)).toBeDefined()
  })

  test('[S5] count wrong codes too, by whoever has the password: it begins nothing anew', async () => {
    const owner = await setting.makeUser()
    for (let failed = 0; failed < 100; failed += 1) {
      if (failed % 4 === 0) passTime(DAY)
      const first = await tryPassword(owner.email, PASSWORD, { address: ELSEWHERE })
      if (!first.ok) throw new Error(first.code)
      await finishSignIn(setting.context, {
        ...{ ticket: first.ticket, code: '000000', kind: 'one-time', address: ELSEWHERE },
      })
    }
    passTime(DAY)
    expect((await tryPassword(owner.email, PASSWORD)).ok).toBe(false)
  })

  test('[S5] sent at once are never more than are looked at', async () => {
    const owner = await setting.makeUser()
    await fail(owner, 98)
    passTime(DAY)
    setting.mails.length = 0
    await Promise.all(Array.from({ length: 12 }, () => tryPassword(owner.email, 'wrong')))
    await setting.settle()
    expect(setting.mails.filter(({ to }) => to === owner.email)).toHaveLength(1)
    expect(await signIn(owner)).toBeUndefined()
  })
})
