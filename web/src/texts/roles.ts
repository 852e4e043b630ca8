import { defineTexts } from './texts.ts';

/** The names of roles, as people of the trade say them. */
export const roleTexts = defineTexts(
  'roles',
  {
    administrator: '系统管理员',
    auditor: '审计',
    operations: '运营',
    adviser: '投资顾问',
    productManager: '产品经理',
    reviewer: '复核',
    compliance: '合规风控',
    partner: '合作方',
    investor: '投资者',
  },
  {
    administrator: 'Administrator',
    auditor: 'Auditor',
    operations: 'Operations',
    adviser: 'Adviser',
    productManager: 'Product manager',
    reviewer: 'Reviewer',
    compliance: 'Compliance',
    partner: 'Partner',
    investor: 'Investor',
  },
);
