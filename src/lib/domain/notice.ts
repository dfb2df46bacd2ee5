/**
 * The notice 商办服贸函〔2021〕360号 as data: its own items, every article of annex 1 (the work plan) and the filling instructions and
 * lists of annex 2, with the exact text. A rule cites an `ArticleId`, so a citation that does not exist does not compile.
 */

export const NOTICE_NUMBER = '商办服贸函〔2021〕360号';

/** What an id stands on: an item of the notice itself, an article of the plan, one of its footnotes, a filling instruction, or a part of annex 2's form. */
interface Article {
	/** Citation as officials write it, e.g. 方案第五条(二)4. */
	readonly citationZh: string;
	/** The same in English, e.g. "Plan, article 5(2)4". */
	readonly citationEn: string;
	/** The exact text of the notice. */
	readonly textZh: string;
}

export const NOTICE = {
	'notice.1': {
		citationZh: '通知第一条',
		citationEn: 'Notice, item 1',
		textZh:
			'请积极组织符合条件的企业进行申报。重点企业申报工作请参照《信息技术外包和制造业融合发展重点企业申报工作方案（试行）》（附件1）中相关要求和程序开展。' +
			'各申报企业应及时提交《信息技术外包和制造业融合发展重点企业申报表》（附件2）及相关申报材料。'
	},
	'notice.2': {
		citationZh: '通知第二条',
		citationEn: 'Notice, item 2',
		textZh:
			'各地方商务、工业和信息化主管部门和有关中央企业应及时开展遴选和推荐工作。对企业申报材料进行审查后，将本地区（单位）推荐企业的申报材料及审核意见汇总编印，' +
			'形成制造业类和信息技术外包类两册并各印制 10 份，于 2021 年 12 月 10 日前报送商务部（9 份）、工业和信息化部（1 份）。逾期不予受理。'
	},
	'1': {
		citationZh: '方案第一条',
		citationEn: 'Plan, article 1',
		textZh:
			'为深入贯彻落实《中共中央 国务院关于推进贸易高质量发展的指导意见》中关于加快服务外包转型升级的决策部署，按照《商务部等 8 部门关于推动服务外包加快转型升级的指导意见》中的工作要求，为促进服务外包和制造业融合发展，特制定本方案。'
	},
	'2': {
		citationZh: '方案第二条',
		citationEn: 'Plan, article 2',
		textZh:
			'信息技术外包和制造业融合发展重点企业（以下简称重点企业）是指利用现代信息技术，通过服务外包的业务模式，整合相关资源和服务实现制造过程和产品数字化融合化发展，具有较强创新能力，对推动我国制造业数字化转型和高质量发展具有重要带动作用的制造业企业或信息技术服务外包企业。'
	},
	'3': {
		citationZh: '方案第三条',
		citationEn: 'Plan, article 3',
		textZh: '重点企业申报工作遵循公平、公正、公开原则，统筹规划、有序推进。'
	},
	'4': {
		citationZh: '方案第四条',
		citationEn: 'Plan, article 4',
		textZh:
			'商务部会同工业和信息化部负责重点企业评审和确认相关工作。各省、自治区、直辖市商务、工业和信息化主管部门（以下简称省级商务、工业和信息化主管部门）和有关中央企业集团负责组织本地区重点企业的申报工作。'
	},
	'5': { citationZh: '方案第五条', citationEn: 'Plan, article 5', textZh: '申报重点企业的基本条件和标准：' },
	'5.1': {
		citationZh: '方案第五条（一）',
		citationEn: 'Plan, article 5(1)',
		textZh: '具有独立法人资格，财务管理制度健全，会计信用、纳税信用和银行信用良好。'
	},
	'5.2': {
		citationZh: '方案第五条（二）',
		citationEn: 'Plan, article 5(2)',
		textZh: '申报制造业类重点企业应符合以下基本条件和标准。'
	},
	'5.2.1': {
		citationZh: '方案第五条（二）1',
		citationEn: 'Plan, article 5(2)1',
		textZh: '制订了应用信息和数字技术推进企业数字化转型的整体推进计划。'
	},
	'5.2.2': {
		citationZh: '方案第五条（二）2',
		citationEn: 'Plan, article 5(2)2',
		textZh: '主要运用服务外包的业务模式应用信息和数字技术促进企业产品升级、效率提升和数字化转型。'
	},
	'5.2.3': {
		citationZh: '方案第五条（二）3',
		citationEn: 'Plan, article 5(2)3',
		textZh: '在本行业或相关领域内具有一定优势，具有引领、带动作用和可复制推广的经营模式、业务模式。'
	},
	'5.2.4': {
		citationZh: '方案第五条（二）4',
		citationEn: 'Plan, article 5(2)4',
		textZh: '近三年，每年信息化建设投入占营业收入的比例不低于5%。'
	},
	'5.2.5': {
		citationZh: '方案第五条（二）5',
		citationEn: 'Plan, article 5(2)5',
		textZh: '现有数字化生产设备联网率①不低于60%。'
	},
	'5.2.6': {
		citationZh: '方案第五条（二）6',
		citationEn: 'Plan, article 5(2)6',
		textZh: '具有一定的经营规模，从业人员1000人以上，年营业收入5亿元人民币以上。'
	},
	'5.2.7': {
		citationZh: '方案第五条（二）7',
		citationEn: 'Plan, article 5(2)7',
		textZh: '拥有数字化程度较高的生产流程和产品，拥有一支数字化管理能力较强的经营团队。'
	},
	'5.3': {
		citationZh: '方案第五条（三）',
		citationEn: 'Plan, article 5(3)',
		textZh: '申报信息技术服务外包类重点企业应符合以下基本条件和标准。'
	},
	'5.3.1': {
		citationZh: '方案第五条（三）1',
		citationEn: 'Plan, article 5(3)1',
		textZh: '企业应在商务部“服务外包和软件出口统计管理应用”注册登记并填报数据。'
	},
	'5.3.2': {
		citationZh: '方案第五条（三）2',
		citationEn: 'Plan, article 5(3)2',
		textZh: '近三年，每年承接信息技术服务外包（ITO）执行额不低于5000万元人民币。'
	},
	'5.3.3': {
		citationZh: '方案第五条（三）3',
		citationEn: 'Plan, article 5(3)3',
		textZh: '在制造业信息技术解决方案、数字化服务方面具有核心自主知识产权的服务产品，有成熟应用的案例，并形成完整业务体系和发展规划。'
	},
	'5.3.4': {
		citationZh: '方案第五条（三）4',
		citationEn: 'Plan, article 5(3)4',
		textZh: '数字化解决方案覆盖制造业客户不少于10个。'
	},
	'5.3.5': {
		citationZh: '方案第五条（三）5',
		citationEn: 'Plan, article 5(3)5',
		textZh: '为制造业行业领域提供数字化解决方案所获得的收入占本企业营业收入不低于20%。'
	},
	'5.3.6': {
		citationZh: '方案第五条（三）6',
		citationEn: 'Plan, article 5(3)6',
		textZh: '拥有一定数量的与制造业有关的发明专利、软件著作权以及相关的知识产权等。'
	},
	'5.3.7': {
		citationZh: '方案第五条（三）7',
		citationEn: 'Plan, article 5(3)7',
		textZh: '拥有一批从事制造业数字化的专业化人才。'
	},
	'6': {
		citationZh: '方案第六条',
		citationEn: 'Plan, article 6',
		textZh:
			'申报材料包括：\n1、《信息技术外包和制造业融合发展重点企业申报表》；\n2、经会计师事务所审计的上年度会计报表；\n3、本方案第五条有关的其他证明材料。\n申报材料中的有关数据以各级统计机构、职能部门公开数据及经会计师事务所审计的会计报表为准。\n上述申报材料要求提供原件及电子版光盘。'
	},
	'6.1': { citationZh: '方案第六条1', citationEn: 'Plan, article 6, item 1', textZh: '《信息技术外包和制造业融合发展重点企业申报表》；' },
	'6.2': { citationZh: '方案第六条2', citationEn: 'Plan, article 6, item 2', textZh: '经会计师事务所审计的上年度会计报表；' },
	'6.3': { citationZh: '方案第六条3', citationEn: 'Plan, article 6, item 3', textZh: '本方案第五条有关的其他证明材料。' },
	'7': {
		citationZh: '方案第七条',
		citationEn: 'Plan, article 7',
		textZh:
			'申报程序：\n企业向其所在省级商务、工业和信息化主管部门提出申请并按要求上报申报材料。中央管理企业向所在企业集团提出申请并按要求上报申报材料。\n省级商务、工业和信息化主管部门及中央企业集团对企业申报材料进行审查，按照有关要求确定推荐企业名单，' +
			'并将推荐企业的申报材料及审核意见在规定时间内报送商务部、工业和信息化部。\n地区生产总值（地区 GDP）在 5 万亿人民币以上的省份②可推荐制造业类重点企业、信息技术外包类重点企业各不超过 10 家，地区生产总值在 3—5 ' +
			'万亿人民币之间的省份③可推荐制造业类重点企业、信息技术外包类重点企业各不超过 6 家，地区生产总值在 1—3 万亿人民币之间的省份④可推荐制造业类重点企业、信息技术外包类重点企业各不超过 3 家。其他省份可推荐制造业类重点企业、信息技术外包类重点企业各不超过 1 家。' +
			'每个中央企业集团可推荐制造业类重点企业、信息技术外包类重点企业各不超过 1 家。'
	},
	'8': {
		citationZh: '方案第八条',
		citationEn: 'Plan, article 8',
		textZh:
			'商务部会同工业和信息化部从行业内遴选专家组成专家组，委托专家组对企业申请材料进行初评并打分。商务部会同工业和信息化部根据专家组评分和意见进行综合评议，确定入围重点企业名单。'
	},
	'9': {
		citationZh: '方案第九条',
		citationEn: 'Plan, article 9',
		textZh: '报经商务部、工业和信息化部部领导同意后，入围重点企业名单在商务部门户网站公示 5 个工作日。'
	},
	'10': {
		citationZh: '方案第十条',
		citationEn: 'Plan, article 10',
		textZh: '经公示无异议或异议不成立的，由商务部、工业和信息化部在部门门户网站公布为重点企业。'
	},
	'11': {
		citationZh: '方案第十一条',
		citationEn: 'Plan, article 11',
		textZh:
			'重点企业自确定次年起，每年 11 月 30 日前将本年度企业信息技术外包和制造业融合发展情况通过其所在省级商务、工业和信息化主管部门（或中央企业集团）报送商务部、工业和信息化部。'
	},
	'12': {
		citationZh: '方案第十二条',
		citationEn: 'Plan, article 12',
		textZh:
			'商务部、工业和信息化部在信息技术外包和制造业融合发展方面，对重点企业予以指导和支持。各省级商务、工业和信息化主管部门对重点企业进行管理，提供支持和服务。'
	},
	'13': {
		citationZh: '方案第十三条',
		citationEn: 'Plan, article 13',
		textZh: '商务部、工业和信息化部对重点企业实行动态管理，每三年开展新申请企业评议及重点企业复审，复审不合格的将撤销称号。'
	},
	'14': {
		citationZh: '方案第十四条',
		citationEn: 'Plan, article 14',
		textZh: '本方案由商务部服务贸易和商贸服务业司、工业和信息化部信息技术发展司负责解释。'
	},
	'note.1': {
		citationZh: '方案注①',
		citationEn: 'Plan, footnote 1',
		textZh:
			'数字化生产设备联网率是指已联网的数字化生产设备数量占全部数字化生产设备总数的比例。目前所统计的已联网的数字化生产设备包括能与控制系统进行数据交换的数字化生产设备。'
	},
	'note.2': {
		citationZh: '方案注②',
		citationEn: 'Plan, footnote 2',
		textZh:
			'根据 2019 年及 2020 年国家统计局发布的国民经济核算数据，地区生产总值在 5 万亿人民币以上的省份（含自治区、直辖市）包括江苏、浙江、山东、河南、广东。'
	},
	'note.3': {
		citationZh: '方案注③',
		citationEn: 'Plan, footnote 3',
		textZh:
			'根据 2019 年及 2020 年国家统计局发布的国民经济核算数据，地区生产总值在 3—5 万亿人民币之间的省份（含自治区、直辖市）包括北京、河北、上海、安徽、福建、湖北、湖南、四川。'
	},
	'note.4': {
		citationZh: '方案注④',
		citationEn: 'Plan, footnote 4',
		textZh:
			'根据 2019 年及 2020 年国家统计局发布的国民经济核算数据，地区生产总值在 1—3 万亿人民币之间的省份（含自治区、直辖市）包括天津、山西、内蒙古、辽宁、吉林、黑龙江、江西、广西、重庆、贵州、云南、陕西、新疆。'
	},
	'fill.1': {
		citationZh: '填写说明第一条',
		citationEn: 'Filling instructions, item 1',
		textZh: '申报表内容要逐项填写，内容要真实，表达要明确。'
	},
	'fill.2': {
		citationZh: '填写说明第二条',
		citationEn: 'Filling instructions, item 2',
		textZh: '申报表要加盖申报单位公章、推荐部门意见及公章。'
	},
	'fill.3': {
		citationZh: '填写说明第三条',
		citationEn: 'Filling instructions, item 3',
		textZh: '申报单位对所填写内容的真实性负责。推荐单位要对申报单位的申报材料认真审核。一发现有故意隐瞒、虚报等行为，将取消申报资格。'
	},
	'fill.4': {
		citationZh: '填写说明第四条',
		citationEn: 'Filling instructions, item 4',
		textZh:
			'格式要求：申报书中各项内容以 Word 文档格式填写，表格中的字体为小四号仿宋体，其他部分字体为小三号仿宋体，单倍行距；相关证明材料作为附件附在最后；均用 A4 纸双面打印，于左侧胶印装订成册。'
	},
	annex2: {
		citationZh: '附件2',
		citationEn: 'Annex 2',
		textZh: '信息技术外包和制造业融合发展重点企业申报表'
	},
	'annex2.attachments': {
		citationZh: '附件2 业务开展情况',
		citationEn: 'Annex 2, business conducted',
		textZh: '申请企业应提供社会统一信用代码、企业纳税信用等级证明和经会计师事务所审计的上年度会计报表，作为附件。'
	},
	'annex2.manufacturing': {
		citationZh: '附件2 业务开展情况一',
		citationEn: 'Annex 2, business conducted, item 1',
		textZh:
			'推进企业数字化转型的整体推进计划；通过服务外包模式应用信息和数字技术促进企业产品升级、效率提升和数字化转型的情况，在本行业或相关领域内的相对优势和地位，是否具有引领、带动作用和可复制推广的经营模式、业务模式；现有数字化生产设备联网率情况；本企业生产流程和产品的数字化情况；' +
			'企业经营团队的数字化能力情况。'
	},
	'annex2.it_outsourcing': {
		citationZh: '附件2 业务开展情况二',
		citationEn: 'Annex 2, business conducted, item 2',
		textZh:
			'本企业业务情况和发展规划，是否在制造业信息技术解决方案、数字化服务方面具有核心自主知识产权的服务产品，本企业的成熟应用的案例；本企业服务的制造业客户情况，业务覆盖的制造业行业领域，每个领域的收入情况；近三年承接信息技术外包执行额情况；本企业专利、软件著作权情况；' +
			'行业和区域竞争力相关证明材料；本企业员工能力建设情况。'
	},
	'annex2.province_opinion': {
		citationZh: '附件2 地方部门推荐意见',
		citationEn: 'Annex 2, opinion of the local departments',
		textZh: '省级商务主管部门意见：\n（公 章）\n负责人（签字）：\n年 月 日\n' + '省级工业和信息化主管部门意见：\n（公 章）\n负责人（签字）：\n年 月 日'
	},
	'annex2.group_opinion': {
		citationZh: '附件2 中央企业集团推荐意见',
		citationEn: 'Annex 2, opinion of the central group',
		textZh: '中央企业集团意见：\n（公 章）\n负责人（签字）：\n年 月 日'
	}
} as const satisfies Readonly<Record<string, Article>>;

