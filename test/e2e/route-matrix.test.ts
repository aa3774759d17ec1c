import { readFile } from 'node:fs/promises'
import { RIGHTS } from '#server/identity/actors/roles.ts'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  ask,
  askPage,
  callAction,
  outcomeOf,
  AHEAD_FORMS,
  FILE_FORMS,
  PAGE_FORMS,
  type Outcome,
} from './setup/ask.ts'
import { buildWithoutProxy } from './setup/build-without-proxy.ts'
import { openInstallation } from './setup/installation.ts'
import {
  ACTIONS,
  ASKERS,
  LATER_ASKERS,
  mayHave,
  NO_ADDRESS,
  readInventory,
  ROUTES,
  type Asker,
  type Guarded,
  type Inventory,
  type Subjects,
} from './setup/routes.ts'
import { openWorld, type World } from './setup/subjects.ts'

/**
 * Where the first step of signing in has its own pages, who is in no such step is led to its
 * beginning.
 */
const SIGN_IN_STEPS = /^\/sign-in\/[a-z/-]+$/

const PAGES = Object.keys(PAGE_FORMS) as (keyof typeof PAGE_FORMS)[]

const isLater = (asker: Asker): boolean => LATER_ASKERS.includes(asker)
const FIRST_ASKERS = ASKERS.filter((asker) => !isLater(asker))

/** A submission that is nobody's. */
const NO_SUBMISSION = 'SU-2222-2222-2'

/** Portals of one programme: as it runs, and as if `proxy.ts` were not there. */
const PORTALS = [
  // What proxy.ts does has nothing to do with roles.
  { name: '[S13] with proxy.ts', hasProxy: true, askers: ASKERS },
  { name: '[S15] without proxy.ts', hasProxy: false, askers: FIRST_ASKERS },
] as const

const origins = { with: '', without: '' }
let world: World
let inventory: Inventory
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  const { build, env } = inject('portal')
  const installation = await openInstallation({
    COUNTONCE_HASHER: env['COUNTONCE_HASHER'] ?? '',
  })
  closers.push(() => installation.close())
  inventory = await readInventory(build)
  const bare = await buildWithoutProxy(build)
  closers.push(() => bare.remove())
  origins.with = (await installation.startPortal(build)).origin
  origins.without = (await installation.startPortal(bare)).origin
  world = await openWorld(installation, origins.with)
  closers.push(() => world.close())
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

test('[S13] every page, handler and action of the build has its line, and every line is of the build', () => {
  const routes = inventory.routes.filter((route) => !NO_ADDRESS.includes(route))
  expect(Object.keys(ROUTES).sort()).toEqual([...routes].sort())
  expect(Object.keys(ACTIONS).sort()).toEqual(
    inventory.actions.map(({ name: action }) => action).sort(),
  )
})

