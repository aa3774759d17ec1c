import { Fault, systemCode } from '#server/platform/faults/fault.ts'

/** Where a process was to listen, and the setting that says so. */
export interface ListeningPlace {
  readonly setting: string
  readonly port: number
}

/** Why nobody can listen at a place: `port-taken` by another process, or `port-refused` by the machine. */
export function portFault(error: unknown, { setting, port }: ListeningPlace): Fault {
  const state = systemCode(error)
  if (state === 'EADDRINUSE') return new Fault('port-taken', { setting, port }, error)
  return new Fault('port-refused', { setting, port, state }, error)
}
