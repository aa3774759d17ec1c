import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { LEAST_SOURCES } from '#server/look-up/limits/look-up-limits.ts'
import { readGrants } from '#server/look-up/watching/grants.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { BackLink, StatusTag, SuccessBanner } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { watchOf } from '../watch/watch-context.ts'
import { give } from './actions.ts'

export const metadata: Metadata = { title: 'Who may open which source' }

/** Which sources each practitioner may open, by name; and which are complete. */
export default async function GrantsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('look-up.watch')
  const request = await openRequest()
  const grants = await readGrants(
    { ...watchOf(request), programme: request.portal.programme },
    actor,
  )
  if (!grants.ok) return turnAway()
  const complete = grants.sources.filter(({ isComplete }) => isComplete).length
  return (
    <TwoThirds>
      <BackLink href={addresses.lookUps} />
      {textIn(await searchParams, 'given') === '1' && (
        <SuccessBanner>The sources are given.</SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Who may open which source</h1>
      <p className="govuk-body">
        {complete} of {grants.sources.length} sources are complete: an agreement is in force, a file
        is loaded, and it says what no record means. Practitioners are let in once {LEAST_SOURCES}{' '}
        are.{' '}
        <StatusTag colour={grants.isLaunched ? 'green' : 'yellow'}>
          {grants.isLaunched ? 'Open' : 'Not open yet'}
        </StatusTag>
      </p>
      {grants.practitioners.length === 0 && (
        <p className="govuk-body">
          No practitioner has an account yet. An administrator invites them.
        </p>
      )}
      {grants.practitioners.map((person) => (
        <section key={person.id} aria-labelledby={person.id}>
          <h2 className="govuk-heading-m" id={person.id}>
            {person.name}
          </h2>
          <p className="govuk-body">
            {person.organisation}.{' '}
            {person.readGuidance ? 'Has read the guidance.' : 'Has not read the guidance yet.'}
          </p>
          <ActionForm action={give} submit={`Save for ${person.name}`} secondary>
            <input type="hidden" name="user" value={person.id} />
            <fieldset className="govuk-fieldset govuk-form-group">
              <legend className="govuk-fieldset__legend">May open</legend>
              <div className="govuk-checkboxes govuk-checkboxes--small">
                {grants.sources.map((source) => {
                  const id = `${person.id}-${source.code}`
                  return (
                    <div key={source.code} className="govuk-checkboxes__item">
                      <input
                        className="govuk-checkboxes__input"
                        id={id}
                        type="checkbox"
                        name={`source-${source.code}`}
                        value="yes"
                        defaultChecked={person.granted.includes(source.code)}
                      />
                      <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
                        {source.name}, {source.provider}
                        {source.isComplete ? '' : ' (not complete)'}
                      </label>
                    </div>
                  )
                })}
              </div>
            </fieldset>
          </ActionForm>
        </section>
      ))}
    </TwoThirds>
  )
}
