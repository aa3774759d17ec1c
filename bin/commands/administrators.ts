import type { Command } from 'commander'
import { inviteFirst } from '../first-administrators.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { withProgramme } from '../with-store.ts'

interface Options {
  email: string
  name: string
}

/** countonce administrators: the two that a programme begins with. */
export function addAdministratorsCommand(program: Command): void {
  const administrators = program
    .command('administrators')
    .description('the first two administrators of a programme; every other takes two people')
  const command = administrators
    .command('invite')
    .description(
      'print and mail somebody a link to set a password, before there are two administrators',
    )
    .requiredOption('--email <address>', 'where the link is sent')
    .requiredOption('--name <name>', 'their full name')
  exitWith(command, ({ data, email, name }: Options & GlobalOptions) =>
    withProgramme(data, (store) => inviteFirst(store, store.programme, [{ email, name }])),
  )
}
