// Loaded before the server: its clock is off by what a file says, read again at SIGUSR2. How far it
// is off is written down beside that file.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.WRONG_CLOCK_FILE ?? '';
const trueNow = Date.now.bind(Date);
let offMs = 0;
const read = () => {
  offMs = Number(readFileSync(file, 'utf8'));
  writeFileSync(`${file}-${process.pid}`, String(Date.now() - trueNow()));
};
Date.now = () => trueNow() + offMs;
read();
process.on('SIGUSR2', read);
const TrueDate = Date;
globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args) =>
    args.length === 0 ? new target(trueNow() + offMs) : new target(...args),
});
