import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SHAPE_WORDS } from '#core/messages/preparation/shape-words.ts'
import { AS_IT_STANDS } from '#core/preparation/proposals/shape-answers.ts'
import { readShapes, type ShapeAsked } from '#server/intake/journey/choose-shapes.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { RadioAnswer } from '../../answer-fields.client.tsx'
import { SampleTable } from '../../sample-table.tsx'
import { StepFields } from '../../step-fields.tsx'
import { FileWaits } from '../../file-waits.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { chooseShapes } from './actions.ts'

export const metadata: Metadata = { title: 'How the rows are kept' }

/** What a file seems to be kept as, with a before and after, for a person to say. */
export default async function ShapePage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'shape')
  const view = await readShapes(store, actor, journey.reference)
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(addresses.upload(journey, 'file-erased'))
  return (
    <>
      <BackLink href={addresses.step(journey.reference, 'read')} />
      <StepHeading journey={journey}>How the rows are kept</StepHeading>
      {view.shapes.length === 0 ? (
        <p className="govuk-body">
          Your file has one row for each person, so there is nothing to say here.{' '}
          <a className="govuk-link" href={addresses.step(journey.reference, 'match')}>
            Match your columns
          </a>
        </p>
      ) : (
        <>
          <p className="govuk-body">
            We count one row for each person. Your file seems to be kept in another way. Say how we
            should read it; your answer is remembered for {wordsOfKind(journey.kind).again}.
          </p>
          <ActionForm action={chooseShapes} submit="Continue">
            <StepFields journey={journey} />
            {view.shapes.map((shape) => (
              <ShapeQuestion key={shape.shape} asked={shape} />
            ))}
          </ActionForm>
        </>
      )}
    </>
  )
}

function ShapeQuestion({ asked }: { readonly asked: ShapeAsked }): ReactNode {
  const { shape, evidence, options, before, after, answer } = asked
  const { title, asItStands } = SHAPE_WORDS[shape]
  return (
    <section>
      <h2 className="govuk-heading-m">{title}</h2>
      <ul className="govuk-list govuk-list--bullet">
        {evidence.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <SampleTable {...before} caption={`As they stand: ${title}`} heading="As they stand" />
      <SampleTable
        {...after}
        caption={`As we would read them: ${title}`}
        heading="As we would read them"
      />
      <RadioAnswer
        name={shape}
        legend="How should we read them?"
        initial={answer}
        choices={[
          ...options.map(({ words }, place) => ({ value: String(place), text: words })),
          { value: AS_IT_STANDS, text: asItStands },
        ]}
      />
    </section>
  )
}
