import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  POSSIBLE_MATCH_MEANS,
  UNCERTAIN_RECORD_MEANS,
} from '#core/messages/linkage/linkage-words.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { TwoThirds } from '../../components/page-columns.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { ReachTabs } from '../reach-tabs.tsx'

export const metadata: Metadata = { title: 'How people are counted' }

/** How figures come about, for those who have to defend them. */
export default async function MethodPage(): Promise<ReactNode> {
  const actor = await requireActor('reach.see')
  const { threshold, base } = DISCLOSURE_SETTINGS.programme
  return (
    <>
      <ReachTabs actor={actor} here={addresses.method} />
      <TwoThirds>
        <h1 className="govuk-heading-l">How people are counted</h1>
        <h2 className="govuk-heading-m">One person, counted once</h2>
        <p className="govuk-body">
          Every service sends a file each quarter. The same child may be in the files of a
          children’s centre, a health visitor and a speech therapist, under three client references.
          Count Once works out which records are the same person and counts that person once. So the
          figures of services add up to more than the total: somebody who used two services is in
          both.
        </p>
        <p className="govuk-body">
          Somebody is <strong>reached</strong> in a quarter when a service had at least one contact
          with them that they attended. A service that has no contacts to count says so, and then
          somebody who was enrolled and active in the quarter is reached. Somebody on a waiting
          list, or who declined, is not.
        </p>
        <p className="govuk-body">
          Somebody who is a child to one service and a parent to another is among children and among
          adults, and once among people. A family is the children and the carers that the services’
          own files connect.
        </p>
        <h2 className="govuk-heading-m">How records are matched</h2>
        <p className="govuk-body">
          Records are joined when their evidence agrees: the same NHS number, the same client of the
          same service, or the same name, date of birth and a further detail. They are kept apart
          when something contradicts it: two different NHS numbers, another date of birth, twins. A
          mobile number alone joins nobody, and an email address that many people share counts for
          nothing.
        </p>
        <p className="govuk-body">
          Count Once does not guess. Where the evidence points both ways, the records stay apart
          until a person settles them.
        </p>
        <p className="govuk-body">{POSSIBLE_MATCH_MEANS}</p>
        <p className="govuk-body">{UNCERTAIN_RECORD_MEANS}</p>
        <h2 className="govuk-heading-m">At least and at most</h2>
        <p className="govuk-body">
          No matching is perfect, so every figure of people has two bounds. <strong>At most</strong>{' '}
          counts as one only the records that are certainly one person. <strong>At least</strong>{' '}
          also counts as one all those that may be. The true number lies between them, as far as the
          files are right; a figure is given with its bounds or in words such as “between about
          1,240 and 1,265”.
        </p>
        <h2 className="govuk-heading-m">Released and exact figures</h2>
        <p className="govuk-body">
          Figures leave Count Once only as part of a release: a frozen set of tables that never
          changes afterwards. In it {threshold} people or fewer are shown as <strong>*</strong>, and
          all other figures are rounded to the nearest {base}, so that nobody can be recognised.
          Totals are counted first and then rounded; they are not sums of rounded figures. Some
          figures are hidden although they are larger, because together with the others they would
          reveal a small one.
        </p>
        <p className="govuk-body">
          Exact figures are for a few people who need them to run the programme. Every view of them
          is recorded in the audit trail.
        </p>
        <h2 className="govuk-heading-m">What is never stored</h2>
        <p className="govuk-body">
          Names, dates of birth, NHS numbers, addresses, postcodes, emails, phone numbers and client
          references. Each is replaced by a keyed pseudonym, which cannot be turned back without
          keys that are kept apart, and the file is erased. What stays is the month of birth of a
          child or the year of an adult, gender, ethnicity, ward, and what the service did. That is
          still personal data and is protected as such.
        </p>
      </TwoThirds>
    </>
  )
}
