import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { writeCountedRefusals } from '#server/identity/audit/refusals.ts'
import { checkPassword } from '#server/identity/accounts/sign-in.ts'
import { readProof } from '#server/identity/accounts/step-up.ts'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { readSessionLeft, startSession } from '#server/identity/sessions/session.ts'
import { openAgainLink, writeAgainLink } from '#server/identity/sign-on/again-link.ts'
import { readSignOnPerson } from '#server/identity/sign-on/sign-on-person.ts'
import { rolesWithPassword } from '#server/identity/sign-on/password-roles.ts'
import {
  makePasswordLink,
  readLink,
  requestPasswordLink,
  setPasswordByLink,
} from '#server/identity/accounts/password-links.ts'
import {
  isIssuer,
  readCredential,
  readSecondFactorRule,
  type SecondFactorRule,
} from '#server/identity/sign-on/sign-on-settings.ts'
import { leaveOrganisation } from '#server/portal/signing-in/leave-organisation.ts'
import { newPostToken, sealPostToken } from '#server/portal/signing-in/post-token.ts'
import { readStart } from '#server/portal/signing-in/read-start.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { ADDRESS, PASSWORD, type TestUser } from '../../identity/accounts/account-setting.ts'
import { makeOwnCertificate } from './own-certificate.ts'
import {
  anybody,
  openSignOnSetting,
  ORIGIN,
  type Browser,
  type SignOnSetting,
} from './sign-on-setting.ts'

const { csrf: CSRF, session: SESSION, step: STEP, state: STATE } = planCookies(ORIGIN)
const ACT: ProvedAct = 'ask factor-reset'

let setting: SignOnSetting
let browser: Browser
beforeAll(async () => {
  setting = await openSignOnSetting()
  await setting.owner.query(
    `insert into sign_on_group (place, group_name, role, may_see_exact)
     values (1, 'reviewers', 'reviewer', false), (2, 'analysts', 'analyst', true)`,
  )
})
afterAll(() => setting.close())
beforeEach(() => {
  setting.clock.now = new Date()
  setting.organisation.tamper = undefined
  setting.organisation.provedAt = undefined
  setting.organisation.member = member({ groups: ['analysts', 'others'] })
  browser = setting.openBrowser()
})

function member(claims: Record<string, unknown> = {}): SignOnSetting['organisation']['member'] {
  const sub = anybody()
  return {
    sub,
    name: 'Sam Marlowe',
    email: `${sub}@council.example`,
    amr: ['pwd', 'mfa'],
    ...claims,
  }
}

function problemIn(answer: Response): string | null {
  return new URL(answer.headers.get('location') ?? '', ORIGIN).searchParams.get('problem')
}

async function count(table: string): Promise<number> {
  const { rows } = await setting.owner.query<{ n: number }>(
    `select count(*)::int as n from ${table}`,
  )
  return rows[0]?.n ?? 0
}

/** How often the audit trail says that somebody was refused for a reason. */
async function timesRefused(reason: string, actor = 'portal'): Promise<number> {
  await writeCountedRefusals(setting.context.pool)
  const { rows } = await setting.owner.query<{ n: number }>(
    `select coalesce(sum((detail->>'times')::int), 0)::int as n from audit_event
      where event = 'sign-in.refused' and detail->>'reason' = $1 and actor = $2`,
    [reason, actor],
  )
  return rows[0]?.n ?? 0
}

/** Connects whoever is a member at the moment with an account, as a link of an administrator does. */
async function connected(user: TestUser): Promise<void> {
  const ticket = await ownSession(user)
  const other = setting.openBrowser()
  other.cookies.set(SESSION.name, ticket)
  await other.signOn({ purpose: 'connect', session: ticket })
  expect((await other.whoAmI())?.actor.userId).toBe(user.id)
}

function ownSession(user: TestUser): Promise<string> {
  return withTransaction(setting.owner, (client) =>
    startSession(client, user.id, setting.clock.now),
  )
}

