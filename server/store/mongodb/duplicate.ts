import { MongoServerError } from 'mongodb'

const DUPLICATE_KEY = 11000

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY
}
