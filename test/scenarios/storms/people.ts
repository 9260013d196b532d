/** Everybody else at work in the same container and property, straight at the sandbox. */

export type Entity = Record<string, unknown>
export type Collection = 'tags' | 'triggers' | 'variables' | 'folders'

interface StoredContainer {
  readonly container: { readonly publicId: string; readonly accountId: string; readonly containerId: string }
  readonly latestVersionId: string
  readonly liveVersionId: string
  readonly workspaces: readonly { readonly workspace: { readonly name: string } }[]
  readonly versions: readonly {
    readonly containerVersionId: string
    readonly content: Readonly<Record<string, readonly Entity[]>>
  }[]
}

/** A container as the sandbox holds it. */
export interface Snapshot {
  readonly latestId: string
  readonly liveId: string
  readonly latest: Readonly<Record<string, readonly Entity[]>>
  readonly live: Readonly<Record<string, readonly Entity[]>>
  readonly workspaces: readonly string[]
}

const SINGULAR: { readonly [K in Collection]: string } = {
  tags: 'tag',
  triggers: 'trigger',
  variables: 'variable',
  folders: 'folder',
}

export class People {
  readonly #url: string
  readonly #container: string

  constructor(sandboxUrl: string, container: string) {
    this.#url = sandboxUrl
    this.#container = container
  }

  /** Their rights and their quota are their own: none of it is the product's. */
  async call(method: string, path: string, body?: Entity): Promise<Entity> {
    const act = { method, path: `/${path}`, ...(body && { body }) }
    const { done } = (await this.control('POST', 'act', act)) as { done: readonly (Entity | undefined)[] }
    return done[0] ?? {}
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /_sandbox/${path}: ${text}`)
    return JSON.parse(text)
  }

  async snapshot(): Promise<Snapshot> {
    const state = (await this.control('GET', 'state')) as { gtm: { containers: StoredContainer[] }[] }
    const found = state.gtm
      .flatMap(({ containers }) => containers)
      .find(({ container }) => container.publicId === this.#container)
    if (!found) throw new Error(`no container ${this.#container}`)
    const contentOf = (id: string): Snapshot['latest'] =>
      found.versions.find(({ containerVersionId }) => containerVersionId === id)?.content ?? {}
    return {
      latestId: found.latestVersionId,
      liveId: found.liveVersionId,
      latest: contentOf(found.latestVersionId),
      live: contentOf(found.liveVersionId),
      workspaces: found.workspaces.map(({ workspace }) => workspace.name),
    }
  }

  async path(): Promise<string> {
    const { path } = await this.call(
      'GET',
      `tagmanager/v2/accounts/containers:lookup?tagId=${this.#container}`,
    )
    return `tagmanager/v2/${String(path)}`
  }

  async publish(version: string): Promise<void> {
    await this.call('POST', `${await this.path()}/versions/${version}:publish`)
  }

  /** A workspace by its name; the default one is brought up to the latest version first. */
  async desk(name = 'Default Workspace'): Promise<Desk | undefined> {
    const { workspace } = await this.call('GET', `${await this.path()}/workspaces`)
    const found = (workspace as Entity[]).find((each) => each.name === name)
    if (!found) return undefined
    const path = `tagmanager/v2/${String(found.path)}`
    if (name === 'Default Workspace') await this.call('POST', `${path}:sync`)
    return new Desk(this, path)
  }

  /** Edits in the default workspace and makes a version of it; gives the version's number. */
  async edit(
    work: (desk: Desk) => Promise<void>,
    options: { publish?: boolean; name?: string } = {},
  ): Promise<string> {
    const desk = await this.desk()
    if (desk === undefined) throw new Error('no default workspace')
    await work(desk)
    const made = await this.call('POST', `${desk.path}:create_version`, {
      name: options.name ?? 'By hand',
    })
    const version = made.containerVersion as Entity | undefined
    if (version === undefined) throw new Error(`no version: ${JSON.stringify(made)}`)
    const id = String(version.containerVersionId)
    if (options.publish === true) await this.publish(id)
    return id
  }

  async keyEvents(property: string): Promise<readonly Entity[]> {
    return this.#all(`v1beta/properties/${property}/keyEvents`, 'keyEvents')
  }

  /** A list of GA4's: `audiences`, `calculatedMetrics`, ... */
  async listed(property: string, list: string, field = list): Promise<readonly Entity[]> {
    return this.#all(`v1alpha/properties/${property}/${list}`, field)
  }

  /** The events that GA4 makes of others, in the first stream. */
  async rules(property: string): Promise<readonly Entity[]> {
    return this.#all(`v1alpha/${await this.stream(property)}/eventCreateRules`, 'eventCreateRules')
  }

  /** With their values, which only GA4's page shows. A page holds ten at most. */
  async secrets(property: string): Promise<readonly Entity[]> {
    const path = `v1beta/${await this.stream(property)}/measurementProtocolSecrets`
    return this.#all(path, 'measurementProtocolSecrets')
  }

  /** The name of the first stream. */
  async stream(property: string): Promise<string> {
    const { dataStreams } = await this.call('GET', `v1beta/properties/${property}/dataStreams`)
    return String((dataStreams as Entity[])[0]?.['name'])
  }

  /** Whoever sends events from a server agrees on GA4's page first. */
  async acknowledge(property: string): Promise<void> {
    await this.call('POST', `v1beta/properties/${property}:acknowledgeUserDataCollection`, {
      acknowledgement:
        'I acknowledge that I have the necessary privacy disclosures and rights from my end users for the collection and processing of their data, including the association of such data with the visitation information Google Analytics collects from my site and/or app property.',
    })
  }

  async #all(path: string, field: string): Promise<readonly Entity[]> {
    const answer = await this.call('GET', `${path}?pageSize=200`)
    return (answer[field] ?? []) as Entity[]
  }

