import { randomBytes } from 'node:crypto'
import { rolesWithPassword } from '#server/identity/sign-on/password-roles.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { makeSeed } from '#server/identity/accounts/one-time-codes.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct, askingAct, usingAct } from '#server/identity/approvals/approval.ts'
import { approve } from '#server/identity/approvals/approvals.ts'
import { sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { poolOf } from '#server/platform/db/database.ts'
import type { Mail } from '#server/platform/mail/mailer.ts'
import { runJob } from '#server/jobs/worker/run-job.ts'
import { askToken, makeToken } from '#server/programme/tokens/submission-tokens.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import { BRIDGE, openJourneySetting, type JourneySetting } from '../journey/journey-setting.ts'

export const ADDRESS = '192.0.2.9'

/** A small programme whose trust has two people, a clock that a test moves, and a worker. */
export interface TokenSetting extends JourneySetting {
  readonly context: AccountContext
  readonly clock: { now: Date }
  readonly mails: Mail[]
  readonly second: Actor
  /** Asks for a token, has it approved and makes it. */
  tokenFor(wanted?: { service?: string; days?: number; actor?: Actor }): Promise<{
    readonly token: string
    readonly reference: string
  }>
  /** Does the job that the queue holds for a submission, as a worker does. */
  check(reference: string): Promise<void>
  settle(): Promise<void>
}

export async function openTokenSetting(
  env: Readonly<Record<string, string>> = {},
): Promise<TokenSetting> {
  const setting = await openJourneySetting(env)
  const { pool } = poolOf(setting.storeOf(BRIDGE).database)
  const owner = setting.owner.pool
  const clock = { now: new Date(Date.now() + 5_000) }
  const mails: Mail[] = []
  const put: Promise<void>[] = []
  const portalKey = new Uint8Array(randomBytes(32))
  const context: AccountContext = {
    ...{ pool, portalKey, now: () => clock.now, passwords: argonPasswords() },
    passwordRoles: rolesWithPassword(false, []),
    hasSignOn: false,
    mailer: {
      send: (mail) => {
        mails.push(mail)
        return Promise.resolve()
      },
    },
    pause: () => Promise.resolve(),
    later: (work) => {
      put.push(work())
    },
    ...{ origin: 'https://portal.example', demonstration: false },
    programme: { name: 'Small Steps', words: [] },
  }
  const seed = makeSeed()
  const second: Actor = { ...BRIDGE, userId: 'U-BRDG0002' }
  await owner.query(
    `insert into portal_user (id, email, name, role, provider_code, code_seed)
     values ($1, 'second@trust.example', 'Somebody Else', 'provider', 'bridge', $2)`,
    [second.userId, sealSeed(portalKey, second.userId, seed)],
  )
  return {
    ...setting,
    ...{ context, clock, mails, second },
    async tokenFor({ service = 'health-visiting', days = 90, actor = BRIDGE } = {}) {
      clock.now = new Date(clock.now.getTime() + 30_000)
      const wanted = { service, days, reason: 'scheduled-task' }
      const asking = freshFor(actor, askingAct('submission-token'), clock.now)
      const asked = await askToken(context, actor, wanted, asking)
      if (!asked.ok) throw new Error(asked.code)
      const { reference, boundTo } = asked.approval
      const approving = freshFor(second, approvingAct(reference), clock.now)
      const agreed = await approve(context, second, { reference, boundTo }, approving)
      if (!agreed.ok) throw new Error(agreed.code)
      const using = freshFor(actor, usingAct(reference), clock.now)
      const made = await makeToken(context, actor, reference, using)
      if (!made.ok) throw new Error(made.code)
      return made
    },
    async check(reference) {
      const { rows } = await owner.query<{ id: string; by: string; kind: 'check' | 'process' }>(
        `select s.id, received_by as by, kind from submission s
           join submission_job on submission_id = s.id where s.reference = $1`,
        [reference],
      )
      for (const { id, by, kind } of rows) {
        await runJob(setting.owner, {
          ...{ kind, job: { submission: id, actor: by }, isLast: true },
          onFailure: (fault) => {
            throw fault
          },
        })
      }
    },
    async settle() {
      while (put.length > 0) await put.shift()
    },
  }
}
