import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { CONTRACT } from '#core/look-up/contract/contract.ts'
import { listsOf } from '#core/look-up/asking/typed-look-up.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { InventedPerson } from '#demonstration/look-up/look-up-people.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readGuidance } from '#server/look-up/asking/after-look-up.ts'
import { lookUpPerson } from '#server/look-up/asking/look-up-person.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { feedOf, formOf, person, sendFeedTo } from '../server/look-up/feed-setting.ts'
import { ask, type Answer } from './setup/ask.ts'
import { openInstallation } from './setup/installation.ts'
import { sessionOf } from './setup/session-of.ts'

/** The published contract, asked of a portal of a look-up over HTTP, where there is no resolver. */

const LOADED: readonly FeedKind[] = ['school', 'housing', 'childrens-social-care', 'police']

let origin = ''
let store: OwnProgrammeStore
let practitioner: Actor
const cookies = { practitioner: '', other: '', manager: '' }
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  const { build, env } = inject('portal')
  const given = { COUNTONCE_HASHER: env['COUNTONCE_HASHER'] ?? '' }
  const installation = await openInstallation(given, 'look-up')
  closers.push(() => installation.close())
  origin = (await installation.startPortal(build)).origin
  const { dataDir, databaseUrl: DATABASE_URL } = installation
  store = await openProgrammeStore({ dataDir, env: { ...installation.env, DATABASE_URL } })
  closers.push(() => store.close())
  const today = dayInLondon(new Date())
  for (const kind of LOADED) await sendFeedTo(store, feedOf(kind, today))
  practitioner = await letIn('practitioner@demonstration.example')
  await letIn('practitioner2@demonstration.example')
  const session = (who: string) =>
    sessionOf({ owner: store.pool, origin }, `${who}@demonstration.example`)
  cookies.practitioner = await session('practitioner')
  cookies.other = await session('practitioner2')
  cookies.manager = await session('manager')
}, 400_000)
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

async function letIn(email: string): Promise<Actor> {
  const { rows } = await store.pool.query<{ id: string; provider_code: string }>(
    'select id, provider_code from portal_user where email = $1',
    [email],
  )
  const [found] = rows
  if (found === undefined) throw new Error(email)
  const actor: Actor = {
    ...{ userId: found.id, role: 'practitioner', providerCode: found.provider_code },
    ...{ mayExact: false, purpose: 'look-up' },
  }
  await readGuidance(store, actor, new Date())
  return actor
}

/** Looks somebody up as the portal's page has a worker do it; answers the id of the one person. */
async function lookUp(sought: Partial<InventedPerson>): Promise<string> {
  const form = formOf(sought)
  const asked = { purpose: 'safeguarding', caseReference: 'CIN-1', act: null, alarms: [] } as const
  const { birth, gender } = form
  const typed = Unread.of(typedPersonSchema.parse(listsOf(form)))
  const given = { ...asked, birth, gender, typed }
  const looked = await lookUpPerson(store, practitioner, given, new Date())
  if (!looked.ok) throw new Error(looked.code)
  return `${looked.reference}.1`
}

type Path = keyof typeof CONTRACT.paths
type Who = keyof typeof cookies | 'nobody'

type Schema = Parameters<typeof z.fromJSONSchema>[0]

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

/** The contract as it goes over the wire. */
const DOCUMENT = JSON.parse(JSON.stringify(CONTRACT)) as {
  readonly paths: Readonly<Record<Path, Readonly<Record<string, Operation>>>>
}

