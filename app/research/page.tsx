import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { listProjects } from '#server/figures/extracts/research-projects.ts'
import { DataTable } from '../components/data-table.tsx'
import { dayWords } from '../components/moment.tsx'
import { StatusTag } from '../components/notices.tsx'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'

export const metadata: Metadata = { title: 'Research' }

/** The register of pieces of research. */
export default async function ResearchPage(): Promise<ReactNode> {
  const actor = await requireActor('research.manage')
  const { accounts } = await openRequest()
  const projects = await listProjects(accounts, actor)
  return (
    <>
      <h1 className="govuk-heading-l">Research</h1>
      <p className="govuk-body">
        Researchers are given extracts of people under pseudonyms that join to nothing else. In an
        extract at least five people share everything that is told of each.
      </p>
      <p className="govuk-body">
        <a
          className="govuk-button"
          href={addresses.newResearch}
          role="button"
          draggable={false}
          data-module="govuk-button"
        >
          Write down a project
        </a>
      </p>
      {projects.length === 0 ? (
        <p className="govuk-body">There is no project yet.</p>
      ) : (
        <DataTable
          caption="Projects"
          columns={['Project', 'Title', 'Ends on', 'State']}
          rows={projects.map(({ reference, title, endsOn, isOver }) => ({
            key: reference,
            cells: [
              <a
                key="reference"
                className="govuk-link app-reference"
                href={addresses.researchProject(reference)}
              >
                {reference}
              </a>,
              ...[title, dayWords(endsOn)],
              isOver ? (
                <StatusTag key="state" colour="grey">
                  Ended
                </StatusTag>
              ) : (
                <StatusTag key="state" colour="blue">
                  Under way
                </StatusTag>
              ),
            ],
          }))}
        />
      )}
    </>
  )
}
