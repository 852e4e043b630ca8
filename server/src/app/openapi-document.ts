import type { DayWorld } from '../modules/clearing/index.ts';
import type { Settings } from '../platform/config.ts';
import { createApp } from '../platform/http/app.ts';
import { modulesOf } from './modules.ts';

/** The OpenAPI document of every module's routes: what `/openapi.json` answers, without a server. */
export async function describeProgram(world: DayWorld, settings: Settings): Promise<object> {
  const app = await createApp(world, modulesOf(settings, world.exchange), { settings });
  try {
    return app.swagger();
  } finally {
    await app.close();
  }
}
