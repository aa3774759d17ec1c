import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SCORECARD_INDICATORS } from '#core/measures/scorecard.ts'
import { aimWords, INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { lookAtTargets } from '#server/programme/targets/targets.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { SuccessBanner } from '../../components/notices.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { OnScreen } from '../../components/on-screen.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'
import { askedQuarter } from './asked-quarter.ts'

export const metadata: Metadata = { title: 'Targets' }

/** What every service aims at in a quarter, and where that is changed. */
export default async function TargetsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const { quarters, quarter } = askedQuarter(portal.programme, accounts.now(), query)
  const read = await lookAtTargets(accounts, actor, 'register.see', quarter)
  if (!read.ok) return turnAway()
  const { services } = await readRegisterNames(accounts.pool, quarter)
  const changes = textIn(query, 'changes')
  const named = [...services].sort(([, left], [, right]) => left.localeCompare(right, 'en-GB'))
  return (
    <div className="app-scorecard">
      <TwoThirds>
        {/^[0-9]{1,6}$/.test(changes) && (
          <SuccessBanner>
            {changes === '0'
              ? 'Nothing was changed: the targets were so already.'
              : changes === '1'
                ? '1 target was changed.'
                : `${changes} targets were changed.`}
          </SuccessBanner>
        )}
        <span className="govuk-caption-l">{quarterWords(quarter)}</span>
        <h1 className="govuk-heading-l">Targets</h1>
        <p className="govuk-body">
          What each service aims at in the quarter. The scorecard says of every figure whether its
          target was met. Each change is kept with who made it and when.
        </p>
      </TwoThirds>
      <FilterForm
        action={addresses.targets}
        submit="Show"
        fields={[
          { name: 'quarter', label: 'Quarter', value: quarter, choices: quarterChoices(quarters) },
        ]}
      />
      <NumberTable
        caption="Targets of each service"
        columns={[
          { name: 'Service' },
          ...SCORECARD_INDICATORS.map(({ code }) => ({ name: INDICATOR_WORDS[code].name })),
        ]}
        rows={named.map(([service, name]) => ({
          key: service,
          cells: [
            <a
              key="service"
              className="govuk-link"
              href={addresses.serviceTargets(service, quarter)}
            >
              {name}
            </a>,
            ...SCORECARD_INDICATORS.map(
              ({ code, form }) =>
                aimWords(code, form, read.targets.get(service)?.get(code)) || (
                  <NoTarget key={code} />
                ),
            ),
          ],
        }))}
      />
      <OnScreen>
        <h2 className="govuk-heading-m">As one file</h2>
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.targetsFile} download>
            Export every target (CSV)
          </a>
        </p>
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.importTargets}>
            Import targets
          </a>
        </p>
      </OnScreen>
    </div>
  )
}

/** A row of services has mostly none. */
function NoTarget(): ReactNode {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="govuk-visually-hidden">none</span>
    </>
  )
}
