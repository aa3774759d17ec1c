import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { SCORECARD_INDICATORS } from '#core/measures/scorecard.ts'
import { seenTargets, TARGET_WAYS } from '#core/measures/targets.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { lookAtTargets } from '#server/programme/targets/targets.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { InitialValues } from '../../../components/kept-values.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import type { Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { askedQuarter } from '../asked-quarter.ts'
import { change } from './actions.ts'

export const metadata: Metadata = { title: 'Targets of a service' }

/** What one service aims at in a quarter, to be changed. */
export default async function ServiceTargetsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { service } = await params
  const { portal, accounts } = await openRequest()
  const { quarter } = askedQuarter(portal.programme, accounts.now(), await searchParams)
  const read = await lookAtTargets(accounts, actor, 'register.see', quarter)
  const { services } = await readRegisterNames(accounts.pool, quarter)
  const name = services.get(service)
  if (!read.ok || name === undefined) return turnAway()
  const standing = read.targets.get(service) ?? new Map<string, number>()
  const values = [...standing].map(([code, value]) => [code, String(value)] as const)
  return (
    <TwoThirds>
      <BackLink href={withQuery(addresses.targets, { quarter })} text="Targets" />
      <span className="govuk-caption-l">{quarterWords(quarter)}</span>
      <h1 className="govuk-heading-l">Targets of {name}</h1>
      <InitialValues values={Object.fromEntries(values)}>
        <ActionForm action={change} submit="Save the targets">
          <input type="hidden" name="service" value={service} />
          <input type="hidden" name="quarter" value={quarter} />
          <input type="hidden" name="seen" value={seenTargets(read.targets.get(service))} />
          {SCORECARD_INDICATORS.map(({ code, form }) => (
            <TextField
              key={code}
              name={code}
              label={`${INDICATOR_WORDS[code].name}: at ${TARGET_WAYS[code]}${form === 'share' ? ', in per cent' : ''}`}
              hint={`${INDICATOR_WORDS[code].what} Leave it empty for no target.`}
              autoComplete="off"
              width={10}
            />
          ))}
        </ActionForm>
      </InitialValues>
    </TwoThirds>
  )
}