/** Asks as the contract has it, and expects what is answered to be what the contract says. */
async function call(
  method: 'GET' | 'HEAD' | 'POST',
  path: Path,
  given: { readonly personId?: string; readonly serviceType?: string; readonly as?: Who } = {},
  more: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer & { readonly json: unknown }> {
  const { personId = '', serviceType = '', as = 'practitioner' } = given
  const at = path.replace('{personId}', personId).replace('{serviceType}', serviceType)
  const cookie = as === 'nobody' ? {} : { cookie: cookies[as] }
  const sent = { method, ...more, headers: { ...cookie, ...more.headers } }
  const first = await ask(origin, at, sent)
  // An address is without a last slash here: what is sent is sent again there.
  const to = String(first.headers['location'] ?? '')
  const answer = first.status === 308 ? await ask(origin, to.replace(origin, ''), sent) : first
  const told = DOCUMENT.paths[path][method.toLowerCase()]?.responses[answer.status]
  expect(told, `${method} ${at}: ${String(answer.status)} ${answer.body}`).toBeDefined()
  if (method === 'HEAD') return { ...answer, json: undefined }
  const [of] = Object.entries(told?.content ?? {})
  expect(answer.headers['content-type']).toBe(of?.[0])
  expect(answer.headers['cache-control']).toBe('no-store')
  const json: unknown = JSON.parse(answer.body)
  z.fromJSONSchema(of?.[1].schema ?? false).parse(json)
  return { ...answer, json }
}

const DETAIL = '/api/person/detail/{personId}'
const SERVICES = '/api/person/detail/{personId}/service'
const SERVICE = '/api/person/detail/{personId}/service/{serviceType}'
const RELATED = '/api/person/related/{personId}/'

test('says who is signed in, and nothing to nobody and to who may not', async () => {
  expect(await call('GET', '/api/auth/status')).toMatchObject({
    ...{ status: 200, json: { id: practitioner.userId, status: 'authenticated' } },
  })
  expect(await call('GET', '/api/auth/status', { as: 'nobody' })).toMatchObject({ status: 401 })
  expect(await call('GET', '/api/auth/status', { as: 'manager' })).toMatchObject({ status: 403 })
})

test('hands the contract out as it is kept', async () => {
  const answer = await ask(origin, '/api/contract', { headers: { cookie: cookies.practitioner } })
  expect(JSON.parse(answer.body)).toEqual(DOCUMENT)
})

test('without a resolver answers 501 to every search, and reads nothing of it', async () => {
  const body = JSON.stringify({ firstName: 'Canaria', lastName: 'Zwitscher' })
  const headers = {
    origin,
    'content-type': 'application/json',
    'content-length': String(body.length),
  }
  expect(await call('HEAD', '/api/search/person')).toMatchObject({ status: 501, body: '' })
  const searched = await call('POST', '/api/search/person', {}, { headers, body })
  expect(searched).toMatchObject({ status: 501 })
  expect(searched.body).not.toContain('Canaria')
  const personId = 'LU-2222-2222-2.1'
  expect(await call('HEAD', RELATED, { personId })).toMatchObject({ status: 501, body: '' })
  expect(await call('GET', RELATED, { personId })).toMatchObject({ status: 501 })
  for (const as of ['nobody', 'manager'] as const) {
    const status = as === 'nobody' ? 401 : 403
    expect(await call('HEAD', '/api/search/person', { as })).toMatchObject({ status })
    expect(await call('GET', RELATED, { personId, as })).toMatchObject({ status })
  }
})

test('tells of a person whom the practitioner looked up which sources have records, and opens one', async () => {
  const personId = await lookUp(person('Mia'))
  expect(await call('GET', DETAIL, { personId })).toMatchObject({
    ...{ status: 200, json: { id: personId, firstName: '', lastName: '' } },
  })
  const { json } = await call('GET', SERVICES, { personId })
  const services = z.array(z.object({ id: z.string(), recordsAvailable: z.boolean() })).parse(json)
  const available = services.filter(({ recordsAvailable }) => recordsAvailable)
  expect(available.map(({ id }) => id).sort()).toEqual(['childrens-social-care', 'school'])
  // Mia is nine: housing and police are not for her age.
  expect(services.map(({ id }) => id)).not.toContain('housing')
  const opened = await call('GET', SERVICE, { personId, serviceType: 'school' })
  expect(opened).toMatchObject({
    status: 200,
    json: {
      summary: { id: 'school', recordsAvailable: true },
      schema: { properties: { serviceInvolvement: { title: 'Service involvement' } } },
      data: { serviceInvolvement: 'current', contact: { role: expect.any(String) as string } },
    },
  })
  const { rows } = await store.pool.query(
    `select event from audit_event where subject = $1 and actor = $2 order by seq`,
    [personId.replace(/\.1$/, ''), practitioner.userId],
  )
  expect(rows.map(({ event }: { event: string }) => event)).toEqual([
    ...['look-up.searched', 'look-up.presented', 'look-up.presented', 'look-up.presented'],
    ...['look-up.details-seen', 'look-up.source-seen'],
  ])
})

test('is the same to the byte for a source without records, none at all, another’s person and nobody’s', async () => {
  const personId = await lookUp(person('Sara'))
  const answers = [
    await call('GET', SERVICE, { personId, serviceType: 'childrens-social-care' }),
    await call('GET', SERVICE, { personId, serviceType: 'no-such-source' }),
    await call('GET', SERVICE, { personId, serviceType: 's'.repeat(200) }),
    await call('GET', DETAIL, { personId: personId.replace(/1$/, '999') }),
    await call('GET', SERVICE, { personId, serviceType: 'housing', as: 'other' }),
    await call('GET', DETAIL, { personId, as: 'other' }),
    await call('GET', DETAIL, { personId: personId.replace(/1$/, '2') }),
    await call('GET', SERVICES, { personId: 'LU-2222-2222-2.1' }),
    await call('GET', SERVICES, { personId: '4711' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
})

test('says that nobody is in any source where nobody is', async () => {
  const personId = await lookUp({ ...person('Mia'), first: 'Nemo', last: 'Nirgends', nhs: '' })
  const { json } = await call('GET', SERVICES, { personId })
  expect(
    z
      .array(z.object({ recordsAvailable: z.boolean() }))
      .parse(json)
      .every(({ recordsAvailable }) => !recordsAvailable),
  ).toBe(true)
})

test('refuses what another site has a browser send', async () => {
  const personId = await lookUp(person('Mia'))
  for (const site of ['cross-site', 'same-site']) {
    const headers = { 'sec-fetch-site': site }
    const given = { personId, serviceType: 'school' }
    expect(await call('GET', SERVICE, given, { headers })).toMatchObject({ status: 403 })
  }
})

test('keeps nothing of a search in any table', async () => {
  const { rows } = await store.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables`,
  )
  for (const { name } of rows) {
    const { rows: found } = await store.pool.query(
      `select 1 from ${name} as t where t::text ilike any (array['%canaria%', '%zwitscher%', '%nirgends%'])`,
    )
    expect(found, name).toEqual([])
  }
})
