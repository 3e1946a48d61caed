/** Thrown when something took longer than its caller may wait; it may still happen. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlinePassed(`nothing heard for ${milliseconds} ms`)), milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
