import { InvalidArgumentError, Option, type Command } from 'commander'
import { GROUPINGS, type Grouping } from '#core/reach/measure.ts'
import { quarterOf, type Quarter } from '#core/standard/quarter.ts'
import type { Printed } from '#core/disclosure/printed.ts'
import { intervalWords, type ReleasedFigures } from '#core/disclosure/released-figures.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { LookedReach } from '#server/figures/reach/look-at-reach.ts'
import { measureReach, type ExactReach } from '#server/figures/reach/measure-reach.ts'
import {
  readEstimate,
  type EstimatedFigures,
  type EstimatedReach,
} from '#server/figures/reach/read-estimate.ts'
import { readRelease } from '#server/figures/releases/list-releases.ts'
import { readReleasedReach, type ReleasedReach } from '#server/figures/releases/released-reach.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { parseDataset, parseQuarter } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'
import { sayRefused } from './release.ts'

interface Options {
  from?: Quarter
  to?: Quarter
  by: Grouping[]
  dataset: Dataset
  exact?: boolean
  released?: boolean
  json?: boolean
}

/** countonce reach: how many different people were reached. */
export function addReachCommand(program: Command): void {
  const command = program
    .command('reach')
    .description('count the different people reached, with the bounds that doubtful matches leave')
    .option('--from <quarter>', 'first quarter (default: the programme’s first)', parseQuarter)
    .option('--to <quarter>', 'last quarter (default: the programme’s last)', parseQuarter)
    .option('--by <groups>', `any of ${GROUPINGS.join(', ')}, with commas between`, parseGroups, [])
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .addOption(new Option('--exact', 'exact figures (default)').conflicts('released'))
    .option('--released', 'figures of the latest release, which may be published')
    .option('--json', 'print one JSON document')
  exitWith(command, (options: Options & GlobalOptions) =>
    withProgramme(options.data, async (store) => {
      if (options.released === true) return showReleased(store, options)
      const { reach, estimated } = await lookAtReach(store, options)
      if (options.json === true) {
        printJson({ ...asJson(reach, options.by), estimated: estimatedJson(estimated) })
      } else {
        showReach(reach, options.by)
        showEstimates(reach, estimated, options.by)
      }
      return DONE
    }),
  )
}

/** Measures, and leaves the look in the audit log. */
async function lookAtReach(store: OwnProgrammeStore, options: Options): Promise<LookedReach> {
  const from = options.from ?? quarterOf(store.programme.from)
  const to = options.to ?? quarterOf(store.programme.to)
  const reach = await measureReach(store.pool, { dataset: options.dataset, from, to }, options.by)
  await withTransaction(store.pool, (client) =>
    appendAudit(client, {
      actor: OPERATOR,
      event: 'reach.measured',
      subject: options.dataset,
      detail: { from, to, by: options.by.join(' ') },
    }),
  )
  const estimated =
    options.dataset === 'production'
      ? await readEstimate(store.pool, { from, to }, options.by, reach)
      : undefined
  return { reach, estimated }
}

/** Estimates by the place of their cell; null while they are being made. */
function estimatedJson(estimated: EstimatedReach | undefined): object | null {
  return estimated ?? null
}

/** Shows what was found beside what there is by estimate. */
function showEstimates(
  reach: ExactReach,
  estimated: EstimatedReach | undefined,
  by: readonly Grouping[],
): void {
  print()
  if (estimated === undefined) {
    print('No estimate is made of these links yet: a worker makes it, or countonce estimate.')
    return
  }
  const row = (
    found: { readonly people: number; readonly families: number },
    { people, families }: EstimatedFigures,
  ): string[] => [
    ...[found.people, people.estimate].map(String),
    `${String(people.low)} to ${String(people.high)}`,
    ...[found.families, families.estimate].map(String),
    `${String(families.low)} to ${String(families.high)}`,
  ]
  const cells = reach.cells.flatMap((cell, place) => {
    const figures = estimated.cells[place]
    return figures === undefined ? [] : [[...cell.by, ...row(cell, figures)]]
  })
  const all = by.map((_, index) => (index === 0 ? 'all, each counted once' : ''))
  printTable(
    [
      ...by,
      ...['people found', 'estimate', '95% interval'],
      ...['families found', 'estimate', '95% interval'],
    ],
    [...cells, [...all, ...row(reach.unique, estimated.unique)]],
  )
  const { children, childrenAlone, withoutCarer, adults, adultsAlone } = estimated.families
  print(
    `${String(childrenAlone)} of ${String(children)} children are tied to nobody, ${String(withoutCarer)} of them without a known carer; ${String(adultsAlone)} of ${String(adults)} adults are tied to no child`,
  )
  for (const { service, rows, withoutStrong, share } of estimated.services.slice(0, 3)) {
    print(
      `${service}: ${String(withoutStrong)} of ${String(rows)} rows have no strong evidence; ${String(Math.round(share * 100))}% of what is counted twice`,
    )
  }
}

