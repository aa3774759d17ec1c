import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { listApprovals } from '#server/identity/approvals/read-approvals.ts'
import { approveRights, askRights } from '#server/jobs/acts/rights-acts.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import { findPerson } from '#server/linkage/rights/find-person.ts'
import {
  closeRequest,
  extendRequest,
  listRightsRequests,
  openRightsRequest,
  pickRecords,
  readRightsRequest,
  type NewRequest,
} from '#server/linkage/rights/handle-requests.ts'
import { ALARM_AT, MOST_IN_A_DAY, MOST_OF_A_REQUEST } from '#server/linkage/rights/search-limits.ts'
import { tellOfSearches } from '#server/linkage/rights/tell-of-searches.ts'
import { openLoginRoles } from '#server/identity/actors/login-roles.ts'
import { openPool } from '#server/platform/db/pool.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { arriving, owing } from '../../setup/kept-post.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { child, children, csv, mothers, nhsNumber } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  approveAct,
  contextOf,
  doAct,
  find,
  makeOfficers,
  OFFICER,
  openRequest,
  SECOND,
  soughtOf,
  typedOf,
} from '../../jobs/carrying-out/rights-setting.ts'

const ANALYST = {
  userId: 'U-ANALYST',
  role: 'analyst',
  providerCode: null,
  mayExact: true,
} as const

let programme: TestProgramme
let store: OwnProgrammeStore

/** The twin of a child: another first name and number, everything else the same. */
const TWIN = {
  ...child(5),
  client_ref: 'C-1905',
  first_name: 'Zuleika',
  nhs_number: nhsNumber(905),
}
/** The same child to a service that knows a later surname and address, and no number. */
const MOVED = {
  ...child(5),
  ...{ client_ref: 'C-2005', last_name: 'Rosenberg', postcode: 'SE11 6DA', nhs_number: '' },
}

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await take(store, { bytes: csv([...children(0, 8), TWIN, ...mothers(4, 7)]) })
  await take(store, { bytes: csv(children(4, 12)), service: 'toy-library' })
  await take(store, { bytes: csv([...children(20, 26), MOVED]), service: 'health-visiting' })
}, 120_000)

afterAll(() => programme.close())

async function picksOf(request: string): Promise<string> {
  const view = await readRightsRequest(contextOf(store), SECOND, request)
  if (!view.ok) throw new Error(view.code)
  return view.picks
}

