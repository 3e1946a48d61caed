import { Ajv, type ValidateFunction } from 'ajv'
import fastJson from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'

/**
 * Nothing is coerced, dropped or filled in: Fastify's own settings turn `{a: "5", extra: 1}` into `{a: 5}` with a 200.
 * `strict` also refuses schemas with misspelt keywords.
 */
const ajv = new Ajv({
  strict: true, strictTuples: false, strictTypes: false, allErrors: false,
  coerceTypes: false, removeAdditional: false, useDefaults: false,
  formats: { binary: true },
})

type Serialize = (data: unknown) => string

const validators = new WeakMap<object, ValidateFunction>()
const serializers = new WeakMap<object, Serialize>()

/**
 * Compiles every schema once, when its first request comes: a hub has a hundred of them, most of them the same refusal, and
 * compiling all at start was most of what a start took. A test compiles every one (tests/integration/http/routes.test.ts).
 */
export function compileWhenNeeded(app: FastifyInstance): void {
  app.setValidatorCompiler<object>(({ schema }) => {
    const validate = (data: unknown): boolean => {
      const compiled = validatorOf(schema)
      const valid = compiled(data)
      validate.errors = compiled.errors ?? null
      return valid
    }
    validate.errors = null as NonNullable<ValidateFunction['errors']> | null
    return validate
  })
  app.setSerializerCompiler<object>(({ schema }) => data => serializerOf(schema)(data))
}

export function validatorOf(schema: object): ValidateFunction {
  let compiled = validators.get(schema)
  if (!compiled) validators.set(schema, compiled = ajv.compile(schema))
  return compiled
}

/** Writes what the schema names and nothing else: a field that was not meant to leave cannot. */
export function serializerOf(schema: object): Serialize {
  let compiled = serializers.get(schema)
  if (!compiled) serializers.set(schema, compiled = fastJson(schema as fastJson.Schema) as Serialize)
  return compiled
}
