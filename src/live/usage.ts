/** Who uses whom in a container, ours and everybody else's. */
import { BUILT_IN_TRIGGERS } from '../resources/gtm-defaults.ts'
import { textOf } from '../kinds/kind.ts'
import type { EntityKind } from '../resources/resource.ts'
import type { Container, Live, Other } from './live.ts'
import { typeOfTemplate } from '../kinds/template.ts'
import { usedBy, type Used } from './sent.ts'

export type User = Live<EntityKind> | Other

/** Users by what they use. Made once, however many are asked for. */
export type Usage = ReadonlyMap<Used, readonly User[]>

export function usageIn({ entities, others }: Container): Usage {
  const usage = new Map<Used, User[]>()
  for (const user of [...entities, ...others]) {
    for (const used of usedBy(user.remote.sent)) {
      const users = usage.get(used)
      if (users) users.push(user)
      else usage.set(used, [user])
    }
  }
  return usage
}

/** Everything in the container that uses this thing; itself left out. */
export function usersOf(entity: Live<EntityKind>, usage: Usage): readonly User[] {
  return (usage.get(usedAs(entity)) ?? []).filter((user) => user !== entity)
}

function usedAs({ kind, name, remote }: Live<EntityKind>): Used {
  switch (kind) {
    case 'gtm/variable':
      return `variable ${name}`
    case 'gtm/tag':
      return `tag ${name}`
    case 'gtm/trigger':
      return `trigger ${remote.id}`
    case 'gtm/folder':
      return `folder ${remote.id}`
    case 'gtm/template':
      return `template ${typeOfTemplate(remote)}`
  }
}

/** GTM's own inner variables, such as {{_event}}, are never listed. */
export function isInnerVariable(name: string): boolean {
  return name.startsWith('_')
}

/** A name or number that leads nowhere in a container. */
export interface Missing {
  readonly kind: 'gtm/variable' | 'gtm/trigger' | 'gtm/tag'
  /** Of a trigger its number. */
  readonly name: string
  readonly user: User
}

/** What something refers to and is not there: why GTM does not compile a container, or an export is only a part of one. */
export function missingIn(container: Container): readonly Missing[] {
  const { entities, builtIns } = container
  const there = new Set<string>([
    ...entities.map(usedAs),
    // As the container has it, in whatever language.
    ...builtIns.flatMap(({ name, remote }) => [`variable ${name}`, `variable ${textOf(remote.sent.name)}`]),
    ...[...BUILT_IN_TRIGGERS.keys()].map((id) => `trigger ${id}`),
  ])
  return [...usageIn(container)].flatMap(([used, users]): Missing[] => {
    const [, kind, name = ''] = /^(variable|trigger|tag) (.*)$/s.exec(used) ?? []
    const [user] = users
    if (kind === undefined || user === undefined || there.has(used)) return []
    if (kind === 'variable' && isInnerVariable(name)) return []
    return [{ kind: `gtm/${kind}` as Missing['kind'], name, user }]
  })
}
