import type { ReactNode } from 'react'
import { counted } from '#core/messages/reading/reading-words.ts'
import type { Change, CorrectionsState, OfferedReplacement } from '#core/grid/grid-rows.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { ActionForm } from '../../../../components/action-form.client.tsx'
import { StepFields } from '../../../step-fields.tsx'
import { again } from '../actions.ts'
import { changeCellsOf } from './actions.ts'
import { changeOf, offerWords } from './offer-words.ts'

/** What is corrected so far, and how to take it back; for pages without JavaScript. */
export function CorrectionsNote({
  journey,
  state,
}: {
  readonly journey: Journey
  readonly state: CorrectionsState
}): ReactNode {
  const { corrected, canUndo, canRedo, isChecked, version } = state
  const { reference } = journey
  if (!canUndo && !canRedo) return null
  return (
    <section className="app-correct-note">
      <p className="govuk-body">
        <strong>{counted(corrected, 'cell is', 'cells are')} corrected.</strong>{' '}
        {isChecked ? 'The file was checked with them.' : 'The file was not checked with them yet.'}
      </p>
      <div className="govuk-button-group">
        {!isChecked && (
          <ActionForm action={again} submit="Check the file again">
            <StepFields journey={journey} />
          </ActionForm>
        )}
        {canUndo && <Step change={{ kind: 'undo' }} text="Undo" {...{ reference, version }} />}
        {canRedo && <Step change={{ kind: 'redo' }} text="Redo" {...{ reference, version }} />}
        {canUndo && (
          <Step
            change={{ kind: 'take-back' }}
            text="Take all corrections back"
            {...{ reference, version }}
          />
        )}
      </div>
    </section>
  )
}

/** What was replaced in an earlier file, to be replaced again; for pages without JavaScript. */
export function OffersNote({
  reference,
  version,
  offers,
}: {
  readonly reference: string
  readonly version: number
  readonly offers: readonly OfferedReplacement[]
}): ReactNode {
  return offers.map((offer) => (
    <div key={`${String(offer.column)} ${offer.find}`} className="govuk-inset-text">
      <p className="govuk-body">{offerWords(offer)}</p>
      <Step change={changeOf(offer)} text="Replace again" {...{ reference, version }} />
    </div>
  ))
}

function Step({
  change,
  text,
  reference,
  version,
}: {
  readonly change: Change
  readonly text: string
  readonly reference: string
  readonly version: number
}): ReactNode {
  return (
    <ActionForm action={changeCellsOf} submit={text} secondary>
      <StepFields journey={{ reference, version }} />
      <input type="hidden" name="change" value={JSON.stringify(change)} />
    </ActionForm>
  )
}
