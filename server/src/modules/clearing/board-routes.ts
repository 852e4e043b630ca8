/** Routes of the board: how a day stands, live, and the commands that run and pause it. */
import { localDate, type LocalDate } from '@cairn/kernel';
import { Type } from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { sendLive } from '../../platform/http/live.ts';
import { BackgroundRuns } from './background-runs.ts';
import { dueDate, getBoard } from './board.ts';
import { Board } from './board-contract.ts';
import { DayPath, RunBody, RunStarted } from './contract.ts';
import type { DayWorld } from './exchange.ts';
import { askPause } from './run-owner.ts';

const WATCH = ['operations', 'compliance', 'auditor', 'reviewer'] as const;
const RUN = ['operations'] as const;
const tags = ['business day'];

/** Registers the routes of the board. */
export function boardRoutes(app: App, world: DayWorld): void {
  const { errors } = app.catalog;
  const config = { roles: WATCH, action: 'clearing.board', firmWide: true } as const;
  app.get(
    '/business-days/due/board',
    { config, schema: { tags, response: { 200: Board } } },
    async () => getBoard(world, errors, await dueDate(world)),
  );
  app.get(
    '/business-days/:businessDate/board',
    { config, schema: { tags, params: DayPath, response: { 200: Board } } },
    async (request) => getBoard(world, errors, localDate(request.params.businessDate)),
  );
  app.get(
    '/business-days/:businessDate/live',
    {
      config: { roles: WATCH, action: 'clearing.watch-day', firmWide: true, ownLimit: true },
      schema: {
        tags,
        params: DayPath,
        description:
          'Server-sent events: `state` with the board at once and after each change, `end` with a reason. 服务器推送事件：立即及每次变化时发送 `state`（看板），结束时发送 `end`（原因）。',
        produces: ['text/event-stream'],
        response: { 200: Type.String({ title: 'stream of events / 事件流' }) },
      },
    },
    async (request, reply) => {
      const date = localDate(request.params.businessDate);
      await sendLive(app, request, reply, {
        key: `board:${date}`,
        read: () => watchBoard(app, world, date),
        isFinal: (board) => board.state === 'closed',
      });
    },
  );
  runRoutes(app, world);
}

/** The board without what changes at every look, so that it is told when something happened. */
async function watchBoard(app: App, world: DayWorld, date: LocalDate) {
  const board = await getBoard(world, app.catalog.errors, date);
  const { clock: _clock, ...rest } = board;
  return rest;
}

function runRoutes(app: App, world: DayWorld): void {
  const runs = new BackgroundRuns();
  app.addHook('preClose', () => runs.stop());
  app.post(
    '/business-days/:businessDate/background-runs',
    {
      config: { roles: RUN, action: 'clearing.start-day', firmWide: true },
      schema: { tags, params: DayPath, body: RunBody, response: { 202: RunStarted } },
    },
    async (request, reply) => {
      const date = localDate(request.params.businessDate);
      const { until } = request.body;
      await runs.start(world, request.actor, date, {
        until,
        onError: (error) => app.log.error({ err: error, reqId: request.id }, 'a day run failed'),
      });
      return reply.code(202).send({ businessDate: date });
    },
  );
  app.post(
    '/business-days/:businessDate/pause',
    {
      config: { roles: RUN, action: 'clearing.pause-day', firmWide: true },
      schema: { tags, params: DayPath, response: { 202: RunStarted } },
    },
    async (request, reply) => {
      const date = localDate(request.params.businessDate);
      await askPause(world, request.actor, date);
      return reply.code(202).send({ businessDate: date });
    },
  );
}
