import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAboutUser, askNewUser } from '#server/identity/accounts/user-approvals.ts'
import {
  inviteAgain,
  inviteUser,
  INVITING,
  listUsers,
  readUser,
  setUserDisabled,
} from '#server/identity/accounts/users.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { UserRole } from '#server/identity/actors/user.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import {
  approve,
  askApproval,
  refuseApproval,
  withdrawApproval,
} from '#server/identity/approvals/approvals.ts'
import { readApproval } from '#server/identity/approvals/read-approvals.ts'
import { askAuditCheck, readAuditWatch } from '#server/identity/audit/audit-watch.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { lookAtReleased, lookAtReleases } from '#server/figures/releases/look-at-releases.ts'
import { listSubmissions } from '#server/intake/submissions/list-submissions.ts'
import { askAct, readAct } from '#server/jobs/acts/acts.ts'
import { askDraft } from '#server/jobs/acts/release-acts.ts'
import { listDrafts } from '#server/jobs/acts/list-drafts.ts'
import { giveVerdict, readCheckResults } from '#server/linkage/reviewing/check-sample.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'
import { listHasherFiles, openHasherFile } from '#server/portal/screens/hasher-files.ts'
import { readVerifier } from '#server/portal/screens/verifier-file.ts'
import {
  addAgreement,
  readRegister,
  readRegisteredService,
} from '#server/programme/register/agreements.ts'
import { askToken, listTokens, revokeToken } from '#server/programme/tokens/submission-tokens.ts'
import { openAccountSetting, type AccountSetting } from '../accounts/account-setting.ts'
import { freshFor } from '../approvals/fresh-for.ts'

/** Server functions are called by somebody without the right, past every page. */

let setting: AccountSetting
let actOfReviewer = ''
beforeAll(async () => {
  setting = await openAccountSetting()
  await prepareQueues(setting.owner)
  const { actor } = await setting.makeUser({ role: 'reviewer' })
  const asked = await askAct(inPool(), actor, { kind: 'undo-decision', decision: 7 })
  if (!asked.ok) throw new Error(asked.code)
  actOfReviewer = asked.id
})
afterAll(() => setting.close())

type Call = (actor: Actor, other: string) => Promise<{ readonly ok: boolean } | undefined>

const person = { email: 'someone@example.org', name: 'Sam Marlowe', mayExact: false }
const now = (): Date => setting.clock.now
const inPool = () => setting.context.pool
const inReleases = () => ({ releases: inPool(), pool: inPool() })

const FIGURES = {
  ...{ release: '', quarter: '2024-Q1', scope: '', place: '' },
  span: 'quarter',
} as const

