import type { Command } from 'commander'

/**
 * Something wrong with what was typed, found only when it was used; its message is shown as it is.
 */
export class UsageError extends Error {}

/** The options that every command takes. */
export interface GlobalOptions {
  data?: string
}

/**
 * Runs an action that answers an exit status; its options are the command's own and the global
 * ones.
 */
export function exitWith(
  command: Command,
  action: (options: never, ...args: string[]) => Promise<number>,
): void {
  command.exitOverride().action(async (...given: unknown[]) => {
    const args = given.slice(0, command.registeredArguments.length) as string[]
    process.exitCode = await action(command.optsWithGlobals<never>(), ...args)
  })
}
