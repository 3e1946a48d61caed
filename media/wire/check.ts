import { Ajv, type ValidateFunction } from 'ajv'
import type { TSchema } from 'typebox'

/** As strict as at the hub's own edges: nothing is coerced, defaulted or removed. */
const ajv = new Ajv({ strict: true, strictTuples: false, allErrors: false, coerceTypes: false, useDefaults: false, removeAdditional: false })
const checks = new WeakMap<TSchema, ValidateFunction>()

/** Null, or the first place that is wrong; names only, never a value. Compiled when first needed. */
export function wrongIn(schema: TSchema, value: unknown): string | null {
  let check = checks.get(schema)
  if (!check) checks.set(schema, (check = ajv.compile(schema)))
  if (check(value)) return null
  const [error] = check.errors ?? []
  return `${error?.instancePath || '/'} ${error?.keyword ?? ''}`.slice(0, 200)
}
