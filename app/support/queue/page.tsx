import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { QUESTION_WORDS } from '#core/messages/review/question-words.ts'
import {
  PROBLEM_ANSWERS,
  PROBLEM_KINDS,
  rowAnswerWords,
  type ProblemAnswer,
  type ProblemKind,
} from '#core/messages/support/support-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { listQuestions, type Question } from '#server/portal/screens/support/questions.ts'
import { listReports, readSupport, type Report } from '#server/portal/screens/support/reports.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { SelectField } from '../../components/choice-fields.client.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { dayWords, Moment } from '../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextAreaField } from '../../components/text-field.client.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { answer, over, tell } from '../actions.ts'

export const metadata: Metadata = { title: 'What waits for an answer' }

const DONE: Readonly<Record<string, string>> = {
  answered: 'Your answer was sent.',
  told: 'Everybody sees the problem on the support page.',
  over: 'The problem is no longer shown.',
}

/** What people said is wrong, what organisations are asked, and the problems that are known. */
export default async function QueuePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('support.answer')
  const { accounts } = await openRequest()
  const reports = await listReports(accounts.pool, actor)
  const questions = await listQuestions(accounts.pool, actor)
  const { problems } = await readSupport(accounts.pool)
  const done = DONE[textIn(await searchParams, 'done')]
  return (
    <>
      <BackLink href={addresses.support} text="Support" />
      {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
      <h1 className="govuk-heading-l">What waits for an answer</h1>
      <Reports reports={reports} />
      <Questions questions={questions} />
      <TwoThirds>
        <h2 className="govuk-heading-m">Known problems</h2>
        {problems.map(({ id, words }) => (
          <div key={id} className="govuk-inset-text">
            <p className="govuk-body">{words}</p>
            <ActionForm action={over} submit="It is over" secondary>
              <input type="hidden" name="over" value={id} />
            </ActionForm>
          </div>
        ))}
        <ActionForm action={tell} submit="Tell everybody">
          <TextAreaField
            name="words"
            label="A problem that everybody should know of"
            hint="What does not work, and what to do meanwhile. Name no person."
            rows={3}
            longest={300}
          />
        </ActionForm>
      </TwoThirds>
    </>
  )
}

function Reports({ reports }: { readonly reports: readonly Report[] }): ReactNode {
  if (reports.length === 0) return <p className="govuk-body">Nobody reported anything.</p>
  return (
    <DataTable
      caption="What is wrong"
      columns={['Reference', 'What', 'Page', 'About', 'When', 'Answer']}
      rows={reports.map(({ reference, kind, page, about, madeAt, answer: given }) => ({
        key: reference,
        cells: [
          reference,
          PROBLEM_KINDS[kind as ProblemKind],
          page,
          about,
          <Moment key="at" at={madeAt} />,
          given !== null ? (
            PROBLEM_ANSWERS[given as ProblemAnswer]
          ) : (
            <ActionForm key="answer" action={answer} submit="Answer" secondary>
              <input type="hidden" name="reference" value={reference} />
              <SelectField
                name="answer"
                label={`Answer to ${reference}`}
                choices={Object.entries(PROBLEM_ANSWERS).map(([value, text]) => ({ value, text }))}
              />
            </ActionForm>
          ),
        ],
      }))}
    />
  )
}

function Questions({ questions }: { readonly questions: readonly Question[] }): ReactNode {
  if (questions.length === 0) {
    return <p className="govuk-body">No organisation is asked anything.</p>
  }
  return (
    <DataTable
      caption="What organisations are asked"
      columns={['Question', 'Organisation', 'File', 'Asked', 'Seen from', 'Answer']}
      rows={questions.map((question) => ({
        key: question.reference,
        cells: [
          question.reference,
          question.providerName,
          <span key="file">
            <a className="govuk-link" href={addresses.submission(question.submission)}>
              {question.submission}
            </a>
            <span className="app-cell-note">
              {question.serviceName}, {quarterWords(question.quarter)}, row {question.row}
              {question.otherRow === null ? '' : ` and row ${question.otherRow}`}
            </span>
          </span>,
          QUESTION_WORDS[question.asks],
          dayWords(question.shownFrom.toISOString()),
          question.answer === null
            ? 'Not yet'
            : rowAnswerWords(question.answer, question.otherRow !== null),
        ],
      }))}
    />
  )
}
