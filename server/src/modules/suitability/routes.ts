import { type Amount, AppError, assert, parseAmount, parseInstant } from '@cairn/kernel';
import { Type } from 'typebox';
import { type Role, ROLES } from '../../platform/actor.ts';
import { PAGE_DEFAULT } from '../../platform/cursor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { getVisible } from '../customers/index.ts';
import { findAnswerDraft, saveAnswerDraft } from './answer-drafts.ts';
import { confirmWarning, issueWarning, submitAnswers } from './commands.ts';
import {
  AssessAnswer,
  ConfirmAnswer,
  ConfirmBody,
  ConversionBody,
  CustomerPath,
  DraftAnswer,
  DraftBody,
  DuePage,
  DueQuery,
  HeldAnswer,
  ProductPath,
  ProfileAnswer,
  QuestionnaireAnswer,
  QuestionnaireBody,
  QuestionnairePath,
  QuestionnaireVersions,
  RulesAnswer,
  RulesBody,
  RulesVersions,
  SubmitBody,
  SuitabilityAnswer,
  WarnBody,
  WarningAnswer,
  WarningPage,
  WarningQuery,
  WarningPath,
} from './contract.ts';
import { type NewVersion, proposeVersion, requestConversion } from './governance.ts';
import { getProductFacts } from './product-facts.ts';
import {
  explainSuitability,
  getProfile,
  getQuestionnaire,
  listDue,
  listVersionsOf,
  listWarnings,
} from './queries.ts';
import { rulesAt } from './rulebook.ts';

const tags = ['suitability'];
const readers: readonly Role[] = [
  'operations',
  'adviser',
  'reviewer',
  'compliance',
  'auditor',
  'partner',
  'investor',
];
const writers: readonly Role[] = ['operations', 'adviser', 'partner', 'investor'];

const GOVERNORS: readonly Role[] = [
  'compliance',
  'operations',
  'adviser',
  'reviewer',
  'productManager',
  'auditor',
];
const DUE_PAGE = 50;

/** Questionnaire, profile, why-not, warnings, investor class and new versions. */
export function suitabilityRoutes(app: App, world: World): void {
  questionnaireRoutes(app, world);
  answerDraftRoutes(app, world);
  profileRoutes(app, world);
  warningRoutes(app, world);
  conversionRoute(app, world);
  versionRoutes(app, world);
}

function questionnaireRoutes(app: App, world: World): void {
  app.get(
    '/suitability/questionnaires/:questionnaireId',
    {
      config: { roles: ROLES },
      schema: { tags, params: QuestionnairePath, response: { 200: QuestionnaireAnswer } },
    },
    async ({ params }) => getQuestionnaire(world, params.questionnaireId),
  );
  app.post(
    '/customers/:customerId/assessments',
    {
      config: { roles: writers, action: 'suitability.assess' },
      schema: {
        tags,
        params: CustomerPath,
        body: SubmitBody,
        response: { 200: AssessAnswer, 201: AssessAnswer },
      },
    },
    async ({ actor, params, body }, reply) => {
      await getVisible(world.db, actor, params.customerId);
      const [assessed] = await submitAnswers(world, actor, [{ ...params, ...body }]);
      if (assessed === undefined || assessed.outcome === 'refused') {
        throw new AppError('ASSESSMENT_REFUSED', { reasons: assessed?.findings ?? [] });
      }
      const { outcome, ...result } = assessed;
      const answer = { ...result, varieties: [...result.varieties] };
      return reply.code(outcome === 'assessed' ? 201 : 200).send(answer);
    },
  );
}

function answerDraftRoutes(app: App, world: World): void {
  const roles = writers.filter((role) => role !== 'partner');
  app.get(
    '/customers/:customerId/answer-draft',
    {
      config: { roles, action: 'suitability.read-answers' },
      schema: { tags, params: CustomerPath, response: { 200: DraftAnswer } },
    },
    async ({ actor, params }) => {
      const draft = await findAnswerDraft(world, actor, params.customerId);
      if (draft === undefined) return { draft: null };
      const answers = draft.answers.map(({ questionId, optionIds }) => ({
        questionId,
        optionIds: [...optionIds],
      }));
      return { draft: { ...draft, answers } };
    },
  );
  app.put(
    '/customers/:customerId/answer-draft',
    {
      config: { roles, action: 'suitability.save-answers' },
      schema: { tags, params: CustomerPath, body: DraftBody, response: { 204: Type.Null() } },
    },
    async ({ actor, params, body }, reply) => {
      await saveAnswerDraft(world, actor, { ...params, ...body });
      return reply.code(204).send(null);
    },
  );
}

function profileRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId/suitability-profile',
    {
      config: { roles: readers },
      schema: { tags, params: CustomerPath, response: { 200: ProfileAnswer } },
    },
    async ({ actor, params }) => getProfile(world, actor, params.customerId),
  );
  app.get(
    '/customers/:customerId/products/:fundCode/suitability',
    {
      config: { roles: readers },
      schema: { tags, params: ProductPath, response: { 200: SuitabilityAnswer } },
    },
    async ({ actor, params: { customerId, fundCode } }) => {
      await getVisible(world.db, actor, customerId);
      const product = await getProductFacts(world, fundCode);
      const view = await explainSuitability(world, actor, customerId, product);
      return { ...view, findings: app.wireFindings(view.findings) };
    },
  );
}

function warningRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId/warnings',
    {
      config: { roles: readers, action: 'suitability.read-warnings' },
      schema: {
        tags,
        params: CustomerPath,
        querystring: WarningQuery,
        response: { 200: WarningPage },
      },
    },
    ({ actor, params: { customerId }, query: { limit = PAGE_DEFAULT, cursor } }) =>
      listWarnings(world, actor, { customerId, limit, cursor }),
  );
  app.post(
    '/customers/:customerId/warnings',
    {
      config: { roles: writers, action: 'suitability.warn' },
      schema: { tags, params: CustomerPath, body: WarnBody, response: { 201: WarningAnswer } },
    },
    async ({ actor, params: { customerId }, body: { fundCode, channel } }, reply) => {
      await getVisible(world.db, actor, customerId);
      const product = await getProductFacts(world, fundCode);
      const warning = await issueWarning(world, actor, { customerId, product, channel });
      const findings = app.wireFindings(warning.findings);
      return reply.code(201).send({ ...warning, findings });
    },
  );
  app.post(
    '/customers/:customerId/warnings/:warningId/confirmation',
    {
      config: { roles: writers, action: 'suitability.confirm-warning' },
      schema: { tags, params: WarningPath, body: ConfirmBody, response: { 200: ConfirmAnswer } },
    },
    async ({ actor, params, body: { channel } }) =>
      confirmWarning(world, actor, { ...params, channel }),
  );
}

function money(text: string): Amount {
  const value = parseAmount(text);
  assert(value !== undefined, 'the schema lets amounts through only');
  return value;
}

function conversionRoute(app: App, world: World): void {
  app.post(
    '/customers/:customerId/investor-class',
    {
      config: { roles: ['operations', 'adviser'], action: 'suitability.convert' },
      schema: { tags, params: CustomerPath, body: ConversionBody, response: { 202: HeldAnswer } },
    },
    async ({ actor, params, body: { to, proof, reason } }, reply) => {
      const { financialAssets, netAssets, averageIncome, experienceYears, isSigned } = proof;
      const held = await requestConversion(world, actor, {
        ...params,
        to,
        reason,
        proof: {
          financialAssets: money(financialAssets),
          netAssets: netAssets === undefined ? undefined : money(netAssets),
          averageIncome: averageIncome === undefined ? undefined : money(averageIncome),
          experienceYears,
          isSigned,
        },
      });
      return reply.code(202).send(held);
    },
  );
}

function newVersion(of: NewVersion['of'], content: unknown, effectiveAt: string): NewVersion {
  const at = parseInstant(effectiveAt);
  if (at === undefined) {
    const message = 'must be an RFC 3339 instant of the years 1900 to 2999';
    const messageZh = '必须为1900至2999年间的RFC 3339时间';
    const errors = [{ path: '/effectiveAt', message, messageZh }];
    throw new AppError('VALUE_REFUSED', { errors });
  }
  return { of, content, effectiveAt: at };
}

function versionRoutes(app: App, world: World): void {
  const config = {
    roles: ['compliance', 'operations'],
    action: 'suitability.propose',
    firmWide: true,
  } as const;
  app.get(
    '/suitability/rules',
    {
      config: { roles: readers.filter((role) => role !== 'investor') },
      schema: { tags, response: { 200: RulesAnswer } },
    },
    async () => {
      const rules = await rulesAt(world.db, world.clock.now());
      if (rules === undefined) throw new AppError('RULES_NOT_FOUND');
      return rules;
    },
  );
  app.get(
    '/suitability/rules/versions',
    {
      config: { roles: GOVERNORS, action: 'suitability.versions' },
      schema: { tags, response: { 200: RulesVersions } },
    },
    async () => ({ versions: await listVersionsOf(world, 'rules') }),
  );
  app.get(
    '/suitability/questionnaires/:questionnaireId/versions',
    {
      config: { roles: GOVERNORS, action: 'suitability.versions' },
      schema: { tags, params: QuestionnairePath, response: { 200: QuestionnaireVersions } },
    },
    async ({ params }) => ({ versions: await listVersionsOf(world, params.questionnaireId) }),
  );
  app.get(
    '/suitability/assessments-due',
    {
      config: { roles: GOVERNORS, action: 'suitability.due' },
      schema: { tags, querystring: DueQuery, response: { 200: DuePage } },
    },
    async ({ actor, query }) => listDue(world, actor, { ...query, limit: query.limit ?? DUE_PAGE }),
  );
  app.post(
    '/suitability/rules',
    { config, schema: { tags, body: RulesBody, response: { 202: HeldAnswer } } },
    async ({ actor, body: { content, effectiveAt } }, reply) => {
      const version = newVersion('rules', content, effectiveAt);
      return reply.code(202).send(await proposeVersion(world, actor, version));
    },
  );
  app.post(
    '/suitability/questionnaires/:questionnaireId',
    {
      config,
      schema: {
        tags,
        params: QuestionnairePath,
        body: QuestionnaireBody,
        response: { 202: HeldAnswer },
      },
    },
    async ({ actor, params, body: { content, effectiveAt } }, reply) => {
      const version = newVersion(params.questionnaireId, content, effectiveAt);
      return reply.code(202).send(await proposeVersion(world, actor, version));
    },
  );
}
