import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readNextCheck } from '#server/linkage/reviewing/check-sample.ts'
import { readNamesIn } from '#server/programme/register/register-names.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { turnAway } from '../../../guards/refused.ts'
import { AnswerFields } from '../../answer-fields.client.tsx'
import { ComparedPeople } from '../../compared-pair.tsx'
import { placeText } from '../../decided-place.ts'
import { SingleKeys } from '../../single-keys.client.tsx'
import { answer } from './actions.ts'

export const metadata: Metadata = { title: 'Check a pair' }

const ANSWERS = [
  { letter: 'S', legend: 'The same person', value: 'S.same', text: 'Nothing speaks against it' },
  {
    ...{ letter: 'D', legend: 'Different people', value: 'D.different' },
    text: 'They cannot be one person',
  },
  {
    ...{ letter: 'C', legend: 'Cannot tell', value: 'C.cannot-tell' },
    text: 'What is here does not tell',
  },
] as const

/** Asks about a pair of a sample, without showing what anybody else, or linkage, has said of it. */
export default async function CheckPairPage(): Promise<ReactNode> {
  const actor = await requireActor('doubt.decide')
  const { portal, accounts } = await openRequest()
  const read = await readNextCheck({ looks: portal.looks, pool: accounts.pool }, actor)
  if (!read.ok) return turnAway()
  const { next } = read
  const back = <BackLink href={addresses.checks} text="Checks of links and decisions" />
  if (next === undefined) {
    return (
      <>
        {back}
        <h1 className="govuk-heading-l">Nothing is left to check</h1>
        <p className="govuk-body">You have answered about every pair that waits for you.</p>
      </>
    )
  }
  const { pair } = next
  const named = await readNamesIn(accounts.pool, [...pair.left.places, ...pair.right.places])
  const [left, right] = next.places
  return (
    <>
      {back}
      <SingleKeys
        of={next.sample}
        letters={ANSWERS.map(({ letter, legend }) => ({ letter, text: legend.toLowerCase() }))}
      >
        <h1 className="govuk-heading-l">Are these one person?</h1>
        <p className="govuk-body">
          What linkage or a reviewer has made of the two is not shown. If you can, look at the two
          rows in the providers’ files.
        </p>
        <ComparedPeople pair={pair} isBlind named={named} />
        <ActionForm action={answer} submit="Send the answer" key={next.sample}>
          <input type="hidden" name="sample" value={next.sample} />
          <AnswerFields
            name="verdict"
            legend="Your answer"
            groups={ANSWERS.map(({ letter, legend, value, text }) => ({
              ...{ letter, legend },
              choices: [{ value, text }],
            }))}
          />
          <p className="govuk-body">
            An answer here is kept for good and changes no link. To part or join the two, answer
            here first and then{' '}
            <a
              className="govuk-link"
              href={withQuery(addresses.decideDoubt, {
                left: placeText(left),
                right: placeText(right),
              })}
            >
              decide about them
            </a>
            .
          </p>
        </ActionForm>
      </SingleKeys>
    </>
  )
}