  async dimensions(property: string): Promise<readonly Entity[]> {
    return this.#all(`v1beta/properties/${property}/customDimensions`, 'customDimensions')
  }

  async setValue(property: string, event: string, numericValue: number): Promise<void> {
    const found = (await this.keyEvents(property)).find(({ eventName }) => eventName === event)
    if (!found) return
    await this.call('PATCH', `v1beta/${String(found.name)}?updateMask=default_value`, {
      defaultValue: { numericValue, currencyCode: 'EUR' },
    })
  }
}

export class Desk {
  readonly path: string
  readonly #people: People

  constructor(people: People, path: string) {
    this.#people = people
    this.path = path
  }

  async list(collection: Collection): Promise<readonly Entity[]> {
    const found: Entity[] = []
    let page = ''
    for (;;) {
      const answer = await this.#people.call('GET', `${this.path}/${collection}?pageToken=${page}`)
      found.push(...((answer[SINGULAR[collection]] ?? []) as Entity[]))
      if (answer.nextPageToken === undefined) return found
      page = String(answer.nextPageToken)
    }
  }

  async find(collection: Collection, name: string): Promise<Entity> {
    const found = (await this.list(collection)).find((entity) => entity.name === name)
    if (!found) throw new Error(`no ${collection} "${name}"`)
    return found
  }

  async create(collection: Collection, entity: Entity): Promise<Entity> {
    return this.#people.call('POST', `${this.path}/${collection}`, entity)
  }

  async change(collection: Collection, name: string, change: (entity: Entity) => Entity): Promise<void> {
    const entity = await this.find(collection, name)
    await this.#people.call('PUT', `tagmanager/v2/${String(entity.path)}`, change(entity))
  }

  async delete(collection: Collection, name: string): Promise<void> {
    const entity = await this.find(collection, name)
    await this.#people.call('DELETE', `tagmanager/v2/${String(entity.path)}`)
  }

  /** As GTM's own "Copy": everything comes along, the notes too. */
  async copy(collection: Collection, name: string, as: string): Promise<void> {
    const { type, parameter, notes, firingTriggerId, tagFiringOption, customEventFilter } = await this.find(
      collection,
      name,
    )
    const copied = { type, parameter, notes, firingTriggerId, tagFiringOption, customEventFilter }
    const there = Object.entries(copied).filter(([, value]) => value !== undefined)
    await this.create(collection, { ...Object.fromEntries(there), name: as })
  }
}

/** Somebody's Custom HTML. */
export function htmlTag(name: string, html = 'theirs', extra: Entity = {}): Entity {
  return {
    name,
    type: 'html',
    parameter: [{ type: 'template', key: 'html', value: `<script>/* ${html} */</script>` }],
    firingTriggerId: ['2147479553'],
    ...extra,
  }
}
