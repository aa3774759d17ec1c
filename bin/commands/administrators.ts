import { join } from 'node:path'
import type { Command } from 'commander'
import { inviteFirstAdministrator } from '#server/identity/accounts/first-administrators.ts'
import { openMailer } from '#server/platform/mail/mailer.ts'
import { readOrigin } from '#server/portal/opening/portal-settings.ts'
import { recordRefused } from '../consent.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, sayRefusal } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

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
    .description('mail somebody a link to set a password, before there are two administrators')
    .requiredOption('--email <address>', 'where the link is sent')
    .requiredOption('--name <name>', 'their full name')
  exitWith(command, ({ data, email, name }: Options & GlobalOptions) =>
    withProgramme(data, async ({ pool, dataDir, env, programme }) => {
      const { origin, hostname } = readOrigin(env['COUNTONCE_ORIGIN'] ?? '')
      const from = env['MAIL_FROM'] ?? `count-once@${hostname}`
      const mailer = openMailer({
        ...{ smtpUrl: env['SMTP_URL'], from, live: programme.live },
        folder: join(dataDir, 'mail'),
      })
      const invited = await inviteFirstAdministrator(
        {
          ...{ pool, mailer, origin, now: () => new Date() },
          programme: { name: programme.name, words: [] },
        },
        OPERATOR,
        { email, name },
      )
      if (!invited.ok) {
        await recordRefused({ pool }, invited, 'administrator-grant')
        return sayRefusal(invited)
      }
      print(invited.id)
      return DONE
    }),
  )
}