describe('staff of an organisation', () => {
  test('sign on with PKCE, state and nonce, and a group of the register says what they are', async () => {
    const answer = await browser.signOn()
    expect(answer.headers.get('location')).toBe('/')
    // Its page leads there by itself; a redirect would be the form's.
    const begun = await setting.openBrowser().begin()
    const { issuer } = setting.settings
    expect([begun.status, begun.headers.get('location')]).toEqual([200, null])
    expect(begun.headers.get('refresh')).toMatch(new RegExp(`^0; url=${issuer}/auth[?]client_id=`))
    expect(begun.headers.get('content-security-policy')).toContain("form-action 'none'")
    expect(await begun.text()).toMatch(
      new RegExp(`<a href='${issuer}/auth[?][^']*'>Go to Northern Council</a>`),
    )
    expect(await browser.whoAmI()).toMatchObject({
      name: 'Sam Marlowe',
      actor: { role: 'analyst', mayExact: true, providerCode: null },
    })
    const asked = setting.organisation.asked.at(-1)
    expect(asked?.get('code_challenge_method')).toBe('S256')
    expect(asked?.get('state')?.length).toBeGreaterThan(30)
    expect(asked?.get('nonce')?.length).toBeGreaterThan(30)
    expect(asked?.get('redirect_uri')).toBe(`${ORIGIN}/api/auth/callback/organisation`)
  })

  test('are the same account at the next sign-in, whatever became of their name and address', async () => {
    await browser.signOn()
    const first = await browser.whoAmI()
    const { sub } = setting.organisation.member
    setting.organisation.member = member({ sub, name: 'Sam Other', groups: ['analysts'] })
    const later = setting.openBrowser()
    await later.signOn()
    expect((await later.whoAmI())?.actor).toEqual(first?.actor)
  })

  test('are what the first line of the register says that fits, and follow their group', async () => {
    const { sub } = setting.organisation.member
    await browser.signOn()
    setting.organisation.member = member({ sub, groups: ['analysts', 'reviewers'] })
    const later = setting.openBrowser()
    await later.signOn()
    expect((await later.whoAmI())?.actor.role).toBe('reviewer')
    // The session that they had as an analyst ended with that.
    expect(await browser.whoAmI()).toBeUndefined()
  })

  test('[S10] who left their group are refused at the next sign-in, and signed out everywhere', async () => {
    await browser.signOn()
    const { sub } = setting.organisation.member
    const user = (await browser.whoAmI())?.actor.userId
    setting.organisation.member = member({ sub, groups: [] })
    const later = setting.openBrowser()
    expect(problemIn(await later.signOn())).toBe('sign-on-left')
    expect(await later.whoAmI()).toBeUndefined()
    expect(await browser.whoAmI()).toBeUndefined()
    expect(await timesRefused('sign-on-left', user)).toBe(1)
  })

  test('[S10] who left their group without signing in again are out within the hour', async () => {
    await browser.signOn()
    const ticket = browser.cookies.get(SESSION.name) ?? ''
    const begun = setting.clock.now.getTime()
    for (const minutes of [20, 40, 59]) {
      setting.clock.now = new Date(begun + minutes * 60_000)
      expect(await browser.whoAmI()).toBeDefined()
    }
    expect(await readSessionLeft(setting.context, ticket)).toMatchObject({
      ...{ seconds: 60, isLast: true },
    })
    setting.clock.now = new Date(begun + 61 * 60_000)
    expect(await browser.whoAmI()).toBeUndefined()
    expect(await readSessionLeft(setting.context, ticket)).toBeUndefined()
    // Whoever is still in it goes on with one click, in every browser that was used meanwhile.
    await browser.signOn()
    expect(await browser.whoAmI()).toBeDefined()
  })

  test('[S10] who prove themselves once more are asked for their group as well', async () => {
    await browser.signOn()
    const { sub } = setting.organisation.member
    const user = (await browser.whoAmI())?.actor.userId
    const session = browser.cookies.get(SESSION.name) ?? ''
    setting.organisation.member = member({ sub, groups: [] })
    const again = { purpose: 'again', session, act: ACT, returnTo: '/account' } as const
    // As at a browser that the organisation does not know yet.
    const other = setting.openBrowser()
    other.cookies.set(SESSION.name, session)
    expect(problemIn(await other.signOn(again))).toBe('sign-on-left')
    expect(await browser.whoAmI()).toBeUndefined()
    expect(await timesRefused('sign-on-left', user)).toBe(1)
  })

  test('have no password where a group made their account, and are invited once there is nothing to sign on with', async () => {
    await browser.signOn()
    const user = (await browser.whoAmI())?.actor.userId ?? ''
    const { email = '' } = setting.organisation.member
    const everybody = rolesWithPassword(true, ['analyst'])
    const fallingBack = { ...setting.context, passwordRoles: everybody }
    const over = {
      ...setting.context,
      hasSignOn: false,
      passwordRoles: rolesWithPassword(false, []),
    }
    const link = (byAdministrator: boolean): Promise<string> =>
      withTransaction(
        setting.owner,
        async (client) =>
          (await makePasswordLink(client, user, setting.clock.now, { byAdministrator })).ticket,
      )
    const password = 'walnut trombone ferry lichen'
    // An app of ours, as of somebody whose organisation shows no second factor, changes nothing.
    for (const seed of [null, Buffer.from('sealed')]) {
      await setting.owner.query('update portal_user set code_seed = $2 where id = $1', [user, seed])
      expect(
        await setPasswordByLink(fallingBack, { ticket: await link(true), password }),
      ).toMatchObject({ code: 'link-over' })
      expect(await setPasswordByLink(over, { ticket: await link(false), password })).toMatchObject({
        code: 'link-over',
      })
      setting.mails.length = 0
      requestPasswordLink(over, { email })
      await setting.settle()
      expect(setting.mails).toEqual([])
    }
    expect(await setPasswordByLink(over, { ticket: await link(true), password })).toEqual({
      ok: true,
    })
    const given = { email, password, address: ADDRESS }
    expect(await checkPassword(over, given)).toMatchObject({ ok: true })
    const setUpAgain = { ...setting.context, passwordRoles: rolesWithPassword(true, []) }
    expect(await checkPassword(setUpAgain, given)).toMatchObject({ code: 'sign-in-refused' })
  })

  test('who are strangers come to a page that says so; nothing is made, and the audit trail has it', async () => {
    const before = await count('portal_user')
    setting.organisation.member = member({ groups: ['somebody-else'] })
    expect(problemIn(await browser.signOn())).toBe('sign-on-stranger')
    expect(await browser.whoAmI()).toBeUndefined()
    expect(browser.cookies.has(STEP.name)).toBe(false)
    expect(await count('portal_user')).toBe(before)
    expect(await timesRefused('sign-on-stranger')).toBe(1)
  })

  test('in more groups than a token can say are refused, and told why', async () => {
    const before = await count('portal_user')
    for (const cut of [{ _claim_names: { groups: 'src1' } }, { hasgroups: true }]) {
      setting.organisation.member = member(cut)
      expect(problemIn(await setting.openBrowser().signOn())).toBe('sign-on-groups')
    }
    expect(await count('portal_user')).toBe(before)
  })

  test('are never connected to an account by their address', async () => {
    const user = await setting.makeUser({ role: 'administrator' })
    setting.organisation.member = member({ email: user.email, groups: ['analysts'] })
    expect(problemIn(await browser.signOn())).toBe('sign-on-taken')
    setting.organisation.member = member({ email: user.email, groups: [] })
    expect(problemIn(await browser.signOn())).toBe('sign-on-stranger')
    expect(await browser.whoAmI()).toBeUndefined()
  })

  test('[S20] no group makes an administrator: the database refuses such a line, and such an account', async () => {
    for (const role of ['administrator', 'officer']) {
      const line = `insert into sign_on_group (place, group_name, role) values (9, 'it', '${role}')`
      await expect(setting.owner.query(line)).rejects.toThrow('sign_on_group_role_check')
    }
    await browser.signOn()
    const { actor } = (await browser.whoAmI()) ?? {}
    const grant = `update portal_user set role = 'administrator' where id = $1`
    await expect(setting.owner.query(grant, [actor?.userId])).rejects.toThrow('no_administrator')
  })

  test('[S3] whose organisation shows no second factor are asked for ours before anything opens', async () => {
    const user = await setting.makeUser({ role: 'analyst' })
    await connected(user)
    for (const amr of [['pwd'], []]) {
      setting.organisation.member = { ...setting.organisation.member, amr }
      const weak = setting.openBrowser()
      const answer = await weak.signOn()
      expect(answer.headers.get('location')).toBe('/sign-in/code')
      expect(await weak.whoAmI()).toBeUndefined()
      expect(weak.cookies.has(STEP.name)).toBe(true)
    }
  })

  test('whose account is disabled do not come in', async () => {
    await browser.signOn()
    const user = (await browser.whoAmI())?.actor.userId
    await setting.owner.query('update portal_user set disabled_at = now() where id = $1', [user])
    expect(problemIn(await browser.signOn())).toBe('sign-on-left')
    expect(await browser.whoAmI()).toBeUndefined()
  })

  test('end their session by signing out, as everybody does', async () => {
    await browser.signOn()
    const ticket = browser.cookies.get(SESSION.name) ?? ''
    const csrf = (await (await browser.ask(`${ORIGIN}/api/auth/csrf`)).json()) as {
      csrfToken: string
    }
    await browser.ask(`${ORIGIN}/api/auth/signout`, {
      method: 'POST',
      body: new URLSearchParams(csrf),
    })
    browser.cookies.set(SESSION.name, ticket)
    expect(await browser.whoAmI()).toBeUndefined()
  })
})

