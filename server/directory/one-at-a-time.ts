/** Runs tasks one after another, in the order they were given; a failed task does not stop the next. */
export function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return task => {
    const result = last.then(task, task)
    last = result.catch(() => undefined)
    return result
  }
}