/** Looks figures up in the latest release; nothing is counted. */
async function showReleased(store: OwnProgrammeStore, options: Options): Promise<number> {
  if (options.dataset !== 'production') return sayRefused('not-released')
  const release = await readRelease(store.pool)
  if (release === undefined) return sayRefused('release-unknown')
  const reach = await readReleasedReach(store.pool, release, options)
  if (!reach.ok) return sayRefused(reach.code)
  if (options.json === true) {
    printJson({ release: release.reference, ...asJson(asTable(reach), options.by) })
    return DONE
  }
  showTable(asTable(reach), options.by)
  print()
  print(
    `Release ${release.reference}: * hides ${release.settings.threshold} people or fewer, other figures are to the nearest ${release.settings.base}.`,
  )
  print(intervalWords(reach.unique, release.settings.threshold))
  return DONE
}

type Figures<Value> = Readonly<Record<(typeof FIGURES)[number], Value>>

/** Figures that are printed as they are: exact numbers, or released ones. */
interface FigureTable<Value> {
  readonly unique: Figures<Value>
  readonly cells: readonly (Figures<Value> & { readonly by: readonly string[] })[]
}

const FIGURES = ['people', 'lower', 'upper', 'children', 'adults', 'families'] as const

/** Leaves out what exact reach has no word for. */
function asTable({ unique, cells }: ReleasedReach): FigureTable<Printed> {
  const figuresOf = ({ people, lower, upper, children, adults, families }: ReleasedFigures) => ({
    children,
    adults,
    families,
    people,
    lower,
    upper,
  })
  return {
    unique: figuresOf(unique),
    cells: cells.map((cell) => ({ by: cell.by, ...figuresOf(cell) })),
  }
}

function asJson(reach: FigureTable<Printed>, by: readonly Grouping[]): object {
  return {
    unique: reach.unique,
    cells: reach.cells.map(({ by: values, ...figures }) => ({
      ...Object.fromEntries(by.map((name, index) => [name, values[index] ?? ''])),
      ...figures,
    })),
  }
}

/** Shows exact reach as a table. */
export function showReach(reach: ExactReach, by: readonly Grouping[]): void {
  showTable(reach, by)
  print()
  print(
    'Exact figures: not for publication. lower and upper are the bounds that doubtful matches leave on people.',
  )
}

function showTable({ unique, cells }: FigureTable<Printed>, by: readonly Grouping[]): void {
  const rows = cells.map((cell) => [
    ...cell.by.map((value) => (value === '' ? '(none)' : value)),
    ...FIGURES.map((name) => cell[name]),
  ])
  const all = [
    ...by.map((_, index) => (index === 0 ? 'all, each counted once' : '')),
    ...FIGURES.map((name) => unique[name]),
  ]
  printTable([...by, ...FIGURES], [...rows, all])
}

function parseGroups(text: string): Grouping[] {
  const groups = text.split(',').map((name) => name.trim())
  const isGrouping = (name: string): name is Grouping => GROUPINGS.some((known) => known === name)
  const known = groups.filter(isGrouping)
  if (known.length !== groups.length || new Set(groups).size !== groups.length) {
    throw new InvalidArgumentError(`Any of ${GROUPINGS.join(', ')}, each once.`)
  }
  return known
}
