/** HTTP of accounts: parse, call, reply. */
import { formatAmount, localDate, parseAmount, shanghaiDate, AppError } from '@cairn/kernel';
import type { Role } from '../../platform/actor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { moveAssetAccount, openAssetAccountFor, transferOnce } from './commands.ts';
import {
  AccountTree,
  AssetAccountPath,
  AssetAccountView,
  BankCheckAnswer,
  BankCheckBody,
  CustomerPath,
  OpenAssetAccountBody,
  PageQuery,
  Positions,
  PositionsQuery,
  PostingPage,
  ReasonBody,
  TransferBody,
  TransferView,
} from './contract.ts';
import { checkBankAccount } from './domain/bank-account.ts';
import { MONEY_MAX } from './domain/chart.ts';
import { getAccountTree, getAccountView, getPositions, listPostings } from './queries.ts';
import type { Transfer } from './transfers.ts';

const readers: readonly Role[] = [
  'operations',
  'adviser',
  'compliance',
  'auditor',
  'partner',
  'investor',
];
const movers: readonly Role[] = ['operations', 'adviser', 'partner'];
const guards: readonly Role[] = ['operations', 'compliance'];
const tags = ['accounts'];
const POSTINGS_DEFAULT = 50;

/** Registers the routes of accounts. */
export function accountsRoutes(app: App, world: World): void {
  readRoutes(app, world);
  changeRoutes(app, world);
  transferRoutes(app, world);
}

function readRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId/accounts',
    {
      config: { roles: readers, action: 'accounts.read-tree' },
      schema: { tags, params: CustomerPath, response: { 200: AccountTree } },
    },
    async ({ actor, params }) => await getAccountTree(world.db, actor, params.customerId),
  );
  app.get(
    '/asset-accounts/:assetAccountNo',
    {
      config: { roles: readers, action: 'accounts.read' },
      schema: { tags, params: AssetAccountPath, response: { 200: AssetAccountView } },
    },
    async ({ actor, params }) => await getAccountView(world.db, actor, params.assetAccountNo),
  );
  app.get(
    '/asset-accounts/:assetAccountNo/postings',
    {
      config: { roles: readers, action: 'accounts.read-postings' },
      schema: {
        tags,
        params: AssetAccountPath,
        querystring: PageQuery,
        response: { 200: PostingPage },
      },
    },
    async ({ actor, params, query }) =>
      await listPostings(world.db, actor, params.assetAccountNo, {
        limit: query.limit ?? POSTINGS_DEFAULT,
        cursor: query.cursor,
      }),
  );
  app.get(
    '/asset-accounts/:assetAccountNo/positions',
    {
      config: { roles: readers, action: 'accounts.read-positions' },
      schema: {
        tags,
        params: AssetAccountPath,
        querystring: PositionsQuery,
        response: { 200: Positions },
      },
    },
    async ({ actor, params, query }) => {
      const today = shanghaiDate(world.clock.now());
      const date = query.date === undefined ? today : localDate(query.date);
      return await getPositions(world.db, actor, params.assetAccountNo, date);
    },
  );
}

function changeRoutes(app: App, world: World): void {
  app.post(
    '/asset-accounts/bank-check',
    {
      config: { roles: movers, action: 'accounts.check-bank' },
      schema: {
        tags,
        summary: 'Check a bank account as it is typed / 边填边校验银行账号',
        body: BankCheckBody,
        response: { 200: BankCheckAnswer },
      },
    },
    async ({ body }) => ({
      findings: app.wireFindings(checkBankAccount(body.bankCode, body.bankAccountNo)),
    }),
  );
  app.post(
    '/asset-accounts',
    {
      config: { roles: movers, action: 'accounts.open' },
      schema: { tags, body: OpenAssetAccountBody, response: { 201: AssetAccountView } },
    },
    async ({ actor, body }, reply) => {
      const account = await openAssetAccountFor(world, actor, body);
      const view = await getAccountView(world.db, actor, account.assetAccountNo);
      return await reply.code(201).send(view);
    },
  );
  for (const event of ['freeze', 'unfreeze', 'close'] as const) {
    app.post(
      `/asset-accounts/:assetAccountNo/${event}`,
      {
        config: { roles: guards, action: `accounts.${event}` },
        schema: {
          tags,
          params: AssetAccountPath,
          body: ReasonBody,
          response: { 200: AssetAccountView },
        },
      },
      async ({ actor, params, body }) => {
        const { assetAccountNo } = params;
        await moveAssetAccount(world, actor, { assetAccountNo, event, reason: body.reason });
        return await getAccountView(world.db, actor, assetAccountNo);
      },
    );
  }
}

function transferRoutes(app: App, world: World): void {
  app.post(
    '/cash-transfers',
    {
      config: {
        roles: [...movers, 'investor'],
        action: 'accounts.transfer-cash',
        idempotent: true,
      },
      schema: { tags, body: TransferBody, response: { 201: TransferView } },
    },
    async ({ actor, body, idempotencyKey, token }, reply) => {
      const amount = parseAmount(body.amount);
      if (amount === undefined) {
        throw new AppError('TRANSFER_AMOUNT_INVALID', { amountMax: formatAmount(MONEY_MAX) });
      }
      // Money that leaves the house: whoever sits at an investor's screen proves to be the one.
      if (actor.kind === 'investor' && body.direction === 'out') {
        await app.auth.assertTokenProven(token);
      }
      const transfer = await transferOnce(world, actor, { ...body, amount, idempotencyKey });
      return await reply.code(201).send(viewTransfer(transfer));
    },
  );
}

function viewTransfer(transfer: Transfer) {
  return {
    transferId: transfer.transferId,
    assetAccountNo: transfer.assetAccountNo,
    direction: transfer.direction,
    amount: formatAmount(transfer.amount),
    clientTransferNo: transfer.clientTransferNo,
    state: 'posted' as const,
    businessDate: transfer.businessDate,
    requestedAt: transfer.requestedAt,
  };
}
