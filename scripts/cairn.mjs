#!/usr/bin/env node
// The command line in a clone: `npx cairn …` installs what is missing and runs on the pinned Node.
import { bootstrap } from './bootstrap.mjs';

process.exitCode = await bootstrap(['cairn', ...process.argv.slice(2)]);
