/** A business code with its names. */
export interface OfdBusinessCode {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** The usual confirmation of an application code. */
  readonly confirm?: string;
}

const applications: readonly (readonly [string, string, string, string])[] = [
  ['001', '101', '开户', 'open account'],
  ['002', '102', '销户', 'close account'],
  ['003', '103', '账户信息修改', 'change account data'],
  ['004', '104', '基金账户冻结', 'freeze account'],
  ['005', '105', '基金账户解冻', 'unfreeze account'],
  ['006', '106', '账户卡挂失', 'report account card lost'],
  ['007', '107', '账户卡解挂', 'lift loss report'],
  ['008', '108', '增加交易账户', 'add trading account'],
  ['009', '109', '撤销交易账户', 'remove trading account'],
  ['020', '120', '认购', 'subscription'],
  ['021', '121', '预约认购', 'advance subscription'],
  ['022', '122', '申购', 'purchase'],
  ['023', '123', '预约申购', 'advance purchase'],
  ['024', '124', '赎回', 'redemption'],
  ['025', '125', '预约赎回', 'advance redemption'],
  ['026', '126', '转托管', 'transfer of custody'],
  ['027', '127', '转托管转入', 'transfer of custody in'],
  ['028', '128', '转托管转出', 'transfer of custody out'],
  ['029', '129', '设置分红方式', 'set dividend method'],
  ['031', '131', '份额冻结', 'freeze units'],
  ['032', '132', '份额解冻', 'unfreeze units'],
  ['033', '133', '非交易过户', 'non-trade transfer'],
  ['034', '134', '非交易过户转入', 'non-trade transfer in'],
  ['035', '135', '非交易过户转出', 'non-trade transfer out'],
  ['036', '136', '基金转换', 'conversion'],
  ['037', '137', '基金转换转入', 'conversion in'],
  ['038', '138', '基金转换转出', 'conversion out'],
  ['039', '139', '定时定额申购', 'periodic purchase'],
  ['042', '142', '强行赎回', 'forced redemption'],
  ['044', '144', '强行调增', 'forced increase'],
  ['045', '145', '强行调减', 'forced decrease'],
  ['053', '153', '撤预约单', 'cancel advance order'],
  ['058', '158', '变更交易账号', 'change trading account'],
  ['059', '159', '定投开通', 'open periodic plan'],
  ['060', '160', '定投撤销', 'cancel periodic plan'],
  ['061', '161', '定投变更', 'change periodic plan'],
  ['062', '162', '认购调整', 'adjust subscription'],
  ['063', '163', '定时定额赎回', 'periodic redemption'],
  ['088', '188', '质押', 'pledge'],
  ['091', '191', 'ETF 申购', 'ETF creation'],
  ['093', '193', 'ETF 赎回', 'ETF redemption'],
  ['098', '198', '快速过户', 'fast transfer'],
];

/** Confirmations that answer no application of the same name. */
const confirmationsOnly: readonly (readonly [string, string, string])[] = [
  ['130', '认购结果', 'subscription result'],
  ['140', '发行失败', 'issue failed'],
  ['143', '红利发放', 'dividend payment'],
  ['146', '配号', 'ballot number'],
  ['149', '募集失败', 'offering failed'],
  ['150', '基金清盘', 'fund liquidation'],
  ['151', '基金终止', 'fund termination'],
  ['155', '销售人资金清算', 'distributor money settlement'],
  ['157', '红利解冻', 'unfreeze dividend'],
  ['192', 'ETF 申购确认（第二步）', 'ETF creation, second step'],
  ['194', 'ETF 赎回确认（第二步）', 'ETF redemption, second step'],
];

/** All business codes by code. Codes that are not here are kept as they are, never guessed. */
export const businessCodes: ReadonlyMap<string, OfdBusinessCode> = new Map([
  ...applications.map(([code, confirm, zh, en]) => [code, { code, zh, en, confirm }] as const),
  ...applications.map(
    ([, code, zh, en]) => [code, { code, zh: `${zh}确认`, en: `${en} confirmation` }] as const,
  ),
  ...confirmationsOnly.map(([code, zh, en]) => [code, { code, zh, en }] as const),
]);

/** The code that usually confirms an application (022 → 122), or undefined. */
export function findConfirmCode(applyCode: string): string | undefined {
  return businessCodes.get(applyCode)?.confirm;
}

/** File types by code. Only those with a layout can be read and written. */
export const fileTypes: ReadonlyMap<string, { readonly zh: string; readonly en: string }> = new Map(
  (
    [
      ['01', '账户申请', 'account applications'],
      ['02', '账户确认', 'account confirmations'],
      ['03', '交易申请', 'trade applications'],
      ['04', '交易确认', 'trade confirmations'],
      ['05', '基金账户对账', 'holdings reconciliation'],
      ['06', '基金分红', 'dividends'],
      ['07', '基金动态信息', 'fund quotations'],
      ['08', '公告', 'announcements'],
      ['09', '红利汇总', 'dividend summary'],
      ['10', '日交割汇总', 'daily settlement summary'],
      ['11', '业务申请汇总（TA发）', 'application summary of the registrar'],
      ['12', '业务确认汇总', 'confirmation summary'],
      ['13', '业务申请汇总（代理人发）', 'application summary of the distributor'],
      ['21', '参与人及结算席位', 'participants and settlement seats'],
      ['23', '其它类申请', 'other applications'],
      ['24', '其它类确认', 'other confirmations'],
      ['25', '资金清算', 'money settlement'],
      ['26', '理财产品份额明细', 'wealth product unit details'],
      ['33', 'T日过户申请', 'same-day transfer applications'],
      ['34', 'T日过户确认', 'same-day transfer confirmations'],
      ['35', 'T日过户对账', 'same-day transfer reconciliation'],
      ['43', '电子合同申请', 'electronic contract applications'],
      ['44', '电子合同确认', 'electronic contract confirmations'],
      ['R1', '非居民涉税信息申请', 'non-resident tax data'],
      ['R2', '非居民涉税信息确认', 'non-resident tax data confirmations'],
      ['C1', '基金基础参数', 'fund parameters'],
      ['C2', '基金代理关系', 'fund distribution relations'],
      ['C3', '基金转换关系', 'fund conversion relations'],
      ['C4', '基金分红方案', 'dividend plans'],
      ['C5', '基金费率', 'fund fees'],
      ['C6', '理财产品可赎回日期', 'wealth product redemption dates'],
      ['X1', '个人反洗钱申请', 'anti-money-laundering data of persons'],
      ['X2', '个人反洗钱确认', 'anti-money-laundering confirmations of persons'],
      ['X3', '机构反洗钱申请', 'anti-money-laundering data of institutions'],
      ['X4', '机构反洗钱确认', 'anti-money-laundering confirmations of institutions'],
    ] as const
  ).map(([code, zh, en]) => [code, { zh, en }]),
);
