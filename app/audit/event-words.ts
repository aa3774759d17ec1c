/** An event as a person reads it: `submission.linked` is “Submission linked”. */
export function eventWords(event: string): string {
  const words = event.replace('.', ' ').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