const CALLS: Readonly<Record<string, readonly [as: UserRole, right: string, Call]>> = {
  listUsers: ['analyst', 'user.manage', (actor) => listUsers(setting.context, actor)],
  readUser: ['officer', 'user.manage', (actor, other) => readUser(setting.context, actor, other)],
  inviteUser: [
    ...(['provider', 'user.manage'] as const),
    (actor) =>
      inviteUser(
        setting.context,
        actor,
        { ...person, role: 'administrator', providerCode: null },
        freshFor(actor, INVITING, now()),
      ),
  ],
  inviteAgain: [
    ...(['reviewer', 'user.manage'] as const),
    (actor, other) => inviteAgain(setting.context, actor, other),
  ],
  'setUserDisabled of another': [
    ...(['analyst', 'user.manage'] as const),
    (actor, other) => setUserDisabled(setting.context, actor, other, true),
  ],
  'setUserDisabled of oneself': [
    ...(['analyst', 'user.manage'] as const),
    (actor) => setUserDisabled(setting.context, actor, actor.userId, false),
  ],
  askNewUser: [
    ...(['analyst', 'user.manage'] as const),
    (actor) =>
      askNewUser(
        setting.context,
        actor,
        { ...person, kind: 'officer-grant', reason: 'new-officer' },
        freshFor(actor, askingAct('officer-grant'), now()),
      ),
  ],
  askAboutUser: [
    ...(['auditor', 'user.manage'] as const),
    (actor, user) =>
      askAboutUser(
        setting.context,
        actor,
        { kind: 'factor-reset', user, reason: 'app-lost' },
        freshFor(actor, askingAct('factor-reset'), now()),
      ),
  ],
  askToken: [
    ...(['uploader', 'token.manage'] as const),
    (actor) =>
      askToken(
        setting.context,
        actor,
        { service: 'heron-play', days: 3, reason: 'scheduled-task' },
        freshFor(actor, askingAct('submission-token'), now()),
      ),
  ],
  listTokens: ['analyst', 'token.manage', (actor) => listTokens(inPool(), actor, now())],
  revokeToken: [
    ...(['uploader', 'token.manage'] as const),
    (actor) => revokeToken(setting.context, actor, 'TK-2222-2222-2'),
  ],
  readRegister: ['provider', 'register.see', (actor) => readRegister(inPool(), actor)],
  readRegisteredService: [
    ...(['analyst', 'register.see'] as const),
    (actor) => readRegisteredService(inPool(), actor, 'heron-play'),
  ],
  addAgreement: [
    ...(['provider', 'register.change'] as const),
    (actor) =>
      addAgreement(inPool(), actor, { service: 'heron-play', from: '2024-01-01', to: null }),
  ],
  listSubmissions: [
    ...(['provider', 'register.see'] as const),
    (actor) => listSubmissions(inPool(), actor, { service: '', quarter: '', state: '', page: 1 }),
  ],
  readAuditWatch: ['analyst', 'audit.see', (actor) => readAuditWatch(inPool(), actor)],
  askAuditCheck: ['provider', 'audit.see', (actor) => askAuditCheck(inPool(), actor)],
  listDrafts: ['analyst', 'release.make', (actor) => listDrafts(setting.context, actor)],
  'askAct, of a decision': [
    ...(['analyst', 'doubt.decide'] as const),
    (actor) => askAct(inPool(), actor, { kind: 'undo-decision', decision: 1 }),
  ],
  lookAtReleased: [
    ...(['provider', 'reach.see'] as const),
    (actor) => lookAtReleased(inReleases(), actor, FIGURES),
  ],
  lookAtReleases: [
    ...(['reviewer', 'reach.see'] as const),
    (actor) => lookAtReleases(inReleases(), actor),
  ],
  readVerifier: ['uploader', 'reach.see', (actor) => readVerifier(inPool(), actor, 'nowhere')],
  listHasherFiles: [
    ...(['analyst', 'hasher.get'] as const),
    (actor) => listHasherFiles(inPool(), actor, 'nowhere'),
  ],
  openHasherFile: [
    ...(['auditor', 'hasher.get'] as const),
    (actor) => openHasherFile(inPool(), actor, 'nowhere', 'count-once-hasher.html'),
  ],
  giveVerdict: [
    ...(['analyst', 'doubt.decide'] as const),
    (actor) => giveVerdict(inPool(), actor, { sample: '1', verdict: 'same' }),
  ],
  readCheckResults: [
    ...(['officer', 'doubt.decide'] as const),
    (actor) => readCheckResults(inPool(), actor),
  ],
  readAct: [
    ...(['analyst', 'doubt.decide'] as const),
    (actor) => readAct(inPool(), actor, actOfReviewer),
  ],
  askDraft: [
    ...(['reviewer', 'release.make'] as const),
    (actor) =>
      askDraft(
        setting.context,
        actor,
        { profile: 'programme', lastQuarter: '2024-Q1' },
        freshFor(actor, askingAct('release'), now()),
      ),
  ],
}

/** What the trail says that somebody was refused, and for what. */
async function entriesOf({ userId }: Actor): Promise<readonly unknown[]> {
  const { rows } = await setting.owner.query<{ entry: unknown }>(
    `select jsonb_build_array(detail ->> 'reason', detail ->> 'at') as entry
       from audit_event where event = 'access.refused' and actor = $1 order by seq`,
    [userId],
  )
  return rows.map(({ entry }) => entry)
}

