import { ScureBase32Plugin } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addPasskey,
  listOwnPasskeys,
  offerPasskey,
  PASSKEYS,
  removePasskey,
} from '#server/identity/accounts/own-passkeys.ts'
import { addOwnApp, offerOwnApp, OWN_APP } from '#server/identity/accounts/own-app.ts'
import { codeAt } from '#server/identity/accounts/one-time-codes.ts'
import { renewRecoveryCodes } from '#server/identity/accounts/own-account.ts'
import { RECOVERY_CODES } from '#server/identity/accounts/recovery-codes.ts'
import { checkPassword, finishSignIn } from '#server/identity/accounts/sign-in.ts'
import { askAtSignIn, offerSeed, readCodePage } from '#server/identity/accounts/sign-in-step.ts'
import { stepUp } from '#server/identity/accounts/step-up.ts'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { askForPasskey } from '#server/identity/passkeys/check-assertion.ts'
import { relyingParty } from '#server/identity/passkeys/relying-party.ts'
import { readSession, startSession } from '#server/identity/sessions/session.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import {
  ADDRESS,
  openAccountSetting,
  PASSWORD,
  type AccountSetting,
  type TestUser,
} from '../accounts/account-setting.ts'
import { freshFor } from '../approvals/fresh-for.ts'
import { makeAuthenticator, type Authenticator, type Signing } from './authenticator.ts'

const ACT: ProvedAct = 'ask factor-reset'

let setting: AccountSetting
let user: TestUser
let own: Authenticator
let ticket: string

beforeAll(async () => {
  setting = await openAccountSetting()
})
afterAll(() => setting.close())
beforeEach(async () => {
  setting.clock.now = new Date(setting.clock.now.getTime() + 24 * 60 * 60 * 1000)
  user = await setting.makeUser({ role: 'administrator' })
  own = makeAuthenticator()
  ticket = await add(user, own)
})

function session(of: TestUser): Promise<string> {
  return withTransaction(setting.owner, (client) => startSession(client, of.id, setting.clock.now))
}

function proof(of: TestUser): ReturnType<typeof freshFor> {
  return freshFor(of.actor, PASSKEYS, setting.clock.now)
}

async function offered(of: TestUser, from: string): Promise<string> {
  const offer = await offerPasskey(setting.context, of.actor, from, proof(of))
  if (!offer.ok) throw new Error(offer.code)
  expect(offer.options.rp.id).toBe('portal.example')
  expect(offer.options.attestation).toBe('none')
  expect(JSON.stringify(offer.options.user)).not.toContain(of.id)
  return offer.options.challenge
}

/** Adds a passkey to an account, and returns the session that goes on. */
async function add(of: TestUser, authenticator: Authenticator): Promise<string> {
  const from = await session(of)
  const answer = authenticator.make({ challenge: await offered(of, from) })
  const given = { answer, kind: 'phone', ticket: from } as const
  const added = await addPasskey(setting.context, of.actor, given, proof(of))
  if (!added.ok) throw new Error(added.code)
  return added.ticket
}

async function asked({
  from = ticket,
  of = user,
  act = ACT,
}: { from?: string; of?: TestUser; act?: ProvedAct } = {}): Promise<string> {
  const place = { ticket: from, userId: of.id, act }
  const options = await askForPasskey(setting.context, place)
  expect(options?.userVerification).toBe('required')
  return options?.challenge ?? ''
}

function step(
  passkey: string,
  { from = ticket, of = user, act = ACT }: { from?: string; of?: TestUser; act?: ProvedAct } = {},
): ReturnType<typeof stepUp> {
  const stepping = { actor: of.actor, ticket: from, act }
  return stepUp(setting.context, stepping, { code: '', passkey, address: ADDRESS })
}

async function firstStep(): Promise<string> {
  const given = { email: user.email, password: PASSWORD, address: ADDRESS }
  const done = await checkPassword(setting.context, given)
  if (!done.ok) throw new Error('the password was refused')
  return done.ticket
}

