import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_RULES } from '#core/look-up/rules/source-rules.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import {
  changeableQuarters,
  changeEntry,
  type RegisterContext,
} from '#server/programme/register/change-register.ts'
import {
  exportRegister,
  importRegister,
  planImport,
} from '#server/programme/register/import-register.ts'
import { demandRegister, type Register } from '#server/programme/register/register.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openTestProgramme, type TestProgramme } from '../setup/open-programme.ts'

/** The register of a look-up as one file, with a portal's own rights in the database. */

const ADMIN: Actor = {
  ...{ userId: 'U-ADMINIS1', role: 'administrator', providerCode: null, mayExact: false },
  purpose: 'look-up',
}

let programme: TestProgramme
let context: RegisterContext
let pool: pg.Pool

beforeAll(async () => {
  programme = await openTestProgramme({}, LOOK_UP_REGISTER)
  const { store, databaseUrl } = programme
  await store.pool.query(
    `insert into portal_user (id, email, name, role) values ($1, 'ada@programme.example', 'Ada', 'administrator')`,
    [ADMIN.userId],
  )
  pool = new pg.Pool({ connectionString: databaseUrl, options: '-c role=countonce_app', max: 2 })
  context = { database: forActor(pool, ADMIN), programme: store.programme, now: new Date() }
})
afterAll(async () => {
  await pool.end()
  await programme.close()
})

async function exported(): Promise<Register> {
  const file = await exportRegister(context.database, ADMIN, context.programme)
  if (!file.ok) throw new Error(file.code)
  return demandRegister(file.json)
}

async function imported(register: Register): ReturnType<typeof importRegister> {
  const text = JSON.stringify(register)
  const plan = await planImport(context, ADMIN, text)
  if (!plan.ok) throw new Error(plan.code)
  const from = (await changeableQuarters(context)).at(-1) ?? ''
  return importRegister(context, ADMIN, { text, seen: plan.seen, from })
}

const sourceOf = async (code: string) =>
  (await listSources(programme.store.pool, context.programme, new Date())).find(
    (source) => source.code === code,
  )

function sourcesIn({ services }: Register): object {
  return Object.fromEntries(
    services.map(({ code, source }) => [
      code,
      source && { rules: DEFAULT_RULES[source.kind], ...source },
    ]),
  )
}

test('keeps what each service says as a source, and brought in again changes nothing', async () => {
  const own = await openTestProgramme({}, LOOK_UP_REGISTER)
  const first = await exportRegister(own.store.pool, ADMIN, own.store.programme)
  await own.close()
  if (!first.ok) throw new Error(first.code)
  const register = demandRegister(first.json)
  expect(register.programme.purpose).toBe('look-up')
  expect(sourcesIn(register)).toEqual(sourcesIn(LOOK_UP_REGISTER))
  // Another installation that begins with the file is the same one.
  const other = await openTestProgramme({}, register)
  const again = await exportRegister(other.store.pool, ADMIN, other.store.programme)
  await other.close()
  expect(again).toEqual(first)
  expect(await planImport(context, ADMIN, JSON.stringify(await exported()))).toMatchObject({
    ...{ ok: true, changes: [], kept: [] },
  })
}, 60_000)

test('changes area and words of a source, and leaves its days and rules to two people', async () => {
  const register = await exported()
  const housing = register.services.find(({ code }) => code === 'housing')
  if (housing?.source === undefined) throw new Error('no housing')
  Object.assign(housing.source, {
    ...{ area: 'Northbank and Southbank', noRecord: 'No tenant of ours.' },
    ...{ coveredFrom: '2021-01-01', rules: { ...DEFAULT_RULES.housing, shows: 'historic' } },
  })
  const before = await sourceOf('housing')
  const plan = await planImport(context, ADMIN, JSON.stringify(register))
  if (!plan.ok) throw new Error(plan.code)
  expect(plan.changes.flatMap(({ differences }) => differences.map(({ fact }) => fact))).toEqual([
    ...['area', 'noRecord'],
  ])
  expect(plan.kept.flatMap(({ differences }) => differences)).toMatchObject([
    { fact: 'rules', after: expect.stringContaining('1 January 2021') as unknown },
  ])
  expect(await imported(register)).toEqual({ ok: true, changes: 1 })
  expect(await sourceOf('housing')).toMatchObject({
    ...{ area: 'Northbank and Southbank', noRecord: 'No tenant of ours.' },
    ...{ coverage: before?.coverage, rules: before?.rules, version: (before?.version ?? 0) + 1 },
  })
})

test('brings a new source in, which is tried out before anything of it is shown', async () => {
  const register = await exported()
  const housing = register.services.find(({ code }) => code === 'housing')
  if (housing?.source === undefined) throw new Error('no housing')
  const services = [...register.services, { ...housing, code: 'elm-homes', name: 'Elm Homes' }]
  expect(await imported({ ...register, services })).toMatchObject({ ok: true })
  expect(await sourceOf('elm-homes')).toMatchObject({
    ...{ kind: 'housing', stage: 'profiling', isCovered: false, rules: housing.source.rules },
  })
  // Its rules are the first that there are: further ones take two people.
  await expect(
    withTransaction(context.database, (client) =>
      client.query(
        `insert into source_rules (service_code, version, rules, covered_from, made_by, made_at)
       values ('elm-homes', 2, '{}', '2020-01-01', 'x', now())`,
      ),
    ),
  ).rejects.toThrow('state=42501')
})

test('leaves how people would be counted as it was, where no form asks for it', async () => {
  const from = (await changeableQuarters(context)).at(-1) ?? ''
  const change = { kind: 'service', code: 'school', from, reason: 'corrected' } as const
  const school = (await exported()).services.find(({ code }) => code === 'school')
  const source = { area: school?.source?.area ?? '', noRecord: school?.source?.noRecord ?? '' }
  const facts = { name: 'Schools', ...source }
  const counted = { ...facts, reachedBy: 'active-enrolment' }
  const first = { ...change, version: 1, facts: counted }
  expect(await changeEntry(context, ADMIN, first)).toEqual({ ok: true })
  const renamed = { ...facts, name: 'All schools' }
  expect(await changeEntry(context, ADMIN, { ...change, version: 2, facts: renamed })).toEqual({
    ok: true,
  })
  const after = (await exported()).services.find(({ code }) => code === 'school')
  expect(after).toMatchObject({ name: 'All schools', reachedBy: 'active-enrolment' })
})

test('takes no service that is no source, and no empty words', async () => {
  const from = (await changeableQuarters(context)).at(-1) ?? ''
  const change = { kind: 'service', code: 'police', version: 1, from, reason: 'corrected' } as const
  const facts = { name: 'Safeguarding', reachedBy: 'contacts', area: 'Northbank', noRecord: ' ' }
  expect(await changeEntry(context, ADMIN, { ...change, facts })).toMatchObject({
    code: 'register-source',
  })
  const whole = { ...facts, noRecord: 'Other forces are not covered.' }
  expect(await changeEntry(context, ADMIN, { ...change, facts: whole })).toEqual({ ok: true })
  expect((await sourceOf('police'))?.noRecord).toBe('Other forces are not covered.')
  const register = await exported()
  const bare = { ...register.services[0], code: 'bare', source: undefined }
  const text = JSON.stringify({ ...register, services: [...register.services, bare] })
  expect(await planImport(context, ADMIN, text)).toMatchObject({ code: 'register-order' })
})