test('[S13] every page asks for the right that its line names', async () => {
  const named: string[] = []
  for (const [route, { needs }] of Object.entries(ROUTES)) {
    if (!route.endsWith('/page') || !(needs in RIGHTS)) continue
    const source = await readFile(`app${route}.tsx`, 'utf8')
    const asked = /requireActor\('([a-z.-]+)'\)/.exec(source)?.[1]
    const isSender = /require(Sender|StepOf)\(/.test(source)
    const right = asked ?? (isSender ? 'submission.send' : 'none')
    // Of whatever kind its request is, which the table of kinds says.
    const isOfRequest = route === '/approvals/[request]/page' && right === 'approval.see'
    if (right !== needs && !isOfRequest) named.push(`${route} asks for ${right}, not ${needs}`)
  }
  expect(named).toEqual([])
})

test('[S13] every action asks for the right that its line names', async () => {
  const named: string[] = []
  for (const [action, { needs }] of Object.entries(ACTIONS)) {
    const [file = '', name = ''] = action.split(' ')
    const source = await readFile(file, 'utf8')
    const [, own = ''] = source.split(new RegExp(`^export async function ${name}\\(`, 'm'))
    const [body = ''] = own.split(/^export /m)
    // Those of one file may share what they do.
    const right =
      /\bright: '([a-z. -]+)'/.exec(body)?.[1] ?? /\bright: '([a-z. -]+)'/.exec(source)?.[1]
    const isOpen = /\brunOpenAction\(/.test(body)
    // Of nothing there is, or of whatever kind its request is: the table of kinds says whose.
    const isOther = needs === 'what nobody has' || file.startsWith('app/approvals/')
    const isNamed = needs === 'nothing' ? isOpen : isOther ? right !== undefined : right === needs
    if (!isNamed) named.push(`${action} asks for ${right ?? 'nothing'}, not ${needs}`)
  }
  expect(named).toEqual([])
})

describe.each(PORTALS)('$name', ({ hasProxy, askers }) => {
  const origin = (): string => (hasProxy ? origins.with : origins.without)

  test('the portal runs as it is named', async () => {
    const { headers } = await ask(origin(), '/sign-in')
    expect(headers['content-security-policy']?.includes('nonce') ?? false).toBe(hasProxy)
  })

  test.each(askers)('every page and handler is there for %s or is not', async (asker) => {
    const wrong: string[] = []
    const { subjects, cookies } = world
    for (const [route, guarded] of Object.entries(ROUTES)) {
      const { path, method, byToken } = guarded
      const address = path(subjects)
      const expected: readonly Outcome[] =
        byToken === true ? ['sign-in'] : expectedOf(asker, guarded, address)
      const forms = !route.endsWith('/page')
        ? (['handler'] as const)
        : // A payload is a way round a refusal: who may have the page needs none.
          isLater(asker) || mayHave(asker, guarded)
          ? (['page'] as const)
          : PAGES
      for (const form of forms) {
        const answer =
          form === 'handler'
            ? await askHandler(address, method, cookies[asker])
            : await askPage(origin(), address, form, cookies[asker])
        const outcome = outcomeOf(answer)
        if (!expected.includes(outcome))
          wrong.push(`${route} as ${form}: ${outcome}, not ${expected.join(' or ')}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('what is fetched ahead of a page is the same for everybody, and no payload lies about as a file', async () => {
    const { subjects, cookies } = world
    for (const [route, { path }] of Object.entries(ROUTES)) {
      if (!route.endsWith('/page')) continue
      for (const form of Object.keys(AHEAD_FORMS) as (keyof typeof AHEAD_FORMS)[]) {
        const answers = await Promise.all(
          FIRST_ASKERS.map((asker) => askPage(origin(), path(subjects), form, cookies[asker])),
        )
        const bodies = new Set(answers.map(({ status, body }) => `${String(status)} ${body}`))
        expect([route, form, bodies.size]).toEqual([route, form, 1])
      }
      for (const form of Object.keys(FILE_FORMS) as (keyof typeof FILE_FORMS)[]) {
        const { administrator } = cookies
        const answer = await askPage(origin(), path(subjects), form, administrator)
        expect([route, form, outcomeOf(answer)]).toEqual([route, form, 'absent'])
      }
    }
  })

  test('[S14] what is another provider’s is to the byte what is nobody’s', async () => {
    const { subjects, cookies } = world
    const own = Object.entries(ROUTES).filter(
      ([route, guarded]) => route.startsWith('/files/') && mayHave('provider', guarded),
    )
    expect(own.length).toBeGreaterThan(9)
    const nobodys: Subjects = { ...subjects, submission: NO_SUBMISSION }
    for (const [route, { path, method }] of own) {
      const forms = route.endsWith('/page')
        ? (['page', 'payload'] as const)
        : (['handler'] as const)
      for (const form of forms) {
        const [theirs, none] = await Promise.all(
          [subjects, nobodys].map(async (named) => {
            const address = path(named)
            const cookie = cookies['other provider']
            const answer =
              form === 'handler'
                ? await askHandler(address, method, cookie)
                : await askPage(origin(), address, form, cookie)
            const body = withoutItsOwn(answer.body, named.submission)
            return { status: answer.status, outcome: outcomeOf(answer), body }
          }),
        )
        expect(theirs?.outcome, `${route} as ${form}`).toBe('absent')
        expect([route, form, theirs]).toEqual([route, form, none])
      }
    }
  })

  function askHandler(
    path: string,
    method: 'POST' | 'PUT' | undefined,
    cookie: string,
  ): ReturnType<typeof ask> {
    return method === undefined
      ? ask(origin(), path, { headers: { cookie } })
      : ask(origin(), path, {
          method,
          headers: { cookie, origin: origin(), 'content-type': 'multipart/form-data; boundary=x' },
          body: '--x--\r\n',
        })
  }
})

// When the pages of both were looked at: administrators have the file in the figures withdrawn.
describe.each(PORTALS)('$name', ({ hasProxy, askers }) => {
  test.each(askers)('every action is done for %s or is not', async (asker) => {
    const wrong: string[] = []
    for (const { name: action, id, page } of inventory.actions) {
      const guarded = ACTIONS[action] ?? { needs: 'what nobody has', fields: () => ({}) }
      const { fields } = guarded
      const path = ROUTES[page]?.path(world.subjects) ?? page
      const answer = await callAction(
        hasProxy ? origins.with : origins.without,
        path,
        id,
        fields(world.subjects),
        world.cookies[asker],
      )
      const outcome = outcomeOf(answer)
      const expected = expectedOf(asker, guarded, '')
      if (!expected.includes(outcome))
        wrong.push(`${action}: ${outcome}, not ${expected.join(' or ')}`)
    }
    expect(wrong).toEqual([])
  })
})

test('[S13] no action reads what somebody sends who may not send it: a bent form is refused as a right one is', async () => {
  const read: string[] = []
  for (const { name: action, id, page } of inventory.actions) {
    const { needs } = ACTIONS[action] ?? { needs: 'nothing' }
    if (needs === 'nothing' || needs === 'a session') continue
    const path = ROUTES[page]?.path(world.subjects) ?? page
    // A practitioner holds no right at all. Of whoever holds it, the form would be told what is wrong with it.
    for (const fields of [{}, { 'no-such-field': 'x', reference: 'x'.repeat(5000) }]) {
      const cookie = world.cookies.practitioner
      const answer = await callAction(origins.with, path, id, fields, cookie)
      if (outcomeOf(answer) !== 'absent' || /"field":"[^"]/.test(answer.body)) {
        read.push(`${action}: ${outcomeOf(answer)}`)
      }
    }
  }
  expect(read).toEqual([])
})

/** What an asker is to come to; who is not signed in learns of no page that it is there. */
function expectedOf(asker: Asker, guarded: Guarded, path: string): readonly Outcome[] {
  if (mayHave(asker, guarded)) return ['open']
  const hasSession = asker !== 'nobody' && asker !== 'between password and code'
  if (SIGN_IN_STEPS.test(path)) return ['sign-in']
  return hasSession ? ['absent'] : ['sign-in', 'absent']
}

/** What is made anew for every answer, and the address that was asked for. */
function withoutItsOwn(body: string, submission: string): string {
  return (
    body
      .replaceAll(submission, 'SU')
      .replace(/nonce[^A-Za-z0-9]{1,6}[A-Za-z0-9+/=]{20,}/g, '')
      .replace(/"[A-Za-z0-9+/=]{24}"/g, '')
      // The number of the request.
      .replace(/"[A-Za-z0-9_-]{21}[vm]"/g, '')
  )
}