async function askedAt(first: string): Promise<string> {
  const options = (await askAtSignIn(setting.context, first)) as { challenge: string } | undefined
  return options?.challenge ?? ''
}

function finish(first: string, code: string): ReturnType<typeof finishSignIn> {
  const given = { ticket: first, code, kind: 'passkey', address: ADDRESS } as const
  return finishSignIn(setting.context, given)
}

describe('a passkey', () => {
  test('is the second factor after the password, and is listed with its last use', async () => {
    const first = await firstStep()
    expect(await readCodePage(setting.context, first)).toMatchObject({ hasPasskeys: true })
    const done = await finish(first, own.sign({ challenge: await askedAt(first) }))
    expect(done).toMatchObject({ ok: true, userId: user.id })
    const [listed] = await listOwnPasskeys(setting.context, user.actor)
    expect(listed).toMatchObject({ kind: 'phone', usedAt: setting.clock.now, isCopied: false })
  })

  test('[S75] stands in for a code before every act that takes one', async () => {
    expect(await step(own.sign({ challenge: await asked() }))).toMatchObject({ ok: true })
  })

  test('[S3] opens nothing before the password, and its challenge is no session', async () => {
    const first = await firstStep()
    await askedAt(first)
    expect(await readSession(setting.context, first)).toBeUndefined()
    expect(await askAtSignIn(setting.context, 'none')).toBeUndefined()
    expect(await finish('none', own.sign({ challenge: 'AAAA' }))).toMatchObject({
      code: 'sign-in-over',
    })
  })

  test('[S10] ends all other sessions when it is added or removed', async () => {
    const elsewhere = await session(user)
    ticket = await add(user, makeAuthenticator())
    expect(await readSession(setting.context, elsewhere)).toBeUndefined()
    const [oldest] = await listOwnPasskeys(setting.context, user.actor)
    const id = BigInt(oldest?.id ?? '0')
    const removed = await removePasskey(setting.context, user.actor, { id }, proof(user))
    expect(await readSession(setting.context, ticket)).toBeUndefined()
    expect(removed.ok && (await readSession(setting.context, removed.ticket))).toMatchObject({
      actor: user.actor,
    })
    await setting.settle()
    expect(setting.mails.slice(-2).map(({ subject }) => subject)).toEqual([
      'A passkey was added – Count Once',
      'A passkey was removed – Count Once',
    ])
  })

  test('[S75] is added and removed after a fresh second factor alone', async () => {
    const old = freshFor(user.actor, PASSKEYS, new Date(setting.clock.now.getTime() - 300_001))
    const other = freshFor(user.actor, ACT, setting.clock.now)
    for (const weak of [old, other]) {
      const given = { answer: '', kind: 'phone', ticket } as const
      for (const refused of [
        await offerPasskey(setting.context, user.actor, ticket, weak),
        await addPasskey(setting.context, user.actor, given, weak),
        await removePasskey(setting.context, user.actor, { id: 1n }, weak),
      ])
        expect(refused).toMatchObject({ code: 'code-needed' })
    }
  })

  test('is never removed when it is the last second factor, by two tabs at once either', async () => {
    await setting.owner.query('update portal_user set code_seed = null where id = $1', [user.id])
    ticket = await add(user, makeAuthenticator())
    const ids = (await listOwnPasskeys(setting.context, user.actor)).map(({ id }) => BigInt(id))
    const done = await Promise.all(
      ids.map((id) => removePasskey(setting.context, user.actor, { id }, proof(user))),
    )
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect(done.find(({ ok }) => !ok)).toMatchObject({ code: 'last-factor' })
  })

  test('of somebody else is not theirs to remove', async () => {
    const other = await setting.makeUser({ role: 'administrator' })
    const [theirs] = await listOwnPasskeys(setting.context, user.actor)
    const id = BigInt(theirs?.id ?? '0')
    expect(await removePasskey(setting.context, other.actor, { id }, proof(other))).toMatchObject({
      code: 'not-found',
    })
  })

  test('[S9] that is lost leaves the recovery codes, without an app too', async () => {
    await setting.owner.query('update portal_user set code_seed = null where id = $1', [user.id])
    const fresh = freshFor(user.actor, RECOVERY_CODES, setting.clock.now)
    const made = await renewRecoveryCodes(setting.context, user.actor, fresh)
    const code = made.ok ? (made.codes[0] ?? '') : ''
    const given = { code, kind: 'recovery', address: ADDRESS } as const
    const recover = async (): ReturnType<typeof finishSignIn> =>
      finishSignIn(setting.context, { ...given, ticket: await firstStep() })
    expect(await recover()).toMatchObject({ ok: true })
    expect(await recover()).toMatchObject({ code: 'code-refused' })
  })

  test('keeps a password alone from setting up an app in its place', async () => {
    await setting.owner.query('update portal_user set code_seed = null where id = $1', [user.id])
    const first = await firstStep()
    expect(await offerSeed(setting.context, first)).toBeUndefined()
    expect(await readCodePage(setting.context, first)).toMatchObject({
      next: 'code',
      hasApp: false,
    })
  })
})

