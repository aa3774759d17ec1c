import { printedWords } from '#core/messages/releases/released-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import {
  lookAtProgramme,
  type ProgrammeQuarter,
} from '#server/figures/dashboards/look-at-programme.ts'
import { coverNotes } from '#server/figures/dashboards/release-notes.ts'
import {
  changedTable,
  filesTable,
  missingTable,
} from '#server/figures/dashboards/tables/known-tables.ts'
import {
  reachedTable,
  targetsTable,
  trendTable,
  usedTables,
} from '#server/figures/dashboards/tables/programme-tables.ts'
import { barPicture, trendPicture } from '#server/figures/releases/reach-pictures.ts'
import type { HeadlineFigure } from '../../components/headline.tsx'
import { PictureFigure } from '../../components/picture-figure.tsx'
import { textIn } from '../../guards/query.ts'
import type { PageAsked } from '../read-page.ts'
import type { ToldPage, ToldPart } from '../told-page.tsx'

/** The dashboard of the programme: its tables, with what is read first. */
export interface ProgrammePage extends ToldPage {
  readonly told: ProgrammeQuarter
  /** Empty where no service had sent a file. */
  readonly headline: readonly HeadlineFigure[]
}

/** How the programme did in a quarter, by a release; undefined for who may not look, and while there is none. */
export async function readProgrammePage({
  actor,
  query,
  portal: { releases },
  accounts,
}: PageAsked): Promise<ProgrammePage | undefined> {
  const told = await lookAtProgramme({ releases, accounts }, actor, {
    release: textIn(query, 'release'),
    quarter: textIn(query, 'quarter'),
  })
  if (!told.ok) return undefined
  const { figures } = told.now.figures.whole
  return {
    told,
    title: `Programme dashboard, ${quarterWords(told.quarter)}`,
    of: { release: told.release, cover: coverNotes(told) },
    headline:
      figures === null
        ? []
        : [
            { name: 'Different people', value: printedWords(figures.people) },
            { name: 'New this year', value: printedWords(figures.new) },
            { name: 'Returning', value: printedWords(figures.returning) },
            { name: 'Children', value: printedWords(figures.children) },
            { name: 'Families', value: printedWords(figures.families) },
          ],
    parts: partsOf(told),
  }
}

function partsOf(told: ProgrammeQuarter): ToldPart[] {
  return [
    {
      heading: 'This quarter',
      holds: 'People reached, beside the quarter before and a year before',
      ...{ tables: [reachedTable(told)], isOpen: true },
    },
    {
      heading: 'Against targets',
      holds: 'People reached by each service, and its target',
      ...{ tables: [targetsTable(told)], isOpen: true },
      picture: (
        <PictureFigure
          picture={barPicture('services', 'People by service', told.now.figures.services)}
        />
      ),
    },
    {
      heading: 'What changed, and why',
      holds: 'Since the quarter before, and since the release before',
      ...{ tables: [changedTable(told)], isOpen: true },
    },
    {
      heading: 'From quarter to quarter',
      holds: 'People reached in each quarter, the year to date and since the start',
      ...{ tables: [trendTable(told)], isOpen: true },
      picture: <PictureFigure picture={trendPicture(told.trend, 'All services')} />,
    },
    {
      heading: 'How services were used',
      holds: 'Contacts, how use ended, and activities',
      tables: usedTables(told),
    },
    {
      heading: 'How good the data are',
      holds: 'Which services had sent files, and what is not known of people',
      tables: [filesTable(told), missingTable(told)],
    },
  ]
}