describe('[S62] a request for access', () => {
  test('finds a planted person in every service by what is typed, and nobody else’s rows', async () => {
    const request = await openRequest(store, 'access')
    expect(await find(store, request, typedOf(child(5)))).toMatchObject({ certain: 2, doubtful: 1 })
    const view = await readRightsRequest(contextOf(store), OFFICER, request)
    if (!view.ok) throw new Error(view.code)
    expect(view.found.map(({ service, certainty }) => `${service} ${certainty}`)).toEqual([
      ...['stay-and-play certain', 'toy-library certain', 'health-visiting doubtful'],
    ])
    // Rows as its spreadsheet numbers them: headings are the first.
    expect(view.found.map(({ place }) => place)).toEqual(['7', '3', '8'])
    // With the later surname and address the third is certain too; twin and mother are in no list.
    const both = typedOf(child(5), {
      lastNames: `${child(5).last_name ?? ''}\nRosenberg`,
      postcodes: `${child(5).postcode ?? ''}\nSE11 6DA`,
    })
    expect(await find(store, request, both)).toMatchObject({ certain: 3, doubtful: 0 })

    const act = await approveAct(store, request)
    expect(await doAct(store, act)).toBe('done')
    const letter = await writeAccessLetter(store, OFFICER, request, new Date())
    if (!letter.ok) throw new Error(letter.code)
    expect(letter.records.map(({ service }) => service)).toEqual([
      ...['Stay and Play', 'Toy Library', 'Health Visiting'],
    ])
    const [first] = letter.records
    expect(first?.countedWith).toEqual({ records: 2, services: 2, notShown: 0 })
    // Who wrote them in another way is counted apart.
    expect(letter.countedAs).toBe(2)
    expect(first?.family).toMatchObject({ adults: 1 })
    expect(first?.holds).toContainEqual({ name: 'You are in it as', value: 'Child' })
    expect(first?.holds).toContainEqual({ name: 'Began on', value: '15 April 2024' })
    expect(first?.holds).toContainEqual({
      ...{ name: 'Year of birth, and month of a child', value: 'June 2021' },
    })
    expect(first?.pseudonyms).toContain('NHS number')
    // The letter names nobody.
    const told = JSON.stringify(letter)
    for (const value of Object.values(child(5)).filter(
      (each) => each.length > 5 && each !== 'child',
    ))
      if (value !== '2024-04-15') expect(told).not.toContain(value)
  })

  test('answers for who is not there as for a doubtful person: nothing that is surely theirs', async () => {
    const request = await openRequest(store, 'access')
    const nobody = typedOf({ ...child(77), nhs_number: nhsNumber(977) })
    expect(await find(store, request, nobody)).toMatchObject({ certain: 0, doubtful: 0 })
    expect(await doAct(store, await approveAct(store, request))).toBe('done')
    const letter = await writeAccessLetter(store, OFFICER, request, new Date())
    expect(letter).toMatchObject({ ok: true, records: [] })
  })

  test('takes two officers, a fresh code of each, and the records that both looked at', async () => {
    const context = contextOf(store)
    const request = await openRequest(store, 'access')
    const fresh = freshFor(OFFICER, askingAct('rights-request'), new Date())
    expect(await askRights(context, OFFICER, { request }, fresh)).toMatchObject({
      code: 'rights-nothing-picked',
    })
    await find(store, request, typedOf(child(6)))
    expect(
      await askRights(context, OFFICER, { request }, { ...fresh, act: 'other' as never }),
    ).toMatchObject({ code: 'code-needed' })
    const asked = await askRights(context, OFFICER, { request }, fresh)
    if (!asked.ok) throw new Error(asked.code)
    const { reference, boundTo } = asked.approval
    const shown = { request, boundTo, picks: await picksOf(request) }
    const proof = (by: typeof OFFICER) => freshFor(by, approvingAct(reference), new Date())
    expect(await approveRights(context, OFFICER, shown, proof(OFFICER))).toMatchObject({
      code: 'own-request',
    })
    await pickRecords(context, OFFICER, { reference: request, numbers: [1] })
    const approved = await approveRights(context, SECOND, shown, proof(SECOND))
    if (!approved.ok) throw new Error(approved.code)
    expect(await doAct(store, approved.id)).toBe('rights-changed')
    expect(await writeAccessLetter(store, OFFICER, request, new Date())).toMatchObject({
      code: 'rights-no-letter',
    })
  })

  test('is approved as it was shown alone, whatever was picked or looked for between asking and approval', async () => {
    const context = contextOf(store)
    const request = await openRequest(store, 'erasure')
    await find(store, request, typedOf(child(6)))
    const asked = await askRights(
      context,
      OFFICER,
      { request },
      freshFor(OFFICER, askingAct('rights-request'), new Date()),
    )
    if (!asked.ok) throw new Error(asked.code)
    const { reference, boundTo } = asked.approval
    const approveShown = (picks: string) =>
      approveRights(
        context,
        SECOND,
        { request, boundTo, picks },
        freshFor(SECOND, approvingAct(reference), new Date()),
      )
    const agreed = await picksOf(request)
    // Other records than were asked for are shown to the second officer, to be picked back afterwards.
    await pickRecords(context, OFFICER, { reference: request, numbers: [] })
    expect(await approveShown(await picksOf(request))).toMatchObject({ code: 'rights-changed' })
    await pickRecords(context, OFFICER, { reference: request, numbers: [1, 2] })
    expect(await picksOf(request)).toBe(agreed)
    // The same records are found with somebody else's number beside: those marks would keep two people out.
    const both = typedOf(child(6), {
      nhsNumbers: `${child(6).nhs_number ?? ''}\n${nhsNumber(978)}`,
    })
    await find(store, request, both)
    const searchedAgain = await picksOf(request)
    expect(searchedAgain).not.toBe(agreed)
    expect(await approveShown(searchedAgain)).toMatchObject({ code: 'rights-changed' })
    // Who was shown what was asked for approves it, and it is not done any more.
    const approved = await approveShown(agreed)
    if (!approved.ok) throw new Error(approved.code)
    expect(await doAct(store, approved.id)).toBe('rights-changed')
    // Of two searches in one moment each is another.
    const at = new Date('2024-05-01T12:00:00Z')
    const look = () => findPerson(store, OFFICER, soughtOf(request, both), at)
    const seen = new Set<string>()
    while (seen.size < 3) {
      await look()
      const before = seen.size
      seen.add(await picksOf(request))
      expect(seen.size).toBe(before + 1)
    }
    // A number that nothing has is not entered as picked.
    await pickRecords(context, OFFICER, { reference: request, numbers: [1, 999_999] })
    const { rows } = await store.pool.query<{ detail: unknown }>(
      `select detail from audit_event where subject = $1 and event = 'rights.picked' order by seq desc limit 1`,
      [request],
    )
    expect(rows).toEqual([{ detail: { records: 1 } }])
    // Its colleague asks as well; closing the request leaves nothing for anybody to approve.
    const also = await askRights(
      context,
      SECOND,
      { request },
      freshFor(SECOND, askingAct('rights-request'), new Date()),
    )
    if (!also.ok) throw new Error(also.code)
    expect(
      (await closeRequest(context, OFFICER, { reference: request, reason: 'taken-back' })).ok,
    ).toBe(true)
    const left = await listApprovals(store.pool, SECOND, new Date(), { subject: request })
    expect(left.map(({ stage }) => stage)).toEqual(['withdrawn', 'approved'])
  })

  test('is opened, searched, read and closed by officers alone, and each step is in the audit trail', async () => {
    const context = contextOf(store)
    const request = await openRequest(store, 'access')
    const typed = typedOf(child(6))
    const given: NewRequest = {
      ...({ kind: 'access', receivedOn: '2024-01-01', askedBy: 'self' } as const),
      ...({ identityCheck: 'document-seen', identityCheckedOn: '2024-01-01' } as const),
    }
    expect(await openRightsRequest(context, ANALYST, given)).toMatchObject({ code: 'not-found' })
    expect(await listRightsRequests(store.pool, ANALYST)).toEqual([])
    expect(await readRightsRequest(context, ANALYST, request)).toMatchObject({ code: 'not-found' })
    expect(await findPerson(store, ANALYST, soughtOf(request, typed), new Date())).toMatchObject({
      code: 'not-found',
    })
    const late = await openRightsRequest(context, OFFICER, given)
    if (!late.ok) throw new Error(late.code)
    const reason = 'complex'
    expect(
      await extendRequest(context, OFFICER, { reference: late.reference, reason }),
    ).toMatchObject({ code: 'rights-late' })
    expect((await extendRequest(context, OFFICER, { reference: request, reason })).ok).toBe(true)
    await find(store, request, typedOf(child(6)))
    const closing = { reference: request, reason: 'taken-back' } as const
    expect((await closeRequest(context, OFFICER, closing)).ok).toBe(true)
    expect(await closeRequest(context, OFFICER, closing)).toMatchObject({ code: 'rights-over' })
    // What was found and typed is forgotten with it.
    const { rows } = await store.pool.query(
      `select (select count(*)::int from rights_record f join rights_request r on r.id = f.request_id where r.reference = $1) as found,
        (select count(*)::int from rights_mark m join rights_request r on r.id = m.request_id where r.reference = $1) as marks`,
      [request],
    )
    expect(rows).toEqual([{ found: 0, marks: 0 }])
    const events = await store.pool.query<{ event: string }>(
      'select event from audit_event where subject = $1 order by seq',
      [request],
    )
    expect(events.rows.map(({ event }) => event)).toEqual([
      ...['rights.opened', 'rights.extended', 'rights.searched', 'rights.closed'],
    ])
  })

  test('finds nobody by an address alone, and tries no list of people', async () => {
    const request = await openRequest(store, 'access')
    const look = (typed: object) => findPerson(store, OFFICER, soughtOf(request, typed), new Date())
    expect(await look({ emails: 'mother5@example.org' })).toMatchObject({
      code: 'rights-nothing-typed',
    })
    expect(await look({ nhsNumbers: '123' })).toMatchObject({ code: 'rights-nothing-typed' })
    const many = Array.from({ length: 9 }, (_, n) => `Name${String.fromCharCode(65 + n)}`).join(
      '\n',
    )
    expect(await look({ firstNames: many })).toMatchObject({ code: 'rights-too-many-ways' })
  })
})

