import { Ajv2020 } from 'ajv/dist/2020.js'
import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {} from '../../../server/http/access.ts'
import { serializerOf, validatorOf } from '../../../server/http/compilers.ts'
import { startHub, type TestHub } from '../../support/hub.ts'

let hub: TestHub
const routes: RouteOptions[] = []
beforeAll(async () => {
  hub = await startHub({ onRoute: route => routes.push(route) })
})
afterAll(() => hub.stop())

const nameOf = ({ method, url }: RouteOptions) => `${String(method)} ${url}`
const schemaOf = (route: RouteOptions) => (route.schema ?? {}) as { body?: object; params?: object; querystring?: object; response?: Record<string, object> }

/** Files and pages, which have no shape to describe. */
const pages = ['/*', '/certificate', '/certificate/style.css', '/certificate/authority.crt']

test('every route has a response schema, so that no field leaves the hub unnoticed', () => {
  expect(routes.length).toBeGreaterThan(20)
  const without = routes.filter(route => !pages.includes(route.url) && !schemaOf(route).response).map(nameOf)
  expect(without).toEqual([])
})

test('every route with ids in its path, and every one that takes a body, has a schema for it', () => {
  const paramless = routes.filter(({ url }) => url.includes(':')).filter(route => !schemaOf(route).params).map(nameOf)
  expect(paramless).toEqual([])
  for (const route of routes) {
    const { body } = schemaOf(route) as { body?: { type?: string; additionalProperties?: unknown } }
    if (body?.type === 'object') expect(body.additionalProperties, nameOf(route)).toBe(false)
  }
})

test('every route says who may use it', () => {
  expect(routes.filter(({ config }) => config?.access === undefined).map(nameOf)).toEqual([])
})

test('every schema compiles, though the hub compiles each only when it is first needed', () => {
  for (const route of routes) {
    const { body, params, querystring, response = {} } = schemaOf(route)
    for (const schema of [body, params, querystring]) if (schema) expect(() => validatorOf(schema), nameOf(route)).not.toThrow()
    for (const schema of Object.values(response)) expect(() => serializerOf(schema), nameOf(route)).not.toThrow()
  }
})

test('a route that forgets its access stops the hub', async () => {
  await expect(startHub({ prepare: ({ app }) => { app.get('/api/forgotten', async () => 'x') } }))
    .rejects.toThrow('GET /api/forgotten does not say who may use it')
})

test('/api/openapi.json describes every API route, with schemas that are valid', async () => {
  const document = await (await hub.request('/api/openapi.json')).json()
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Giao ban' } })
  const described = Object.entries(document.paths as Record<string, object>)
    .flatMap(([path, operations]) => Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`))
  const expected = routes
    .filter(({ method, url }) => method !== 'HEAD' && !pages.includes(url) && url !== '/api/openapi.json')
    .flatMap(({ method, url }) => [method].flat().filter(one => one !== 'HEAD').map(one => `${one} ${url.replace(/:(\w+)/g, '{$1}')}`))
  expect(described.sort()).toEqual([...new Set(expected)].sort())

  const ajv = new Ajv2020({ strict: false, formats: { binary: true } })
  for (const [path, operations] of Object.entries(document.paths as Record<string, Record<string, Operation>>)) {
    for (const { summary, parameters = [], requestBody, responses } of Object.values(operations)) {
      expect(summary, path).toBeTruthy()
      const contents = [requestBody, ...Object.values(responses)].flatMap(part => Object.values(part?.content ?? {}))
      for (const { schema } of [...parameters, ...contents]) if (schema) expect(ajv.validateSchema(schema), `${path}: ${ajv.errorsText()}`).toBe(true)
      for (const status of Object.keys(responses)) expect(status).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/)
    }
  }
})

interface Operation {
  summary?: string
  parameters?: { schema?: object }[]
  requestBody?: Body
  responses: Record<string, Body>
}
interface Body { content?: Record<string, { schema?: object }> }
