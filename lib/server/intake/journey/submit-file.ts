import { databaseFault } from '#server/platform/db/database-fault.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import type { Difference } from '#server/intake/submissions/compare-submission.ts'
import type { StepForm } from './describe-reading.ts'
import { readCheck, type CheckView } from './read-check.ts'
import type { Journey } from './read-journey.ts'

/** A file's answers before it is submitted. */
export interface AnswersView {
  readonly ok: true
  readonly check: CheckView
  /** What the file would take the place of. */
  readonly standing: StandingView | undefined
  /** How it differs from what it took the place of, once it did. */
  readonly replaced: Difference | undefined
}

/** The submission that is in the figures for the same service and quarter, and how the file differs from it, in clients. */
export interface StandingView {
  readonly reference: string
  readonly receivedAt: Date
  /** Undefined when it came into the figures after the file was checked. */
  readonly difference: Difference | undefined
}

/** Reads the answers given so far, for the page that shows them all. */
export async function readAnswers(
  store: ProgrammeStore,
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

async function readReplaced(
  store: ProgrammeStore,
  { id }: Journey,
): Promise<Difference | undefined> {
  const { rows } = await store.pool
    .query<Difference>(
      `select same, changed, new, removed from comparison where submission_id = $1 and against = 'standing'`,
      [id],
    )
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  return rows[0]
}

async function readStanding(
  store: ProgrammeStore,
  journey: Journey,
): Promise<StandingView | undefined> {
  const { rows } = await store.pool
    .query<Difference & { reference: string; receivedAt: Date; isCompared: boolean }>(
      `select standing.reference, standing.received_at as "receivedAt", c.other_id is not null as "isCompared",
              c.same, c.changed, c.new, c.removed
         from submission s
         join submission standing
           on standing.dataset = s.dataset and standing.service_code = s.service_code
          and standing.quarter = s.quarter and standing.state = 'linked'
         left join comparison c
           on c.submission_id = s.id and c.against = 'standing' and c.other_id = standing.id
        where s.id = $1`,
      [journey.id],
    )
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  const [row] = rows
  if (row === undefined) return undefined
  const { reference, receivedAt, isCompared, ...difference } = row
  return { reference, receivedAt, difference: isCompared ? difference : undefined }
}

/** What a person declares when they submit. */
export interface Declaration {
  /** Reference of the submission that may be taken the place of; empty when none was shown. */
  readonly replaces: string
}

/**
 * Submits a checked file: from here on workers take it into the figures. Refused when an answer is missing, when it was
 * submitted already, and when something changed since its answers were shown.
 */
export async function submitFile(
  store: ProgrammeStore,
  actor: Actor,
  form: StepForm,
  { replaces }: Declaration,
): Promise<
  | { readonly ok: true }
  | Refusal<
      | 'not-found'
      | 'already-submitted'
      | 'file-gone'
      | 'form-stale'
      | 'step-not-reached'
      | 'replace-unconfirmed'
    >
> {
  const answers = await readAnswers(store, actor, form.reference)
  if (!answers.ok) return answers
  const { journey } = answers.check
  if (journey.step === 'progress' || journey.step === 'result') return refuse('already-submitted')
  if (journey.step === 'upload') return refuse('file-gone')
  if (journey.version !== form.version) return refuse('form-stale')
  if (journey.step !== 'answers') return refuse('step-not-reached')
  if ((answers.standing?.reference ?? '') !== replaces) return refuse('replace-unconfirmed')
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
  if (accepted.ok) return { ok: true }
  const { code } = accepted
  if (code === 'submitted-already') return refuse('already-submitted')
  if (code === 'file-erased') return refuse('file-gone')
  if (code === 'replace-needed') return refuse('replace-unconfirmed')
  return refuse('step-not-reached')
}
