/** Parameters of entities as Tag Manager's API gives them: texts, lists and maps under a key. */

export interface Parameter {
  readonly type?: string
  readonly key?: string
  readonly value?: string
  readonly list?: readonly Parameter[]
  readonly map?: readonly Parameter[]
}

export function parameterOf(
  parameters: readonly Parameter[] | undefined,
  key: string,
): Parameter | undefined {
  return parameters?.find((parameter) => parameter.key === key)
}

export function textParameter(parameters: readonly Parameter[] | undefined, key: string): string | undefined {
  return parameterOf(parameters, key)?.value
}

/** A boolean parameter is written as text; a text other than `true` is false. */
export function flagOf(
  parameters: readonly Parameter[] | undefined,
  key: string,
  whenAbsent = false,
): boolean {
  const value = textParameter(parameters, key)
  return value === undefined ? whenAbsent : value === 'true'
}

/** The rows of a table parameter, each as its columns. */
export function rowsOf(
  parameters: readonly Parameter[] | undefined,
  key: string,
): readonly (readonly Parameter[])[] {
  return (parameterOf(parameters, key)?.list ?? []).map((row) => row.map ?? [])
}
