import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { hasPlace } from '#core/purpose/purposes.ts'
import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import { RIGHTS } from '#server/identity/actors/roles.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { ask, askPage, callAction, outcomeOf, type Outcome } from './setup/ask.ts'
import { openInstallation } from './setup/installation.ts'
import { ACTIONS, readInventory, ROUTES, type Guarded, type Inventory } from './setup/routes.ts'
import type { Subjects } from './setup/routes.ts'
import { sessionOf } from './setup/session-of.ts'

/**
 * Who may open what where people are looked up: every page, handler and action of the build, as the table of rights
 * has it for that purpose. What route-matrix.test.ts proves of reach in all its forms is asked here once.
 */

/** Who asks, as what they are; undefined where nobody is signed in. */
const ASKERS: Readonly<Record<string, Actor['role'] | undefined>> = {
  nobody: undefined,
  practitioner: 'practitioner',
  manager: 'manager',
  officer: 'officer',
  administrator: 'administrator',
  provider: 'provider',
}

/** The programme has none of what addresses name: only who is let near is asked. */
const NOTHING = new Proxy({}, { get: () => 'SU-2222-2222-2' }) as Subjects

/** What is not led to by a right is led to by the way of signing in. */
const SIGN_IN_STEPS = /^\/sign-in\/[a-z/-]+$/

/** What the table lets nobody have, since nobody has it where reach is measured; here it takes a right. */
const HERE: Readonly<Record<string, Right>> = {
  '/api/contract/route': 'look-up.ask',
  '/api/auth/status/route': 'look-up.ask',
  '/api/search/person/route': 'look-up.ask',
  '/api/person/detail/[person]/route': 'look-up.ask',
  '/api/person/detail/[person]/service/route': 'look-up.ask',
  '/api/person/detail/[person]/service/[source]/route': 'look-up.ask',
  '/api/person/related/[person]/route': 'look-up.ask',
  '/look-up/rules/page': 'register.change',
  '/look-up/rules/[source]/page': 'register.change',
  'app/look-up/rules/[source]/actions.ts ask': 'register.change',
  'app/look-up/rules/[source]/actions.ts putInForce': 'register.change',
}

/** Actions that come to an end with what the table has them sent. */
const DONE: Readonly<Record<string, string>> = {
  'app/look-up/actions.ts lookUp': 'practitioner',
  'app/look-up/actions.ts acknowledge': 'practitioner',
  'app/look-up/watch/actions.ts sample': 'manager',
}

let origin = ''
let inventory: Inventory
const cookies: Record<string, string> = { nobody: '' }
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  const { build, env } = inject('portal')
  const installation = await openInstallation(
    { COUNTONCE_HASHER: env['COUNTONCE_HASHER'] ?? '' },
    'look-up',
  )
  closers.push(() => installation.close())
  origin = (await installation.startPortal(build)).origin
  inventory = await readInventory(build)
  const owner = openPool(installation.databaseUrl)
  closers.push(() => owner.end())
  for (const asker of Object.keys(ASKERS).filter((each) => each !== 'nobody'))
    cookies[asker] = await sessionOf({ owner, origin }, `${asker}@demonstration.example`)
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

test.each(Object.keys(ASKERS))(
  '[S13] every page and handler of a look-up is there for %s or is not',
  async (asker) => {
    const wrong: string[] = []
    let open = 0
    for (const [route, line] of Object.entries(ROUTES)) {
      const guarded = here(route, line)
      const { path, method, byToken } = line
      const address = path(NOTHING)
      const expected: readonly Outcome[] =
        byToken === true ? ['sign-in'] : expectedOf(asker, guarded, address)
      const outcome = outcomeOf(
        route.endsWith('/page')
          ? await askPage(origin, address, 'page', cookies[asker] ?? '')
          : await askHandler(address, method, cookies[asker] ?? ''),
      )
      if (outcome === 'open' && address.startsWith('/look-up')) open += 1
      if (!expected.includes(outcome))
        wrong.push(`${route}: ${outcome}, not ${expected.join(' or ')}`)
    }
    expect(wrong).toEqual([])
    // Of its own pages some are there for whoever looks up or watches.
    expect(open > 0).toBe(['practitioner', 'manager', 'officer', 'administrator'].includes(asker))
  },
)

test.each(Object.keys(ASKERS))(
  '[S13] no action is done for %s who may not do it',
  async (asker) => {
    const wrong: string[] = []
    for (const { name, id, page } of inventory.actions) {
      const line = ACTIONS[name] ?? { needs: 'what nobody has', fields: () => ({}) }
      const guarded = here(name, line)
      if (isLetNear(asker, guarded) && DONE[name] !== asker) continue
      const at = ROUTES[page]?.path(NOTHING) ?? page
      const fields = line.fields(NOTHING)
      const outcome = outcomeOf(await callAction(origin, at, id, fields, cookies[asker] ?? ''))
      const expected = expectedOf(asker, guarded, at)
      if (!expected.includes(outcome))
        wrong.push(`${name}: ${outcome}, not ${expected.join(' or ')}`)
    }
    expect(wrong).toEqual([])
  },
)

/** What an asker is to come to; of what is named there is nothing, so that who is let near may find nothing. */
function expectedOf(asker: string, guarded: Guarded, address: string): readonly Outcome[] {
  const isOutside = !hasPlace('look-up', address)
  // The contract has statuses of its own: nobody is searched for by name, and who may not look up is told so.
  if (/^\/api\/(contract|auth\/status|search|person)(\/|$)/.test(address)) {
    if (ASKERS[asker] === undefined) return ['sign-in']
    if (!isLetNear(asker, guarded)) return ['status 403']
    return /related|search/.test(address) ? ['status 501'] : ['open', 'absent']
  }
  if (!isOutside && isLetNear(asker, guarded)) {
    const isOwn = /^\/look-up(?:\/(?:guidance|sources|watch|grants|measures|rules))?$/.test(address)
    return isOwn ? ['open'] : ['open', 'absent']
  }
  if (SIGN_IN_STEPS.test(address)) return ['sign-in']
  return ASKERS[asker] === undefined ? ['sign-in', 'absent'] : ['absent']
}

function here(name: string, { needs }: Guarded): Guarded {
  return { needs: HERE[name] ?? needs }
}

function isLetNear(asker: string, { needs }: Guarded): boolean {
  if (needs === 'nothing') return true
  const role = ASKERS[asker]
  if (role === undefined) return false
  if (needs === 'a session') return true
  const isRight = needs in RIGHTS
  return isRight && may({ role, mayExact: true, purpose: 'look-up' }, needs as Right)
}

function askHandler(
  path: string,
  method: 'POST' | 'PUT' | undefined,
  cookie: string,
): ReturnType<typeof ask> {
  return method === undefined
    ? ask(origin, path, { headers: { cookie } })
    : ask(origin, path, {
        method,
        headers: { cookie, origin, 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x--\r\n',
      })
}
