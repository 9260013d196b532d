/**
 * What applying 300 conversions to an empty container takes, in requests and in seconds under the published quota, on a
 * simulated clock: as the product does it, and with one call for each entity, on the same sandbox in the same run.
 * `npx tsx scripts/bench-apply.ts [conversions]`
 */
import { resourcesOf, type SmallPlan } from '../test/apply/make-resources.ts'
import { World } from '../test/apply/harness.ts'
import { LinkedClock } from '../test/apply/linked-clock.ts'

const conversions = Number(process.argv[2] ?? 300)
const plan: SmallPlan = {
  conversions: Array.from({ length: conversions }, (_, index) => ({
    id: `conversion_${index}`,
    stage: `stage_${index % 5}`,
    sends: ['method', 'place'],
    ...(index < 30 ? { keyEvent: { value: index + 1 } } : {}),
  })),
  variables: { method: '', place: '' },
  builtIns: [['clickUrl', 'Click URL']],
}

interface Measured {
  readonly gtm: number
  readonly ga4: number
  readonly seconds: number
  readonly machine: number
}

async function measure(world: World, behaviour: object): Promise<Measured> {
  await world.reset()
  await world.control('POST', 'behaviour', { maxKeyEvents: null, ...behaviour })
  await world.control('POST', 'quota', { mode: 'published' })
  const clock = await LinkedClock.linkedTo(world.sandbox.url)
  const [started, before] = [clock.now(), performance.now()]
  const report = await world.apply(resourcesOf(plan), { clock, publish: true })
  if (report.stopped) throw new Error(report.stopped.message)
  const { gtm, ga4 } = report.made
  return { gtm, ga4, seconds: (clock.now() - started) / 1000, machine: (performance.now() - before) / 1000 }
}

const world = await World.start()
try {
  const entities = resourcesOf(plan).filter(({ kind }) => kind.startsWith('gtm/')).length
  const bulk = await measure(world, {})
  const single = await measure(world, { bulkUpdate: 'unsupported' })
  const line = (name: string, { gtm, ga4, seconds, machine }: Measured): string =>
    `${name.padEnd(24)}${String(gtm).padStart(6)} GTM ${String(ga4).padStart(5)} GA4  ${seconds.toFixed(0).padStart(6)} s waited for quota  ${machine.toFixed(1)} s of machine`
  console.log(`${conversions} conversions, ${entities} GTM entities, published version included`)
  console.log(line('as the product does it', bulk))
  console.log(line('one call per entity', single))
  console.log(`ratio: ${(single.gtm / bulk.gtm).toFixed(0)} times fewer GTM requests`)
} finally {
  await world.sandbox.close()
}
