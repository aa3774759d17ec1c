import { InvalidArgumentError, Option, type Command } from 'commander'
import { countDoubts, listDoubts, type ListedDoubt } from '#server/linkage/decisions/list-doubts.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { parseDataset } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable } from '../terminal.ts'
import { withProgramme } from '../with-store.ts'

interface Options {
  dataset: Dataset
  kind?: ListedDoubt['kind']
  limit: number
  json?: boolean
}

/** countonce conflicts: what was kept apart and waits for a person. */
export function addConflictsCommand(program: Command): void {
  const command = program
    .command('conflicts')
    .description(
      'list conflicts and near matches: records that may be one person and were kept apart',
    )
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .addOption(new Option('--kind <kind>', 'one kind only').choices(['conflict', 'near-match']))
    .option('--limit <n>', 'how many to list at most', parseLimit, 100)
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, dataset, kind, limit, json }: Options & GlobalOptions) =>
    withProgramme(data, async (store) => {
      const counts = await countDoubts(store.pool, dataset)
      const listed = await listDoubts(store.pool, {
        dataset,
        limit,
        ...(kind === undefined ? {} : { kind }),
      })
      if (json === true) printJson({ counts, listed })
      else show(counts, listed)
      return DONE
    }),
  )
}

function show(
  counts: Awaited<ReturnType<typeof countDoubts>>,
  listed: readonly ListedDoubt[],
): void {
  printTable(
    ['kind', 'code', 'how many'],
    counts.map(({ kind, code, count }) => [kind, code, count]),
  )
  print()
  for (const { kind, code, sides } of listed) {
    print(`${kind}, ${code}`)
    sides.forEach((side, index) => {
      print(
        `  side ${index + 1}: ${side.map((place) => `${place.service} ${place.quarter} row ${place.place} (${place.reference})`).join('; ')}`,
      )
    })
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  if (listed.length < total) print(`${listed.length} of ${total} listed; --limit lists more.`)
}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1)
    throw new InvalidArgumentError('A whole number from 1.')
  return limit
}
