import type { ReactNode } from 'react'
import type { FamilyEvidence } from '#core/estimate/copied-families.ts'
import type { UniqueFigures } from '#core/reach/measure.ts'
import type { EstimatedReach } from '#server/figures/reach/read-estimate.ts'
import type { RegisterNames } from '#server/programme/register/register-names.ts'
import { Folded } from '../../components/folded.tsx'

/** With fewer pairs that share an NHS number the error rates are hardly known. */
const FEW_PAIRS = 200
const SERVICES_SHOWN = 3

/** What must be known with the estimates: how they are made, and what would narrow them. */
export function EstimateFacts({
  estimated,
  unique,
  names,
}: {
  readonly estimated: EstimatedReach | undefined
  readonly unique: UniqueFigures
  readonly names: RegisterNames
}): ReactNode {
  return (
    <>
      {estimated === undefined ? (
        <p className="govuk-inset-text">
          The estimate is being made again, because links have changed. It takes between 1 and 10
          minutes. Load the page again to see it.
        </p>
      ) : (
        <>
          <Narrowing estimated={estimated} names={names} />
          <FamiliesKnown {...estimated.families} />
        </>
      )}
      <Folded text="How the estimate is made">
        <p className="govuk-body">
          Somebody whose records differ by a slip may be found twice, and two people may be found as
          one. How often records of one person differ is seen where two services give the same NHS
          number. The programme is copied a hundred times with slips at those rates, and linked
          again: what is counted too many in the copies is taken off what was found. The interval
          holds the true number in about 95 of 100 programmes.
        </p>
        <p className="govuk-body">
          A family is children and carers whom the files tie. Where they write no carer down, nobody
          can tell whose family a child is of, and it is found as one of its own. For the estimate
          each such child is given the brothers and sisters of a child like it whose carer is known;
          ties that copies lose are taken off likewise.
        </p>
        <p className="govuk-body">
          The surest matches alone leave {shown(unique.upper)} people; with every doubt joined there
          are {shown(unique.lower)}. They are limits, not an interval.
        </p>
      </Folded>
    </>
  )
}

/** Whom the files tie to nobody, over all that linkage holds. */
function FamiliesKnown({
  children,
  childrenAlone,
  withoutCarer,
  adults,
  adultsAlone,
}: FamilyEvidence): ReactNode {
  return (
    <p className="govuk-body">
      In all quarters together {shown(childrenAlone)} of {shown(children)} children reached are tied
      to nobody, and each counts as a family: of {shown(withoutCarer)} of them no service wrote a
      carer’s email or mobile down. {shown(adultsAlone)} of {shown(adults)} adults reached are tied
      to no child, and count in no family.
    </p>
  )
}

function Narrowing({
  estimated: { pairs, services },
  names,
}: {
  readonly estimated: EstimatedReach
  readonly names: RegisterNames
}): ReactNode {
  const worst = services.filter(({ share, withoutStrong }) => share > 0 && withoutStrong > 0)
  return (
    <>
      {pairs < FEW_PAIRS && (
        <p className="govuk-inset-text">
          Only {shown(pairs)} pairs of clients share an NHS number. That is too few to know well how
          often records differ, so the intervals are wide. More NHS numbers would narrow them all.
        </p>
      )}
      {worst.length > 0 && (
        <>
          <p className="govuk-body">What would narrow the intervals most:</p>
          <ul className="govuk-list govuk-list--bullet">
            {worst.slice(0, SERVICES_SHOWN).map(({ service, withoutStrong, rows, share }) => (
              <li key={service}>
                {shown(withoutStrong)} of {shown(rows)} rows of{' '}
                {names.services.get(service) ?? service} have no strong evidence: no NHS number, and
                no carer’s email or mobile with a child’s birth. This service makes up{' '}
                {Math.round(share * 100)}% of what is counted twice.
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function shown(count: number): string {
  return count.toLocaleString('en-GB')
}
