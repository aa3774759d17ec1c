import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { STAGES, type Stage } from '#core/messages/register/stage-words.ts'
import { readBoard, type Card } from '#server/portal/screens/board/read-board.ts'
import { FoldedPart } from '../../components/folded-part.tsx'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { shareWords } from './share-words.ts'

export const metadata: Metadata = { title: 'Board' }

/** Every service as a card in the stage that it has come to. */
export default async function BoardPage(): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { accounts } = await openRequest()
  const board = await readBoard(accounts.pool, actor, accounts.now())
  if (!board.ok) return turnAway()
  return (
    <>
      <h1 className="govuk-heading-l">Board</h1>
      <p className="govuk-body">
        A service is tried out, goes into staging and, once two people agree, counts.
      </p>
      {(Object.keys(STAGES) as Stage[]).map((stage) => (
        <StageOf
          key={stage}
          stage={stage}
          cards={board.cards.filter((card) => card.stage === stage)}
        />
      ))}
    </>
  )
}

function StageOf({
  stage,
  cards,
}: {
  readonly stage: Stage
  readonly cards: readonly Card[]
}): ReactNode {
  const { name, hint } = STAGES[stage]
  return (
    <FoldedPart
      heading={`${name} (${String(cards.length)})`}
      holds={cards.length === 1 ? 'Show the service' : 'Show the services'}
      isOpen={cards.length <= SHORT}
      isWholeOnWide
    >
      <p className="govuk-hint">{hint}</p>
      <ul className="govuk-list app-board">
        {cards.map((card) => (
          <li key={card.code} className="app-board__card">
            <a className="govuk-link" href={addresses.boardCard(card.code)}>
              {card.name}
            </a>
            <span className="app-cell-note">{card.provider}</span>
            {stage !== 'production' && <span className="app-cell-note">{progressOf(card)}</span>}
          </li>
        ))}
      </ul>
    </FoldedPart>
  )
}

/** With more services a phone folds a stage away. */
const SHORT = 3

function progressOf({ tried, share, passed, stage }: Card): string {
  const files = tried === 1 ? '1 file' : `${String(tried)} files`
  const right = share === null ? '' : `, ${shareWords(share)} right in the last`
  const lines = Object.values(passed)
  const checks =
    stage === 'staging'
      ? `; ${String(lines.filter(Boolean).length)} of ${String(lines.length)} checks passed`
      : ''
  return files + right + checks
}
