import type { Metadata } from 'next'
import { Fragment, type ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readAuditWatch } from '#server/identity/audit/audit-watch.ts'
import { listAudit } from '#server/identity/audit/list-audit.ts'
import { DataTable } from '../components/data-table.tsx'
import { FilterForm } from '../components/filter-form.tsx'
import { Folded } from '../components/folded.tsx'
import { Moment } from '../components/moment.tsx'
import { Pagination } from '../components/pagination.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { checkTrail } from './actions.ts'
import { detailWords } from './detail-words.ts'
import { AuditState } from './audit-state.tsx'
import { eventWords } from './event-words.ts'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Audit trail' }

/** Who did what, when; reading it is an entry itself. */
export default async function AuditPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('audit.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const filter = { event: textIn(query, 'event'), subject: textIn(query, 'subject').trim() }
  const before = /^[0-9]{1,15}$/.test(textIn(query, 'before')) ? Number(query['before']) : null
  const asked = /^[0-9]{1,15}$/.test(textIn(query, 'asked'))
    ? new Date(Number(query['asked']))
    : null
  const reading = { looks: portal.looks, pool: accounts.pool }
  const listed = await listAudit(reading, actor, { ...filter, before })
  const watch = await readAuditWatch(accounts.pool, actor)
  if (!listed.ok || !watch.ok) return turnAway()
  return (
    <>
      <h1 className="govuk-heading-l">Audit trail</h1>
      <AuditState watch={watch} asked={asked} />
      <ActionForm action={checkTrail} submit="Check the trail" secondary />
      <Folded text="What the trail shows, and how an auditor checks it">
        <p className="govuk-body">
          Each entry’s check value covers the entry before it, so any edit, deletion or change of
          order can be seen. Every hour the last check value is noted outside the database, signed:
          an anchor. Anchors show if somebody rewrites the whole trail. No entry names a person that
          a service works with.
        </p>
        <p className="govuk-body">
          This page shows what the worker wrote into the database. An auditor checks without
          trusting it, with a public key noted before: run <code>countonce audit verify</code>.
        </p>
      </Folded>
      <FilterForm
        action={addresses.audit}
        submit="Show"
        fields={[
          {
            name: 'event',
            label: 'Event',
            value: filter.event,
            choices: [
              { value: '', text: 'All events' },
              ...listed.events.map((event) => ({ value: event, text: eventWords(event) })),
            ],
          },
        ]}
      >
        <div className="govuk-form-group">
          <label className="govuk-label" htmlFor="subject">
            Reference it is about
          </label>
          <input
            className="govuk-input govuk-input--width-20"
            id="subject"
            name="subject"
            type="text"
            autoComplete="off"
            spellCheck={false}
            defaultValue={filter.subject}
          />
        </div>
      </FilterForm>
      {listed.lines.length === 0 ? (
        <p className="govuk-body">No entries match.</p>
      ) : (
        <DataTable
          caption="Entries, newest first"
          isTight
          columns={['What', 'Who', 'To what', 'Details']}
          rows={listed.lines.map(({ seq, at, event, by, subject, detail }) => ({
            key: String(seq),
            cells: [
              <Fragment key="what">
                {eventWords(event)}
                <span className="app-cell-note">
                  <Moment at={at} />, number {seq.toLocaleString('en-GB')}
                </span>
              </Fragment>,
              by,
              subject === '' ? null : (
                <span key="subject" className="app-reference">
                  {subject}
                </span>
              ),
              detailWords(detail),
            ],
          }))}
        />
      )}
      <Pagination
        label="Audit trail"
        previous={
          before === null ? undefined : { href: withQuery(addresses.audit, filter), text: 'Newest' }
        }
        next={
          listed.before === null
            ? undefined
            : {
                href: withQuery(addresses.audit, { ...filter, before: String(listed.before) }),
                text: 'Earlier',
              }
        }
      />
    </>
  )
}
