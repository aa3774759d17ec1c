import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { writeCountedRefusals } from '#server/identity/audit/refusals.ts'
import { checkPassword, finishSignIn } from '#server/identity/accounts/sign-in.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { offerSeed, readCodePage } from '#server/identity/accounts/sign-in-step.ts'
import { codeAt } from '#server/identity/accounts/one-time-codes.ts'
import { renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import { RECOVERY_CODES } from '#server/identity/accounts/recovery-codes.ts'
import { freshFor } from '../approvals/fresh-for.ts'
import { openSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { IDLE_MS, readSession } from '#server/identity/sessions/session.ts'
import {
  ADDRESS,
  PASSWORD,
  codeOf,
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from './account-setting.ts'

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(() => {
  // A day later each time: no test meets the codes or tries of another.
  setting.clock.now = new Date(setting.clock.now.getTime() + 24 * 60 * 60 * 1000)
})

async function firstStep(user: TestUser, password = PASSWORD): Promise<string> {
  const done = await checkPassword(setting.context, {
    email: user.email,
    password,
    address: ADDRESS,
  })
  if (!done.ok) throw new Error('the password was refused')
  return done.ticket
}

function secondStep(
  ticket: string,
  code: string,
  kind: 'one-time' | 'recovery' = 'one-time',
): ReturnType<typeof finishSignIn> {
  return finishSignIn(setting.context, { ticket, code, kind, address: ADDRESS })
}

describe('the one-time code', () => {
  test('signs in with the present code, and the session says who', async () => {
    const user = await setting.makeUser({ role: 'provider' })
    const done = await secondStep(await firstStep(user), codeOf(setting, user))
    expect(done).toMatchObject({ ok: true, userId: user.id, enrolled: false })
    if (!done.ok) return
    expect(await readSession(setting.context, done.ticket)).toEqual({
      actor: { ...user.actor, purpose: 'reach' },
      name: 'Sam Marlowe',
      providerName: 'Heron Trust',
    })
  })

  test('[S1] a code accepted once is refused again, in another first step too', async () => {
    const user = await setting.makeUser()
    const code = codeOf(setting, user)
    expect((await secondStep(await firstStep(user), code)).ok).toBe(true)
    expect(await secondStep(await firstStep(user), code)).toMatchObject({ code: 'code-used' })
    setting.clock.now = new Date(setting.clock.now.getTime() + 20_000)
    expect(await secondStep(await firstStep(user), code)).toMatchObject({ code: 'code-used' })
  })

  test('[S1] twenty tries of one code at the same moment give exactly one session', async () => {
    const user = await setting.makeUser()
    const tickets = await Promise.all(Array.from({ length: 4 }, () => firstStep(user)))
    const code = codeOf(setting, user)
    const tries = Array.from({ length: 20 }, (_, index) =>
      secondStep(tickets[index % 4] ?? '', code),
    )
    const done = await Promise.all(tries)
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    const { rows } = await setting.owner.query('select from portal_session where user_id = $1', [
      user.id,
    ])
    expect(rows).toHaveLength(1)
  })

  test('[S2] passes for this step and the one before; two before and one after are refused', async () => {
    for (const [away, passes] of [
      [0, true],
      [-1, true],
      [-2, false],
      [1, false],
    ] as const) {
      const user = await setting.makeUser()
      const done = await secondStep(await firstStep(user), codeOf(setting, user, away))
      expect([away, done.ok]).toEqual([away, passes])
    }
  })

  test.each(['', '12345', '1234567', '１２３４５６', '12345a', '0', 'undefined', '\u0000'])(
    'refuses %j for a code',
    async (code) => {
      const user = await setting.makeUser()
      expect(await secondStep(await firstStep(user), code)).toMatchObject({ code: 'code-refused' })
    },
  )

  test('takes the space that apps show in the middle', async () => {
    const user = await setting.makeUser()
    const code = codeOf(setting, user)
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
    expect((await secondStep(await firstStep(user), spaced)).ok).toBe(true)
  })
})

describe('the first step', () => {
  test('[S3] its ticket is no session', async () => {
    const user = await setting.makeUser()
    expect(await readSession(setting.context, await firstStep(user))).toBeUndefined()
  })

  test('ends after ten minutes', async () => {
    const user = await setting.makeUser()
    const ticket = await firstStep(user)
    setting.clock.now = new Date(setting.clock.now.getTime() + 10 * 60_000)
    expect(await readCodePage(setting.context, ticket)).toBeUndefined()
    expect(await secondStep(ticket, codeOf(setting, user))).toMatchObject({ code: 'sign-in-over' })
  })

  test('ends when the user is disabled meanwhile', async () => {
    const user = await setting.makeUser()
    const ticket = await firstStep(user)
    await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [user.id])
    expect(await secondStep(ticket, codeOf(setting, user))).toMatchObject({ code: 'sign-in-over' })
  })

  test('finds the account however the address is written', async () => {
    const user = await setting.makeUser()
    const email = `  ${user.email.toUpperCase()} `
    const done = await checkPassword(setting.context, {
      email,
      password: PASSWORD,
      address: ADDRESS,
    })
    expect(done.ok).toBe(true)
  })
})

describe('guessing', () => {
  async function tooMany(): Promise<number> {
    await setting.settle()
    await writeCountedRefusals(setting.context.pool)
    const { rows } = await setting.owner.query<{ refused: number }>(
      `select coalesce(sum((detail ->> 'times')::integer), 0)::integer as refused from audit_event
        where event = 'sign-in.refused' and detail ->> 'reason' = 'too-many-tries'`,
    )
    return rows[0]?.refused ?? 0
  }

  test('[S5] the sixth wrong password is refused even if right, and a restart does not reset it', async () => {
    const user = await setting.makeUser()
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await checkPassword(setting.context, {
        email: user.email,
        password: 'wrong',
        address: `192.0.2.${wrong}`,
      })
    }
    // A second instance of the portal, from another address.
    const other = { ...setting.context }
    const right = { email: user.email, password: PASSWORD, address: '198.51.100.1' }
    expect(await checkPassword(other, right)).toMatchObject({ ok: false, code: 'sign-in-refused' })
    setting.clock.now = new Date(setting.clock.now.getTime() + 15 * 60_000 + 1)
    expect((await checkPassword(other, right)).ok).toBe(true)
  })

  test('[S5] the sixth wrong code is refused even if right; refused tries do not prolong it', async () => {
    const user = await setting.makeUser()
    const ticket = await firstStep(user)
    for (let wrong = 0; wrong < 5; wrong += 1) await secondStep(ticket, '000000')
    for (let more = 0; more < 10; more += 1) {
      expect(await secondStep(ticket, codeOf(setting, user))).toMatchObject({
        code: 'too-many-tries',
      })
    }
    setting.clock.now = new Date(setting.clock.now.getTime() + 15 * 60_000 + 1)
    expect((await secondStep(await firstStep(user), codeOf(setting, user))).ok).toBe(true)
  })

  test('[S5] wrong passwords sent at once count one by one', async () => {
    const user = await setting.makeUser()
    const before = await tooMany()
    const tries = Array.from({ length: 20 }, () =>
      checkPassword(setting.context, { email: user.email, password: 'wrong', address: ADDRESS }),
    )
    await Promise.all(tries)
    expect((await tooMany()) - before).toBe(15)
  })

  test('[S6] unknown, wrong, locked and disabled answer alike, each after one computation and as many statements', async () => {
    const known = await setting.makeUser()
    const disabled = await setting.makeUser()
    const locked = await setting.makeUser()
    await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [
      disabled.id,
    ])
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await checkPassword(setting.context, {
        email: locked.email,
        password: 'wrong',
        address: ADDRESS,
      })
    }
    const answers = []
    const statements = []
    const asked = vi.spyOn(pg.Client.prototype, 'query')
    onTestFinished(() => {
      asked.mockRestore()
    })
    // What comes after the answer tells nobody anything.
    const context = { ...setting.context, later: () => undefined }
    for (const [email, password] of [
      ['nobody@example.org', PASSWORD],
      [known.email, 'wrong'],
      [disabled.email, PASSWORD],
      [locked.email, PASSWORD],
    ] as const) {
      const counts = []
      // What another test left to be done may ask something meanwhile, and hardly twice.
      for (let turn = 0; turn < 3; turn += 1) {
        setting.computed.hashes = 0
        const before = asked.mock.calls.length
        answers.push(await checkPassword(context, { email, password, address: ADDRESS }))
        counts.push(asked.mock.calls.length - before)
        expect(setting.computed.hashes).toBe(1)
      }
      statements.push(Math.min(...counts))
    }
    expect(statements[0]).toBeGreaterThan(2)
    expect(new Set(statements).size).toBe(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  test('[S6] a stopwatch tells nothing: medians of unknown, wrong, locked and disabled over 200 tries lie within a tenth', async () => {
    const strangers = await openStrangers()
    expect(await leastApart(strangers, { tries: 50, within: 0.1 })).toBeLessThan(0.1)
    // What is prepared when a portal starts is prepared for everybody: the first to come is as late.
    const afterStart = { tries: 9, within: 0.4, fresh: () => argonPasswords() }
    expect(await leastApart(strangers, afterStart)).toBeLessThan(0.4)
  }, 300_000)
})

/** Somebody of each kind who may not enter, with hashes as they are for real. */
async function openStrangers(): Promise<readonly (() => Promise<string>)[]> {
  const hashed = await argonPasswords().hash(PASSWORD)
  const make = async (): Promise<TestUser> => {
    const user = await setting.makeUser()
    await setting.owner.query('update portal_user set password_hash = $2 where id = $1', [
      ...[user.id, hashed],
    ])
    return user
  }
  const disabled = await make()
  await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [
    disabled.id,
  ])
  const locked = await make()
  const lock = { email: locked.email, password: 'wrong', address: ADDRESS }
  for (let wrong = 0; wrong < 5; wrong += 1) await checkPassword(setting.context, lock)
  return [
    () => Promise.resolve(`nobody${String(Math.random())}@example.org`),
    // Each of them once: the sixth would be locked.
    async () => (await make()).email,
    () => Promise.resolve(locked.email),
    () => Promise.resolve(disabled.email),
  ]
}

/** A round is measured again where the machine was busy; one that passes ends them. */
const ROUNDS = 8

/**
 * How far the slowest kind's median lies above the fastest's, as a share: the least of eight rounds, since what tells
 * something would move all of them. It is the processor's time that is measured, which a busy machine stretches less than
 * a clock's; what the database is asked is as much for all (the test before).
 */
async function leastApart(
  strangers: readonly (() => Promise<string>)[],
  {
    tries,
    within,
    fresh,
  }: {
    readonly tries: number
    readonly within: number
    readonly fresh?: () => ReturnType<typeof argonPasswords>
  },
): Promise<number> {
  const real = argonPasswords()
  await real.verify(null, PASSWORD)
  let least = Infinity
  for (let round = 0; round < ROUNDS && least >= within; round += 1) {
    const times = strangers.map((): number[] => [])
    for (let turn = 0; turn < tries; turn += 1) {
      for (const [kind, emailOf] of strangers.entries()) {
        const given = { email: await emailOf(), password: PASSWORD.toUpperCase(), address: ADDRESS }
        const passwords = fresh?.() ?? real
        await setting.settle()
        const begun = process.cpuUsage()
        const done = await checkPassword({ ...setting.context, passwords }, given)
        const { user, system } = process.cpuUsage(begun)
        times[kind]?.push(user + system)
        expect(done).toMatchObject({ code: 'sign-in-refused' })
      }
    }
    const medians = times.map((taken) => taken.sort((a, b) => a - b)[Math.floor(tries / 2)] ?? 0)
    least = Math.min(least, Math.max(...medians) / Math.min(...medians) - 1)
  }
  return least
}

describe('enrolment', () => {
  test('[S12] offers one seed of 160 bits until it is confirmed, and never shows it again', async () => {
    const user = await setting.makeUser({ enrolled: false })
    const ticket = await firstStep(user)
    expect(await readCodePage(setting.context, ticket)).toEqual({ next: 'enrol' })
    const offered = await offerSeed(setting.context, ticket)
    expect(await offerSeed(setting.context, ticket)).toEqual(offered)
    expect(offered?.manualKey.replaceAll(' ', '')).toMatch(/^[A-Z2-7]{32}$/)

    const { rows } = await setting.owner.query<{ offered_seed: Buffer }>(
      'select offered_seed from sign_in_step where user_id = $1',
      [user.id],
    )
    const seed = openSeed(setting.context.portalKey, user.id, rows[0]?.offered_seed ?? Buffer.of())
    expect(await secondStep(ticket, '000000')).toMatchObject({ code: 'code-refused' })
    expect(await secondStep(ticket, codeAt(seed, setting.clock.now))).toMatchObject({
      enrolled: true,
    })
    expect(await offerSeed(setting.context, ticket)).toBeUndefined()
    expect(await offerSeed(setting.context, await firstStep(user))).toBeUndefined()
  })

  test('[S12] the database holds no seed that can be read, in any table', async () => {
    const user = await setting.makeUser({ enrolled: false })
    const enrolled = await setting.makeUser()
    const ticket = await firstStep(user)
    const offered = await offerSeed(setting.context, ticket)
    const secret = offered?.manualKey.replaceAll(' ', '') ?? ''
    expect(secret).toHaveLength(32)
    const { rows: sealed } = await setting.owner.query<{ offered_seed: Buffer }>(
      'select offered_seed from sign_in_step where user_id = $1',
      [user.id],
    )
    const { portalKey } = setting.context
    const seed = openSeed(portalKey, user.id, sealed[0]?.offered_seed ?? Buffer.of())
    const { rows: tables } = await setting.owner.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
    let dump = ''
    for (const { name } of tables) {
      const { rows } = await setting.owner.query<{ row: string }>(
        `select row_to_json(t)::text as row from ${name} t`,
      )
      dump += rows.map(({ row }) => row).join('\n')
    }
    // What is there is found.
    expect(dump).toContain(user.email)
    expect(dump).toContain(sealed[0]?.offered_seed.toString('hex'))
    for (const plain of [seed, enrolled.seed])
      for (const form of ['hex', 'base64', 'base64url'] as const)
        expect(dump).not.toContain(Buffer.from(plain).toString(form))
    expect(dump.toUpperCase()).not.toContain(secret)
  })

  test('a seed sealed for one user does not open for another', async () => {
    const [one, other] = [await setting.makeUser(), await setting.makeUser()]
    await setting.owner.query(
      'update portal_user set code_seed = (select code_seed from portal_user where id = $2) where id = $1',
      [one.id, other.id],
    )
    const ticket = await firstStep(one)
    await expect(secondStep(ticket, codeOf(setting, other))).rejects.toThrow('keys-damaged')
  })
})

async function newCodes({ actor }: TestUser): Promise<readonly string[]> {
  const fresh = freshFor(actor, RECOVERY_CODES, setting.clock.now)
  const made = await renewRecoveryCodes(setting.context, actor, fresh)
  if (!made.ok) throw new Error(made.code)
  return made.codes
}

describe('recovery codes', () => {
  test('[S9] sign in once each, are stored as digests, and the user is told', async () => {
    const user = await setting.makeUser()
    const codes = await newCodes(user)
    expect(new Set(codes).size).toBe(10)
    const { rows } = await setting.owner.query<{ digest: Buffer }>(
      'select digest from recovery_code where user_id = $1',
      [user.id],
    )
    expect(rows.every(({ digest }) => digest.length === 32)).toBe(true)
    const code = codes[3]?.toLowerCase().replaceAll('-', ' ') ?? ''
    expect((await secondStep(await firstStep(user), code, 'recovery')).ok).toBe(true)
    await setting.settle()
    expect(setting.mails.at(-1)).toMatchObject({ to: user.email })
    expect(setting.mails.at(-1)?.subject).toMatch(/recovery code was used/)
    expect(await secondStep(await firstStep(user), code, 'recovery')).toMatchObject({
      code: 'code-refused',
    })
  })

  test('new ones end the earlier ones', async () => {
    const user = await setting.makeUser()
    const [early = ''] = await newCodes(user)
    await newCodes(user)
    expect((await secondStep(await firstStep(user), early, 'recovery')).ok).toBe(false)
  })

  test('one of another user is refused', async () => {
    const [user, other] = [await setting.makeUser(), await setting.makeUser()]
    const [code = ''] = await newCodes(other)
    expect((await secondStep(await firstStep(user), code, 'recovery')).ok).toBe(false)
  })
})

describe('the audit log', () => {
  test('tells of sign-ins and refusals, and holds no address', async () => {
    const user = await setting.makeUser()
    await secondStep(await firstStep(user), '000000')
    await secondStep(await firstStep(user), codeOf(setting, user))
    const { rows } = await setting.owner.query<{ event: string; line: string }>(
      'select event, row_to_json(audit_event)::text as line from audit_event where subject = $1 order by seq',
      [user.id],
    )
    expect(rows.map(({ event }) => event)).toEqual(['sign-in.refused', 'session.started'])
    expect(rows.some(({ line }) => line.includes(user.email))).toBe(false)
  })
})

test('a session that was not used for half an hour is over', async () => {
  const user = await setting.makeUser()
  const done = await secondStep(await firstStep(user), codeOf(setting, user))
  if (!done.ok) throw new Error('not signed in')
  setting.clock.now = new Date(setting.clock.now.getTime() + IDLE_MS)
  expect(await readSession(setting.context, done.ticket)).toBeUndefined()
})