export type ArticleId = keyof typeof NOTICE;

/** Marks a rule the notice does not contain: screens label it 非方案规定，系统设置. */
export const NOT_IN_NOTICE = 'system';

/** What a rule or a setting rests on: an article, or our own choice. */
export type Basis = ArticleId | typeof NOT_IN_NOTICE;

/** Every id, in the order of the notice. Integer-like keys come first in JavaScript, hence the sort. */
export const ARTICLE_IDS: readonly ArticleId[] = (Object.keys(NOTICE) as ArticleId[]).sort(compareArticles);

export function isArticleId(text: string): text is ArticleId {
	return Object.hasOwn(NOTICE, text);
}

/** 方案第五条(二)4 or "Plan, article 5(2)4". */
export function citationOf(article: ArticleId, language: 'zh-CN' | 'en'): string {
	return language === 'en' ? NOTICE[article].citationEn : NOTICE[article].citationZh;
}

/** The exact text of the notice, always Chinese: a translation would not be the source. */
export function textOf(article: ArticleId): string {
	return NOTICE[article].textZh;
}

function compareArticles(a: ArticleId, b: ArticleId): number {
	const rank = (id: ArticleId): readonly number[] => {
		const group = id.startsWith('notice') ? -1 : /^\d/.test(id) ? 0 : id.startsWith('note') ? 1 : id.startsWith('fill') ? 2 : 3;
		return [group, ...(id.match(/\d+/g) ?? []).map(Number)];
	};
	const [left, right] = [rank(a), rank(b)];
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const difference = (left[i] ?? -1) - (right[i] ?? -1);
		if (difference !== 0) return difference;
	}
	return 0;
}
