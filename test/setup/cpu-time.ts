/** Milliseconds of processor that work takes in this process: a clock tells how busy the machine is besides. */
export async function cpuTime(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}
