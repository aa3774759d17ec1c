import { BlockList, isIP, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type pg from 'pg'
import { Fault } from '#server/platform/faults/fault.ts'
import { databaseFault } from './database-fault.ts'

/** Addresses that no packet leaves this machine for. */
const OWN_MACHINE = new BlockList()
OWN_MACHINE.addSubnet('127.0.0.0', 8, 'ipv4')
OWN_MACHINE.addAddress('::1', 'ipv6')

/**
 * Throws `database-unencrypted` where connections of a pool leave this machine without TLS; told
 * from the connection itself, whatever its address asks for.
 */
export async function demandEncryption(pool: pg.Pool): Promise<void> {
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseFault(error)
  })
  try {
    const { stream } = (client as unknown as pg.Client).connection
    const isOwn = stream instanceof Socket && isOwnMachine(stream.remoteAddress)
    if (!(stream instanceof TLSSocket) && !isOwn) throw new Fault('database-unencrypted')
  } finally {
    client.release()
  }
}

/** Whether an address is this machine's own; a socket in a folder has none. */
export function isOwnMachine(address: string | undefined): boolean {
  if (address === undefined) return true
  return isIP(address) !== 0 && OWN_MACHINE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
