import type {
  DESTRUCTION_WAYS,
  RESEARCH_BASES,
  ResearchCode,
} from '#core/messages/research/research-words.ts'
import {
  holdsIdentifier,
  holdsIdentifierBesideNumbers,
} from '#core/mapping/overview/identifier-like.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { readRecipient } from '#server/keys/backup-key.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { findExtract, hasExpired, listExtracts, type ResearchExtract } from './research-extracts.ts'

/** The register of pieces of research, and what becomes of what they were given. */

/** Where projects are kept, and the clock they go by. */
export interface ResearchContext {
  readonly pool: Database
  readonly now: () => Date
}

/** What is written down of a project. Days are yyyy-mm-dd. */
export interface NewProject {
  readonly title: string
  readonly purpose: string
  /** A name and organisation each. */
  readonly people: readonly string[]
  readonly legalBasis: keyof typeof RESEARCH_BASES
  readonly environment: string
  /** The public key of the environment. */
  readonly recipient: string
  readonly endsOn: string
  readonly approvals: readonly { readonly givenBy: string; readonly givenOn: string }[]
}

/** A project as it stands. */
export interface ResearchProject extends NewProject {
  readonly reference: string
  readonly isOver: boolean
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/**
 * Writes a project into the register. Refused with a text that tells who somebody is; without an
 * approval of a day that is not to come, an end that is to come, and a public key that is one.
 */
export async function openProject(
  { pool, now }: ResearchContext,
  actor: Actor,
  given: NewProject,
): Promise<
  { readonly ok: true; readonly reference: string } | Refusal<'not-found' | ResearchCode>
> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  if (tellsOfSomebody(given)) return refuse('research-identifier')
  const today = dayInLondon(now())
  const { approvals, endsOn, people, recipient, ...rest } = given
  const isWhole =
    approvals.length > 0 &&
    approvals.every(({ givenOn }) => givenOn <= today) &&
    endsOn > today &&
    people.length > 0 &&
    readRecipient(recipient) !== undefined
  if (!isWhole) return refuse('not-found')
  const reference = newReference('project')
  return withTransaction(forActor(pool, actor), async (client) => {
    await inPrisma(client, async ({ researchProject, researchApproval }) => {
      const { id } = await researchProject.create({
        select: { id: true },
        data: {
          ...{ ...rest, reference, recipient: recipient.trim(), people: [...people] },
          ...{ endsOn: new Date(endsOn), madeBy: actor.userId, madeAt: now() },
        },
      })
      await researchApproval.createMany({
        data: approvals.map(({ givenBy, givenOn }, number) => ({
          ...{ projectId: id, number, givenBy, givenOn: new Date(givenOn) },
        })),
      })
    })
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'research.project-opened', subject: reference },
      detail: { basis: given.legalBasis, ends: endsOn },
    })
    return { ok: true as const, reference }
  })
}

/** Whether a text of a project holds what tells who somebody is; names of researchers are theirs to word. */
function tellsOfSomebody({ title, purpose, environment, people, approvals }: NewProject): boolean {
  return (
    [title, purpose, environment, ...people].some(holdsIdentifier) ||
    approvals.some(({ givenBy }) => holdsIdentifierBesideNumbers(givenBy))
  )
}

/** Every project, the newest first. */
export async function listProjects(
  { pool, now }: ResearchContext,
  actor: Actor,
): Promise<readonly ResearchProject[]> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return []
  return readProjects(forActor(pool, actor), now)
}

async function readProjects(
  on: Database,
  now: () => Date,
  where: { readonly reference?: string } = {},
): Promise<readonly ResearchProject[]> {
  const rows = await inPrisma(on, (prisma) =>
    prisma.researchProject.findMany({
      where,
      orderBy: { id: 'desc' },
      include: { approvals: { orderBy: { number: 'asc' } } },
    }),
  )
  return rows.map(({ title, purpose, people, environment, recipient, reference, ...row }) => ({
    ...{ title, purpose, people, environment, recipient, reference },
    legalBasis: row.legalBasis as NewProject['legalBasis'],
    endsOn: dayOf(row.endsOn),
    isOver: dayOf(row.endsOn) < dayInLondon(now()),
    approvals: row.approvals.map(({ givenBy, givenOn }) => ({ givenBy, givenOn: dayOf(givenOn) })),
  }))
}

/** A project with what it was given. */
export interface ProjectView {
  readonly ok: true
  readonly project: ResearchProject
  readonly extracts: readonly ResearchExtract[]
}

