/** A day, `yyyy-mm-dd`, as Prisma takes it for a column of type date: its midnight in UTC. */
export function dateOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** The day, `yyyy-mm-dd`, of a column of type date as Prisma hands it over. */
export function dayOfDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}
