import type { ReactNode } from 'react'
import type { DropKind, JoinKind, PartLoss, TableKind } from '#core/disclosure/draft-loss.ts'
import type { Span } from '#core/disclosure/lattice.ts'
import type { ReleaseDraft } from '#server/figures/releases/make-release.ts'
import { NumberTable } from '../../../components/number-table.tsx'

const TABLE_NAMES: Readonly<Record<TableKind, string>> = {
  whole: 'All services, everywhere',
  services: 'Services and strands, everywhere',
  places: 'All services, by place',
  'services-by-place': 'Services and strands, by place',
  'age-band': 'Age',
  gender: 'Gender',
  ethnicity: 'Ethnicity',
  activities: 'People who came to activities, by service',
  use: 'Contacts and how use ended',
  scores: 'People with scores, and how these changed',
}
const PERIOD_NAMES: Readonly<Record<Span, string>> = {
  quarter: 'Quarters',
  year: 'Years to date',
  start: 'Since the start',
}
const JOINED: Readonly<Record<JoinKind, string>> = {
  wards: 'Wards joined two by two',
  'age-bands': 'Age bands joined two by two',
  quarters: 'Quarters joined: years to date and since the start alone',
}
const DROPPED: Readonly<Record<DropKind, string>> = {
  places: 'wards and other places',
  services: 'services and strands',
  quarters: 'single quarters',
  breakdowns: 'age, gender and ethnicity',
}

/** What a draft hides, what that loses, and which coarser tables would lose less. */
export function LossFacts({ draft }: { readonly draft: ReleaseDraft }): ReactNode {
  const { loss, settings } = draft
  return (
    <>
      <h2 className="govuk-heading-m">What is hidden</h2>
      <p className="govuk-body">
        {shown(loss.small)} figures are hidden because they, or what they differ by, are{' '}
        {settings.threshold} people or fewer, and {shown(loss.forOthers)} because they would reveal
        such a figure together with others. Weighted by size, {loss.lost}% is lost: a figure of one
        more digit counts three times as much.
      </p>
      {loss.inDoubt > 0 && (
        <p className="govuk-inset-text">
          {shown(loss.inDoubt)} quantities are left in doubt: somebody may be able to work them out.
          So no release can be made of this draft. Try one that ends with another quarter.
        </p>
      )}
      {draft.shown === 0 && (
        <p className="govuk-inset-text">
          Nothing would be printed, not even where nobody is. Whatever is printed of so few people,
          or after what was printed before, would reveal some of them. You can leave this release
          unmade, and draft one when there are more files.
        </p>
      )}
      <LossTable caption="Loss by table" of="Table" names={TABLE_NAMES} parts={loss.tables} />
      <LossTable caption="Loss by period" of="Period" names={PERIOD_NAMES} parts={loss.spans} />
      <NumberTable
        caption="Which tables would you rather have?"
        columns={['Instead', 'Lost now', 'Lost then'].map((name) => ({ name }))}
        rows={loss.joins.map(({ kind, lost }) => ({
          key: kind,
          cells: [JOINED[kind], `${loss.lost}%`, `about ${lost}%`],
        }))}
      />
      <p className="govuk-body">
        These are estimates. Joined wards and bands are printed by the rule for small figures and
        not attacked; what the attack adds to that is taken to be as much as it is now. Without
        quarters, what is hidden now of the others is counted.
      </p>
      {loss.drop !== undefined && (
        <p className="govuk-inset-text">
          {loss.inDoubt > 0
            ? 'With quantities in doubt this release is of little use to the public.'
            : 'So much is hidden that this release is of little use.'}{' '}
          Leave out {DROPPED[loss.drop.kind]} first: of what is left at most {loss.drop.lost}% would
          be hidden by size.
        </p>
      )}
    </>
  )
}

function LossTable<Part extends string>({
  caption,
  of,
  names,
  parts,
}: {
  readonly caption: string
  readonly of: string
  readonly names: Readonly<Record<Part, string>>
  readonly parts: readonly PartLoss<Part>[]
}): ReactNode {
  return (
    <NumberTable
      caption={caption}
      columns={[of, 'Figures', 'Hidden', 'Lost by size'].map((name) => ({ name }))}
      rows={parts
        .filter(({ figures }) => figures > 0)
        .map(({ part, figures, hidden, lost }) => ({
          key: part,
          cells: [names[part], shown(figures), shown(hidden), `${lost}%`],
        }))}
    />
  )
}

function shown(count: number): string {
  return count.toLocaleString('en-GB')
}
