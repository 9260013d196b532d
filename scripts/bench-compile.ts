/**
 * Compiling and comparing 500 conversions must take about ten times as long as 50: prints the times and their ratio.
 * What is compared with is a container that holds the whole plan already, the most that a diff can have to do.
 */
import { join } from 'node:path'
import { compile } from '../src/compile/compile.ts'
import { renderContainerFile } from '../src/compile/export.ts'
import { estimateSize, renderSize } from '../src/compile/size.ts'
import { readTemplates } from '../src/compile/templates.ts'
import { buildPlan } from '../src/plan/build.ts'
import type { Micro, PlanDocument } from '../src/plan/plan-types.ts'
import { parseExport } from '../src/lift/parse-export.ts'
import { diff } from '../src/diff/diff.ts'
import { containerOf } from '../src/live/container.ts'
import type { LiveState } from '../src/live/live.ts'

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

/** A container that holds what was compiled. */
function liveWith(text: string): LiveState {
  const { version } = parseExport(text, 'bench.json')
  return {
    plan: 'bench',
    container: { path: 'accounts/1/containers/1', publicId: 'GTM-BENCH01', usageContext: ['web'] },
    property: 'properties/1',
    version: { id: '1', path: 'accounts/1/containers/1/versions/1', name: '', description: '' },
    content: containerOf(version ?? {}, { plan: 'bench' }),
    ga4: [],
    ga4Reads: 0,
    listed: { keyEvents: [], settings: [] },
    ga4Uses: [],
    gtmReads: 0,
  }
}

interface Times {
  readonly compile: number
  readonly diff: number
  readonly summary: string
}

/** The fastest of several runs: what the machine can do when nothing else disturbs it. */
function fastest(count: number, runs: number): Times {
  const document = documentWith(count)
  const plan = buildPlan(document, 'live', 'bench.yaml')
  const { resources } = compile(plan, templates)
  const live = liveWith(renderContainerFile(plan, resources, new Date(0)))
  const { changeSet } = diff(resources, live, { environment: 'live' })
  const best = (work: () => unknown): number =>
    Math.min(
      ...Array.from({ length: runs }, () => {
        const start = performance.now()
        work()
        return performance.now() - start
      }),
    )
  const size = renderSize(estimateSize(resources))
  return {
    compile: best(() => compile(buildPlan(document, 'live', 'bench.yaml'), templates)),
    diff: best(() => diff(resources, live, { environment: 'live' })),
    summary: `${resources.length} resources, ${changeSet.summary.unchanged} unchanged, ${size}`,
  }
}

const small = fastest(50, 10)
const large = fastest(500, 10)
for (const [count, { compile: compiled, diff: compared, summary }] of [
  [50, small],
  [500, large],
] as const) {
  console.log(
    `${count} conversions: compile ${compiled.toFixed(1)} ms, diff ${compared.toFixed(1)} ms; ${summary}`,
  )
}
const ratio = (of: (times: Times) => number): string => (of(large) / of(small)).toFixed(1)
console.log(
  `ratio 500:50 (linear: 10): compile ${ratio((each) => each.compile)}, diff ${ratio((each) => each.diff)}`,
)
