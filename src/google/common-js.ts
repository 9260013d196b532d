/**
 * What a CommonJS module exports: Node names its exports one by one as well, a bundle has them under `default` alone.
 */
export function commonJs<T extends object>(module: T): T {
  return (module as { readonly default?: T }).default ?? module
}
