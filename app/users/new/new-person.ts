import { z } from 'zod'

/** What is asked about anybody who is given an account. */
export const newPerson = {
  name: z
    .string()
    .trim()
    .regex(/[\p{L}\p{N}]/u, 'Enter their full name')
    .max(200, 'Enter a shorter name'),
  email: z.email({ error: 'Enter an email address, like name@example.org' }).max(254),
  exact: z.literal('yes').optional(),
}
