import { isPlace, stepsOfKey, type ContractEvent, type ContractKey } from './contract.ts'

/** Dotted keys as the object that is pushed: a key, or what stands below it. */
export interface Branch {
  readonly required: boolean
  readonly key?: ContractKey
  readonly below: ReadonlyMap<string, Branch>
}

/** The keys of an event, nested as the push is. An object is required when something in it is. */
export function treeOf({ keys }: Pick<ContractEvent, 'keys'>): ReadonlyMap<string, Branch> {
  return branches(keys.map((key) => ({ steps: stepsOfKey(key), key })))
}

interface Step {
  readonly steps: readonly string[]
  readonly key: ContractKey
}

function branches(all: readonly Step[]): ReadonlyMap<string, Branch> {
  const names = [...new Set(all.map(({ steps }) => steps[0] ?? ''))]
  return new Map(
    names.map((name) => {
      const mine = all.filter(({ steps }) => steps[0] === name)
      const own = mine.find(({ steps }) => steps.length === 1)?.key
      const below = branches(
        mine
          .filter(({ steps }) => steps.length > 1)
          .map(({ steps, key }) => ({ steps: steps.slice(1), key })),
      )
      const required = mine.some(({ key }) => key.required)
      return [name, { required, below, ...(own === undefined ? {} : { key: own }) }]
    }),
  )
}

/** What stands in the places of a list, by their numbers; undefined for what is an object. */
export function listIn({ key, below }: Branch): ReadonlyMap<number, Branch> | undefined {
  const names = [...below.keys()]
  const places = names.filter(isPlace)
  const isList = places.length > 0 && names.every((name) => isPlace(name) || name === 'length')
  if (key?.type !== 'items' && !isList) return undefined
  return new Map([...below].flatMap(([name, branch]) => (isPlace(name) ? [[Number(name), branch]] : [])))
}
