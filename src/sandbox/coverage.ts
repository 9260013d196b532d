/** The published list of what is imitated and what is not, drawn from the route table. */
import { APIS, type Api } from './facts.ts'
import { ROUTES, type Route } from './routes.ts'

const TITLES = {
  'tagmanager.v2': 'Tag Manager API v2',
  'analyticsadmin.v1beta': 'Google Analytics Admin API v1beta',
  'analyticsadmin.v1alpha': 'Google Analytics Admin API v1alpha',
  'analyticsdata.v1beta': 'Google Analytics Data API v1beta',
  'bigquery.v2': 'BigQuery API v2',
} as const

export function renderCoverage(): string {
  const sections = Object.values(APIS).map(renderApi)
  return `# What the sandbox imitates

Generated from the sandbox's route table by \`scripts/sandbox-coverage.ts\`; the methods are those of Google's discovery
documents. A method that is not imitated answers 501 and names itself.

${sections.join('\n')}`
}

function renderApi(api: Api): string {
  const routes = ROUTES.filter((route) => route.api === api)
  const imitated = routes.filter((route) => route.handler)
  const rest = routes.filter((route) => !route.handler)
  return `## ${TITLES[api.name]}

Revision ${api.revision}: ${imitated.length} of ${routes.length} methods.

### Imitated

${byResource(imitated)}${rest.length === 0 ? '' : `\n### Not imitated\n\n${byResource(rest)}`}`
}

/** One line a resource, with its methods. */
function byResource(routes: readonly Route[]): string {
  const methods = new Map<string, string[]>()
  for (const { method } of routes) {
    const cut = method.id.lastIndexOf('.')
    const resource = method.id.slice(0, cut)
    methods.set(resource, [...(methods.get(resource) ?? []), method.id.slice(cut + 1)])
  }
  const lines = [...methods].sort(([a], [b]) => (a < b ? -1 : 1))
  return lines.map(([resource, names]) => `- \`${resource}\`: ${names.sort().join(', ')}\n`).join('')
}
