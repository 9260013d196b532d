/** The pages for people: what somebody who tries the product would see at Google. Read only, no scripts. */
import type { Answer } from '../answer.ts'
import { collectionOf } from '../ga4/resources.ts'
import { KIND_FACTS, KINDS } from '../gtm/kinds.ts'
import type { GtmContainer } from '../state.ts'
import type { World } from '../world.ts'
import {
  compareView,
  containerHref,
  containerSummary,
  containerView,
  listView,
  scopeOf,
  scopeView,
  sections,
} from './container-view.ts'
import { entityView } from './entity-view.ts'
import { propertySummary, propertyView } from './property-view.ts'
import { pageTemplates } from './templates.ts'
import { timeWords } from './words.ts'

interface Page {
  readonly template: string
  readonly title: string
  readonly crumbs?: readonly { readonly name: unknown; readonly href?: string }[]
  readonly sections?: unknown
  readonly view: object
}

/** No script, nothing from elsewhere, in nobody's frame. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

/** The page at the path; undefined where there is none of that name and the path is not one of ours. */
export async function answerPage(world: World, path: string, url: string): Promise<Answer | undefined> {
  if (path === '/style.css')
    return { status: 200, body: (await pageTemplates()).style, contentType: 'text/css; charset=UTF-8' }
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
  if (!['container', 'property', 'requests', undefined].includes(parts[0])) return undefined
  const page = findPage(world, parts, url)
  const { render } = await pageTemplates()
  const found = page ?? { template: 'not-found', title: 'Not found', view: {} }
  const { template, title, crumbs, view } = found
  const body = render(template, { title, crumbs, sections: page?.sections, ...view })
  return { status: page ? 200 : 404, body, contentType: 'text/html; charset=UTF-8' }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function findPage(world: World, parts: readonly string[], url: string): Page | undefined {
  const [root, first = '', second = '', ...rest] = parts
  if (root === undefined) return home(world, url)
  if (root === 'requests') return requests(world)
  if (root === 'property') return property(world, first)
  const container = world.store.state.gtm.get(first)?.containers.get(second)
  return container && containerPage(container, rest)
}

function home(world: World, url: string): Page {
  const { gtm } = world.store.state
  const properties = [...collectionOf(world.store, 'properties').values()]
  return {
    template: 'home',
    title: 'Sandbox',
    view: {
      url,
      accounts: [...gtm.values()].map((account) => ({
        name: account.account['name'],
        id: account.account['accountId'],
        containers: [...account.containers.values()].map(containerSummary),
      })),
      properties: properties.map((one) => propertySummary(world.store, one)),
      empty: gtm.size === 0 && properties.length === 0,
      quota: world.quota.mode,
      requests: world.requests.length,
      faults: world.faults.list().filter((fault) => fault.happened < fault.times).length,
      time: timeWords(world.store.clock.now()),
      frozen: world.store.clock.frozen,
    },
  }
}

const SHOWN_REQUESTS = 200

function requests(world: World): Page {
  const shown = world.requests
    .slice(-SHOWN_REQUESTS)
    .reverse()
    .map((request) => ({
      ...request,
      time: request.time.slice(11, 19),
      failed: request.status === undefined || request.status >= 400,
    }))
  return {
    template: 'requests',
    title: 'Requests',
    crumbs: [{ name: 'Requests' }],
    view: { shown, total: world.requests.length },
  }
}

function property(world: World, id: string): Page | undefined {
  const view = propertyView(world.store, id)
  return view && { template: 'property', title: String(view.name), crumbs: [{ name: view.name }], view }
}

function containerPage(
  container: GtmContainer,
  [kind, id = '', collection, entityId]: readonly string[],
): Page | undefined {
  const name = container.container['name']
  const crumbs = [{ name, href: containerHref(container) }]
  if (kind === undefined)
    return { template: 'container', title: String(name), crumbs, view: containerView(container) }
  if (kind === 'compare') return comparePage(container, id, collection ?? '')
  if (kind !== 'workspaces' && kind !== 'versions') return undefined
  const scope = scopeOf(container, kind, id)
  if (!scope) return undefined
  const here = [...crumbs, { name: scope.title, href: scope.base }]
  const common = {
    scopeTitle: scope.title,
    scopeSubtitle: scope.subtitle,
    publicId: container.container['publicId'],
  }
  if (collection === undefined) {
    return {
      template: 'scope',
      title: scope.title,
      crumbs: here,
      sections: sections(scope, ''),
      view: { ...common, ...scopeView(scope) },
    }
  }
  const entityKind = KINDS.find(
    (candidate) => KIND_FACTS[candidate].collection === collection && candidate !== 'builtInVariable',
  )
  if (!entityKind) return undefined
  const nav = sections(scope, collection)
  if (entityId === undefined) {
    const view = listView(scope, entityKind)
    return {
      template: 'list',
      title: view.title,
      crumbs: [...here, { name: view.title }],
      sections: nav,
      view: { ...common, ...view },
    }
  }
  const before = scope.before ? scope.before[entityKind].get(entityId) : null
  const view = entityView(scope.content, scope.base, entityKind, entityId, before)
  if (!view) return undefined
  const list = { name: `${view.kind}s`, href: `${scope.base}/${collection}` }
  return {
    template: 'entity',
    title: view.name,
    crumbs: [...here, list, { name: view.name }],
    sections: nav,
    view: { ...common, ...view },
  }
}

function comparePage(container: GtmContainer, from: string, to: string): Page | undefined {
  const [older, newer] = [container.versions.get(from), container.versions.get(to)]
  if (!older || !newer) return undefined
  return {
    template: 'compare',
    title: `Version ${from} and ${to}`,
    crumbs: [
      { name: container.container['name'], href: containerHref(container) },
      { name: `Version ${from} → ${to}` },
    ],
    view: compareView(container, older, newer),
  }
}
