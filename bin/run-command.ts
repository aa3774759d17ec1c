import type { Command } from 'commander'

/** Something wrong with what was typed, found only when it was used; its message is shown as it is. */
export class UsageError extends Error {}

/** Runs an action that answers an exit status; its options hold the program's own, such as `--data`. */
export function exitWith<Options extends object>(
  command: Command,
  action: (options: Options & { data?: string }, ...args: string[]) => Promise<number>,
): void {
  command.exitOverride().action(async (...given: unknown[]) => {
    const args = given.slice(0, command.registeredArguments.length) as string[]
    process.exitCode = await action(command.optsWithGlobals(), ...args)
  })
}
