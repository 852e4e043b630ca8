// Loaded before the server: its clock is off by what a file says, read again at SIGUSR2.
import { readFileSync } from 'node:fs';

const file = process.env.WRONG_CLOCK_FILE ?? '';
const trueNow = Date.now.bind(Date);
let offMs = 0;
const read = () => {
  offMs = Number(readFileSync(file, 'utf8'));
};
read();
process.on('SIGUSR2', read);
Date.now = () => trueNow() + offMs;
const TrueDate = Date;
globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args) =>
    args.length === 0 ? new target(trueNow() + offMs) : new target(...args),
});
