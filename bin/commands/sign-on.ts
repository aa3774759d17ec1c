import type { Command } from 'commander'
import { readCredential } from '#server/identity/sign-on/sign-on-settings.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { keepSignOnSecret } from '#server/keys/sign-on-secret.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { writeSignOnRules } from '#server/programme/register/sign-on-rules.ts'
import { bytesOf, readText } from '../read-input.ts'
import { exitWith, UsageError, type GlobalOptions } from '../run-command.ts'
import { DONE, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'
import { readRegister } from './init.ts'

interface GroupsOptions {
  programme: string
}

interface SecretOptions {
  from: string
}

/** countonce sign-on: how people of the programme sign in with their organisation's accounts. */
export function addSignOnCommand(program: Command): void {
  const signOn = program
    .command('sign-on')
    .description('signing in with the accounts of an organisation (OpenID Connect)')
  const groups = signOn
    .command('groups')
    .description('take what a programme’s register says of groups and passwords')
    .requiredOption('--programme <file>', 'the programme’s register, JSON, with its part "signOn"')
  exitWith(groups, async ({ data, programme: path }: GroupsOptions & GlobalOptions) => {
    const { signOn: rules } = readRegister(await readText(path), path)
    if (rules === undefined) throw new UsageError(`${path} has no part "signOn"`)
    return withProgramme(data, async ({ pool, programme }) => {
      await withTransaction(pool, async (client) => {
        await writeSignOnRules(client, rules)
        await appendAudit(client, {
          ...{ actor: OPERATOR, event: 'sign-on.set', subject: programme.code },
          detail: { groups: rules.groups.length, passwordRoles: rules.passwordRoles.join(' ') },
        })
      })
      say(
        `${rules.groups.length} groups. Portals that run take the roles with passwords when they start again.`,
      )
      return DONE
    })
  })
  const secret = signOn
    .command('secret')
    .description(
      'keep the client secret, or the key and its certificate (PEM), with the portal’s keys',
    )
    .requiredOption('--from <file>', 'the file that holds it; remove it afterwards')
  exitWith(secret, async ({ data, from }: SecretOptions & GlobalOptions) => {
    const pieces: Uint8Array[] = []
    for await (const piece of bytesOf(from)) pieces.push(piece)
    const kept = new Uint8Array(Buffer.concat(pieces))
    if (readCredential(kept) === undefined) {
      throw new UsageError(`${from} holds neither a client secret nor a key with its certificate`)
    }
    return withProgramme(data, async ({ pool, programme, dataDir, env }) => {
      // Whoever has it is this portal to the organisation: what cannot be written down is not kept.
      await withTransaction(pool, async (client) => {
        await appendAudit(client, {
          ...{ actor: OPERATOR, event: 'sign-on.secret-kept', subject: programme.code },
        })
        await keepSignOnSecret({ dataDir, env }, kept)
      })
      say('It is kept with the portal’s keys. Start the portal again.')
      return DONE
    })
  })
}
