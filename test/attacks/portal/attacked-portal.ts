import { fork } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { inject } from 'vitest'
import { z } from 'zod'
import { openPool } from '#server/platform/db/pool.ts'
import { ask, callAction, type Answer } from '../../e2e/setup/ask.ts'
import { openInstallation, type Installation } from '../../e2e/setup/installation.ts'
import { openPostOffice, type PostOffice } from '../../e2e/setup/post-office.ts'
import { readInventory, ROUTES, type Inventory } from '../../e2e/setup/routes.ts'
import { openWorld, type World } from '../../e2e/setup/subjects.ts'

/** A portal with something of every kind in it, which may be attacked: nobody else uses it. */
export interface AttackedPortal extends World {
  readonly origin: string
  readonly installation: Installation
  readonly inventory: Inventory
  readonly post: PostOffice
  /** The owner's look behind the scenes. */
  readonly owner: pg.Pool
  /** Calls a server action by its file and name, as the script of its page does. */
  readonly act: (
    name: string,
    fields: Readonly<Record<string, string>>,
    cookie: string,
    page?: string,
  ) => Promise<Answer>
  /** Whether pages are still served to people who are signed in. */
  readonly answers: () => Promise<boolean>
  /** The links to set a password that were mailed to somebody, newest first: waits for one. */
  readonly linksMailedTo: (email: string) => Promise<readonly URL[]>
  /** What a submission is, as its row says, and the version that its pages send. */
  stateOf(reference: string): Promise<{ readonly version: string; readonly row: string }>
}

/**
 * Opens one, with these in its environment; what its process says goes into its data folder, beside what the worker
 * says.
 */
export async function openAttackedPortal(
  given: Readonly<Record<string, string>> = {},
): Promise<AttackedPortal> {
  const { build, env } = inject('portal')
  const closers: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const post = await openPostOffice()
    closers.push(() => post.close())
    const installation = await openInstallation({
      COUNTONCE_HASHER: env['COUNTONCE_HASHER'] ?? '',
      // What never answers is waited for, once for each that is sent.
      PORTAL_FORM_PATIENCE: '5',
      SMTP_URL: post.url,
      ...given,
    })
    closers.push(() => installation.close())
    const { dataDir, databaseUrl } = installation
    const inventory = await readInventory(build)
    const start = {
      databaseUrl,
      dataDir,
      env: { ...process.env, ...installation.env },
      port: 0,
      build,
    }
    const portal = await startWithLog(start, join(dataDir, 'logs'))
    closers.push(portal.stop)
    const owner = openPool(databaseUrl, { max: 2 })
    closers.push(() => owner.end())
    const { origin } = portal
    const world = await openWorld(installation, origin)
    closers.push(() => world.close())
    return {
      ...world,
      ...{ origin, installation, inventory, post, owner, close },
      act(name, fields, cookie, page) {
        const action = inventory.actions.find((built) => built.name === name)
        if (action === undefined) throw new Error(`no action ${name}`)
        const path = page ?? ROUTES[action.page]?.path(world.subjects) ?? '/'
        return callAction(origin, path, action.id, fields, cookie)
      },
      async answers() {
        const { status } = await ask(origin, '/account', {
          headers: { cookie: world.cookies.provider },
        })
        return status === 200
      },
      linksMailedTo: (email) => linksIn(post.folder, email),
      async stateOf(reference) {
        const { rows } = await owner.query<{ version: string; row: string }>(
          `select j.version::text as version, s::text || j::text as row
             from submission s join journey j on j.submission_id = s.id where s.reference = $1`,
          [reference],
        )
        const [state] = rows
        if (state === undefined) throw new Error(`no submission ${reference}`)
        return state
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function linksIn(folder: string, email: string): Promise<readonly URL[]> {
  for (let look = 0; look < 100; look += 1) {
    const names = (await readdir(folder).catch(() => [])).sort().reverse()
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
    const links = mails
      .map((mail) => mail.replaceAll('=\n', ''))
      .filter((mail) => mail.includes(`To: ${email}`))
      .flatMap((mail) => /https?:\/\/\S+set-password\?link=[\w=-]+/.exec(mail)?.[0] ?? [])
    if (links.length > 0) return links.map((link) => new URL(link.replace('link=3D', 'link=')))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return []
}

const STARTED = z.object({ origin: z.string() })

async function startWithLog(
  start: object,
  logs: string,
): Promise<{ readonly origin: string; readonly stop: () => Promise<void> }> {
  mkdirSync(logs, { recursive: true })
  const log = openSync(join(logs, 'portal.log'), 'a')
  const child = fork(join(import.meta.dirname, 'portal-with-log.ts'), [], {
    stdio: ['ignore', 'ignore', log, 'ipc'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  const started = new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', () => {
      reject(new Error('the portal did not start'))
    })
  })
  child.send(start)
  const { origin } = STARTED.parse(await started)
  return {
    origin,
    async stop() {
      child.disconnect()
      await ended
    },
  }
}

/** The cookie of a name that an answer sets, as a request sends it; empty when it sets none. */
export function cookieOf({ headers }: Answer, name: string): string {
  const set = headers['set-cookie'] ?? []
  const all = Array.isArray(set) ? set : [set]
  return all.find((line) => line.startsWith(`${name}=`))?.split(';')[0] ?? ''
}
