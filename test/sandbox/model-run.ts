/** Carries out random steps on a sandbox and on the model, and compares. */
import {
  changes,
  COLLECTIONS,
  dangles,
  Model,
  same,
  type Collection,
  type Step,
  type Thing,
  type Things,
} from './model.ts'

type Json = Record<string, unknown>
interface Answer {
  readonly status: number
  readonly data: Json
}

export class ModelRun {
  readonly model = new Model()
  private readonly url: string
  private path = ''
  private readonly fingerprints = new Set<string>()
  /** The versions as they were read when they were made: they must never change. */
  private readonly snapshots = new Map<string, string>()

  constructor(url: string) {
    this.url = url
  }

  async start(publicId: string): Promise<void> {
    const { data } = await this.send('GET', `accounts/containers:lookup?tagId=${publicId}`)
    this.path = String(data['path'])
    // Something to differ in from the start: two workspaces and a tag that both have.
    await this.create('2', 'tags', { name: 'Name 0', value: '0', trigger: undefined })
    await this.makeVersion('2')
    await this.addWorkspace('Workspace 0')
  }

  private async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/tagmanager/v2/${path}`, {
      method,
      headers: { authorization: 'Bearer x' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, data: (text === '' ? {} : JSON.parse(text)) as Json }
  }

  async step(step: Step): Promise<void> {
    const { model } = this
    const ids = model.ids()
    const ws = 'at' in step ? (ids[step.at % ids.length] ?? '') : ''
    switch (step.do) {
      case 'create':
        return this.create(ws, step.collection, this.thing(ws, step))
      case 'update':
        return this.update(ws, step)
      case 'delete':
        return this.remove(ws, step.collection, this.pick(ws, step))
      case 'revert':
        return this.revert(ws, step.collection, this.pick(ws, step))
      case 'bulk':
        return this.bulk(ws, step.names, step.broken)
      case 'workspace':
        return this.addWorkspace(`Workspace ${step.name}`)
      case 'drop':
        this.expect(await this.send('DELETE', this.workspace(ws)), 204, 'drop')
        return model.dropWorkspace(ws)
      case 'version':
        return this.makeVersion(ws)
      case 'sync': {
        const { status } = await this.send('POST', `${this.workspace(ws)}:sync`)
        this.expect({ status, data: {} }, 200, 'sync')
        return model.sync(ws)
      }
      case 'publish':
        return this.publish([...model.versions.keys()][step.pick % model.versions.size] ?? '1')
    }
  }

  private workspace(id: string): string {
    return `${this.path}/workspaces/${id}`
  }

  private expect(answer: Answer, status: number, what: string): void {
    if (answer.status === status) return
    throw new Error(`${what}: expected ${status}, got ${answer.status} ${JSON.stringify(answer.data)}`)
  }

  /** A fingerprint that comes with a write is a new one. */
  private fresh(data: Json): void {
    const fingerprint = String(data['fingerprint'])
    if (this.fingerprints.has(fingerprint)) throw new Error(`The fingerprint ${fingerprint} came twice.`)
    this.fingerprints.add(fingerprint)
  }

  private thing(
    ws: string,
    {
      name,
      value,
      trigger,
      collection,
    }: { name: number; value: number; trigger: number; collection: Collection },
  ): Thing {
    const triggers = keysOf(this.model.workspace(ws).things, 'triggers')
    // One in six points nowhere.
    const target = trigger === 5 ? '999999' : triggers[trigger % Math.max(1, triggers.length)]
    return {
      name: `Name ${name}`,
      value: collection === 'folders' || collection === 'triggers' ? '' : String(value),
      trigger: collection === 'tags' ? target : undefined,
    }
  }

  private pick(ws: string, { collection, pick }: { collection: Collection; pick: number }): string {
    const ids = keysOf(this.model.workspace(ws).things, collection)
    return ids[pick % Math.max(1, ids.length)] ?? '888888'
  }

  private refuses(ws: string, collection: Collection, thing: Thing, self?: string): boolean {
    const { things } = this.model.workspace(ws)
    const twin = [...things].some(
      ([key, other]) => key.startsWith(`${collection}/`) && key !== self && other.name === thing.name,
    )
    return twin || (thing.trigger !== undefined && !things.has(`triggers/${thing.trigger}`))
  }

  private async create(ws: string, collection: Collection, thing: Thing): Promise<void> {
    const answer = await this.send('POST', `${this.workspace(ws)}/${collection}`, bodyOf(collection, thing))
    if (this.refuses(ws, collection, thing)) return this.expect(answer, 400, `create ${collection}`)
    this.expect(answer, 200, `create ${collection}`)
    this.fresh(answer.data)
    const id = String(this.model.nextId++)
    if (answer.data[idField(collection)] !== id)
      throw new Error(`Expected the id ${id}: ${JSON.stringify(answer.data)}`)
    this.put(ws, `${collection}/${id}`, thing)
  }

  private put(ws: string, key: string, thing: Thing | undefined): void {
    const things = new Map(this.model.workspace(ws).things)
    if (thing) things.set(key, thing)
    else things.delete(key)
    this.model.put(ws, { things })
  }

  private async update(ws: string, step: Extract<Step, { do: 'update' }>): Promise<void> {
    const { collection } = step
    const id = this.pick(ws, step)
    const [key, thing] = [`${collection}/${id}`, this.thing(ws, step)]
    const query = step.stale ? '?fingerprint=1' : ''
    const answer = await this.send('PUT', `${this.workspace(ws)}/${key}${query}`, bodyOf(collection, thing))
    if (!this.model.workspace(ws).things.has(key)) return this.expect(answer, 404, `update ${key}`)
    if (step.stale) return this.expect(answer, 409, `stale update ${key}`)
    if (this.refuses(ws, collection, thing, key)) return this.expect(answer, 400, `update ${key}`)
    this.expect(answer, 200, `update ${key}`)
    this.fresh(answer.data)
    this.put(ws, key, thing)
  }

  private async remove(ws: string, collection: Collection, id: string): Promise<void> {
    const key = `${collection}/${id}`
    const answer = await this.send('DELETE', `${this.workspace(ws)}/${key}`)
    const { things } = this.model.workspace(ws)
    if (!things.has(key)) return this.expect(answer, 404, `delete ${key}`)
    const used = collection === 'triggers' && [...things.values()].some(({ trigger }) => trigger === id)
    this.expect(answer, used ? 400 : 204, `delete ${key}`)
    if (!used) this.put(ws, key, undefined)
  }

  private async revert(ws: string, collection: Collection, id: string): Promise<void> {
    const key = `${collection}/${id}`
    const answer = await this.send('POST', `${this.workspace(ws)}/${key}:revert`)
    const { things, base, conflicts } = this.model.workspace(ws)
    const before = this.model.version(base).get(key)
    if (!before && !things.has(key)) return this.expect(answer, 404, `revert ${key}`)
    this.expect(answer, 200, `revert ${key}`)
    this.put(ws, key, before)
    if (!same(before, things.get(key))) {
      this.model.put(ws, { conflicts: new Set([...conflicts].filter((conflict) => conflict !== key)) })
    }
  }

  /** Folders, all or none. */
  private async bulk(ws: string, names: readonly number[], broken: boolean): Promise<void> {
    const things = names.map((name): Thing => ({ name: `Name ${name}`, value: '', trigger: undefined }))
    const added = things.map((thing, index) => ({
      changeStatus: 'added',
      folder: { folderId: `new_${index + 1}`, name: thing.name },
    }))
    const bad = { changeStatus: 'deleted', folder: { folderId: '777777' } }
    const answer = await this.send('POST', `${this.workspace(ws)}/bulk_update`, {
      changes: [...added, ...(broken ? [bad] : [])],
    })
    const twins =
      new Set(names).size < names.length || things.some((thing) => this.refuses(ws, 'folders', thing))
    if (twins || broken) {
      if (answer.status !== 400 && answer.status !== 404) this.expect(answer, 400, 'bulk')
      return
    }
    this.expect(answer, 200, 'bulk')
    for (const thing of things) this.put(ws, `folders/${this.model.nextId++}`, thing)
  }

  private async addWorkspace(name: string): Promise<void> {
    const answer = await this.send('POST', `${this.path}/workspaces`, { name })
    const taken = [...this.model.workspaces.values()].some((other) => other.name === name)
    if (taken || this.model.workspaces.size >= 3) return this.expect(answer, 400, 'workspace')
    this.expect(answer, 200, 'workspace')
    this.model.addWorkspace(name)
  }

  private async makeVersion(ws: string): Promise<void> {
    const answer = await this.send('POST', `${this.workspace(ws)}:create_version`, {})
    this.expect(answer, 200, 'create_version')
    const made = this.model.makeVersion(ws)
    if (made !== (answer.data['containerVersion'] !== undefined)) {
      throw new Error(`create_version: the model says ${made}, the answer ${JSON.stringify(answer.data)}`)
    }
  }

  private async publish(version: string): Promise<void> {
    const answer = await this.send('POST', `${this.path}/versions/${version}:publish`)
    this.expect(answer, 200, 'publish')
    this.model.live = version
  }

  /** Everything that can be read is as the model says. */
  async compare(): Promise<void> {
    const { model } = this
    const listed = await this.send('GET', `${this.path}/workspaces`)
    const ids = ((listed.data['workspace'] as Json[] | undefined) ?? []).map(
      (workspace) => workspace['workspaceId'],
    )
    agree('workspaces', ids, model.ids())
    for (const id of model.ids()) await this.compareWorkspace(id)
    for (const [id, things] of model.versions) await this.compareVersion(id, things)
    const live = await this.send('GET', `${this.path}/versions:live`)
    agree('live', live.data['containerVersionId'], model.live)
    const latest = await this.send('GET', `${this.path}/version_headers:latest`)
    agree('latest', latest.data['containerVersionId'], model.latest)
  }

  private async compareWorkspace(id: string): Promise<void> {
    const preview = await this.send('POST', `${this.workspace(id)}:quick_preview`)
    const { things, conflicts } = this.model.workspace(id)
    agree(`workspace ${id}`, thingsOf(preview.data['containerVersion'] as Json), sorted(things))
    agree(`compiler ${id}`, preview.data['compilerError'] === true, dangles(things))
    for (const collection of COLLECTIONS) {
      const { data } = await this.send('GET', `${this.workspace(id)}/${collection}`)
      const count = ((data[collection.slice(0, -1)] as unknown[] | undefined) ?? []).length
      agree(`${collection} of ${id}`, count, Math.min(20, keysOf(things, collection).length))
    }
    const status = await this.send('GET', `${this.workspace(id)}/status`)
    const changed = ((status.data['workspaceChange'] as Json[] | undefined) ?? []).map(changeKey).sort()
    agree(`status of ${id}`, changed, changes(this.model, id))
    agree(
      `conflicts of ${id}`,
      ((status.data['mergeConflict'] as unknown[] | undefined) ?? []).length,
      conflicts.size,
    )
  }

  private async compareVersion(id: string, things: Things): Promise<void> {
    const { data } = await this.send('GET', `${this.path}/versions/${id}`)
    agree(`version ${id}`, thingsOf(data), sorted(things))
    const text = JSON.stringify(data)
    const known = this.snapshots.get(id)
    if (known !== undefined && known !== text) throw new Error(`Version ${id} has changed.`)
    this.snapshots.set(id, text)
  }
}

function agree(what: string, actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (a !== b) throw new Error(`${what}: the sandbox has ${a}, the model ${b}`)
}

const KINDS: Readonly<Record<string, Collection>> = {
  folder: 'folders',
  variable: 'variables',
  trigger: 'triggers',
  tag: 'tags',
}

const idField = (collection: Collection) => `${collection.slice(0, -1)}Id`

function keysOf(things: Things, collection: Collection): string[] {
  return [...things.keys()]
    .filter((key) => key.startsWith(`${collection}/`))
    .map((key) => key.slice(collection.length + 1))
}

function bodyOf(collection: Collection, { name, value, trigger }: Thing): Json {
  const parameter = (key: string) => [{ type: 'template', key, value: `v${value}` }]
  switch (collection) {
    case 'folders':
      return { name }
    case 'triggers':
      return { name, type: 'pageview' }
    case 'variables':
      return { name, type: 'c', parameter: parameter('value') }
    case 'tags':
      return {
        name,
        type: 'html',
        parameter: parameter('html'),
        ...(trigger !== undefined && { firingTriggerId: [trigger] }),
      }
  }
}

function thingsOf(version: Json): unknown {
  const things = Object.entries(KINDS).flatMap(([kind, collection]) =>
    ((version[kind] as Json[] | undefined) ?? []).map((entity): [string, Thing] => [
      `${collection}/${String(entity[idField(collection)])}`,
      {
        name: String(entity['name']),
        value: String((entity['parameter'] as Json[] | undefined)?.[0]?.['value'] ?? 'v').slice(1),
        trigger: (entity['firingTriggerId'] as string[] | undefined)?.[0],
      },
    ]),
  )
  return sorted(new Map(things))
}

function sorted(things: Things): unknown {
  return [...things]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { name, value, trigger }]) => [key, name, value, trigger ?? null])
}

function changeKey(change: Json): string {
  const [kind = '', entity] = Object.entries(change).find(([key]) => key !== 'changeStatus') ?? []
  const collection = KINDS[kind] ?? 'tags'
  return `${String(change['changeStatus'])} ${collection}/${String((entity as Json)[idField(collection)])}`
}