describe('[S62] an officer who looks for people whom nobody asked about', () => {
  const CURIOUS = { ...OFFICER, userId: 'U-CURIOUS1' }
  const typed = typedOf(child(5))
  let now = new Date()
  const look = (request: string) => findPerson(store, CURIOUS, soughtOf(request, typed), now)

  test('searches a request so often and no more, and every search is an entry', async () => {
    await makeOfficer(CURIOUS.userId)
    const request = await openRequest(store, 'access')
    // In as many tabs at once as there are searches, and one more.
    const answers = await Promise.all(
      Array.from({ length: MOST_OF_A_REQUEST + 1 }, () => look(request)),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(MOST_OF_A_REQUEST)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'rights-searches-many' })
    // Nor as somebody else: it is the request's.
    expect(await findPerson(store, SECOND, soughtOf(request, typed), now)).toMatchObject({
      code: 'rights-searches-many',
    })
    expect(await countEntries('rights.searched', CURIOUS.userId)).toBe(MOST_OF_A_REQUEST)
  })

  test('searches so often in a day, whatever requests are opened for it, and others are told once', async () => {
    const made = MOST_OF_A_REQUEST
    const secret = new Uint8Array(randomBytes(32))
    const { portal } = await openLoginRoles(programme.databaseUrl, { portal: secret })
    const pool = openPool(portal)
    onTestFinished(() => pool.end())
    const mails: Mail[] = []
    const telling = owing(pool, () => now)
    await store.pool.query(`update portal_user set code_seed = 'x' where role = 'officer'`)
    expect(await tellOfSearches(telling)).toBe(0)
    const answers: { readonly ok: boolean }[] = []
    for (let n = made; n < MOST_IN_A_DAY - 2; n += 1) {
      answers.push(await look(await openRequest(store, 'access')))
      const isAlarm = n + 1 >= ALARM_AT
      const told = await tellOfSearches(telling)
      mails.push(...(await arriving(telling)))
      expect([n, told, mails.length]).toEqual([...[n, n + 1 === ALARM_AT ? 1 : 0, isAlarm ? 2 : 0]])
    }
    expect(answers.every(({ ok }) => ok)).toBe(true)
    // Two are left: of five at once, each for a request of its own, as many are made.
    const requests = await Promise.all(
      Array.from({ length: 5 }, () => openRequest(store, 'access')),
    )
    const atOnce = await Promise.all(requests.map(look))
    expect(atOnce.filter(({ ok }) => ok)).toHaveLength(2)
    expect(atOnce.find(({ ok }) => !ok)).toMatchObject({ code: 'rights-searches-many' })
    expect(mails.map(({ to }) => to).sort()).toEqual([
      ...['u-officer1@programme.example', 'u-officer2@programme.example'],
    ])
    expect(mails[0]?.text).toContain('Carl Curious looked for people 12 times within 24 hours')
    expect(JSON.stringify(mails)).not.toContain(child(5).last_name)
    expect(await countEntries('access.refused', CURIOUS.userId)).toBeGreaterThan(0)
    // On the next day again.
    now = new Date(now.getTime() + 25 * 3_600_000)
    expect((await look(await openRequest(store, 'access'))).ok).toBe(true)
  })
})

async function makeOfficer(id: string): Promise<void> {
  await store.pool.query(
    `insert into portal_user (id, email, name, role)
     values ($1, 'curious@programme.example', 'Carl Curious', 'officer')`,
    [id],
  )
}

async function countEntries(event: string, actor: string): Promise<number> {
  const { rowCount } = await store.pool.query(
    'select from audit_event where event = $1 and actor = $2',
    [event, actor],
  )
  return rowCount ?? 0
}