test.each(Object.keys(CALLS))(
  '[S61] %s is refused to who has not the right, and that is an entry',
  async (name) => {
    const [role, right, call] = CALLS[name] ?? []
    if (role === undefined || call === undefined) throw new Error(name)
    const { actor } = await setting.makeUser({ role })
    const other = await setting.makeUser({ role: 'administrator' })
    const before = await setting.owner.query('select count(*) from portal_user')
    expect(await call(actor, other.id)).toMatchObject({ ok: false, code: 'not-found' })
    expect(await entriesOf(actor)).toEqual([['right', right]])
    expect((await setting.owner.query('select count(*) from portal_user')).rows).toEqual(
      before.rows,
    )
  },
)

test('[S61] who turns on their own account leaves an entry', async () => {
  const { actor } = await setting.makeUser({ role: 'administrator' })
  expect(await setUserDisabled(setting.context, actor, actor.userId, true)).toMatchObject({
    code: 'own-account',
  })
  const fresh = freshFor(actor, askingAct('factor-reset'), now())
  const wanted = { kind: 'factor-reset', user: actor.userId, reason: 'app-lost' } as const
  expect(await askAboutUser(setting.context, actor, wanted, fresh)).toMatchObject({
    code: 'own-account',
  })
  expect(await entriesOf(actor)).toEqual([['own-account', 'user.manage']])
})

test('[S61] who approves or refuses what they may not leaves an entry with the reason', async () => {
  setting.clock.now = new Date(Date.now() + 1_000)
  const { actor: asker } = await setting.makeUser({ role: 'provider' })
  const { actor: stranger } = await setting.makeUser({ role: 'provider', providerCode: 'otter' })
  const asked = await withTransaction(forActor(inPool(), asker), (client) =>
    askApproval(
      client,
      asker,
      {
        ...{ kind: 'submission-token', subject: 'heron-play', providerCode: 'heron' },
        ...{ particulars: { days: 9 }, reason: 'scheduled-task' },
      },
      freshFor(asker, askingAct('submission-token'), now()),
      now(),
    ),
  )
  if (!asked.ok) throw new Error(asked.code)
  const shown = asked.approval
  const fresh = (actor: Actor): ReturnType<typeof freshFor> =>
    freshFor(actor, approvingAct(shown.reference), now())
  expect(await approve(setting.context, asker, shown, fresh(asker))).toMatchObject({
    code: 'own-request',
  })
  expect(await entriesOf(asker)).toEqual([['own-request', 'approve']])
  expect(await approve(setting.context, stranger, shown, fresh(stranger))).toMatchObject({
    code: 'not-found',
  })
  expect(await refuseApproval(setting.context, stranger, shown, 'not-known')).toMatchObject({
    code: 'not-found',
  })
  expect(await withdrawApproval(setting.context, stranger, shown.reference)).toMatchObject({
    code: 'not-found',
  })
  // The second of its kind within a minute is counted with the first.
  expect(await entriesOf(stranger)).toEqual([['not-found', 'approve']])
  const { actor: analyst } = await setting.makeUser({ role: 'analyst' })
  await withdrawApproval(setting.context, analyst, shown.reference)
  expect(await entriesOf(analyst)).toEqual([['not-found', 'withdraw']])
  const { actor: reviewer } = await setting.makeUser({ role: 'reviewer' })
  const { rows } = await setting.owner.query<{ reference: string }>(
    `insert into approval (reference, kind, subject, provider_code, particulars, bound_to, reason, asked_by, asked_at, expires_at)
     select 'AP-TEST-READ', 'release', subject, null, particulars, bound_to, reason, asked_by, asked_at, expires_at
       from approval where reference = $1 returning reference`,
    [shown.reference],
  )
  expect(await readApproval(inPool(), reviewer, rows[0]?.reference ?? '', now())).toMatchObject({
    code: 'not-found',
  })
  expect(await entriesOf(reviewer)).toEqual([['right', 'release.make']])
})
