import type { Command } from 'commander'
import { demandAddress, inviteFirst, inviteReplacement } from '../first-administrators.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { withProgramme } from '../with-store.ts'

interface Options {
  email: string
  name: string
  as?: string
}

/** countonce administrators: the two that a programme begins with, and another where too few are left. */
export function addAdministratorsCommand(program: Command): void {
  const administrators = program
    .command('administrators')
    .description(
      'the first two administrators of a programme, and another where fewer than two are left',
    )
  const command = administrators
    .command('invite')
    .description(
      'print and mail somebody a link to set a password, before there are two administrators',
    )
    .requiredOption('--email <address>', 'where the link is sent')
    .requiredOption('--name <name>', 'their full name')
    .option(
      '--as <user>',
      'where fewer than two administrators are left: the administrator, data protection officer or auditor who agrees, with their one-time code',
    )
  exitWith(command, ({ data, email, name, as }: Options & GlobalOptions) => {
    demandAddress(email)
    return withProgramme(data, (store) =>
      as === undefined
        ? inviteFirst(store, store.programme, [{ email, name }])
        : inviteReplacement(store, { email, name }, as),
    )
  })
}
