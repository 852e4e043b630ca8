/** HTTP of what comes before a customer: checks while somebody types, and drafts. */
import { shanghaiDate } from '@cairn/kernel';
import { Type } from 'typebox';
import { maySee, type Role } from '../../platform/actor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { placeOfIdentity } from './commands.ts';
import { examineOpening } from './domain/opening.ts';
import { createDraft, discardDraft, getDraft, listDrafts, saveDraft } from './drafts.ts';
import {
  CheckAnswer,
  CheckBody,
  DraftAnswer,
  DraftBody,
  DraftList,
  DraftPath,
  SaveDraftBody,
  WholeDraft,
} from './opening-contract.ts';
import { findSimilar } from './similar.ts';
import { loadCustomers } from './store.ts';

const tags = ['customers'];
const roles: readonly Role[] = ['operations', 'adviser'];
const SIMILAR_MAX = 5;

/** Checking what is typed, and keeping it for later. */
export function openingRoutes(app: App, world: World): void {
  checkRoute(app, world);
  draftRoutes(app, world);
}

function checkRoute(app: App, world: World): void {
  app.post(
    '/customers/opening-check',
    {
      config: { roles, action: 'customers.check-opening' },
      schema: {
        tags,
        summary: 'Check particulars as they are typed / 边填边校验开户资料',
        body: CheckBody,
        response: { 200: CheckAnswer },
      },
    },
    async ({ actor, body }) => {
      const examined = examineOpening(body, shanghaiDate(world.clock.now()));
      const { certificate, birthDate, civilCapacity } = examined;
      const sex = certificate?.sex ?? body.sex;
      let existing: { customerId?: string } | null = null;
      if (certificate !== undefined) {
        const place = placeOfIdentity(world, body.kind, certificate.type, certificate.number);
        const row = (await loadCustomers(world.db, [place])).get(place.customerId);
        if (row !== undefined) {
          // Whom the caller may not see is told as by the opening itself: taken, not by whom.
          const { customer_id: customerId, branch_code: branchCode } = row;
          existing = maySee(actor, { customerId, branchCode }) ? { customerId } : {};
        }
      }
      const found = await findSimilar(
        world,
        actor,
        {
          kind: body.kind,
          name: body.name,
          birthDate,
          phone: body.phone,
          address: body.address === '' ? undefined : body.address,
        },
        existing?.customerId,
      );
      const similar = found
        .slice(0, SIMILAR_MAX)
        .map(({ customerId, nameMasked, phoneMasked, reasons }) => ({
          customerId,
          nameMasked,
          phoneMasked,
          reasons,
        }));
      return {
        findings: app.wireFindings(examined.findings),
        ...(birthDate === undefined ? {} : { birthDate }),
        ...(sex === undefined ? {} : { sex }),
        ...(civilCapacity === undefined ? {} : { civilCapacity }),
        similar,
        existing,
      };
    },
  );
}

function draftRoutes(app: App, world: World): void {
  app.get(
    '/opening-drafts',
    {
      config: { roles, action: 'customers.drafts' },
      schema: { tags, response: { 200: DraftList } },
    },
    async ({ actor }) => ({ drafts: await listDrafts(world, actor) }),
  );
  app.post(
    '/opening-drafts',
    {
      config: { roles, action: 'customers.draft-create' },
      schema: { tags, body: DraftBody, response: { 201: DraftAnswer } },
    },
    async ({ actor, body }, reply) =>
      reply.code(201).send(await createDraft(world, actor, body.content)),
  );
  app.get(
    '/opening-drafts/:draftId',
    {
      config: { roles, action: 'customers.draft-read' },
      schema: { tags, params: DraftPath, response: { 200: WholeDraft } },
    },
    async ({ actor, params }) => getDraft(world, actor, params.draftId),
  );
  app.put(
    '/opening-drafts/:draftId',
    {
      config: { roles, action: 'customers.draft-save' },
      schema: { tags, params: DraftPath, body: SaveDraftBody, response: { 200: DraftAnswer } },
    },
    async ({ actor, params, body }) => saveDraft(world, actor, { ...params, ...body }),
  );
  app.delete(
    '/opening-drafts/:draftId',
    {
      config: { roles, action: 'customers.draft-discard' },
      schema: { tags, params: DraftPath, response: { 204: Type.Null() } },
    },
    async ({ actor, params }, reply) => {
      await discardDraft(world, actor, params.draftId);
      return reply.code(204).send(null);
    },
  );
}
