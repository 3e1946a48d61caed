/** True in `npm run test:nightly`, which runs the reliability tests at their full size; `npm test` runs a slice of them. */
export const nightly = process.env.NIGHTLY === '1'
