import type { ReactNode } from 'react'
import { missingWords } from '#core/messages/releases/missing-words.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { lookAtMissingFiles } from '#server/programme/quarters/calendar.ts'
import { Folded } from '../components/folded.tsx'
import { openRequest } from '../guards/request-context.ts'

/** Which services sent no file for which of the quarters that exact figures are of. */
export async function MissingFiles({
  actor,
  quarters,
}: {
  readonly actor: Actor
  readonly quarters: readonly Quarter[]
}): Promise<ReactNode> {
  const { accounts } = await openRequest()
  const { count, which } = missingWords(await lookAtMissingFiles(accounts, actor, quarters))
  if (which === '') return <p className="govuk-body">{count}</p>
  return (
    <section className="app-printed-whole">
      <p className="govuk-body">{count}</p>
      <Folded text="Which files are missing">
        <p className="govuk-body">{which}</p>
      </Folded>
    </section>
  )
}
