/**
 * Storms of test/scenarios/storms/storm.ts: `npm run soak -- --runs 2000 --seed 1`. Every run has a seed of its own,
 * which makes the same storm again: `--seed N --runs 1`. Ends with 1 when a run was wrong; each is told with its seed.
 */
import { parseArgs } from 'node:util'
import { noTally, rideOut } from '../test/scenarios/storms/storm.ts'
import { Town } from '../test/scenarios/storms/town.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    verbose: { type: 'boolean', default: false },
  },
})
const first = Number(values.seed)
const runs = Number(values.runs)
const tally = noTally()
const wrong: number[] = []
const town = await Town.found()
const startedAt = Date.now()
try {
  for (let seed = first; seed < first + runs; seed++) {
    const log: string[] = []
    try {
      await rideOut(town, seed, tally, log)
      if (values.verbose) console.log(log.join('\n'))
    } catch (error) {
      wrong.push(seed)
      console.log(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
      if (values.verbose) console.log(`${log.join('\n')}\n${error instanceof Error ? error.stack : ''}`)
    }
    const done = seed - first + 1
    if (done % 100 === 0 || done === runs) {
      const seconds = Math.round((Date.now() - startedAt) / 1000)
      console.log(
        `${done} storms from seed ${first}, ${wrong.length} wrong, ${seconds} s: ${JSON.stringify(tally)}`,
      )
    }
  }
} finally {
  await town.close()
}
if (wrong.length > 0) {
  console.log(`wrong: ${wrong.join(' ')}`)
  process.exitCode = 1
}
