/** HTTP of what staff know beside the particulars: notes, and who may be the same person. */
import type { Role } from '../../platform/actor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import {
  CustomerPath,
  NoteAnswer,
  NoteBody,
  NoteList,
  NoteQuery,
  SimilarList,
} from './contract.ts';
import { listNotes, writeNote } from './notes.ts';
import { listSimilar } from './similar.ts';

const tags = ['customers'];
const readers: readonly Role[] = ['operations', 'adviser', 'reviewer', 'compliance', 'auditor'];
const writers: readonly Role[] = ['operations', 'adviser', 'reviewer', 'compliance'];
const NOTES_DEFAULT = 100;

/** Notes on a customer, and customers who look like him. */
export function noteRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId/notes',
    {
      config: { roles: readers, action: 'customers.read-notes' },
      schema: {
        tags,
        summary: 'Notes on a customer, the latest first / 客户备注，最新在前',
        params: CustomerPath,
        querystring: NoteQuery,
        response: { 200: NoteList },
      },
    },
    async ({ actor, params, query: { before, limit = NOTES_DEFAULT } }) =>
      listNotes(world, actor, { ...params, before, limit }),
  );
  app.post(
    '/customers/:customerId/notes',
    {
      config: { roles: writers, action: 'customers.note' },
      schema: {
        tags,
        summary:
          'Write a note; one that corrects another names it / 写备注，更正须注明所更正的一条',
        params: CustomerPath,
        body: NoteBody,
        response: { 201: NoteAnswer },
      },
    },
    async ({ actor, params, body }, reply) =>
      reply.code(201).send(await writeNote(world, actor, { ...params, ...body })),
  );
  app.get(
    '/customers/:customerId/similar',
    {
      config: { roles: readers, action: 'customers.similar' },
      schema: {
        tags,
        summary: 'Customers who may be the same person, masked / 可能为同一人的客户（脱敏）',
        params: CustomerPath,
        response: { 200: SimilarList },
      },
    },
    async ({ actor, params }) => ({
      customers: await listSimilar(world, actor, params.customerId),
    }),
  );
}
