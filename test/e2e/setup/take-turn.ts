import pg from 'pg'
import { afterAll, inject } from 'vitest'

/** Any number that nothing else locks by. */
const TURN = 20_261_129

/**
 * One portal and one demonstration: a file of tests begins when the one before it has ended. The
 * database that they share keeps the turn, and gives it on when a runner dies.
 */
const turn = new pg.Client(inject('portal').databaseUrl)
await turn.connect()
await turn.query('select pg_advisory_lock($1)', [TURN])
afterAll(() => turn.end())
