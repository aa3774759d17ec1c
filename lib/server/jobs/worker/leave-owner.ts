import { writtenOver } from '#server/platform/machine/freed-memory.ts'
import { loginVariable, withoutOwner } from '#server/store/logins.ts'
import { openWorkerStore, type StorePlace } from '#server/store/store.ts'

/**
 * Makes a process that was started with the address of the database's owner begin again without it:
 * it has made its login ready by then, and whoever reads its environment finds that login alone. Does
 * nothing where there is no such address. A process with a channel to whoever started it, and one on
 * Windows, forget the address and go on: the environment they began with stays readable.
 */
export async function leaveOwner(place: Pick<StorePlace, 'dataDir'>): Promise<void> {
  const { env } = process
  const ours = loginVariable('worker')
  if ((env['DATABASE_URL'] ?? '') === '' || (env[ours] ?? '') !== '') return
  const store = await openWorkerStore({ ...place, env })
  const url = store.databaseUrl
  await store.close()
  const kept = withoutOwner(env)
  for (const name of Object.keys(env)) if (!(name in kept)) Reflect.deleteProperty(env, name)
  Object.assign(env, writtenOver(env), { [ours]: url })
  if (process.send === undefined && process.execve !== undefined) {
    const [program = process.execPath, ...args] = process.argv
    process.execve(process.execPath, [program, ...process.execArgv, ...args], env)
  }
}
