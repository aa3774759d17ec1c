import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { isCode } from '#core/messages/words-of.ts'
import { writtenOver } from '#server/platform/machine/freed-memory.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { loginVariable, openLogins, withoutOwner } from '#server/store/logins.ts'
import { buildPortal, type PortalBuild } from './build-portal.ts'

/** What the portal is started with. */
export interface PortalStart {
  /**
   * The owner's address; the pages connect as roles of their own. PORTAL_DATABASE_URL,
   * EXACT_DATABASE_URL, AUDIT_DATABASE_URL and READER_DATABASE_URL in `env` name those instead.
   */
  readonly databaseUrl: string
  readonly dataDir: string
  /**
   * Handed on: PORTAL_KEYS, SMTP_URL, MAIL_FROM, COUNTONCE_ORIGIN, COUNTONCE_TRUSTED_PROXY, BLOB_STORAGE.
   */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The first to try; 0 for any that is free. */
  readonly port?: number
  /** Where it listens; this machine alone unless it is told otherwise. */
  readonly host?: string
  readonly onNotice?: (notice: string) => void
  /** Pages that are built already; made from the sources when it is left out. */
  readonly build?: PortalBuild
}

/** A portal that answers. */
export interface RunningPortal {
  /** Where to open it. */
  readonly origin: string
  readonly port: number
  /** Resolves when its process has ended, by itself or not. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** What the process says: where it answers, or why it does not. */
const SAID = z.union([
  z.object({ origin: z.string(), port: z.number() }),
  z.object({
    refused: z.object({
      code: z.custom<ServerCode>((code) => typeof code === 'string' && isCode(code)),
      detail: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  }),
])

/** Where a portal answers. */
type Answering = Pick<RunningPortal, 'origin' | 'port'>

/**
 * Builds the pages where they are not built, and starts the process that serves them. Ready when it
 * returns. Throws `portal-build`, or why its process does not start: `port-taken`, `port-refused` or
 * `portal-refused`.
 */
export async function startPortal(start: PortalStart): Promise<RunningPortal> {
  const build = start.build ?? (await buildPortal(start.onNotice ?? (() => undefined)))
  const logins = await openLogins(start, ['portal', 'exact', 'audit', 'reader'])
  const child = spawn(
    process.execPath,
    [join(projectFolder('lib'), 'server/portal/serving/portal-process.ts')],
    {
      cwd: build.root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...withoutOwner({ ...start.env, KEYS: undefined }),
        NODE_ENV: 'production',
        ...writtenOver(start.env),
        NEXT_TELEMETRY_DISABLED: '1',
        COUNTONCE_ROOT: build.root,
        COUNTONCE_PORTAL_BUILD: build.folder,
        COUNTONCE_PORTAL_SOURCES: build.sources,
        COUNTONCE_DATA: start.dataDir,
        COUNTONCE_HOST: start.host ?? '127.0.0.1',
        DATABASE_URL: logins.portal,
        [loginVariable('exact')]: logins.exact,
        [loginVariable('audit')]: logins.audit,
        [loginVariable('reader')]: logins.reader,
        PORT: String(start.port ?? 3000),
      },
    },
  )
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  const { origin, port } = await readiness(child)
  return {
    origin,
    port,
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readiness(child: ChildProcess): Promise<Answering> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const said = SAID.parse(message)
      if ('refused' in said) reject(new Fault(said.refused.code, said.refused.detail))
      else resolve(said)
    })
    child.once('error', reject)
    child.once('exit', (status) => {
      reject(new Fault('portal-refused', { status: status ?? 'killed' }))
    })
  })
}
