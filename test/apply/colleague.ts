/** Somebody else at work in Google's interface: plain requests, in a workspace of their own. */
import { CONTAINER, PROPERTY, type World } from './harness.ts'

type Entity = Record<string, unknown>
export type Kind = 'tags' | 'triggers' | 'variables' | 'folders'

const SINGULAR = { tags: 'tag', triggers: 'trigger', variables: 'variable', folders: 'folder' } as const

export class Colleague {
  readonly #url: string

  constructor(world: World) {
    this.#url = world.sandbox.url
  }

  async call(method: string, path: string, body?: Entity): Promise<Entity> {
    const response = await fetch(`${this.#url}/${path}`, {
      method,
      headers: { authorization: 'Bearer colleague', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Entity)
  }

  /** Edits in a workspace and makes a version of it. */
  async edit(work: (workspace: Desk) => Promise<void>, options: { publish?: boolean } = {}): Promise<void> {
    const desk = await this.desk('Default Workspace')
    await work(desk)
    const made = await this.call('POST', `${desk.path}:create_version`, { name: 'By hand' })
    const version = made.containerVersion as Entity | undefined
    if (version === undefined) throw new Error(`no version: ${JSON.stringify(made)}`)
    if (options.publish) await this.call('POST', `tagmanager/v2/${String(version.path)}:publish`)
  }

  async container(): Promise<string> {
    const { path } = await this.call('GET', `tagmanager/v2/accounts/containers:lookup?tagId=${CONTAINER}`)
    return `tagmanager/v2/${String(path)}`
  }

  async createWorkspace(name: string): Promise<void> {
    await this.call('POST', `${await this.container()}/workspaces`, { name })
  }

  async desk(name: string): Promise<Desk> {
    const { workspace } = await this.call('GET', `${await this.container()}/workspaces`)
    const found = (workspace as Entity[]).find((each) => each.name === name)
    if (!found) throw new Error(`no workspace ${name}`)
    const path = `tagmanager/v2/${String(found.path)}`
    if (name === 'Default Workspace') await this.call('POST', `${path}:sync`)
    return new Desk(this, path)
  }

  async keyEvents(): Promise<readonly Entity[]> {
    const { keyEvents = [] } = await this.call('GET', `v1beta/properties/${PROPERTY}/keyEvents?pageSize=200`)
    return keyEvents as Entity[]
  }

  async dimensions(): Promise<readonly Entity[]> {
    const { customDimensions = [] } = await this.call(
      'GET',
      `v1beta/properties/${PROPERTY}/customDimensions?pageSize=200`,
    )
    return customDimensions as Entity[]
  }
}

export class Desk {
  readonly path: string
  readonly #colleague: Colleague

  constructor(colleague: Colleague, path: string) {
    this.#colleague = colleague
    this.path = path
  }

  async find(kind: Kind, name: string): Promise<Entity> {
    let page = ''
    for (;;) {
      const answer = await this.#colleague.call('GET', `${this.path}/${kind}?pageToken=${page}`)
      const found = ((answer[SINGULAR[kind]] ?? []) as Entity[]).find((entity) => entity.name === name)
      if (found) return found
      if (answer.nextPageToken === undefined) throw new Error(`no ${kind} "${name}"`)
      page = String(answer.nextPageToken)
    }
  }

  async change(kind: Kind, name: string, change: (entity: Entity) => Entity): Promise<void> {
    const entity = await this.find(kind, name)
    await this.#colleague.call('PUT', `tagmanager/v2/${String(entity.path)}`, change(entity))
  }

  async create(kind: Kind, entity: Entity): Promise<void> {
    await this.#colleague.call('POST', `${this.path}/${kind}`, entity)
  }

  async delete(kind: Kind, name: string): Promise<void> {
    await this.#colleague.call('DELETE', `tagmanager/v2/${String((await this.find(kind, name)).path)}`)
  }
}

/** Somebody's tag that reads a variable by name and fires on a trigger. */
export function theirTag(name: string, variable: string, triggerId = '2147479553'): Entity {
  return {
    name,
    type: 'html',
    parameter: [{ type: 'template', key: 'html', value: `<script>{{${variable}}}</script>` }],
    firingTriggerId: [triggerId],
  }
}
