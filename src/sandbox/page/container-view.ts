/** A container, one of its workspaces or versions, and the lists in it. */
import { baseContent } from '../gtm/merge.ts'
import { FIXED_TRIGGERS, KIND_FACTS, KINDS, type Kind } from '../gtm/kinds.ts'
import { danglingReferences } from '../gtm/references.ts'
import type { Content, GtmContainer, GtmVersion } from '../state.ts'
import { changeViews, kindWords } from './changes-view.ts'
import { triggerConditions } from './entity-view.ts'
import { variableLinks } from './text-view.ts'
import { plural, timeWords, typeWords } from './words.ts'

export function containerHref(container: GtmContainer): string {
  const { accountId, containerId } = container.container
  return `/container/${String(accountId)}/${String(containerId)}`
}

export function containerSummary(container: GtmContainer) {
  const { name, publicId, usageContext } = container.container
  const live = container.versions.get(container.liveVersionId)
  const latest = container.versions.get(container.latestVersionId)
  const pending = [...container.workspaces.values()].reduce(
    (sum, workspace) => sum + changeViews(baseContent(container, workspace), workspace.content, '').length,
    0,
  )
  return {
    name,
    publicId,
    usage: (usageContext as string[] | undefined)?.join(', '),
    href: containerHref(container),
    live: live && versionName(live),
    // What was made last is what somebody who comes here after an apply looks for; it need not be live.
    waiting: latest === live ? undefined : latest && versionName(latest),
    pending,
    counts: latest ? countsOf(latest.content) : [],
  }
}

function countsOf(content: Content): string[] {
  return (['tag', 'trigger', 'variable'] as const).map((kind) => plural(content[kind].size, kind))
}

const versionName = (version: GtmVersion) =>
  String(version.version['name'] ?? `Version ${version.containerVersionId}`)

export function containerView(container: GtmContainer) {
  const base = containerHref(container)
  const versions = [...container.versions.values()]
  return {
    ...containerSummary(container),
    workspaces: [...container.workspaces.values()].map((workspace) => ({
      name: workspace.workspace['name'],
      description: workspace.workspace['description'],
      id: workspace.workspaceId,
      href: `${base}/workspaces/${workspace.workspaceId}`,
      based: workspace.baseVersionId,
      behind: workspace.baseVersionId !== container.latestVersionId,
      conflicts: workspace.conflicts.length,
      changes: statusCounts(changeViews(baseContent(container, workspace), workspace.content, '')),
    })),
    versions: versions
      .map((version, index) => {
        const previous = versions[index - 1]
        return {
          id: version.containerVersionId,
          name: versionName(version),
          description: version.version['description'],
          href: `${base}/versions/${version.containerVersionId}`,
          live: version.containerVersionId === container.liveVersionId,
          latest: version.containerVersionId === container.latestVersionId,
          deleted: version.version['deleted'] === true,
          time: timeWords(version.version['fingerprint']),
          counts: countsOf(version.content).join(' · '),
          compare: previous && `${base}/compare/${previous.containerVersionId}/${version.containerVersionId}`,
          changes: previous ? statusCounts(changeViews(previous.content, version.content, '')) : [],
        }
      })
      .reverse(),
    environments: [...container.environments.values()].map((environment) => ({
      name: environment['name'],
      version:
        environment['type'] === 'live'
          ? container.liveVersionId
          : environment['type'] === 'latest'
            ? container.latestVersionId
            : (environment['containerVersionId'] ?? '–'),
      url: environment['url'],
    })),
  }
}

function statusCounts(changes: readonly { readonly status: string }[]) {
  return ['added', 'updated', 'deleted'].flatMap((status) => {
    const count = changes.filter((change) => change.status === status).length
    return count > 0 ? [{ status, count }] : []
  })
}

/** Where entities are shown from: a workspace, compared with its base version, or a version. */
export interface Scope {
  readonly container: GtmContainer
  readonly content: Content
  readonly before: Content | undefined
  readonly base: string
  readonly title: string
  readonly subtitle: string
  readonly isWorkspace: boolean
}

export function scopeOf(container: GtmContainer, kind: string, id: string): Scope | undefined {
  const base = `${containerHref(container)}/${kind}/${encodeURIComponent(id)}`
  if (kind === 'workspaces') {
    const workspace = container.workspaces.get(id)
    if (!workspace) return undefined
    const before = baseContent(container, workspace)
    const subtitle = `based on version ${workspace.baseVersionId}`
    return {
      container,
      content: workspace.content,
      before,
      base,
      title: String(workspace.workspace['name']),
      subtitle,
      isWorkspace: true,
    }
  }
  const version = container.versions.get(id)
  if (!version) return undefined
  const live = id === container.liveVersionId ? ', live' : ''
  return {
    container,
    content: version.content,
    before: undefined,
    base,
    title: versionName(version),
    subtitle: `version ${id}${live}`,
    isWorkspace: false,
  }
}

