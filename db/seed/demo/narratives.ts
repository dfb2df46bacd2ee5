import type { OfficeLateReason } from '#lib/domain/policy.ts';
import type { LateReasonOffice } from '#lib/domain/report/late-reason.ts';
import { parseCheckKey } from '#lib/domain/check/check.ts';
import { reasonsFor } from '#lib/domain/check/check-explanation.ts';
import type { NeedKind } from '#lib/domain/need-state.ts';
import { chanceOf } from './random.ts';

/** Sentences as a filer writes them; each says that it is an example. */

const OPENINGS: Readonly<Record<string, readonly string[]>> = {
	transformation_plan: ['已制订2024—2027年数字化转型整体推进计划', '数字化转型三年行动方案已进入第二年', '围绕研发、生产、供应链、服务四条主线推进数字化转型'],
	outsourcing_application: [
		'主要以服务外包方式引入制造执行、设备运维和质量追溯等数字化服务',
		'通过外包方式完成生产排程和仓储系统改造',
		'与信息技术服务企业签订年度服务外包合同，覆盖工艺仿真和能耗管理'
	],
	industry_position: ['在细分行业中具有一定规模优势', '产品在区域市场占有率保持前列', '牵头形成可复制推广的数字化车间建设经验'],
	networking_status: ['主要产线的数控设备已接入车间网络', '新增设备随采购一并联网，存量设备按年度计划改造', '设备数据经网关统一采集，接入控制系统'],
	digital_processes_products: ['生产流程实现订单到交付的全程追溯', '主要产品加装传感模块，可远程运维', '工艺参数实现在线采集和闭环调整'],
	digital_team: ['设有数字化中心，统一负责规划、建设和运维', '经营团队中设首席信息官，各车间配备数字化专员', '全年组织数字化培训，覆盖班组长以上人员'],
	business_and_plan: ['以制造业数字化解决方案为主要业务', '业务由软件开发延伸到实施和运维一体化服务', '规划三年内将制造业客户服务收入占比稳步提高'],
	core_products: ['自主研发的制造执行平台已迭代到第五版', '工业数据采集套件拥有完整自主知识产权', '面向离散制造的排程产品形成系列'],
	mature_cases: ['为装备制造客户建成数字化车间并通过验收', '供应链协同方案在多家客户上线运行', '设备预测性维护方案在两个行业成熟应用'],
	customers_and_fields: ['制造业客户分布在装备、汽车零部件、电子三个领域', '新增客户以中型制造企业为主', '按行业设立交付团队，分领域核算收入'],
	ito_three_years: ['近三年承接信息技术外包执行额总体稳定', '执行额随长期合同交付进度确认', '外包合同以一年以上的框架合同为主'],
	intellectual_property: ['专利和软件著作权集中在数据采集与排程算法', '本年度新增软件著作权均用于制造业产品', '知识产权由专人管理，定期评估'],
	competitiveness: ['在区域内具有较强的交付能力', '连续参加行业标准讨论并承担示例项目', '客户续约情况良好'],
	staff_capability: ['设有分级培训体系和内部认证', '项目经理和架构师队伍稳定', '与院校合作培养制造业数字化人才'],
	support_wanted: ['希望组织同行交流并提供标准方面的指导', '希望在人才培训方面得到支持', '希望加强制造业供需对接'],
	problems_met: ['复合型人才不足，招聘周期较长', '存量设备接口不统一，改造成本较高', '部分客户付款周期延长']
};
const CONTINUATIONS = [
	'全年按月检查进度，重点任务均有责任部门。',
	'相关投入已列入年度预算，并按季度评估成效。',
	'实施效果以交付周期、一次合格率和能耗三项指标衡量。',
	'经验已整理成册，供同行参考。'
];

/** One answer of 业务开展情况 or of the needs; empty where this filer leaves a voluntary one out. */
export function narrativeFor(fieldId: string, { line, year, no, designationId }: { line: string; year: number; no: number; designationId: number }): string {
	const chance = chanceOf(`narrative/${designationId}/${year}/${fieldId}`);
	const voluntary = fieldId === 'support_wanted' || fieldId === 'problems_met';
	if (voluntary && chance.odds(0.45)) return '';
	const openings = OPENINGS[fieldId] ?? ['按要求开展工作'];
	const text = `（演示内容）${year}年，企业在${line}领域${chance.pick(openings)}。${chance.pick(CONTINUATIONS)}`;
	if (voluntary && no > 1) {
		// A correction may ask for something else, or for nothing any more.
		const second = chanceOf(`need mended/${designationId}/${year}/${fieldId}/${no}`);
		if (second.odds(0.2)) return '';
		return second.odds(0.4) ? `${text}补充：希望在明年年初明确安排。` : text;
	}
	const mended = NARRATIVE_MENDED.indexOf(fieldId);
	return no > 1 && mended >= 0 && mended % 2 === designationId % 2 ? `${text}补充：已附上具体案例和实施前后对比数据。` : text;
}

/** What a correction adds to: two for each category. */
const NARRATIVE_MENDED = ['industry_position', 'networking_status', 'core_products', 'customers_and_fields'];

