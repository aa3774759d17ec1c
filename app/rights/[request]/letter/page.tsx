import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { countedWithWords, goneWords } from '#core/messages/rights/held-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import type { AccessLetter, HeldRecord } from '#server/linkage/rights/access-letter.ts'
import { dayWords } from '../../../components/moment.tsx'
import { BackLink, Notice } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { readLetter } from '../../read-letter.ts'

export const metadata: Metadata = { title: 'What is held about you' }

/** A letter's worth of what is held about a person, to be printed and sent by who knows their name. */
export default async function LetterPage({
  params,
}: {
  readonly params: Promise<{ request: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('rights.handle')
  const { request } = await params
  const letter = await readLetter(actor, request)
  const back = <BackLink href={addresses.rightsRequest(request)} text="Back to the request" />
  if (letter.ok) return <Letter letter={letter} back={back} />
  if (letter.code === 'not-found') return turnAway()
  const { title, fix } = wordsOf(letter.code)
  const isOver = letter.code === 'rights-forgotten'
  return (
    <>
      {back}
      <Notice title={isOver ? 'No more' : 'Not yet'}>
        <p className="govuk-body">
          {isOver ? `${title} ${fix}` : 'No worker has made the letter yet. Open this page again.'}
        </p>
      </Notice>
    </>
  )
}

function Letter({
  letter,
  back,
}: {
  readonly letter: AccessLetter
  readonly back: ReactNode
}): ReactNode {
  const { reference, programme, purpose, receivedOn, records, gone, countedAs, logic } = letter
  return (
    <TwoThirds>
      {back}
      <p className="govuk-body app-no-print">
        Print this page, or{' '}
        <a className="govuk-link" href={addresses.accessLetterFile(reference)} download>
          download it as JSON
        </a>
        . It names nobody, and is kept nowhere.
      </p>
      <article className="app-pack">
        <h1 className="govuk-heading-l">What {programme} holds about you</h1>
        <p className="govuk-body">
          You asked on {dayWords(receivedOn)}. Our reference is {reference}.
        </p>
        {records.length === 0 ? (
          <p className="govuk-body">
            We hold nothing that is surely about you. We keep no names, so we look for people by
            codes that are made from what you told us. If a service wrote your name, date of birth
            or address in another way, tell us, and we look again.
          </p>
        ) : (
          <p className="govuk-body">
            {records.length === 1
              ? 'One row of a service’s file is'
              : `${String(records.length)} rows of services’ files are`}{' '}
            about you. {countedWords(records.length, countedAs)}Your name, date of birth, NHS
            number, contacts, postcode and each service’s own reference for you are not held: codes
            stand in their place.
          </p>
        )}
        {gone > 0 && <p className="govuk-body">{goneWords(gone)}</p>}
        {records.map((record, index) => (
          <Held key={String(index)} record={record} purpose={purpose} />
        ))}
        <h2 className="govuk-heading-m">How records are put together</h2>
        {logic.map((line) => (
          <p key={line} className="govuk-body">
            {line}
          </p>
        ))}
        <h2 className="govuk-heading-m">What you can ask for</h2>
        <p className="govuk-body">
          You can ask for what is wrong to be corrected, for all of it to be deleted or set apart,
          and object to being {purpose === 'look-up' ? 'shown to anybody' : 'counted'}. You can
          complain to the Information Commissioner’s Office, ico.org.uk.
        </p>
      </article>
    </TwoThirds>
  )
}

const SET_APART: Readonly<Record<AccessLetter['purpose'], string>> = {
  reach: ' It is set apart, and in no figure.',
  'look-up': ' It is set apart, and shown to nobody.',
}

function countedWords(records: number, people: number): string {
  if (people > 1) {
    return `They are counted as ${String(people)} people, since what ties them is not sure. `
  }
  return people === 1 && records > 1 ? 'They are counted as one person. ' : ''
}

function Held({
  record,
  purpose,
}: {
  readonly record: HeldRecord
  readonly purpose: AccessLetter['purpose']
}): ReactNode {
  const { service, provider, controller, quarter, holds, pseudonyms, countedWith, family } = record
  return (
    <section>
      <h2 className="govuk-heading-m">
        {service}, {quarter}
      </h2>
      <p className="govuk-body">
        From {provider}
        {controller === '' || controller === provider ? '' : `. The data is ${controller}’s`}.
        {record.isRestricted ? SET_APART[purpose] : ''}
      </p>
      <SummaryList
        lines={[
          ...holds,
          { name: 'Held as codes only', value: pseudonyms.join('; ') },
          ...(countedWith.records === 0
            ? []
            : [
                {
                  name: 'Counted as one person',
                  value: countedWithWords(countedWith),
                },
              ]),
          ...(family === null
            ? []
            : [
                {
                  name: 'Counted as one family, you among them',
                  value: `Children: ${String(family.children)}. Adults: ${String(family.adults)}.`,
                },
              ]),
        ]}
      />
    </section>
  )
}
