import { z } from 'zod'

/**
 * The page's policy lets no text become code; zod would try it once to learn that. Imported before
 * anything with a schema.
 */
z.config({ jitless: true })
