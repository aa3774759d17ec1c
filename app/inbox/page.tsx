import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FEEDBACK_ANSWERS, type FeedbackAnswer } from '#core/messages/register/stage-words.ts'
import { foundWords } from '#core/messages/findings/found-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { listFeedback, type Feedback } from '#server/portal/screens/board/give-feedback.ts'
import { QUESTION_WORDS } from '#core/messages/review/question-words.ts'
import { PAIR_ANSWERS, ROW_ANSWERS, rowAnswerWords } from '#core/messages/support/support-words.ts'
import { listQuestions, type Question } from '#server/portal/screens/support/questions.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { RadioField } from '../components/choice-fields.client.tsx'
import { BackLink, SuccessBanner } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { answerRow, answerTrial } from './actions.ts'

export const metadata: Metadata = { title: 'Questions about your files' }

/** What an organisation is asked about its own files. */
export default async function InboxPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('submission.send')
  const { accounts } = await openRequest()
  const feedback = await listFeedback(accounts.pool, actor)
  const questions = await listQuestions(accounts.pool, actor)
  return (
    <TwoThirds>
      <BackLink href={addresses.send} text="Your services" />
      {textIn(await searchParams, 'done') === 'answered' && (
        <SuccessBanner>Your answer was sent.</SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Questions about your files</h1>
      {feedback.length === 0 && questions.length === 0 && (
        <p className="govuk-body">You are asked nothing.</p>
      )}
      {questions.map((question) => (
        <RowQuestion key={question.reference} question={question} />
      ))}
      {feedback.map((one) => (
        <TrialFeedback key={one.reference} feedback={one} />
      ))}
    </TwoThirds>
  )
}

/** What is asked about one row, or two, of a file that the organisation sent. */
function RowQuestion({ question }: { readonly question: Question }): ReactNode {
  const { reference, submission, serviceName, quarter, row, otherRow, asks, answer } = question
  const answers = otherRow === null ? ROW_ANSWERS : PAIR_ANSWERS
  return (
    <section aria-labelledby={`question-${reference}`}>
      <h2 className="govuk-heading-m" id={`question-${reference}`}>
        {QUESTION_WORDS[asks]}
      </h2>
      <p className="govuk-body">
        {serviceName}, {quarterWords(quarter)}: row {row}
        {otherRow === null ? '' : ` and row ${otherRow}`} of the file that you sent as {submission},
        as your spreadsheet numbers its rows. We do not have the file any more: look at your copy.
      </p>
      {answer === null ? (
        <ActionForm action={answerRow} submit="Send the answer">
          <input type="hidden" name="reference" value={reference} />
          <RadioField
            name="answer"
            legend="What do you answer?"
            choices={Object.entries(answers).map(([value, text]) => ({ value, text }))}
          />
        </ActionForm>
      ) : (
        <p className="govuk-inset-text">
          You answered: {rowAnswerWords(answer, otherRow !== null)}.
        </p>
      )}
    </section>
  )
}

function TrialFeedback({
  feedback: { reference, serviceName, quarter, findings, answer },
}: {
  readonly feedback: Feedback
}): ReactNode {
  return (
    <section aria-labelledby={`feedback-${reference}`}>
      <h2 className="govuk-heading-m" id={`feedback-${reference}`}>
        What was found in {reference}
      </h2>
      <p className="govuk-body">
        {serviceName}, {quarterWords(quarter)}
      </p>
      <ul className="govuk-list govuk-list--bullet">
        {findings.map((found) => (
          <li key={`${found.code} ${found.field}`}>
            {foundWords(found)}. {wordsOf(found.code).fix}
          </li>
        ))}
      </ul>
      {answer === null ? (
        <ActionForm action={answerTrial} submit="Send the answer">
          <input type="hidden" name="reference" value={reference} />
          <RadioField
            name="answer"
            legend="What do you answer?"
            choices={Object.entries(FEEDBACK_ANSWERS).map(([value, text]) => ({ value, text }))}
          />
        </ActionForm>
      ) : (
        <p className="govuk-inset-text">
          You answered: {FEEDBACK_ANSWERS[answer as FeedbackAnswer].toLowerCase()}.
        </p>
      )}
    </section>
  )
}
