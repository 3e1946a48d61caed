import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { PeopleAnswer, PersonCard, Site, SitesAnswer, Unit, UnitsAnswer } from '../shared/contracts/http/directory.ts'
import { compareByGivenName } from '../shared/vietnamese/names.ts'
import { request, type HttpAnswer } from './http.ts'

/** People, units and sites by id: facts and views hold ids only, names are looked up here. */
export const useDirectory = defineStore('directory', () => {
  const people = ref<PersonCard[]>([])
  const units = ref<Unit[]>([])
  const sites = ref<Site[]>([])
  const loaded = ref(false)
  const peopleById = computed(() => new Map(people.value.map(person => [person.id, person])))
  const unitsById = computed(() => new Map(units.value.map(unit => [unit.id, unit])))
  const sitesById = computed(() => new Map(sites.value.map(site => [site.id, site])))
  let underWay: Promise<HttpAnswer<unknown>> | null = null

  async function fetchAll(): Promise<HttpAnswer<unknown>> {
    const [peopleAnswer, unitsAnswer, sitesAnswer] = await Promise.all([
      request<PeopleAnswer>('GET', '/api/people'), request<UnitsAnswer>('GET', '/api/units'), request<SitesAnswer>('GET', '/api/sites'),
    ])
    if (!peopleAnswer.ok) return peopleAnswer
    if (!unitsAnswer.ok) return unitsAnswer
    if (!sitesAnswer.ok) return sitesAnswer
    people.value = peopleAnswer.data.people.toSorted((a, b) => compareByGivenName(a.name, b.name))
    units.value = unitsAnswer.data.units.toSorted((a, b) => a.order - b.order)
    sites.value = sitesAnswer.data.sites.toSorted((a, b) => a.order - b.order)
    loaded.value = true
    return peopleAnswer
  }

  /** Fetches all three once; with `again` also what is already here. Calls at the same time share one fetch. */
  function load(again = false): Promise<HttpAnswer<unknown>> {
    if (loaded.value && !again) return Promise.resolve({ ok: true, data: null })
    underWay ??= fetchAll().finally(() => { underWay = null })
    return underWay
  }

  /** What another person would see must not stay. */
  function forget(): void {
    people.value = []
    units.value = []
    sites.value = []
    loaded.value = false
  }

  const person = (id: string) => peopleById.value.get(id)
  /** An em dash stands for somebody unknown: erased, or not loaded yet. */
  const personName = (id: string) => person(id)?.name ?? '—'
  /** Position and unit, which many positions name already. */
  function describe(id: string): string {
    const found = person(id)
    const unit = found?.unitId ? unitName(found.unitId) : ''
    return [found?.position ?? '', ...(found?.position.includes(unit) ? [] : [unit])].filter(Boolean).join(' · ')
  }
  const unitName = (id: string) => unitsById.value.get(id)?.name ?? '—'
  const siteName = (id: string) => sitesById.value.get(id)?.name ?? '—'

  return { people, units, sites, loaded, load, forget, person, personName, describe, unitName, siteName }
})