/** Reads one project and its extracts. */
export async function readProject(
  { pool, now }: ResearchContext,
  actor: Actor,
  reference: string,
): Promise<ProjectView | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  const on = forActor(pool, actor)
  const [project] = await readProjects(on, now, { reference: tidy(reference) })
  if (project === undefined) return refuse('not-found')
  const extracts = await listExtracts(on, { project: { reference: project.reference } })
  return { ok: true, project, extracts }
}

/** Reads one extract. */
export async function readExtract(
  { pool }: ResearchContext,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true; readonly extract: ResearchExtract } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  const extract = await findExtract(forActor(pool, actor), tidy(reference))
  return extract === undefined ? refuse('not-found') : { ok: true, extract }
}

/** The sealed file of an extract; that somebody fetched it is audited. */
export async function fetchExtract(
  { pool, now }: ResearchContext,
  actor: Actor,
  reference: string,
): Promise<
  | { readonly ok: true; readonly reference: string; readonly sealed: Uint8Array }
  | Refusal<'not-found' | ResearchCode>
> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const extract = await findExtract(client, tidy(reference))
    const row = await inPrisma(client, (prisma) =>
      prisma.researchExtract.findUnique({
        where: { reference: tidy(reference) },
        select: { reference: true, sealed: true, digest: true, madeAt: true },
      }),
    )
    if (row?.madeAt == null || extract === undefined) return refuse('not-found')
    // The sweep takes the file away; until it does, its time is over all the same.
    const isOver = hasExpired(extract, dayInLondon(now()))
    if (row.sealed === null || isOver) return refuse('research-gone')
    await enter(client, actor, row.reference, 'fetched', { digest: row.digest })
    return { ok: true as const, reference: row.reference, sealed: row.sealed }
  })
}

/** The people who have left since, by the extract's own pseudonyms: the project removes their rows. */
export async function listRemovals(
  { pool }: ResearchContext,
  actor: Actor,
  reference: string,
): Promise<
  | {
      readonly ok: true
      readonly reference: string
      readonly removals: readonly { readonly pseudonym: string; readonly since: string }[]
    }
  | Refusal<'not-found'>
> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const extract = await findExtract(client, tidy(reference))
    if (extract?.made === undefined) return refuse('not-found')
    const rows = await inPrisma(client, (prisma) =>
      prisma.researchRemoval.findMany({
        where: { extractId: BigInt(extract.id) },
        orderBy: [{ since: 'asc' }, { pseudonym: 'asc' }],
      }),
    )
    await enter(client, actor, extract.reference, 'removals-read', { people: rows.length })
    const removals = rows.map(({ pseudonym, since }) => ({ pseudonym, since: dayOf(since) }))
    return { ok: true as const, reference: extract.reference, removals }
  })
}

/** A certificate of destruction, as somebody sends it. */
export interface Certificate {
  readonly extract: string
  /** yyyy-mm-dd. */
  readonly on: string
  /** Who certifies it. */
  readonly by: string
  readonly how: keyof typeof DESTRUCTION_WAYS
}

/** Notes that an extract was destroyed; who was in it is forgotten with that. */
export async function noteDestruction(
  { pool, now }: ResearchContext,
  actor: Actor,
  { extract: given, on, by, how }: Certificate,
): Promise<{ readonly ok: true; readonly project: string } | Refusal<'not-found' | ResearchCode>> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  if (holdsIdentifier(by)) return refuse('research-identifier')
  return withTransaction(forActor(pool, actor), async (client) => {
    const reference = tidy(given)
    await run(client, 'research/lock-extract', [reference])
    const extract = await findExtract(client, reference)
    if (extract?.made === undefined || extract.destroyed !== undefined) return refuse('not-found')
    if (on > dayInLondon(now()) || on < dayOf(extract.made.at)) return refuse('not-found')
    await inPrisma(client, (prisma) =>
      prisma.researchExtract.update({
        select: { id: true },
        where: { reference },
        data: {
          ...{ destroyedOn: new Date(on), destroyedBy: by, destroyedHow: how },
          ...{ certifiedBy: actor.userId, sealed: null },
        },
      }),
    )
    await enter(client, actor, reference, 'destroyed', { on, how })
    return { ok: true as const, project: extract.project.reference }
  })
}

function tidy(typed: string): string {
  return typed.trim().toUpperCase()
}

async function enter(
  client: Parameters<typeof appendAudit>[0],
  { userId }: Actor,
  subject: string,
  step: 'fetched' | 'removals-read' | 'destroyed',
  detail: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await appendAudit(client, { actor: userId, event: `research.${step}`, subject, detail })
}
