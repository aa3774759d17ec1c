import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { codeAt, makeSeed } from '#server/identity/accounts/one-time-codes.ts'
import { argonPasswords, type Passwords } from '#server/identity/accounts/passwords.ts'
import { rolesWithPassword } from '#server/identity/sign-on/password-roles.ts'
import { sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { makeUserId, type UserRole } from '#server/identity/actors/user.ts'
import { openPool } from '#server/platform/db/pool.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { isOfProvider, type Actor } from '#server/identity/actors/actor.ts'
import { openLoginRoles } from '#server/identity/actors/login-roles.ts'
import { createTestDatabase } from '../../setup/database.ts'

export const PASSWORD = 'walnut trombone ferry lichen'
export const ADDRESS = '192.0.2.7'

/**
 * A portal without pages: a real database, its own role, a clock that a test moves, and mails in a
 * list.
 */
export interface AccountSetting {
  readonly context: AccountContext
  /** The owner's connection, to look behind the scenes. */
  readonly owner: pg.Pool
  /** More connections of the portal, at most so many; whoever asks for them ends them. */
  openPortal(max?: number): Promise<pg.Pool>
  readonly clock: { now: Date }
  readonly mails: Mail[]
  /** By how many milliseconds each answer came later. */
  readonly pauses: number[]
  /** How many password hashes were computed. */
  readonly computed: { hashes: number }
  makeUser(wanted?: Partial<WantedUser>): Promise<TestUser>
  /** Everything that was put off until after the answer. */
  settle(): Promise<void>
  close(): Promise<void>
}

interface WantedUser {
  readonly role: UserRole
  readonly providerCode: string | null
  readonly enrolled: boolean
  readonly demonstration: boolean
  readonly passwordSet: boolean
}

export interface TestUser {
  readonly id: string
  readonly email: string
  readonly seed: Uint8Array
  readonly actor: Actor
}

/** Hashes that cost little, for tests of a thousand tries; what they must cost has a test of its own. */
const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1 }

export async function openAccountSetting(): Promise<AccountSetting> {
  const database = await createTestDatabase()
  const owner = openPool(database.url)
  await owner.query(`
    insert into programme (code, name, live, years_from, years_to)
      values ('north', 'Northern Early Years', false, '2015-04-01', '2025-03-31');
    insert into strand (code, name) values ('play', 'Play');
    insert into provider (code, name) values ('heron', 'Heron Trust'), ('otter', 'Otter House');
    insert into service (code, name, strand_code, provider_code) values
      ('heron-play', 'Heron Play', 'play', 'heron'), ('otter-play', 'Otter Play', 'play', 'otter')`)
  const roleSecret = new Uint8Array(randomBytes(32))
  const openPortal = async (max?: number): Promise<pg.Pool> =>
    openPool(
      (await openLoginRoles(database.url, { portal: roleSecret })).portal,
      max === undefined ? {} : { max },
    )
  const pool = await openPortal()
  const clock = { now: new Date('2026-03-02T10:00:05Z') }
  const mails: Mail[] = []
  const pauses: number[] = []
  const computed = { hashes: 0 }
  const put: Promise<void>[] = []
  const passwords = countingPasswords(computed)
  const hashed = await argonPasswords(CHEAP).hash(PASSWORD)
  const portalKey = new Uint8Array(randomBytes(32))
  const context: AccountContext = {
    pool,
    now: () => clock.now,
    portalKey,
    passwords,
    passwordRoles: rolesWithPassword(false, []),
    hasSignOn: false,
    mailer: {
      send: (mail) => {
        mails.push(mail)
        return Promise.resolve()
      },
    },
    later: (work) => {
      put.push(work())
    },
    pause: (wait) => {
      pauses.push(wait)
      return Promise.resolve()
    },
    origin: 'https://portal.example',
    programme: { name: 'Northern Early Years', words: ['Northern Early Years', 'north'] },
    demonstration: true,
  }
  const settle = async (): Promise<void> => {
    while (put.length > 0) await put.shift()
  }
  return {
    context,
    owner,
    openPortal,
    clock,
    mails,
    pauses,
    computed,
    settle,
    async makeUser(wanted = {}) {
      const {
        role = 'analyst',
        enrolled = true,
        demonstration = false,
        passwordSet = true,
      } = wanted
      const id = makeUserId()
      const email = `${id.toLowerCase()}@example.org`
      const seed = makeSeed()
      const providerCode = isOfProvider({ role }) ? (wanted.providerCode ?? 'heron') : null
      await owner.query(
        `insert into portal_user (id, email, name, role, provider_code, password_hash, code_seed, demonstration)
         values ($1, $2, 'Sam Marlowe', $3, $4, $5, $6, $7)`,
        [
          id,
          email,
          role,
          providerCode,
          passwordSet ? hashed : null,
          enrolled ? sealSeed(portalKey, id, seed) : null,
          demonstration,
        ],
      )
      return { id, email, seed, actor: { userId: id, role, providerCode, mayExact: false } }
    },
    async close() {
      await settle()
      await pool.end()
      await owner.end()
      await database.drop()
    },
  }
}

function countingPasswords(computed: { hashes: number }): Passwords {
  const real = argonPasswords(CHEAP)
  return {
    hash: (password) => {
      computed.hashes += 1
      return real.hash(password)
    },
    verify: (hashed, password) => {
      computed.hashes += 1
      return real.verify(hashed, password)
    },
  }
}

/** The code a user's app shows. */
export function codeOf(setting: AccountSetting, user: TestUser, stepsAway = 0): string {
  return codeAt(user.seed, new Date(setting.clock.now.getTime() + stepsAway * 30_000))
}

/** The ticket in the link of a mail. */
export function ticketIn(mail: Mail | undefined): string {
  return /link=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

/** SHA-256, as the database has it. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
