import type { ReactNode } from 'react'
import { auditFlawWords } from '#core/messages/operating/audit-words.ts'
import type { AuditWatch } from '#server/identity/audit/audit-watch.ts'
import { ResultAppears } from '../acts/result-appears.tsx'
import { Moment } from '../components/moment.tsx'
import { Notice, StatusTag } from '../components/notices.tsx'
import { SummaryList } from '../components/summary-list.tsx'

/** What the last check came to, and how the trail is anchored. */
export function AuditState({
  watch,
  asked,
}: {
  readonly watch: AuditWatch
  /** When a check was asked for whose result is awaited; null for none. */
  readonly asked: Date | null
}): ReactNode {
  const { check, anchor, uncovered } = watch
  const isAwaited = asked !== null && (check === null || check.at < asked)
  return (
    <>
      {isAwaited && (
        <Notice title="Under way">
          <p className="govuk-notification-banner__heading">A worker is checking the trail.</p>
          <ResultAppears />
        </Notice>
      )}
      <SummaryList
        lines={[
          { name: 'Last check', value: check === null ? 'Never' : <Checked check={check} /> },
          {
            name: 'Last anchor',
            value:
              anchor === null ? (
                'None'
              ) : (
                <>
                  Number {anchor.number.toLocaleString('en-GB')}, <Moment at={anchor.at} />.{' '}
                  {PROTECTION[anchor.protection]}
                </>
              ),
          },
          {
            name: 'Not yet anchored',
            value:
              uncovered.since === null ? (
                'None'
              ) : (
                <>
                  {uncovered.entries.toLocaleString('en-GB')} since <Moment at={uncovered.since} />
                </>
              ),
          },
        ]}
      />
    </>
  )
}

const PROTECTION = {
  folder: 'It is in a folder. Whoever runs the machine can change it, so this protects less.',
  storage: 'It is in storage without an immutability policy, so this protects less.',
  'immutable-storage': 'It is in storage that lets nobody change or delete it.',
} as const

function Checked({ check }: { readonly check: NonNullable<AuditWatch['check']> }): ReactNode {
  const { isWhole, isYoung, flaws, entries } = check.report
  return (
    <>
      <StatusTag colour={isWhole ? 'green' : 'red'}>{isWhole ? 'Whole' : 'Not whole'}</StatusTag>{' '}
      <Moment at={check.at} />
      {isWhole && (
        <p className="govuk-body">
          All {entries.toLocaleString('en-GB')} entries are as they were written.
          {isYoung && ' They are not anchored yet: a demonstration is, once it has run an hour.'}
        </p>
      )}
      {flaws.map((flaw) => (
        <p key={flaw.code} className="govuk-body">
          {auditFlawWords(flaw)}
        </p>
      ))}
    </>
  )
}
