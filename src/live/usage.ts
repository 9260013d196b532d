/** Who uses whom in a container, ours and everybody else's. */
import type { EntityKind } from '../resources/resource.ts'
import type { Container, Live, Other } from './live.ts'
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
  }
}

/** GTM's own inner variables, such as {{_event}}, are never listed. */
export function isInnerVariable(name: string): boolean {
  return name.startsWith('_')
}

/** Variables that something reads and that are not there: why a container does not compile. */
export function missingVariables(
  container: Container,
): readonly { readonly variable: string; readonly user: User }[] {
  const variables = container.entities.filter(({ kind }) => kind === 'gtm/variable')
  const there = new Set([...variables, ...container.builtIns].map(({ name }) => name))
  return [...usageIn(container)].flatMap(([used, users]) => {
    const name = /^variable (.*)$/s.exec(used)?.[1]
    const [user] = users
    if (name === undefined || user === undefined || there.has(name) || isInnerVariable(name)) return []
    return [{ variable: name, user }]
  })
}