describe('signing out at the organisation as well', () => {
  test('leads there with whose portal it was, and the organisation asks for itself the next time', async () => {
    await browser.signOn()
    const before = setting.organisation.signIns
    const led = await leaveOrganisation(setting.settings, ORIGIN)
    const place = new URL(led.headers.get('location') ?? '')
    expect(place.origin).toBe(setting.settings.issuer)
    expect(Object.fromEntries(place.searchParams)).toEqual({
      ...{ client_id: 'count-once', post_logout_redirect_uri: `${ORIGIN}/sign-in` },
    })
    // Still signed in there: nobody is asked anything.
    await setting.openBrowser().leave()
    await browser.signOn()
    const page = await (await browser.visit(place.href)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
    expect(xsrf).not.toBe('')
    const out = await browser.visit(action, new URLSearchParams({ xsrf, logout: 'yes' }))
    expect(out.headers.get('location')).toBe(`${ORIGIN}/sign-in`)
    const asked = setting.organisation.signIns
    expect(asked).toBe(before + 1)
    await browser.leave()
    expect(setting.organisation.signIns).toBe(asked + 1)
  })

  test('leads nowhere but back where the issuer is another than was set up, or says nothing', async () => {
    const { settings } = setting
    for (const issuer of [`${settings.issuer}/`, 'http://127.0.0.1:1', 'https://issuer.invalid']) {
      const led = await leaveOrganisation({ ...settings, issuer }, ORIGIN)
      expect(led.headers.get('location')).toBe('/sign-in?out=1')
    }
  })
})

describe('what comes back is refused', () => {
  /** Nothing opened, nothing made, and an entry of the audit trail. */
  async function expectRefused(ask: () => Promise<Response>, by = browser): Promise<void> {
    const before = await timesRefused('sign-on-failed')
    expect(problemIn(await ask())).toBe('sign-on-failed')
    expect(by.cookies.has(SESSION.name)).toBe(false)
    expect(by.cookies.has(STEP.name)).toBe(false)
    expect(await timesRefused('sign-on-failed')).toBe(before + 1)
  }

  function altered(idToken: string, change: (claims: Record<string, unknown>) => object): string {
    const [head, body = '', signature] = idToken.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    return [head, encoded(change(claims)), signature].join('.')
  }

  function encoded(part: object): string {
    return Buffer.from(JSON.stringify(part)).toString('base64url')
  }

  const TAMPERED: Readonly<Record<string, (idToken: string) => string>> = {
    'a token whose claims were altered': (token) =>
      altered(token, (claims) => ({ ...claims, groups: ['analysts', 'reviewers'] })),
    'a token of another issuer': (token) =>
      altered(token, (claims) => ({ ...claims, iss: 'https://evil.example' })),
    'a token for another portal': (token) =>
      altered(token, (claims) => ({ ...claims, aud: 'other' })),
    'a token that nobody signed (alg none)': (token) =>
      [encoded({ alg: 'none' }), token.split('.')[1], ''].join('.'),
    'a token signed with the client’s secret (HS256)': (token) => {
      const signed = [encoded({ alg: 'HS256' }), token.split('.')[1]].join('.')
      const key = setting.organisation.secret
      return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
    },
    'what is no token': () => 'none',
  }

  test.each(Object.keys(TAMPERED))('%s', async (name) => {
    const before = await count('portal_user')
    setting.organisation.tamper = TAMPERED[name]
    await expectRefused(() => browser.signOn())
    expect(await count('portal_user')).toBe(before)
  })

  test('a genuine token of another sign-in, whose nonce is another', async () => {
    let stolen = ''
    setting.organisation.tamper = (token) => (stolen = token)
    await setting.openBrowser().signOn()
    setting.organisation.tamper = () => stolen
    await expectRefused(() => browser.signOn())
  })

  test('a token of an issuer that is another than was set up, whatever it says of itself', async () => {
    // What is found at its address is genuine, but names itself otherwise.
    const issuer = `${setting.settings.issuer}/`
    await expectRefused(() => setting.openBrowser({ ...setting.settings, issuer }).signOn())
  })

  test('an answer that names another issuer (mix-up), or none that it should name', async () => {
    const back = new URL(await browser.leave())
    back.searchParams.set('iss', 'https://evil.example')
    await expectRefused(() => browser.ask(back.href))
  })

  test('an answer without its state, with another’s, or in another browser', async () => {
    const back = new URL(await browser.leave())
    const other = setting.openBrowser()
    await expectRefused(() => other.ask(back.href), other)
    await other.leave()
    await expectRefused(() => other.ask(back.href), other)
    back.searchParams.delete('state')
    await expectRefused(() => browser.ask(back.href))
  })

  test('an answer a second time, though its cookies and its code were kept', async () => {
    const back = await browser.leave()
    const kept = [...browser.cookies]
    await browser.ask(back)
    expect(await browser.whoAmI()).toBeDefined()
    const copy = setting.openBrowser()
    for (const [name, value] of kept) copy.cookies.set(name, value)
    await expectRefused(() => copy.ask(back), copy)
    // The organisation never hears of it: the state was used.
    expect(copy.cookies.get(STATE.name)).toBeDefined()
  })

  test('an answer that comes too late', async () => {
    const back = await browser.leave()
    setting.clock.now = new Date(setting.clock.now.getTime() + 15 * 60_000)
    await expectRefused(() => browser.ask(back))
  })

  test('an organisation that says no', async () => {
    const back = new URL(await browser.leave())
    back.searchParams.delete('code')
    back.searchParams.set('error', 'access_denied')
    await expectRefused(() => browser.ask(back.href))
  })

  test('wherever else somebody would be led: no open redirect', async () => {
    const evil = 'https://evil.example/'
    for (const callbackUrl of [evil, '//evil.example', '/\\evil.example']) {
      browser = setting.openBrowser()
      const csrf = await browser.ask(
        `${ORIGIN}/api/auth/csrf?callbackUrl=${encodeURIComponent(callbackUrl)}`,
      )
      expect(csrf.status).toBe(200)
      const back = await browser.leave()
      const answer = await browser.ask(`${back}&callbackUrl=${encodeURIComponent(callbackUrl)}`)
      expect(answer.headers.get('location')).toBe('/')
    }
  })

  test('[S70] a form that next-auth did not see the token of, or that says more than ours', async () => {
    const sent = async (address: string, fields: Record<string, string>): Promise<Response> =>
      browser.ask(`${ORIGIN}${address}`, { method: 'POST', body: new URLSearchParams(fields) })
    const csrfToken = newPostToken()
    const starts = await count('sign_on_start')
    for (const cookie of ['', csrfToken, `${csrfToken}%7C${'0'.repeat(64)}`]) {
      browser.cookies.set(CSRF.name, cookie)
      const answer = await sent(addresses.beginSignOn, { csrfToken })
      expect([cookie, problemIn(answer)]).toEqual([cookie, 'sign-on-failed'])
    }
    const sealed = encodeURIComponent(sealPostToken(setting.context, csrfToken) ?? '')
    browser.cookies.set(CSRF.name, sealed)
    const other = await sent(addresses.beginSignOn, { csrfToken: newPostToken() })
    expect(problemIn(other)).toBe('sign-on-failed')
    browser.cookies.set(CSRF.name, sealed)
    const more = await sent(`${addresses.beginSignOn}?prompt=none`, { csrfToken })
    expect(problemIn(more)).toBe('sign-on-failed')
    expect(await count('sign_on_start')).toBe(starts)
    for (const given of [null, '', 'a', 'A'.repeat(64), `${csrfToken}|`]) {
      expect(sealPostToken(setting.context, given)).toBeUndefined()
    }
  })

  test('[S70] what a form says that somebody may not leave for', async () => {
    const starts = await count('sign_on_start')
    const user = await setting.makeUser({ role: 'analyst' })
    const [ticket, other] = [await ownSession(user), await ownSession(user)]
    const { portalKey } = setting.context
    const act = { act: ACT, returnTo: '/users' }
    for (const [session, fields] of [
      // Nobody is signed in; nothing was proved; the link is of another session.
      [undefined, { connect: '1' }],
      [undefined, { again: writeAgainLink(portalKey, ticket, act) }],
      [ticket, { connect: '1' }],
      [ticket, { again: writeAgainLink(portalKey, other, act) }],
      [ticket, { again: '' }],
    ] as const) {
      if (session !== undefined) browser.cookies.set(SESSION.name, session)
      const answer = await browser.begin(fields)
      expect([fields, answer.headers.get('location')]).toEqual([fields, '/account'])
    }
    expect(await count('sign_on_start')).toBe(starts)
    // To lead back to: one of a provider's own pages.
    for (const [to, returnTo] of [
      ['/send/north/2024-Q1', '/send/north/2024-Q1'],
      ['https://evil.example/', undefined],
      ['//evil.example/send/a', undefined],
    ] as const) {
      const read = await readStart(setting.context, undefined, { to })
      expect([to, read]).toEqual([to, { purpose: 'sign-in', returnTo }])
    }
    expect(await readStart(setting.context, undefined, { to: ['/send/a'] })).toBeUndefined()
  })

  test('a claim of nobody’s tenant: Entra ID names people by oid within one tid', () => {
    const tid = '11111111-2222-3333-4444-555555555555'
    const issuer = `https://login.microsoftonline.com/${tid}/v2.0`
    const rule = { issuer, secondFactor: { claim: 'amr', values: ['mfa'] } } as const
    const claims = { iss: issuer, sub: 'pairwise', oid: 'person-1', tid, amr: ['mfa'] }
    expect(readSignOnPerson(rule, claims)).toMatchObject({
      ok: true,
      person: { subject: `oid ${tid} person-1`, hasSecondFactor: true },
    })
    for (const wrong of [{ tid: 'another' }, { oid: undefined }, { iss: `${issuer}/` }]) {
      expect(readSignOnPerson(rule, { ...claims, ...wrong })).toMatchObject({ ok: false })
    }
  })
})

describe('an account that exists', () => {
  test('is connected from within, once, and its other sessions end', async () => {
    const user = await setting.makeUser({ role: 'administrator' })
    const elsewhere = setting.openBrowser()
    elsewhere.cookies.set(SESSION.name, await ownSession(user))
    await connected(user)
    expect(await elsewhere.whoAmI()).toBeUndefined()
    await setting.settle()
    expect(setting.mails.at(-1)?.subject).toContain('Your account was connected')
    await browser.signOn()
    expect((await browser.whoAmI())?.actor.role).toBe('administrator')
    // Whoever the organisation names is one account's, and a second account gets nothing.
    const second = await setting.makeUser({ role: 'analyst' })
    const ticket = await ownSession(second)
    browser.cookies.set(SESSION.name, ticket)
    const answer = await browser.signOn({ purpose: 'connect', session: ticket })
    expect(problemIn(answer)).toBe('sign-on-taken')
  })

  test('of a provider is not connected', async () => {
    const user = await setting.makeUser({ role: 'provider' })
    const ticket = await ownSession(user)
    browser.cookies.set(SESSION.name, ticket)
    const answer = await browser.signOn({ purpose: 'connect', session: ticket })
    expect(problemIn(answer)).toBe('sign-on-stranger')
  })

  test('is connected by the link of an administrator, while it has no second factor here', async () => {
    const link = (user: TestUser, byAdministrator: boolean): Promise<string> =>
      withTransaction(
        setting.owner,
        async (client) =>
          (await makePasswordLink(client, user.id, setting.clock.now, { byAdministrator })).ticket,
      )
    const enrolled = await setting.makeUser({ role: 'administrator' })
    const invited = await setting.makeUser({
      role: 'administrator',
      enrolled: false,
      passwordSet: false,
    })
    for (const ticket of [await link(enrolled, true), await link(invited, false), 'none']) {
      const refused = setting.openBrowser()
      expect(problemIn(await refused.signOn({ purpose: 'link', link: ticket }))).not.toBeNull()
      expect(await refused.whoAmI()).toBeUndefined()
    }
    const ticket = await link(invited, true)
    await browser.signOn({ purpose: 'link', link: ticket })
    expect((await browser.whoAmI())?.actor.userId).toBe(invited.id)
    setting.organisation.member = member()
    const second = setting.openBrowser()
    expect(problemIn(await second.signOn({ purpose: 'link', link: ticket }))).toBe('sign-on-failed')
  })

  test('[S9] that signs on is not opened by a mailbox: no password, no app and no other account follow', async () => {
    const { context } = setting
    const user = await setting.makeUser({ role: 'administrator', enrolled: false })
    const make = (): Promise<string> =>
      withTransaction(
        setting.owner,
        async (client) =>
          (await makePasswordLink(client, user.id, setting.clock.now, { byAdministrator: true }))
            .ticket,
      )
    await browser.signOn({ purpose: 'link', link: await make() })
    expect((await browser.whoAmI())?.actor.userId).toBe(user.id)
    const given = { email: user.email, password: PASSWORD, address: ADDRESS }
    expect(await checkPassword(context, given)).toMatchObject({ code: 'sign-in-refused' })
    const link = await make()
    expect(await readLink(context, link)).toEqual({ mayHavePassword: false, mayConnect: false })
    const password = 'walnut trombone ferry lichen'
    expect(await setPasswordByLink(context, { ticket: link, password })).toMatchObject({
      code: 'link-over',
    })
    setting.mails.length = 0
    requestPasswordLink(context, { email: user.email })
    await setting.settle()
    expect(setting.mails).toEqual([])
    setting.organisation.member = member()
    const other = setting.openBrowser()
    expect(problemIn(await other.signOn({ purpose: 'link', link }))).toBe('sign-on-failed')
    expect(await other.whoAmI()).toBeUndefined()
  })

  test('falls back on its password only where the register says so', async () => {
    const passwordRoles = rolesWithPassword(true, ['administrator'])
    const context = { ...setting.context, passwordRoles }
    const tries = await Promise.all(
      (['analyst', 'administrator', 'provider'] as const).map(async (role) => {
        const { email } = await setting.makeUser({ role })
        const done = await checkPassword(context, { email, password: PASSWORD, address: ADDRESS })
        return [role, done.ok]
      }),
    )
    expect(Object.fromEntries(tries)).toEqual({
      ...{ analyst: false, administrator: true, provider: true },
    })
  })
})

test('a second factor is asked for where the settings name a way to ask', async () => {
  const asking = async (secondFactor: SecondFactorRule | undefined): Promise<unknown[]> => {
    await setting.openBrowser({ ...setting.settings, secondFactor }).leave()
    const asked = setting.organisation.asked.at(-1)
    return ['acr_values', 'claims'].map((name) => asked?.get(name) ?? null)
  }
  const named = ['urn:example:phr', 'urn:example:phrh']
  expect(await asking({ claim: 'acr', values: named })).toEqual([named.join(' '), null])
  expect(await asking({ claim: 'acrs', values: ['c1'] })).toEqual([
    ...[null, '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}'],
  ])
  expect(await asking({ claim: 'amr', values: ['mfa'] })).toEqual([null, null])
  expect(await asking(undefined)).toEqual([null, null])
})

test.each([
  [{ acr: 'urn:example:phr' }, true],
  [{ acr: 'urn:example:pwd' }, false],
  [{ acr: ['urn:example:phr'] }, false],
  [{ acr: 'urn:example:phr urn:example:pwd' }, false],
  [{ amr: ['urn:example:phr'] }, false],
  [{ acrs: ['urn:example:phr'] }, false],
  [{}, false],
])(
  'what an organisation was asked for with acr_values shows in acr alone: %j, %s',
  (claims, shows) => {
    const rule = {
      issuer: 'https://issuer.example',
      secondFactor: { claim: 'acr', values: ['urn:example:phr'] },
    } as const
    const read = readSignOnPerson(rule, { iss: rule.issuer, sub: 'person', ...claims })
    expect(read.ok && read.person.hasSecondFactor).toBe(shows)
  },
)

test('the portal proves itself with a certificate as well', async () => {
  const certified = await openSignOnSetting({ certificate: makeOwnCertificate() })
  try {
    await certified.owner.query(
      `insert into sign_on_group (place, group_name, role) values (1, 'analysts', 'analyst')`,
    )
    certified.organisation.member = member({ groups: ['analysts'] })
    const visitor = certified.openBrowser()
    await visitor.signOn()
    expect(await visitor.whoAmI()).toMatchObject({ actor: { role: 'analyst' } })
    // Another certificate is none that the organisation knows.
    const credential = readCredential(Buffer.from(makeOwnCertificate().pem))
    if (credential === undefined) throw new Error('no credential')
    const forger = certified.openBrowser({ ...certified.settings, credential })
    expect(problemIn(await forger.signOn())).toBe('sign-on-failed')
    expect(certified.organisation.errors.at(-1)).toBe('invalid_client')
  } finally {
    await certified.close()
  }
})

test.each([
  ['a client secret', 'x'.repeat(40), 'secret'],
  ['a key with its certificate', makeOwnCertificate().pem, 'certificate'],
  ['a word that somebody typed', 'secret', undefined],
  [
    'a certificate without its key',
    '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----',
    undefined,
  ],
  ['nothing', '', undefined],
])('what is kept for it: %s', (_name, kept, kind) => {
  expect(readCredential(Buffer.from(kept))?.kind).toBe(kind)
})

test.each([
  ['https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0', true],
  ['https://login.microsoftonline.com/common/v2.0', false],
  ['https://login.microsoftonline.com/'.concat('organi', 'zations/v2.0'), false],
  ['https://login.microsoftonline.com/consumers/v2.0', false],
  ['http://issuer.example', false],
  ['http://127.0.0.1:4000', false],
  ['https://user@issuer.example', false],
  ['https://issuer.example/?tenant=1', false],
  ['issuer.example', false],
])('the issuer %s may be set up: %s', (issuer, allowed) => {
  expect(isIssuer(issuer, false)).toBe(allowed)
})

test.each([
  ['amr=mfa,hwk', { claim: 'amr', values: ['mfa', 'hwk'] }],
  ['acrs=c1', { claim: 'acrs', values: ['c1'] }],
  ['amr=', undefined],
  ['amr', undefined],
  ['sub=mfa', undefined],
])('what shows a second factor, as settings write it: %s', (text, rule) => {
  expect(readSecondFactorRule(text)).toEqual(rule)
})

test('[S67] what next-auth does not do is nothing at all, and no fault of ours', async () => {
  for (const [method, path] of [
    ['GET', 'callback/credentials'],
    ['POST', 'signin/credentials?callbackUrl=javascript:alert(1)'],
  ]) {
    const answer = await browser.ask(`${ORIGIN}/api/auth/${path ?? ''}`, { method: method ?? '' })
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).toBe('There is nothing at this address.\n')
  }
})

