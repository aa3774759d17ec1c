import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, inject, test } from 'vitest'
import { approvingAct, usingAct } from '#server/identity/approvals/approval.ts'
import { makeUserId } from '#server/identity/actors/user.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import type { ProvedAct } from '#server/identity/actors/fresh-proof.ts'
import { ask, type Answer } from '../../e2e/setup/ask.ts'
import { sessionOf } from '../../e2e/setup/session-of.ts'
import { ACCOUNTS } from '../../e2e/setup/visitor.ts'
import type { AttackedPortal } from './attacked-portal.ts'

/** A name that a page would run, a spreadsheet would open, a mail would take for a header and a reader would misread. */
const NAME =
  '=HYPERLINK("https://evil.example")<script>alert(1)</script>\r\nBcc: mallory@evil.example\u202e'

const REGISTER = 'app/programme/register/import/actions.ts'

/**
 * Attacks on what the programme's people do and what anybody reads, on a portal that other attacks have open: they
 * cost it nothing more.
 */
export function attackProgramme(portalOf: () => AttackedPortal): void {
  attackRegister(portalOf)
  attackDecisions(portalOf)
  attackOpenDoors(portalOf)
  attackAccounts(portalOf)
  attackSupport(portalOf)
  attackBundle()
}

/** What an action found wrong, as its form shows it. */
const errorsIn = ({ body }: Answer): string => /"errors":\[[^\]]*\]/.exec(body)?.[0] ?? ''

const redirected = ({ headers }: Answer): string => String(headers['x-action-redirect'] ?? '')

