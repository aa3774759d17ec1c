import { config } from 'zod'

/**
 * Has zod make no code from strings, before any of its schemas is built: the process that reads may not, and one
 * that is restored from a picture was begun in one that might.
 */
config({ jitless: true })
