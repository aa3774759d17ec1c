import type pg from 'pg'
import {
  answersLogin,
  openLoginRoles,
  tryLoginRoles,
  type Login,
} from '#server/identity/actors/login-roles.ts'
import { openLoginSecret, readLoginSecret } from '#server/keys/login-secrets.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'

/** Where logins are opened. */
export interface LoginPlace {
  /** The owner's. */
  readonly databaseUrl: string
  readonly dataDir: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The addresses at which parts of the server sign in to the database, each as a role of its own.
 * PORTAL_DATABASE_URL, WORKER_DATABASE_URL and the like name one that somebody else has made.
 */
export async function openLogins<L extends Login>(
  place: LoginPlace,
  parts: readonly L[],
): Promise<Readonly<Record<L, string>>> {
  const given = parts.flatMap((part) => {
    const url = place.env[loginVariable(part)] ?? ''
    return url === '' ? [] : [[part, url] as const]
  })
  const ours = parts.filter((part) => !given.some(([named]) => named === part))
  const secrets = await Promise.all(
    ours.map(async (part) => [part, await openLoginSecret(place, part)] as const),
  )
  const opened =
    ours.length === 0
      ? {}
      : await openLoginRoles(
          place.databaseUrl,
          Object.fromEntries(secrets) as Record<L, Uint8Array>,
        )
  return { ...opened, ...Object.fromEntries(given) } as Record<L, string>
}

/** Which parts sign in to the database as themselves, by addresses or secrets that are there; nothing is made. */
export async function tryLogins(
  place: LoginPlace,
  parts: readonly Login[],
): Promise<readonly Login[]> {
  const tried = await Promise.all(
    parts.map(async (part) => {
      const url = place.env[loginVariable(part)] ?? ''
      if (url !== '') return (await answersLogin(url)) ? [part] : []
      const secret = await readLoginSecret(place, part)
      if (secret === undefined) return []
      return tryLoginRoles(place.databaseUrl, { [part]: secret } as Record<Login, Uint8Array>)
    }),
  )
  return tried.flat()
}

/**
 * Makes ready, as the owner, what a worker works with. Answers the address at which it signs in as
 * itself.
 */
export async function prepareWorker(
  store: LoginPlace & { readonly pool: pg.Pool },
): Promise<string> {
  await prepareQueues(store.pool)
  return (await openLogins(store, ['worker'])).worker
}

/** The variable of the environment that names a part's address. */
export function loginVariable(part: Login): string {
  return `${part.toUpperCase()}_DATABASE_URL`
}

/** What signs the owner in where an address names neither user nor password. */
const OF_THE_OWNER = ['DATABASE_URL', 'PGUSER', 'PGPASSWORD', 'PGPASSFILE']

/** An environment without what signs in as the owner, or as a part other than those named. */
export function withoutOwner(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        !OF_THE_OWNER.includes(entry[0]) &&
        !entry[0].endsWith('_DATABASE_URL'),
    ),
  )
}
