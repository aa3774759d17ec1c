import type { Command } from 'commander'
import { keptWords } from '#core/messages/retention/retention-words.ts'
import { DAILY_KINDS, RETENTION } from '#core/retention/schedule.ts'
import { countDue, removeDue, type Stopped } from '#server/jobs/retention/run-retention.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, printJson, printTable, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options extends GlobalOptions {
  do?: boolean
  json?: boolean
}

/** countonce retention: what has had its time by the schedule, and having it removed at once. */
export function addRetentionCommand(program: Command): void {
  const command = program
    .command('retention')
    .description('count what has had its time by the schedule; nothing is changed without --do')
    .option('--do', 'remove it now; a worker does so every day, a day after it was counted')
    .option('--json', 'print one JSON document')
  exitWith(command, (options: Options) =>
    withProgramme(options.data, async (store) => {
      const now = new Date()
      const isDone = options.do === true
      const run = isDone
        ? await removeDue(store, { asOf: now, actor: OPERATOR })
        : await countDue(store.database, now)
      const counts = isDone ? run.removed : run.due
      if (options.json === true) printJson({ done: isDone, counts, stopped: run.stopped })
      else {
        printTable(
          ['What', 'Kept', isDone ? 'Removed' : 'Due', 'Stopped by'],
          DAILY_KINDS.map((kind) => {
            const stop = run.stopped[kind]
            const by = stop === undefined ? '' : STOPPED_WORDS[stop]
            return [RETENTION[kind].what, keptWords(kind), String(counts[kind] ?? 0), by]
          }),
        )
        if (!isDone) say('Nothing was changed. Add --do to remove it now.')
      }
      return DONE
    }),
  )
}

const STOPPED_WORDS: Readonly<Record<Stopped, string>> = {
  held: 'a legal hold',
  asked: 'an open request of a person',
}