describe('an answer of a passkey is refused', () => {
  const FORGED: Readonly<Record<string, Partial<Signing>>> = {
    'from another origin': { origin: 'https://portal.example.evil.example' },
    'from the same host without TLS': { origin: 'http://portal.example' },
    'for another relying party': { rpId: 'evil.example' },
    'by whom nobody verified': { isVerified: false },
    'that was made for registering': { type: 'webauthn.create' },
    'to a challenge that nobody asked': {
      challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    },
  }

  test.each(Object.keys(FORGED))('%s', async (name) => {
    const challenge = await asked()
    expect(await step(own.sign({ challenge, ...FORGED[name] }))).toMatchObject({
      code: 'passkey-refused',
    })
    // The challenge was used by that: nobody tries twice.
    expect(await step(own.sign({ challenge }))).toMatchObject({ code: 'passkey-refused' })
  })

  test('that was given before (replay), in the same place or at sign-in', async () => {
    const answer = own.sign({ challenge: await asked() })
    expect(await step(answer)).toMatchObject({ ok: true })
    expect(await step(answer, { act: 'ask administrator-grant' })).toMatchObject({
      code: 'passkey-refused',
    })
    const first = await firstStep()
    const signedIn = own.sign({ challenge: await askedAt(first) })
    expect(await finish(first, signedIn)).toMatchObject({ ok: true })
    const second = await firstStep()
    await askedAt(second)
    expect(await finish(second, signedIn)).toMatchObject({ code: 'passkey-refused' })
  })

  test('to the challenge of another session, of another act, or of signing in', async () => {
    const other = await session(user)
    const challenge = await asked({ from: other })
    await asked()
    expect(await step(own.sign({ challenge }))).toMatchObject({ code: 'passkey-refused' })
    const forOther = await asked({ act: 'ask administrator-grant' })
    expect(await step(own.sign({ challenge: forOther }))).toMatchObject({ code: 'passkey-refused' })
    const first = await firstStep()
    await asked()
    expect(await step(own.sign({ challenge: await askedAt(first) }))).toMatchObject({
      code: 'passkey-refused',
    })
  })

  test('of another user, though it signed the right challenge', async () => {
    const other = await setting.makeUser({ role: 'administrator' })
    const theirs = makeAuthenticator()
    await add(other, theirs)
    expect(await step(theirs.sign({ challenge: await asked() }))).toMatchObject({
      code: 'passkey-refused',
    })
    // Nor of one that nobody has, and that says it is theirs.
    const forged = JSON.parse(makeAuthenticator().sign({ challenge: await asked() })) as object
    expect(await step(JSON.stringify({ ...forged, id: own.id, rawId: own.id }))).toMatchObject({
      code: 'passkey-refused',
    })
  })

  test('after five minutes', async () => {
    const challenge = await asked()
    setting.clock.now = new Date(setting.clock.now.getTime() + 5 * 60_000 + 1)
    expect(await step(own.sign({ challenge }))).toMatchObject({ code: 'passkey-refused' })
  })

  test('that counts no further than before: it may be a copy, and none of it is taken again', async () => {
    expect(await step(own.sign({ challenge: await asked(), count: 7 }))).toMatchObject({ ok: true })
    setting.clock.now = new Date(setting.clock.now.getTime() + 5 * 60_000 + 1)
    ticket = await session(user)
    const copied = own.sign({ challenge: await asked(), count: 7 })
    expect(await step(copied)).toMatchObject({ code: 'passkey-copied' })
    const place = { ticket, userId: user.id, act: ACT }
    expect(await askForPasskey(setting.context, place)).toBeUndefined()
    await setting.settle()
    expect(setting.mails.at(-1)?.subject).toContain('A passkey is no longer taken')
    const { rows } = await setting.owner.query(
      `select from audit_event where event = 'passkey.copied' and subject = $1`,
      [user.id],
    )
    expect(rows).toHaveLength(1)
  })

  test('[S5] after five that were wrong, though the sixth is right', async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await step('{}')).toMatchObject({ code: 'passkey-refused' })
    }
    expect(await step(own.sign({ challenge: await asked() }))).toMatchObject({
      code: 'too-many-tries',
    })
  })

  test.each(['', 'null', '[]', '{"id":{"not":""}}', '\u0000', 'x'.repeat(30_000)])(
    'that is none: %j',
    async (answer) => {
      const first = await firstStep()
      await askedAt(first)
      expect(await finish(first, answer)).toMatchObject({ code: 'passkey-refused' })
    },
  )

  test('when it is made: another origin, no verification, another session’s challenge', async () => {
    const wrongs: Partial<Signing>[] = [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { isVerified: false },
      { type: 'webauthn.get' },
    ]
    for (const wrong of wrongs) {
      const answer = makeAuthenticator().make({ challenge: await offered(user, ticket), ...wrong })
      const given = { answer, kind: 'phone', ticket } as const
      expect(await addPasskey(setting.context, user.actor, given, proof(user))).toMatchObject({
        code: 'passkey-not-made',
      })
    }
    const other = await session(user)
    const answer = makeAuthenticator().make({ challenge: await offered(user, other) })
    const given = { answer, kind: 'phone', ticket } as const
    expect(await addPasskey(setting.context, user.actor, given, proof(user))).toMatchObject({
      code: 'passkey-not-made',
    })
  })
})

