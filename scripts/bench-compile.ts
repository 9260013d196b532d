/** Compiling 500 conversions must take about ten times as long as 50: prints the two times and their ratio. */
import { join } from 'node:path'
import { compile } from '../src/compile/compile.ts'
import { estimateSize, renderSize } from '../src/compile/size.ts'
import { readTemplates } from '../src/compile/templates.ts'
import { buildPlan } from '../src/plan/build.ts'
import type { Micro, PlanDocument } from '../src/plan/plan-types.ts'

const templates = await readTemplates([join(import.meta.dirname, '../templates/gtm')])

/** Five kinds of conversions in turn, with parameters that are partly shared. */
function conversion(index: number): Micro {
  const common = { title: `Conversion ${index}`, feeds: ['order'], event: `event_${index}` }
  const parameters = {
    shared: { dataLayer: `shared.key_${index % 20}` },
    own: { dataLayer: `own.key_${index}` },
    group: {
      lookup: { from: { url: 'path' }, map: { [`/p/${index}`]: `group ${index}` } },
      default: 'other',
    },
  }
  const kinds = [
    { trigger: { dataLayer: `event_${index}` } },
    { trigger: { link: { selector: `a.link-${index}` }, when: [{ path: { startsWith: `/p/${index}` } }] } },
    { trigger: { form: { id: `form-${index}` }, unless: [{ cookie: { team: { equals: '1' } } }] } },
    { trigger: { all: [{ scroll: { percent: [75] } }, { timer: { every: '30s' } }] } },
    { trigger: { visible: { selector: `.success-${index}` } }, event: 'shared_event' },
  ]
  return { ...common, parameters, ...kinds[index % kinds.length] }
}

function documentWith(count: number): PlanDocument {
  const stages = Array.from({ length: count / 5 }, (_, stage) => {
    const micro = Array.from({ length: 5 }, (__, place) => {
      const index = stage * 5 + place
      return [`conversion_${index}`, conversion(index)] as const
    })
    return [`stage_${stage}`, { title: `Stage ${stage}`, micro: Object.fromEntries(micro) }] as const
  })
  return {
    version: 1,
    plan: 'bench',
    title: 'Bench',
    environments: {
      live: {
        gtm: { account: '1', container: 'GTM-BENCH01' },
        ga4: { property: '1', measurementId: 'G-BENCH' },
      },
    },
    goals: { order: { title: 'Order', primary: true, event: 'order', trigger: { dataLayer: 'order' } } },
    stages: Object.fromEntries(stages),
  }
}

/** The fastest of several runs: what the machine can do when nothing else disturbs it. */
function fastest(count: number, runs: number): { milliseconds: number; resources: number; size: string } {
  const document = documentWith(count)
  const times: number[] = []
  let resources: ReturnType<typeof compile>['resources'] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    resources = compile(buildPlan(document, 'live', 'bench.yaml'), templates).resources
    times.push(performance.now() - start)
  }
  return {
    milliseconds: Math.min(...times),
    resources: resources.length,
    size: renderSize(estimateSize(resources)),
  }
}

const small = fastest(50, 15)
const large = fastest(500, 15)
for (const [count, result] of [
  [50, small],
  [500, large],
] as const) {
  console.log(
    `${count} conversions: ${result.milliseconds.toFixed(1)} ms, ${result.resources} resources, ${result.size}`,
  )
}
console.log(`ratio 500:50 = ${(large.milliseconds / small.milliseconds).toFixed(1)} (linear: 10)`)