const SENTENCES: Readonly<Record<string, readonly string[]>> = {
	order_change: ['主要客户订单在下半年集中交付，带动相关指标变化。', '两家大客户调整采购计划，订单较上年有明显变化。'],
	capacity_change: ['新产线于年中投产，产能利用率逐月变化。', '老产线停产改造三个月，产能阶段性下降。'],
	price_change: ['原材料价格波动传导到产品价格，金额随之变化。', '产品结构调整后平均单价变化较大。'],
	investment_cycle: ['信息化建设按三年周期投入，本年处于投入低谷。', '智能仓储项目在本年集中结算，投入高于往年。'],
	restructuring: ['子公司划出合并范围，数据口径相应缩小。', '吸收合并一家关联企业，规模相应扩大。'],
	staffing_change: ['业务外包后部分岗位转出，人员数量减少。', '新设研发中心集中招聘，人员数量增加。'],
	statistical_scope: ['本年起按合并报表口径填报，与往年单体口径不同。', '设备台账重新清点，统计范围较上年扩大。'],
	one_off: ['上年含一次性资产处置收益，本年没有此项。', '本年计提一次性减值，利润受到影响。'],
	data_correction: ['上年预计时误计一项合同，本年按审计数更正。', '上年填报时漏计分公司数据，本年已补齐。'],
	unit_confirmed: ['已按万元单位逐项核对合同，金额因重大项目确认而倍增。'],
	market_change: ['行业需求低于年初判断，全年完成额低于预计。', '海外订单好于年初判断，全年完成额高于预计。'],
	project_delay: ['两个重点项目验收推迟到下一年度，收入未能确认。'],
	audit_adjustment: ['审计后按新收入准则调整确认时点，金额有变化。'],
	equipment_renewal: ['一批老旧设备更新，新设备尚未完成联网调试。']
};

/** A reason and a sentence for a warning, as the filer would give them. */
export function explanationFor(checkKey: string, designationId: number, year: number): { readonly reason: string; readonly text: string } {
	const chance = chanceOf(`explanation/${designationId}/${year}/${checkKey}`);
	const code = parseCheckKey(checkKey)?.code;
	if (code === undefined) throw new RangeError(`no such check: ${checkKey}`);
	const reasons = code === 'unit_slip' ? ['unit_confirmed'] : reasonsFor(code).filter((reason) => SENTENCES[reason] !== undefined);
	const reason = chance.pick(reasons);
	return { reason, text: chance.pick(SENTENCES[reason] ?? []) };
}

export const OPINION_REMARKS = [
	'材料齐全，数据与报表一致，同意报送。',
	'经审查，填报内容符合要求，同意报送。',
	'同意报送，请企业继续做好数据填报。',
	'已核对审计报告和主要指标，同意报送。'
];
export const QUERY_REMARKS = ['请补充变化的具体原因和佐证材料。', '说明与审计报告附注不一致，请核对后说明。'];
export const ANSWERS_TO_COMMENTS = [
	'已按审计报告更正，并在说明中写明原因。',
	'已补充案例和数据，见相应栏目。',
	'经核对原填写单位有误，现已更正。',
	'已补充盖章页和佐证材料。'
];
export const LATE_SENTENCES: Readonly<Record<string, string>> = {
	audit_unfinished: '上年度审计报告出具时间晚于预期，数据无法按期确定。',
	person_changed: '原填报人离职，交接期间未能按期完成填报。',
	figures_unsettled: '合并范围内子公司数据汇总较晚，全年预计数反复测算。',
	technical: '单位网络改造期间无法登录系统，恢复后即行填报。'
};

/** What an office answers, by what was asked for. */
export const NEED_ANSWERS: Readonly<Record<NeedKind, readonly string[]>> = {
	support: [
		'（演示内容）已列入明年同行交流活动安排，届时通过报送渠道通知贵单位参加。',
		'（演示内容）相关标准正在征求意见，请关注公开征求意见稿并通过渠道反馈。',
		'（演示内容）人才培训班将在下半年举办，名额已分配至各省，请与省级主管部门联系。'
	],
	problem: [
		'（演示内容）所反映的接口不统一问题已转标准化技术组织研究，阶段性结论将公开发布。',
		'（演示内容）人才不足问题可通过省级校企合作项目解决，申报方式见省级主管部门通知。',
		'（演示内容）已了解有关情况，建议结合现有供应链融资政策办理，具体条件请咨询省级主管部门。'
	]
};
export const NEED_PASSED = ['（演示内容）属本地区支持事项，请研究办理并答复企业。', '（演示内容）涉及贵方职责，请研究答复。'];

/** What a ministry asks about a figure that is far outside, and what it is answered. */
export const FOLLOW_UP_QUESTIONS: readonly string[] = [
	'（演示内容）该数据与同类别企业相差较大，请说明统计口径，并核对计量单位是否为万元。',
	'（演示内容）该数据较上年变化较大，请说明变化原因并附依据。',
	'（演示内容）请核对该数据与审计报告是否一致，如有差异请说明。'
];
export const FOLLOW_UP_ANSWERS: readonly string[] = [
	'（演示内容）经核对，数据与审计报告一致，差异系合并范围调整所致。',
	'（演示内容）该年度有一次性重大项目确认收入，已在情况说明中列明。',
	'（演示内容）统计口径与同类别企业不同，已按统一口径复核，数值无误。'
];

/** What an office says of its own late days. */
export function officeLateReason(owner: LateReasonOffice, reportId: number): { readonly code: OfficeLateReason; readonly text: string } {
	if (owner === 'channel') return { code: 'collected_to_forward', text: '等待同批企业全部签署后集中转报。' };
	return reportId % 2 === 0
		? { code: 'checking_figures', text: '核对审计报告与填报数据，用时较长。' }
		: { code: 'awaiting_answer', text: '等待企业补充说明后再行签署。' };
}