describe('somebody who has a passkey and no app', () => {
  const fresh = (of = user): ReturnType<typeof freshFor> =>
    freshFor(of.actor, OWN_APP, setting.clock.now)
  const offer = (from = ticket, of = user): ReturnType<typeof offerOwnApp> =>
    offerOwnApp(setting.context, of.actor, from, fresh(of))
  const give = (shown: string, from = ticket): ReturnType<typeof addOwnApp> =>
    addOwnApp(setting.context, user.actor, { shown, ticket: from }, fresh())

  beforeEach(async () => {
    await setting.owner.query('update portal_user set code_seed = null where id = $1', [user.id])
    ticket = await session(user)
  })

  /** What the app shows that was given the offered seed. */
  async function shownBy(from = ticket): Promise<string> {
    const offered = await offer(from)
    if (!offered.ok) throw new Error(offered.code)
    expect(await offer(from)).toEqual(offered)
    const seed = new ScureBase32Plugin().decode(offered.seed.manualKey.replaceAll(' ', ''))
    return codeAt(seed, setting.clock.now)
  }

  test('adds one after a fresh passkey: other sessions end, they are told, and sign in with it', async () => {
    const elsewhere = await session(user)
    const added = await give(await shownBy())
    if (!added.ok) throw new Error(added.code)
    expect(await readSession(setting.context, elsewhere)).toBeUndefined()
    expect(await readSession(setting.context, ticket)).toBeUndefined()
    expect(await readSession(setting.context, added.ticket)).toBeDefined()
    await setting.settle()
    expect(setting.mails.at(-1)?.subject).toContain('An authenticator app was set up')
    const page = await readCodePage(setting.context, await firstStep())
    expect(page).toMatchObject({ next: 'code', hasApp: true, hasPasskeys: true })
  })

  test('[S9] changes the app for another after a fresh proof: sessions end, standing begins anew, they are told', async () => {
    const first = await give(await shownBy())
    if (!first.ok) throw new Error(first.code)
    const read = async (): Promise<{ seed: Buffer; since: Date }> => {
      const { rows } = await setting.owner.query<{ seed: Buffer; since: Date }>(
        'select code_seed as seed, standing_since as since from portal_user where id = $1',
        [user.id],
      )
      const [row] = rows
      if (row === undefined) throw new Error('gone')
      return row
    }
    const before = await read()
    const shown = await shownBy(first.ticket)
    // What was offered in another session is nobody's here.
    expect(await give(shown, await session(user))).toMatchObject({ code: 'not-found' })
    expect((await read()).seed).toEqual(before.seed)
    const changed = await give(shown, first.ticket)
    if (!changed.ok) throw new Error(changed.code)
    const after = await read()
    expect(after.seed).not.toEqual(before.seed)
    expect(after.since.getTime()).toBeGreaterThan(before.since.getTime())
    expect(await readSession(setting.context, first.ticket)).toBeUndefined()
    expect(await readSession(setting.context, changed.ticket)).toBeDefined()
    await setting.settle()
    expect(setting.mails.at(-1)?.subject).toContain('Your authenticator app was changed')
    const { rows } = await setting.owner.query(
      `select event from audit_event where subject = $1 and event like 'app.%' order by seq desc limit 2`,
      [user.id],
    )
    expect(rows).toEqual([{ event: 'app.changed' }, { event: 'app.added' }])
  })

  test('[S75] adds none without a fresh proof for that, and none of another session', async () => {
    const shown = await shownBy()
    const stale = freshFor(user.actor, PASSKEYS, setting.clock.now)
    const { context } = setting
    expect(await offerOwnApp(context, user.actor, ticket, stale)).toMatchObject({
      code: 'code-needed',
    })
    expect(await addOwnApp(context, user.actor, { shown, ticket }, stale)).toMatchObject({
      code: 'code-needed',
    })
    const other = await session(user)
    expect(await give(shown, other)).toMatchObject({ code: 'not-found' })
    await shownBy(other)
    expect(await give(shown, other)).toMatchObject({ code: 'code-refused' })
    const stranger = await setting.makeUser({ role: 'analyst', enrolled: false })
    expect(await offer(ticket, stranger)).toMatchObject({ code: 'not-found' })
  })

  test('[S5] adds one only within five tries, and of two at once one', async () => {
    const shown = await shownBy()
    const both = await Promise.all([give(shown), give(shown)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    // The other of the two was a try as well.
    setting.clock.now = new Date(setting.clock.now.getTime() + 20 * 60_000)
    await setting.owner.query('update portal_user set code_seed = null where id = $1', [user.id])
    ticket = await session(user)
    const right = await shownBy()
    const wrong = right === '000000' ? '111111' : '000000'
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await give(wrong)).toMatchObject({ code: 'code-refused' })
    }
    expect(await give(right)).toMatchObject({ code: 'too-many-tries' })
  })
})

test('the relying party comes from the configured address alone', () => {
  expect(relyingParty('https://portal.example')).toEqual({
    ...{ id: 'portal.example', origins: ['https://portal.example'] },
  })
  expect(relyingParty('http://127.0.0.1:3000')).toEqual({
    ...{ id: 'localhost', origins: ['http://localhost:3000'] },
  })
})