/** The left-hand navigation: kinds that the container has anything of, and always the three that everybody looks for. */
export function sections(scope: Scope, current: string) {
  const always: readonly Kind[] = ['tag', 'trigger', 'variable']
  const shown = KINDS.filter(
    (kind) => kind !== 'builtInVariable' && (always.includes(kind) || scope.content[kind].size > 0),
  )
  return [
    { name: 'Overview', href: scope.base, current: current === '', count: undefined as number | undefined },
    ...shown.map((kind) => ({
      name: `${kindWords(kind)}s`,
      href: `${scope.base}/${KIND_FACTS[kind].collection}`,
      current: current === KIND_FACTS[kind].collection,
      count: scope.content[kind].size,
    })),
  ]
}

export function scopeView(scope: Scope) {
  const problems = danglingReferences(scope.content)
  return {
    changes: scope.before ? changeViews(scope.before, scope.content, scope.base) : [],
    isWorkspace: scope.isWorkspace,
    problems: problems.slice(0, 20),
    moreProblems: Math.max(0, problems.length - 20),
    counts: KINDS.flatMap((kind) =>
      scope.content[kind].size > 0
        ? [
            {
              name: kindWords(kind) + (scope.content[kind].size === 1 ? '' : 's'),
              count: scope.content[kind].size,
              href:
                kind === 'builtInVariable'
                  ? `${scope.base}/variables`
                  : `${scope.base}/${KIND_FACTS[kind].collection}`,
            },
          ]
        : [],
    ),
  }
}

export function listView(scope: Scope, kind: Kind) {
  const { content, before, base } = scope
  const links = variableLinks(content, base)
  const { collection } = KIND_FACTS[kind]
  const rows = [...content[kind]].map(([id, entity]) => ({
    name: String(entity['name'] ?? id),
    href: `${base}/${collection}/${encodeURIComponent(id)}`,
    type: typeWords(kind, entity['type']),
    folder: content.folder.get(String(entity['parentFolderId'] ?? ''))?.['name'],
    edited: timeWords(entity['fingerprint']),
    paused: entity['paused'] === true,
    status: before && statusOf(before, kind, id, entity),
    triggers: ((entity['firingTriggerId'] as string[] | undefined) ?? []).map((trigger) => ({
      name: String(content.trigger.get(trigger)?.['name'] ?? FIXED_TRIGGERS.get(trigger) ?? trigger),
      href: content.trigger.has(trigger) ? `${base}/triggers/${encodeURIComponent(trigger)}` : undefined,
    })),
    conditions: kind === 'trigger' ? triggerConditions({ links, content, base }, entity) : [],
    entities: kind === 'folder' ? filedCount(content, id) : undefined,
  }))
  return {
    title: `${kindWords(kind)}s`,
    isTag: kind === 'tag',
    isTrigger: kind === 'trigger',
    isFolder: kind === 'folder',
    hasType: !['folder', 'zone', 'customTemplate'].includes(kind),
    rows: rows.sort((a, b) => a.name.localeCompare(b.name, 'en')),
    builtIns:
      kind === 'variable'
        ? [...content.builtInVariable.values()].map((entity) => String(entity['name'])).sort()
        : [],
    isVariable: kind === 'variable',
  }
}

function statusOf(before: Content, kind: Kind, id: string, entity: unknown): string | undefined {
  const was = before[kind].get(id)
  return !was ? 'added' : was === entity ? undefined : 'updated'
}

function filedCount(content: Content, folderId: string): number {
  return (['tag', 'trigger', 'variable'] as const).reduce(
    (sum, kind) =>
      sum + [...content[kind].values()].filter((entity) => entity['parentFolderId'] === folderId).length,
    0,
  )
}

export function compareView(container: GtmContainer, from: GtmVersion, to: GtmVersion) {
  const base = `${containerHref(container)}/versions/${to.containerVersionId}`
  return {
    from: { id: from.containerVersionId, name: versionName(from) },
    to: { id: to.containerVersionId, name: versionName(to) },
    changes: changeViews(from.content, to.content, base),
    others: [...container.versions.keys()]
      .filter((id) => id !== to.containerVersionId)
      .map((id) => ({
        id,
        current: id === from.containerVersionId,
        href: `${containerHref(container)}/compare/${id}/${to.containerVersionId}`,
      })),
  }
}
