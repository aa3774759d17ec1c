import type { Prisma } from './generated/client.ts'

/**
 * What we made ourselves and is kept as JSON, as Prisma takes it: our types have no index
 * signature.
 */
export function jsonValue(value: object): Prisma.InputJsonValue {
  return value
}
