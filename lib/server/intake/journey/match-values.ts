import {
  AS_BLANK,
  fieldWords,
  withMeanings,
  type FieldWords,
} from '#core/mapping/words/word-meanings.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { startCheck } from './match-columns.ts'
import { listHeldWords } from './held-profile.ts'
import {
  findJourney,
  keepWords,
  lockStep,
  type Journey,
  type StepTaken,
  type StepForm,
} from './read-journey.ts'

/** The words of a file that no list knows, to be given a meaning. */
export interface ValuesView {
  readonly ok: true
  readonly journey: Journey
  readonly fields: readonly FieldWords[]
}

/** Reads the words of a held file that need a meaning. */
export async function readValues(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<ValuesView | Refusal<'not-found' | 'file-erased' | 'file-waits'>> {
  const journey = await findJourney(store, actor, reference)
  if (journey?.mapping == null) return refuse('not-found')
  if (journey.fileId === null) return refuse('file-erased')
  const words = await listHeldWords(store, journey, journey.reading, journey.mapping)
  if ('code' in words) return refuse('file-waits')
  return { ok: true, journey, fields: words.map(fieldWords) }
}

/** Words that were not given a meaning, each with its place among all words of the page. */
export interface ValuesRefused {
  readonly ok: false
  readonly code: 'words-unanswered'
  readonly unanswered: readonly { readonly at: number; readonly word: string }[]
}

/**
 * Keeps what words mean and has the file checked. `answers` are in the order of the page: a code,
 * or `blank`.
 */
export async function saveValues(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  answers: readonly string[],
): Promise<StepTaken | ValuesRefused | Refusal<'not-found' | 'file-erased' | 'file-waits'>> {
  const view = await readValues(store, actor, form.reference)
  if (!view.ok) return view
  const { fields, journey } = view
  const asked = fields.flatMap(({ field, words, codes }) =>
    words.map(({ word }) => ({ field, word, codes })),
  )
  const unanswered = asked.flatMap(({ word, codes }, at) => {
    const answer = answers[at] ?? ''
    return answer === AS_BLANK || codes.some(({ code }) => code === answer) ? [] : [{ at, word }]
  })
  if (unanswered.length > 0) return { ok: false, code: 'words-unanswered', unanswered }
  const mapping = withMeanings(
    journey.mapping ?? { columns: {} },
    asked.map(({ field, word }, index) => ({ field, word, answer: answers[index] ?? AS_BLANK })),
  )
  const taken = await withTransaction(store.database, async (client) => {
    const locked = await lockStep(store, client, actor, form, 'values')
    if (!locked.ok) return locked
    await keepWords(client, store, locked.journey, { mapping }, { valuedAt: new Date() })
    await appendAudit(client, {
      actor: actor.userId,
      event: 'submission.values-matched',
      subject: form.reference,
      detail: { words: asked.length },
    })
    return locked
  })
  if (taken.ok) await startCheck(store, actor, taken.journey, mapping)
  return taken
}