describe('[S75] proving oneself once more at the organisation', () => {
  async function signedOn(): Promise<{ ticket: string; actor: TestUser['actor'] }> {
    await browser.signOn()
    const { actor } = (await browser.whoAmI()) ?? {}
    if (actor === undefined) throw new Error('nobody signed on')
    return { actor, ticket: browser.cookies.get(SESSION.name) ?? '' }
  }

  const again = (session: string) =>
    ({ purpose: 'again', session, act: ACT, returnTo: '/users' }) as const

  test('asks for it now, counts for one act in one session, and leads back to the page', async () => {
    const { actor, ticket } = await signedOn()
    const answer = await browser.signOn(again(ticket))
    expect(answer.headers.get('location')).toBe('/users')
    const asked = setting.organisation.asked.findLast((given) => given.has('max_age'))
    expect([asked?.get('prompt'), asked?.get('max_age')]).toEqual(['login', '0'])
    expect(await readProof(setting.context, { actor, ticket, act: ACT })).toBeDefined()
    const other = { actor, ticket, act: 'ask administrator-grant' } as const
    expect(await readProof(setting.context, other)).toBeUndefined()
  })

  test('does not count where the organisation asked earlier, or for no second factor', async () => {
    const { actor, ticket } = await signedOn()
    setting.organisation.provedAt = Math.floor(Date.now() / 1000) - 11
    expect(problemIn(await browser.signOn(again(ticket)))).toBe('sign-on-stale')
    setting.organisation.provedAt = undefined
    const { member: strong } = setting.organisation
    setting.organisation.member = { ...strong, amr: ['pwd'] }
    expect(problemIn(await browser.signOn(again(ticket)))).toBe('sign-on-stale')
    expect(await readProof(setting.context, { actor, ticket, act: ACT })).toBeUndefined()
  })

  test('is not begun by a link that was altered, is of another session, or that nobody signed', () => {
    const { portalKey } = setting.context
    const [own, other] = ['ticket of a session', 'ticket of another']
    const link = writeAgainLink(portalKey, own, { act: ACT, returnTo: '/users' })
    expect(openAgainLink(portalKey, own, link)).toEqual({ act: ACT, returnTo: '/users' })
    const [text = '', signature = ''] = link.split('.')
    const bent = (act: string, returnTo: string): string =>
      Buffer.from(JSON.stringify([act, returnTo])).toString('base64url')
    const forged = [
      writeAgainLink(portalKey, other, { act: ACT, returnTo: '/users' }),
      writeAgainLink(new Uint8Array(32), own, { act: ACT, returnTo: '/users' }),
      `${bent('approve AP-2222-2222-2', '/users')}.${signature}`,
      `${bent(ACT, 'https://evil.example')}.${signature}`,
      ...[text, `${text}.`, `.${signature}`, '', '.', `${text}.${signature.slice(1)}`],
      ...[`${text}.${'A'.repeat(signature.length)}`, `${text}.${'é'.repeat(signature.length)}`],
      `${text}=.${signature}`,
    ]
    for (const given of forged) {
      expect([given, openAgainLink(portalKey, own, given)]).toEqual([given, undefined])
    }
  })

  test('does not count where somebody else proves themself', async () => {
    const { actor, ticket } = await signedOn()
    const colleague = setting.openBrowser()
    setting.organisation.member = member({ groups: ['analysts'] })
    await colleague.signOn()
    colleague.cookies.set(SESSION.name, ticket)
    expect(problemIn(await colleague.signOn(again(ticket)))).toBe('sign-on-other')
    setting.organisation.member = member({ groups: [] })
    const stranger = setting.openBrowser()
    stranger.cookies.set(SESSION.name, ticket)
    expect(problemIn(await stranger.signOn(again(ticket)))).toBe('sign-on-other')
    expect(await readProof(setting.context, { actor, ticket, act: ACT })).toBeUndefined()
  })
})
