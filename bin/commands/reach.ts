import { InvalidArgumentError, type Command } from 'commander'
import { GROUPINGS, type Grouping } from '#core/reach/measure.ts'
import { quarterOf, type Quarter } from '#core/dataset/quarter.ts'
import { appendAudit } from '#server/audit/append-audit.ts'
import { withTransaction } from '#server/db/pool.ts'
import { measureReach, type ExactReach } from '#server/reach/measure-reach.ts'
import type { Dataset } from '#server/submissions/dataset.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { parseDataset, parseQuarter } from '../read-input.ts'
import { exitWith } from '../run-command.ts'
import { DONE, print, printJson, printTable } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  from?: Quarter
  to?: Quarter
  by: Grouping[]
  dataset: Dataset
  exact?: boolean
  json?: boolean
}

/** countonce reach: how many different people were reached. */
export function addReachCommand(program: Command): void {
  const command = program
    .command('reach')
    .description(
      'count the different people reached, exactly, with the bounds that doubtful matches leave',
    )
    .option('--from <quarter>', 'first quarter (default: the programme’s first)', parseQuarter)
    .option('--to <quarter>', 'last quarter (default: the programme’s last)', parseQuarter)
    .option('--by <groups>', `any of ${GROUPINGS.join(', ')}, with commas between`, parseGroups, [])
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .option('--exact', 'exact figures, which are all there are on the command line')
    .option('--json', 'print one JSON document')
  exitWith<Options>(command, (options) =>
    withProgramme(options.data, async (store) => {
      const reach = await lookAtReach(store, options)
      if (options.json === true) printJson(asJson(reach, options.by))
      else showReach(reach, options.by)
      return DONE
    }),
  )
}

/** Measures, and leaves the look in the audit log. */
async function lookAtReach(store: ProgrammeStore, options: Options): Promise<ExactReach> {
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
  return reach
}

function asJson(reach: ExactReach, by: readonly Grouping[]): unknown {
  return {
    unique: reach.unique,
    cells: reach.cells.map(({ by: values, ...figures }) => ({
      ...Object.fromEntries(by.map((name, index) => [name, values[index] ?? ''])),
      ...figures,
    })),
  }
}

/** Shows reach as a table. */
export function showReach({ unique, cells }: ExactReach, by: readonly Grouping[]): void {
  const figures = ['people', 'lower', 'upper', 'children', 'adults', 'families'] as const
  const rows = cells.map((cell) => [
    ...cell.by.map((value) => (value === '' ? '(none)' : value)),
    ...figures.map((name) => cell[name]),
  ])
  const all = [
    ...by.map((_, index) => (index === 0 ? 'all, each counted once' : '')),
    ...figures.map((name) => unique[name]),
  ]
  printTable([...by, ...figures], [...rows, all])
  print()
  print(
    'Exact figures: not for publication. lower and upper are the bounds that doubtful matches leave on people.',
  )
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
