import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { EventsTold } from '#core/messages/submissions/kind-words.ts'
import { isTriedOut } from '#core/messages/register/stage-words.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import { endTrial } from '#server/intake/submissions/end-trial.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { readEventsTold } from '#server/intake/submissions/events-told.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import type { Difference } from '#server/intake/outcomes/compare-submission.ts'
import { readCheck, type CheckView } from './read-check.ts'
import type { Journey, StepForm } from './read-journey.ts'

/** A file's answers before it is submitted. */
export interface AnswersView {
  readonly ok: true
  readonly check: CheckView
  /** What the file would take the place of. */
  readonly standing: StandingView | undefined
  /** How it differs from what it took the place of, once it did. */
  readonly replaced: Difference | undefined
}

/**
 * The submission that is in the figures for the same service and quarter, and how the file differs
 * from it, in clients.
 */
export interface StandingView {
  readonly reference: string
  readonly receivedAt: Date
  /** What its rows came to beside people, of a file of activities or outcomes. */
  readonly events: EventsTold | null
  /** Undefined when it came into the figures after the file was checked. */
  readonly difference: Difference | undefined
}

/** Reads the answers given so far, for the page that shows them all. */
export async function readAnswers(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<AnswersView | Refusal<'not-found'>> {
  const check = await readCheck(store, actor, reference)
  if (!check.ok) return check
  const { journey } = check
  if (journey.state === 'linked')
    return { ok: true, check, standing: undefined, replaced: await readReplaced(store, journey) }
  return { ok: true, check, standing: await readStanding(store, journey), replaced: undefined }
}

async function readReplaced(store: PortalStore, { id }: Journey): Promise<Difference | undefined> {
  const replaced = await inPrisma(store.database, ({ comparison }) =>
    comparison.findUnique({
      select: { same: true, changed: true, new: true, removed: true },
      where: { submissionId_against: { submissionId: BigInt(id), against: 'standing' } },
    }),
  )
  return replaced ?? undefined
}

async function readStanding(
  store: PortalStore,
  journey: Journey,
): Promise<StandingView | undefined> {
  const [standing] = await run(store.database, 'journey/read-standing', [journey.id])
  if (standing === undefined) return undefined
  const { reference, receivedAt, same, changed, new: arrived, removed } = standing
  const events = await readEventsTold(store.database, standing.events)
  const isCompared = same !== null && changed !== null && arrived !== null && removed !== null
  const difference = isCompared ? { same, changed, new: arrived, removed } : undefined
  return { reference, receivedAt, events, difference }
}

/** What a person declares when they submit. */
export interface Declaration {
  /** Reference of the submission that may be taken the place of; empty when none was shown. */
  readonly replaces: string
}

/**
 * Submits a checked file: from here on workers take it into the figures. Refused when an answer is
 * missing, when it was submitted already, and when something changed since its answers were shown.
 */
export async function submitFile(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  { replaces }: Declaration,
): Promise<{ readonly ok: true } | Refusal> {
  const answers = await readAnswers(store, actor, form.reference)
  if (!answers.ok) return answers
  const { journey } = answers.check
  if (journey.step === 'progress' || journey.step === 'result') return refuse('no-longer-open')
  if (journey.step === 'upload') return refuse('file-erased')
  if (journey.version !== form.version) return refuse('form-stale')
  if (journey.step !== 'answers') return refuse('step-not-reached')
  if ((answers.standing?.reference ?? '') !== replaces) return refuse('replace-needed')
  const service = await readService(store.database, journey.service)
  if (isTriedOut(service?.stage ?? 'production')) return endTrial(store, journey.id, actor.userId)
  const accepted = await acceptSubmission(
    store,
    journey.id,
    {
      leaveOut: journey.leaveOutReason !== null,
      confirm: true,
      ...(replaces === '' ? {} : { replaces }),
    },
    actor.userId,
  )
  return accepted.ok ? { ok: true } : accepted
}