function attackRegister(portalOf: () => AttackedPortal): void {
  test('attack 33: [S33] [S73] a register full of traps is imported: no page, file or mail runs any of it', async () => {
    const { act, cookies, origin, subjects } = portalOf()
    const cookie = cookies.administrator
    const file = await ask(origin, '/programme/register/file', { headers: { cookie } })
    const register = JSON.parse(file.body) as { services: { code: string; name: string }[] }
    const service = register.services.find(({ code }) => code === 'baby-steps')
    if (service === undefined) throw new Error('no such service')
    service.name = NAME
    const text = JSON.stringify(register).replace('{', '{"__proto__":{"live":false},')
    const seen = /"seen":"([0-9a-f]+)"/.exec(
      (await act(`${REGISTER} look`, { register: text }, cookie)).body,
    )
    const page = await ask(origin, '/programme/register/strand/cross-theme', {
      headers: { cookie },
    })
    const select = /<select[^>]*name="from"[^]*?<[/]select>/.exec(page.body)?.[0] ?? ''
    const from = [...select.matchAll(/value="([0-9]{4}-Q[1-4])"/g)].at(-1)?.[1] ?? ''
    const sent = { register: text, seen: seen?.[1] ?? '', from }
    // Sent twice at once, once is once.
    const both = await Promise.all([1, 2].map(() => act(`${REGISTER} bringIn`, sent, cookie)))
    const imported = both.map(redirected).filter((to) => to.includes('imported='))
    expect([imported, ...both.map(errorsIn), from]).toEqual([
      [expect.stringContaining('imported=1') as string],
      expect.anything() as string,
      expect.anything() as string,
      expect.stringMatching(/^[0-9]{4}-Q[1-4]$/) as string,
    ])
    const { rows } = await portalOf().owner.query<{ name: string }>(
      `select name from service where code = 'baby-steps'`,
    )
    const [name = ''] = rows.map((row) => row.name)
    expect(name).toContain('<script>alert(1)</script>')
    expect(name).not.toMatch(/[\r\n\u202e]/)

    const told: string[] = []
    for (const path of [
      '/programme/register/service/baby-steps',
      ...['/programme/register/service', '/programme/board', '/programme/board/baby-steps'],
      ...['/programme/calendar', '/programme/services', '/programme/services/baby-steps'],
      ...[
        '/programme/governance',
        '/programme/report',
        '/programme/submissions',
        '/tokens',
        '/published',
      ],
      `/published/${subjects.published}`,
    ]) {
      const { status, body } = await ask(origin, path, { headers: { cookie } })
      expect([path, status]).toEqual([path, 200])
      expect([path, /<script>alert/i.test(body)]).toEqual([path, false])
      if (body.includes('alert(1)')) told.push(path)
    }
    // The name was there, and was text.
    expect(told.length).toBeGreaterThan(3)
    for (const path of [
      ...['/programme/report/file', `/reach/download?release=${subjects.published}`],
      ...[
        '/treatment/baby-steps/file',
        `/published/${subjects.published}/${subjects.published}.csv`,
      ],
    ]) {
      const { body } = await ask(origin, path, { headers: { cookie } })
      expect([path, /(^|[,\r\n])"?\s*[=+@]/.test(body)]).toEqual([path, false])
    }
    const workbook = await bytesOf(
      `${origin}/published/${subjects.published}/${subjects.published}.xlsx`,
    )
    const parts = Object.values(unzipSync(workbook)).map((part) => Buffer.from(part).toString())
    expect(parts.join('')).toMatch(/<row /)
    expect(parts.join('')).not.toMatch(/<f>|<f |TargetMode="External"|<script/)
  }, 60_000)

  test('attack 34: [S27] [S67] registers that are none, too deep or too long: each is refused, and the portal answers', async () => {
    const { act, answers, cookies } = portalOf()
    for (const register of [
      ...['[', 'null', '"', '{"programme":null}', '{"programme":{"code":"__proto__"}}', '\u0000'],
      ...['['.repeat(400_000), '{"a":'.repeat(90_000), '9'.repeat(400_000)],
      ...['{"programme":{"toString":1},"wards":{"length":1e9}}', 'x'.repeat(500_001)],
    ]) {
      const { status, body } = await act(`${REGISTER} look`, { register }, cookies.administrator)
      // NUL is no text: a form with one is refused as a whole.
      const isRefused = status === 403 || (status === 200 && body.includes('"errors":[{'))
      expect([register.slice(0, 20), status, isRefused]).toEqual([
        register.slice(0, 20),
        status,
        true,
      ])
    }
    expect(await answers()).toBe(true)
  }, 120_000)
}

async function bytesOf(address: string): Promise<Uint8Array> {
  const answer = await fetch(address)
  expect(answer.status).toBe(200)
  return new Uint8Array(await answer.arrayBuffer())
}

function attackDecisions(portalOf: () => AttackedPortal): void {
  test('attack 35: [S20] [S75] one administrator approves a request while another refuses it and who asked takes it back: one outcome', async () => {
    const { act, cookies, owner, subjects } = portalOf()
    const reference = subjects.relinkRequest
    const boundTo = await boundToOf(portalOf(), reference)
    const third = await addAdministrator(portalOf())
    const asker = await sessionOf(portalOf(), ACCOUNTS.secondAdministrator)
    await prove(portalOf(), cookies.administrator, approvingAct(reference))
    const approve = (): Promise<Answer> =>
      act(
        'app/programme/linkage/actions.ts approveReport',
        { report: subjects.linkageReport, reference, boundTo },
        cookies.administrator,
      )
    const page = `/approvals/${reference}`
    const refuse = (): Promise<Answer> =>
      act(
        'app/approvals/[request]/actions.ts refuseRequest',
        { reference, boundTo, why: 'not-needed' },
        third,
        page,
      )
    const takeBack = (): Promise<Answer> =>
      act('app/approvals/[request]/actions.ts withdrawRequest', { reference }, asker, page)
    const answers = await Promise.all([approve(), refuse(), takeBack(), refuse(), approve()])
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    const { rows } = await owner.query<{ events: string; acts: number }>(
      `select (select string_agg(event, ' ' order by seq) from audit_event
                where subject = $1 and event ~ '^approval') as events,
         (select count(*)::int from act where kind = 'relink') as acts`,
      [reference],
    )
    expect(rows[0]?.events).toMatch(
      /^approval[.]asked approval[.](approved( approval[.]used)?|refused|withdrawn)$/,
    )
    // A worker uses the approval when it does the act, which may be later.
    expect(rows[0]?.acts).toBe(/approved/.test(rows[0]?.events ?? '') ? 1 : 0)
  })

  test('attack 36: [S20] [S75] a token is approved with the code of another act, by who asked, and made five times at once', async () => {
    const { act, cookies, owner, subjects } = portalOf()
    const reference = subjects.tokenRequest
    const boundTo = await boundToOf(portalOf(), reference)
    const page = `/approvals/${reference}`
    const second = await sessionOf(portalOf(), ACCOUNTS.secondAdministrator)
    const approve = (cookie: string): Promise<Answer> =>
      act('app/approvals/[request]/actions.ts approveRequest', { reference, boundTo }, cookie, page)
    const make = (): Promise<Answer> =>
      act(
        'app/approvals/[request]/actions.ts makeApproved',
        { reference },
        cookies.administrator,
        page,
      )
    const stateOf = async (): Promise<string> =>
      (
        await owner.query<{ events: string }>(
          `select string_agg(event, ' ' order by seq) as events from audit_event
            where subject = $1 and event ~ '^approval'`,
          [reference],
        )
      ).rows[0]?.events ?? ''
    // A code that was given for something else, and one by who asked.
    await prove(portalOf(), second, approvingAct(subjects.draftRequest))
    await approve(second)
    await prove(portalOf(), cookies.administrator, approvingAct(reference))
    await approve(cookies.administrator)
    // Not approved yet: nothing comes of it.
    await prove(portalOf(), cookies.administrator, usingAct(reference))
    await make()
    expect(await stateOf()).toBe('approval.asked')
    await prove(portalOf(), second, approvingAct(reference))
    const approved = await approve(second)
    expect([redirected(approved), errorsIn(approved)]).toEqual([
      expect.stringMatching(/^[/]approvals[?]done=approved/) as string,
      '',
    ])
    expect(await stateOf()).toBe('approval.asked approval.approved')
    await prove(portalOf(), cookies.administrator, usingAct(reference))
    const made = await Promise.all([1, 2, 3, 4, 5].map(make))
    expect(made.filter(({ body }) => body.includes('"shown":["'))).toHaveLength(1)
    expect(await stateOf()).toBe('approval.asked approval.approved approval.used')
    const { rows } = await owner.query<{ tokens: number }>(
      'select count(*)::int as tokens from submission_token',
    )
    expect(rows[0]?.tokens).toBe(1)
  })
}

async function boundToOf({ owner }: AttackedPortal, reference: string): Promise<string> {
  const { rows } = await owner.query<{ bound_to: Buffer }>(
    'select bound_to from approval where reference = $1',
    [reference],
  )
  return rows[0]?.bound_to.toString('hex') ?? ''
}

/** The code for an act was given in this session a moment ago. */
async function prove({ owner }: AttackedPortal, cookie: string, act: ProvedAct): Promise<void> {
  const { rowCount } = await owner.query(
    // To the millisecond, as a portal keeps it.
    `update portal_session set proved_for = $2, proved_at = date_trunc('milliseconds', now()) where digest = $1`,
    [digestTicket(cookie.split('=')[1] ?? ''), act],
  )
  expect(rowCount).toBe(1)
}

/** A third administrator, who has been there for a year; answers their cookie. */
async function addAdministrator(portal: AttackedPortal): Promise<string> {
  const email = 'administrator3@demonstration.example'
  await portal.owner.query(
    `insert into portal_user (id, email, name, role, code_seed, created_at, standing_since)
     select $1, $2, 'Ari Third', role, code_seed, now() - interval '1 year', now() - interval '1 year' from portal_user where email = $3`,
    [makeUserId(), email, ACCOUNTS.administrator],
  )
  return sessionOf(portal, email)
}

function attackOpenDoors(portalOf: () => AttackedPortal): void {
  test('attack 37: [S67] strangers ask how the portal is, and what it counts: they hear one word', async () => {
    const { origin, cookies } = portalOf()
    for (const path of ['/health/live', '/health/ready']) {
      const { status, body, headers } = await ask(origin, path, {
        headers: { host: 'evil.example' },
      })
      expect([path, status, body]).toEqual([
        path,
        200,
        expect.stringMatching(/^[{]"status":"(live|ready)"[}]\n$/),
      ])
      expect(headers['cache-control']).toBe('no-store')
    }
    for (const path of [
      ...[
        '/metrics',
        '/metrics/',
        '/health',
        '/health/metrics',
        '/health/ready/',
        '/health/ready?verbose',
      ],
      ...[
        '/%6detrics',
        '/health/live/../../metrics',
        '/_metrics',
        '/api/health',
        '/health/ready;/metrics',
      ],
    ]) {
      for (const cookie of ['', cookies.administrator]) {
        const { status, body } = await ask(origin, path, { headers: { cookie } })
        expect([path, [400, 404, 308].includes(status)]).toEqual([path, true])
        expect(body).not.toMatch(/countonce_|process_cpu/)
      }
    }
  })

  test('attack 38: [S14] [S68] what is published is asked for under other names, hosts and forms: one answer for all that is none', async () => {
    const { origin, cookies, subjects } = portalOf()
    const there = subjects.published
    const none = await ask(origin, '/published/REL-2020-Q1-1')
    expect(none.status).toBe(404)
    for (const name of [
      // What is made and not published is like what never was.
      subjects.release,
      `${subjects.release}/${subjects.release}.json`,
      ...[there.toLowerCase(), `${there}%20`, `${there}%0d%0aX:%20y`, '__proto__', 'constructor'],
      ...[
        `${there}/`,
        `${there}/${there}.`,
        `${there}/${there}.constructor`,
        `${there}/${there}.__proto__`,
      ],
      ...[
        `${there}/${there}.csv%2f..`,
        `${there}/..%2f${there}.csv`,
        `${there}/${there}.CSV`,
        `${there}/.csv`,
      ],
      `${subjects.release}/${there}.csv`,
    ]) {
      for (const cookie of ['', cookies.administrator]) {
        const { status, body, headers } = await ask(origin, `/published/${name}`, {
          headers: { cookie },
        })
        if (status === 308 || status === 400) continue
        expect([name, status, body === none.body]).toEqual([name, 404, true])
        expect(headers['cache-control']).toBe('no-store')
      }
    }
    // Nothing of who asks, or by which way, is in what caches keep.
    const plain = await ask(origin, `/published/${there}`)
    expect(plain.status).toBe(200)
    for (const headers of [
      { cookie: cookies.administrator },
      { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-state-tree': '%5B%22%22%5D' },
      { 'x-nextjs-data': '1', 'x-middleware-prefetch': '1', 'x-matched-path': '/users' },
      { accept: 'application/json', 'accept-language': 'fr', 'x-original-url': '/users' },
    ]) {
      const asked = await ask(origin, `/published/${there}`, { headers })
      // Next leads a script to an address of its own, which no cache may take for this one.
      const isKept = !String(asked.headers['cache-control']).includes('no-store')
      expect([headers, isKept && asked.body !== plain.body]).toEqual([headers, false])
      expect(asked.headers['set-cookie']).toBeUndefined()
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const { status } = await ask(origin, `/published/${there}`, { method, headers: { origin } })
      expect([method, status]).toEqual([method, 405])
    }
  })
}

function attackAccounts(portalOf: () => AttackedPortal): void {
  test('attack 39: [S8] [S10] a link to set a password is used in three tabs at once: one password is set, and every session ends', async () => {
    const { act, cookies, linksMailedTo, origin } = portalOf()
    const email = ACCOUNTS.otherProvider
    await act('app/sign-in/forgotten-password/actions.ts askForLink', { email }, '')
    const [link] = await linksMailedTo(email)
    const ticket = link?.searchParams.get('link') ?? ''
    expect(ticket).toMatch(/^[\w-]{43}$/)
    const set = await Promise.all(
      ['walnut', 'almond', 'quince'].map((word) =>
        act(
          'app/set-password/actions.ts setPassword',
          { link: ticket, password: `${word} trombone ferry lichen` },
          '',
        ),
      ),
    )
    expect(set.map(redirected).filter((to) => to.includes('password=set'))).toHaveLength(1)
    const copied = await ask(origin, '/account', { headers: { cookie: cookies['other provider'] } })
    expect(copied.status).toBe(307)
    // The page of the link tells no other site where it was.
    const page = await ask(origin, `/set-password?link=${ticket}`)
    expect(page.headers['referrer-policy']).toMatch(/^(same-origin|no-referrer)$/)
  })

  test('attack 40: [S8] [S6] addresses that look like another’s find nobody, mail nobody and make nobody', async () => {
    const { act, cookies, owner, post } = portalOf()
    const before = new Set(await readdir(post.folder))
    // Each of them becomes somebody’s by some way of folding letters.
    const alike = [
      ...['analy\u017ft@demonstration.example', 'analyst@demonstrat\u0131on.example'],
      ...['an\u0430lyst@demonstration.example', '\uff41nalyst@demonstration.example'],
      ...['analyst@demonstration.example\u200b', 'analyst\uff20demonstration.example'],
      ...[
        'analyst@demonstration.example\r\nBcc: mallory@evil.example',
        'analyst@demonstration.example,mallory@evil.example',
      ],
      ...[
        '"analyst@demonstration.example"@evil.example',
        'analyst@demonstration.example\u0000@evil.example',
      ],
    ]
    const users = async (): Promise<number> =>
      (await owner.query<{ users: number }>('select count(*)::int as users from portal_user'))
        .rows[0]?.users ?? 0
    const known = await users()
    const wrong = { password: 'not the password of anybody' }
    const nobody = await act(
      'app/sign-in/actions.ts givePassword',
      { email: 'nobody@example.org', ...wrong },
      '',
    )
    const told = ({ body }: Answer, email: string): string =>
      body.replaceAll(JSON.stringify(email).slice(1, -1), '').replaceAll(/[0-9a-f]{12,}/g, '')
    for (const email of alike) {
      await act('app/sign-in/forgotten-password/actions.ts askForLink', { email }, '')
      const { status } = await act(
        'app/users/new/actions.ts invite',
        { name: 'Mallory', email, role: 'analyst', provider: '' },
        cookies.administrator,
      )
      expect([email, [200, 403].includes(status)]).toEqual([email, true])
    }
    // The owner of an address that exists is told apart from nobody by no answer.
    const analyst = await act(
      'app/sign-in/actions.ts givePassword',
      { email: ACCOUNTS.analyst, ...wrong },
      '',
    )
    expect(told(analyst, ACCOUNTS.analyst)).toBe(told(nobody, 'nobody@example.org'))
    expect(await users()).toBe(known)
    // What is mailed after an answer has left by the time that another's link is there.
    await act(
      'app/sign-in/forgotten-password/actions.ts askForLink',
      { email: ACCOUNTS.administrator },
      '',
    )
    expect(await portalOf().linksMailedTo(ACCOUNTS.administrator)).not.toEqual([])
    const mails = (await readdir(post.folder)).filter((name) => !before.has(name))
    for (const name of mails) {
      const mail = await readFile(join(post.folder, name), 'utf8')
      // Another attack's mail, to an account that there is, may come as late as this.
      expect(mail).toMatch(/^To: (administrator|provider2)@demonstration[.]example\r?$/m)
      expect(mail).not.toMatch(/evil|^Bcc/im)
    }
  }, 120_000)
}

function attackSupport(portalOf: () => AttackedPortal): void {
  test('attack 41: [S73] [S67] a person is planted in what is reported, and reports are sent by the dozen', async () => {
    const { act, cookies, owner } = portalOf()
    const cookie = cookies.practitioner
    const report = (from: string, reference = ''): Promise<Answer> =>
      act('app/support/actions.ts report', { from, kind: 'slow', reference }, cookie)
    for (const from of [
      '/quartermain',
      '//evil.example/zoroast',
      '/users/quartermain?name=zoroast',
    ])
      expect(redirected(await report(from))).toMatch(/^[/]support[?]sent=PR-/)
    for (const reference of ['F-QUARTERMAIN', 'SU-ZORO-ASTR-1', 'AP-0770-0900-6'])
      expect(redirected(await report('/send', reference))).toBe('')
    const { rows } = await owner.query<{ kept: string }>(
      `select coalesce((select string_agg(r::text, ' ') from problem_report r), '')
         || (select string_agg(detail::text, ' ') from audit_event where event = 'problem.reported') as kept`,
    )
    expect(rows[0]?.kept).toContain('/users')
    expect(rows[0]?.kept).not.toMatch(/quarterm|zoroa|evil/i)
    const many = await Promise.all(Array.from({ length: 30 }, () => report('/send')))
    expect(many.filter(({ status }) => status >= 500)).toEqual([])
    // Those that were counted at the same moment may pass together; never all of them.
    expect(redirected(await report('/send'))).toBe('')
  }, 120_000)
}

const ROOT = join(import.meta.dirname, '../../..')

/** The text of every file of a folder. */
async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(
    (entry) => entry.isFile() && /[.](js|css|json|txt|map|tsx?)$/.test(entry.name),
  )
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  )
  return texts.join('\n')
}

function attackBundle(): void {
  test('attack 42: [S36] what every browser is given is searched for keys, settings and code of the server', async () => {
    const { folder } = inject('portal').build
    const given = await textsIn(join(ROOT, folder, 'static'))
    expect(given.length).toBeGreaterThan(100_000)
    // Names of queries, events and purposes of keys stand in the server's code alone, in nearly every file of it.
    const [server, elsewhere] = [
      await textsIn(join(ROOT, 'lib/server')),
      `${await textsIn(join(ROOT, 'lib/core'))}\n${await textsIn(join(ROOT, 'app'))}`,
    ]
    const written = [
      ...server.matchAll(/'([a-z-]{3,}[./ ][a-z][a-z-]{3,}(?: [a-z-]+)*)'/g),
    ].flatMap(([, name = '']) => name)
    const names = [...new Set(written)].filter((name) => !elsewhere.includes(name))
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter((name) => given.includes(name))).toEqual([])
    expect(given).not.toMatch(
      /DATABASE_URL|BLOB_STORAGE|SMTP_URL|PORTAL_KEYS|process[.]env[.][A-Z]/,
    )
    expect(given).not.toMatch(
      /createHmac|createCipheriv|-----BEGIN|\b[0-9a-f]{64}\b|postgres(ql)?:[/]/,
    )
    // They are in what the portal itself runs, where the same search finds them.
    const own = await textsIn(join(ROOT, folder, 'server'))
    expect(names.filter((name) => own.includes(name)).length).toBeGreaterThan(100)
  }, 120_000)
}
