import { checkPassword } from '#server/identity/accounts/sign-in.ts'
import { rolesWithPassword } from '#server/identity/sign-on/password-roles.ts'
import { makeSeed } from '#server/identity/accounts/one-time-codes.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type pg from 'pg'
import { openPool } from '#server/platform/db/pool.ts'
import { askAct } from '#server/jobs/acts/acts.ts'
import { approveRelease, askDraft, readDraftApproval } from '#server/jobs/acts/release-acts.ts'
import { askRelink } from '#server/jobs/acts/relink-acts.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import { copyAsPublic } from '../../server/figures/releases/copy-as-public.ts'
import { openProject } from '#server/figures/extracts/research-projects.ts'
import { askExtract } from '#server/jobs/acts/extract-acts.ts'
import { openRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { freshFor } from '../../server/identity/approvals/fresh-for.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { findJourney } from '#server/intake/journey/read-journey.ts'
import { receiveUpload } from '#server/intake/journey/receive-upload.ts'
import { askToken } from '#server/programme/tokens/submission-tokens.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { isOfProvider, type Actor } from '#server/identity/actors/actor.ts'
import { makeUserId, type UserRole } from '#server/identity/actors/user.ts'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { openLogins } from '#server/store/logins.ts'
import { sealSeed } from '#server/identity/sessions/secrets-at-rest.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { askPublication, approvePublication } from '#server/figures/publishing/publish-release.ts'
import { answerHere } from '../../server/jobs/asks/answer-here.ts'
import { csvText, children } from '../../server/intake/submissions/small-files.ts'
import { inPieces, take } from '../../server/intake/submissions/small-programme.ts'
import type { Installation } from './installation.ts'
import { untilSettled } from './programme-files.ts'
import { LATER_ASKERS, SIGNED_IN, type Asker, type SignedInAsker, type Subjects } from './routes.ts'
import { ACCOUNTS } from './visitor.ts'

const EMAILS = {
  provider: ACCOUNTS.provider,
  'other provider': ACCOUNTS.otherProvider,
  analyst: ACCOUNTS.analyst,
  administrator: ACCOUNTS.administrator,
  'second administrator': ACCOUNTS.secondAdministrator,
} as const

/** Of a service that neither provider has. */
async function askForToken(
  portal: pg.Pool,
  owner: pg.Pool,
  administrator: Actor,
  actors: Actors,
): Promise<string> {
  const { rows } = await owner.query<{ code: string }>(
    'select code from service where provider_code <> all ($1) order by code limit 1',
    [[actors.provider.providerCode, actors['other provider'].providerCode]],
  )
  const service = rows[0]?.code ?? ''
  const asked = await askToken(
    { pool: portal, now: () => new Date() },
    administrator,
    { service, days: 30, reason: 'scheduled-task' },
    freshFor(administrator, askingAct('submission-token'), new Date()),
  )
  if (!asked.ok) throw new Error(asked.code)
  return asked.approval.reference
}

type Actors = Readonly<Record<keyof typeof EMAILS, Actor>>

/** A programme with something of every kind in it, and everybody who may ask for it. */
export interface World {
  readonly subjects: Subjects
  /** The cookie header of each. */
  readonly cookies: Readonly<Record<Asker, string>>
  close(): Promise<void>
}

/**
 * Fills a programme: a checked file of a provider, a file in the figures, a release; and signs
 * everybody in.
 */
export async function openWorld(installation: Installation, origin: string): Promise<World> {
  const { dataDir, databaseUrl, password } = installation
  const { KEYS } = installation.env
  const store = await openProgrammeStore({ dataDir, env: { KEYS, DATABASE_URL: databaseUrl } })
  const portal = openPool((await openLogins(store, ['portal'])).portal, {
    max: 2,
  })
  const close = async (): Promise<void> => {
    await portal.end()
    await store.close()
  }
  try {
    const actors = await readActors(store.pool)
    const later = await makeLaterActors(
      store.pool,
      actors.provider,
      await openPortalKey({ dataDir }),
    )
    const storeOf = (actor: Actor): PortalStore => ({
      ...store,
      database: forActor(portal, actor),
      asker: answerHere(store, actor),
    })
    const submission = await checkedSubmission(storeOf(actors.provider), actors.provider)
    // What is done to its file can be told of a service once one was taken.
    await take(store, {
      service: 'natural-thinkers',
      quarter: '2023-Q1',
      bytes: new TextEncoder().encode(csvText(children(100, 140))),
      choices: { confirm: true, leaveOut: true },
    })
    const linked = await take(store, {
      service: 'doorstep-library',
      quarter: '2023-Q1',
      bytes: new TextEncoder().encode(csvText(children(0, 40))),
      choices: { confirm: true, leaveOut: true },
    })
    const { administrator } = actors
    const tokenRequest = await askForToken(portal, store.pool, administrator, actors)
    const released = await makeRelease(portal, store.pool, actors)
    const published = await publishRelease({ portal, store }, released.release, actors)
    const tried = await askAct(portal, administrator, { kind: 'try-policy', policy: 'cautious' })
    if (!tried.ok) throw new Error(tried.code)
    await untilSettled(store.pool)
    const linkageReport = tried.id
    const relinkRequest = await askForRelink(portal, actors, linkageReport)
    const sample = await drawSample(store.pool, linked.submission.reference)
    return {
      subjects: {
        submission,
        finding: 'code=ref-missing&field=client_ref',
        linked: linked.submission.reference,
        ...released,
        ...published,
        ...{ linkageReport, relinkRequest, sample },
        tokenRequest,
        rightsRequest: await openRights(portal, later),
        ...(await askForExtract(portal, actors)),
        administrator: administrator.userId,
        otherProvider: actors['other provider'].userId,
      },
      cookies: await cookiesOf({ pool: store.pool, dataDir, password, origin }, actors, later),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What somebody asked today about their own data, as an officer wrote it down. */
async function openRights(portal: pg.Pool, later: readonly Actor[]): Promise<string> {
  const officer = later.find(({ role }) => role === 'officer')
  if (officer === undefined) throw new Error('nobody is an officer')
  const today = new Date().toISOString().slice(0, 10)
  const opened = await openRightsRequest({ pool: portal, now: () => new Date() }, officer, {
    ...{ kind: 'access', receivedOn: today, askedBy: 'self', identityCheck: 'document-seen' },
    identityCheckedOn: today,
  })
  if (!opened.ok) throw new Error(opened.code)
  return opened.reference
}

/** A project, and an extract that the second administrator asked for. */
async function askForExtract(
  pool: pg.Pool,
  actors: Actors,
): Promise<Pick<Subjects, 'researchProject' | 'researchExtract'>> {
  const second = actors['second administrator']
  const at = { pool, now: () => new Date() }
  const opened = await openProject(at, second, {
    ...{ title: 'Early speech', purpose: 'Who is reached when.', people: ['Ro, a university'] },
    ...{ legalBasis: 'public-task', environment: 'A safe haven', endsOn: '2099-01-01' },
    ...{ recipient: 'A'.repeat(43), approvals: [{ givenBy: 'Board', givenOn: '2024-01-05' }] },
  })
  if (!opened.ok) throw new Error(opened.code)
  const asked = await askExtract(
    at,
    second,
    {
      ...{ project: opened.reference, variables: ['kind'], cohort: 'everybody' },
      ...{ firstQuarter: '2023-Q1', lastQuarter: '2023-Q2' },
    },
    freshFor(second, askingAct('research-extract'), new Date()),
  )
  if (!asked.ok) throw new Error(asked.code)
  return { researchProject: opened.reference, researchExtract: asked.extract }
}

/** By the second administrator, so that the first may approve it. */
async function askForRelink(portal: pg.Pool, actors: Actors, report: string): Promise<string> {
  const second = actors['second administrator']
  const asked = await askRelink(
    { pool: portal, now: () => new Date() },
    second,
    { report, reason: 'to-compare' },
    freshFor(second, askingAct('relink'), new Date()),
  )
  if (!asked.ok) throw new Error(asked.code)
  return asked.approval.reference
}

/** Two rows of a file as linkage would have joined them, for a reviewer to check. */
async function drawSample(owner: pg.Pool, submission: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into review_sample (kind, drawn_in, number, rule, left_submission, left_row, left_role,
                                right_submission, right_row, right_role)
     values ('joined', '2023-Q1', 1, 'nhs', $1, 1, 'child', $1, 2, 'child')
     returning id::text`,
    [submission],
  )
  return rows[0]?.id ?? ''
}

async function readActors(pool: pg.Pool): Promise<Actors> {
  const { rows } = await pool.query<{ readonly email: string; readonly actor: Actor }>(
    `select email, json_build_object(
              'userId', id, 'role', role, 'providerCode', provider_code, 'mayExact', may_see_exact
            ) as actor
       from portal_user`,
  )
  const entries = Object.entries(EMAILS).map(([asker, email]) => {
    const found = rows.find((row) => row.email === email)
    if (found === undefined) throw new Error(`no ${email}`)
    return [asker, found.actor] as const
  })
  return Object.fromEntries(entries) as Actors
}

/** Somebody of each role of which the demonstration has nobody, with an app as everybody has. */
async function makeLaterActors(
  pool: pg.Pool,
  { providerCode }: Actor,
  portalKey: Uint8Array,
): Promise<readonly Actor[]> {
  return Promise.all(
    LATER_ASKERS.map(async (asker) => {
      const { role, mayExact } = SIGNED_IN[asker as SignedInAsker]
      const actor: Actor = {
        ...{ userId: makeUserId(), role, mayExact },
        providerCode: isOfProvider({ role }) ? providerCode : null,
      }
      await pool.query(
        `insert into portal_user (id, email, name, role, provider_code, may_see_exact, code_seed)
         values ($1, $2, 'Lee Later', $3, $4, $5, $6)`,
        [
          ...[actor.userId, `${role}@example.org`, role, actor.providerCode, mayExact],
          sealSeed(portalKey, actor.userId, makeSeed()),
        ],
      )
      return actor
    }),
  )
}

async function* oneFile(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  yield bytes
}

/** Sends a file with one row that must be fixed, and has it checked by the run's worker. */
async function checkedSubmission(store: PortalStore, actor: Actor): Promise<string> {
  const text = csvText([...children(60, 70), { ...children(70, 71)[0], client_ref: '' }])
  const uploaded = await receiveUpload(store, actor, {
    service: 'natural-thinkers',
    quarter: '2024-Q2',
    files: oneFile(inPieces(new TextEncoder().encode(text))),
    now: new Date(),
  })
  if (!uploaded.ok) throw new Error(uploaded.code)
  const { reference } = uploaded
  const before = await findJourney(store, actor, reference)
  const read = await confirmReading(store, actor, { reference, version: before?.version ?? 0 })
  if (!read.ok) throw new Error(read.code)
  const view = await readMatching(store, actor, reference)
  if (!view.ok) throw new Error(view.code)
  const matched = await saveMatching(store, actor, view.journey, {
    answers: view.columns.map(({ answer }) => (answer === '' ? 'none' : answer)),
    shape: view.shape,
    role: 'child',
  })
  if (!matched.ok) throw new Error(matched.code)
  for (let tries = 0; tries < 600; tries += 1) {
    const now = await findJourney(store, actor, reference)
    if (now?.state === 'checked') return reference
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no worker checked the file')
}

/** Drafts a release as one administrator and makes it as the other. */
async function makeRelease(
  portal: pg.Pool,
  owner: pg.Pool,
  { administrator, 'second administrator': second }: Actors,
): Promise<Pick<Subjects, 'draft' | 'draftRequest' | 'release'>> {
  const context = { pool: portal, now: () => new Date() }
  const drafted = await askDraft(
    context,
    second,
    { profile: 'programme', lastQuarter: '2023-Q1' },
    freshFor(second, askingAct('release'), new Date()),
  )
  if (!drafted.ok) throw new Error(drafted.code)
  await untilSettled(owner)
  const draft = drafted.id
  const asked = await readDraftApproval(context, administrator, draft)
  const { reference = '', boundTo = '' } = asked ?? {}
  const fresh = freshFor(administrator, approvingAct(reference), new Date())
  const made = await approveRelease(context, administrator, { draft, boundTo }, fresh)
  if (!made.ok) throw new Error(made.code)
  await untilSettled(owner)
  const { rows } = await owner.query<{ reference: string }>('select reference from release')
  return { draft, draftRequest: reference, release: rows[0]?.reference ?? '' }
}

/** Publishes the figures of a release by both administrators. */
async function publishRelease(
  { portal, store }: { readonly portal: pg.Pool; readonly store: OwnProgrammeStore },
  release: string,
  { administrator, 'second administrator': second }: Actors,
): Promise<Pick<Subjects, 'published' | 'publicationRequest'>> {
  const published = await copyAsPublic(store, release, administrator.userId)
  const context = { pool: portal, releases: store.pool, now: () => new Date() }
  const asked = await askPublication(
    context,
    second,
    { reference: published, visibleFrom: null },
    freshFor(second, askingAct('release-publication'), new Date()),
  )
  if (!asked.ok) throw new Error(asked.code)
  const { reference: publicationRequest, boundTo } = asked.approval
  const fresh = freshFor(administrator, approvingAct(publicationRequest), new Date())
  const shown = { reference: publicationRequest, boundTo }
  const approved = await approvePublication(context, administrator, shown, fresh)
  if (!approved.ok) throw new Error(approved.code)
  return { published, publicationRequest }
}

/** The portal's owner, and what signing in there needs. */
interface Door {
  readonly pool: pg.Pool
  readonly dataDir: string
  readonly password: string
  readonly origin: string
}

async function cookiesOf(
  door: Door,
  actors: Actors,
  later: readonly Actor[],
): Promise<Record<Asker, string>> {
  const plans = planCookies(door.origin)
  const now = new Date()
  const client = await door.pool.connect()
  try {
    const session = async ({ userId }: Actor): Promise<string> =>
      `${plans.session.name}=${await startSession(client, userId, now)}`
    const ofRole = async (role: UserRole): Promise<string> => {
      const actor = later.find((one) => one.role === role)
      if (actor === undefined) throw new Error(`nobody is ${role}`)
      return session(actor)
    }
    return {
      nobody: '',
      'between password and code': `${plans.step.name}=${await stepTicket(door)}`,
      provider: await session(actors.provider),
      'other provider': await session(actors['other provider']),
      analyst: await session(actors.analyst),
      administrator: await session(actors.administrator),
      uploader: await ofRole('uploader'),
      reviewer: await ofRole('reviewer'),
      officer: await ofRole('officer'),
      auditor: await ofRole('auditor'),
      practitioner: await ofRole('practitioner'),
    }
  } finally {
    client.release()
  }
}

/** What an administrator has who gave their password and not yet their code. */
async function stepTicket({ pool, dataDir, password }: Door): Promise<string> {
  const context: Pick<
    AccountContext,
    'pool' | 'now' | 'passwords' | 'passwordRoles' | 'hasSignOn' | 'portalKey' | 'pause'
  > = {
    pool,
    now: () => new Date(),
    passwords: argonPasswords(),
    passwordRoles: rolesWithPassword(false, []),
    hasSignOn: false,
    portalKey: await openPortalKey({ dataDir }),
    pause: () => Promise.resolve(),
  }
  const given = await checkPassword(context as AccountContext, {
    email: ACCOUNTS.secondAdministrator,
    password,
    address: '127.0.0.1',
  })
  if (!given.ok) throw new Error(given.code)
  return given.ticket
}
