/**
 * What a container must do, said a second time and far more simply: maps of names and values. Random requests go to the
 * sandbox and to this; both must agree on every answer and on everything that can be read afterwards.
 */
import * as fc from 'fast-check'

export const COLLECTIONS = ['folders', 'variables', 'triggers', 'tags'] as const
export type Collection = (typeof COLLECTIONS)[number]

export type Step =
  | {
      readonly do: 'create'
      readonly at: number
      readonly collection: Collection
      readonly name: number
      readonly value: number
      readonly trigger: number
    }
  | {
      readonly do: 'update'
      readonly at: number
      readonly collection: Collection
      readonly pick: number
      readonly name: number
      readonly value: number
      readonly trigger: number
      readonly stale: boolean
    }
  | { readonly do: 'delete'; readonly at: number; readonly collection: Collection; readonly pick: number }
  | { readonly do: 'revert'; readonly at: number; readonly collection: Collection; readonly pick: number }
  | { readonly do: 'bulk'; readonly at: number; readonly names: readonly number[]; readonly broken: boolean }
  | { readonly do: 'workspace'; readonly name: number }
  | { readonly do: 'drop'; readonly at: number }
  | { readonly do: 'version'; readonly at: number }
  | { readonly do: 'sync'; readonly at: number }
  | { readonly do: 'publish'; readonly pick: number }

const small = fc.nat(5)
const at = fc.nat(3)
const collection = fc.constantFrom(...COLLECTIONS)

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      at,
      collection,
      name: small,
      value: small,
      trigger: small,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      at,
      collection,
      pick: small,
      name: small,
      value: small,
      trigger: small,
      stale: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), at, collection, pick: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revert' as const), at, collection, pick: small }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('bulk' as const),
      at,
      names: fc.array(small, { maxLength: 4 }),
      broken: fc.boolean(),
    }),
  },
  // The tag that all workspaces have from the start, changed in one or the other: this is how conflicts arise.
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      at,
      collection: fc.constant('tags' as const),
      pick: fc.constant(0),
      name: fc.constant(0),
      value: small,
      trigger: fc.constant(0),
      stale: fc.constant(false),
    }),
  },
  fc.record({ do: fc.constant('workspace' as const), name: small }),
  fc.record({ do: fc.constant('drop' as const), at }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('version' as const), at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sync' as const), at }) },
  fc.record({ do: fc.constant('publish' as const), pick: small }),
)

export interface Thing {
  readonly name: string
  readonly value: string
  readonly trigger: string | undefined
}

/** By `tags/5`. */
export type Things = ReadonlyMap<string, Thing>

export interface ModelWorkspace {
  readonly name: string
  readonly base: string
  readonly things: Things
  readonly conflicts: ReadonlySet<string>
}

export class Model {
  workspaces = new Map<string, ModelWorkspace>([['2', fresh('Default Workspace', '1', new Map())]])
  versions = new Map<string, Things>([['1', new Map()]])
  live = '1'
  latest = '1'
  nextId = 3
  private nextWorkspace = 3
  private defaultWorkspace = '2'

  /** Workspaces in the order in which they are listed. */
  ids(): string[] {
    return [...this.workspaces.keys()]
  }

  put(id: string, change: Partial<ModelWorkspace>): void {
    const workspace = this.workspaces.get(id)
    if (workspace) this.workspaces.set(id, { ...workspace, ...change })
  }

  workspace(id: string): ModelWorkspace {
    const workspace = this.workspaces.get(id)
    if (!workspace) throw new Error(`The model has no workspace ${id}.`)
    return workspace
  }

  version(id: string): Things {
    const things = this.versions.get(id)
    if (!things) throw new Error(`The model has no version ${id}.`)
    return things
  }

  addWorkspace(name: string): string {
    const id = String(this.nextWorkspace++)
    this.workspaces.set(id, fresh(name, this.latest, this.version(this.latest)))
    return id
  }

  dropWorkspace(id: string): void {
    this.workspaces.delete(id)
    if (id === this.defaultWorkspace) this.defaultWorkspace = this.addWorkspace('Default Workspace')
  }

  sync(id: string): void {
    const workspace = this.workspace(id)
    const [base, latest] = [this.version(workspace.base), this.version(this.latest)]
    const things = new Map(workspace.things)
    const conflicts = new Set(workspace.conflicts)
    for (const key of new Set([...base.keys(), ...latest.keys()])) {
      const [was, theirs, ours] = [base.get(key), latest.get(key), things.get(key)]
      if (same(was, theirs)) continue
      if (!same(ours, was)) {
        if (!same(ours, theirs)) conflicts.add(key)
      } else if (theirs) things.set(key, theirs)
      else things.delete(key)
    }
    this.put(id, { base: this.latest, things, conflicts })
  }

  makeVersion(id: string): boolean {
    this.sync(id)
    const { conflicts, things } = this.workspace(id)
    if (conflicts.size > 0 || dangles(things)) return false
    this.latest = String(this.versions.size + 1)
    this.versions.set(this.latest, things)
    this.dropWorkspace(id)
    return true
  }
}

/** Sync can bring a tag of one side together with the other side's removal of its trigger. */
export function dangles(things: Things): boolean {
  return [...things.values()].some(
    ({ trigger }) => trigger !== undefined && !things.has(`triggers/${trigger}`),
  )
}

function fresh(name: string, base: string, things: Things): ModelWorkspace {
  return { name, base, things, conflicts: new Set() }
}

export function same(a: Thing | undefined, b: Thing | undefined): boolean {
  return a === b || (a?.name === b?.name && a?.value === b?.value && a?.trigger === b?.trigger)
}

/** What getStatus must say. */
export function changes(model: Model, id: string): string[] {
  const { things, base } = model.workspace(id)
  const before = model.version(base)
  return [...new Set([...before.keys(), ...things.keys()])]
    .filter((key) => !same(before.get(key), things.get(key)))
    .map((key) => `${before.has(key) ? (things.has(key) ? 'updated' : 'deleted') : 'added'} ${key}`)
    .sort()
}
