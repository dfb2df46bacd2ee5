import type { Category } from '#lib/domain/parties.ts';
import type { Chance } from './random.ts';

/** Names of nobody: every firm carries （演示）, every person the character 示 in the given name. */

const FIRST = [...'星云澜岚曜泓澈翎霁璟漪岑珩瑾昀晞砚辰沐汀'];
const SECOND = [...'澜岫栎舟衡湛穹屿桐拓禾川棠翼阙庭野涧陌筠'];

const MANUFACTURING_LINES = [
	'智能装备',
	'精密制造',
	'数控机床',
	'汽车零部件',
	'新材料',
	'电子器件',
	'轨道装备',
	'家用电器',
	'精细化工',
	'纺织服装',
	'食品',
	'医疗器械',
	'工程机械',
	'仪器仪表',
	'新能源装备',
	'船舶配套'
];
const IT_LINES = ['信息技术', '软件', '数字科技', '工业互联网', '数据服务', '系统集成', '智能科技', '云服务'];

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹'];
const GIVEN = [...'安宁和清远明嘉文思齐一知行若修乐言舒然平'];

/** 400 prefixes, each used once. */
export function firmPrefixes(chance: Chance): string[] {
	return chance.shuffled(FIRST.flatMap((first) => SECOND.map((second) => `${first}${second}`)));
}

export function lineOf(chance: Chance, category: Category): string {
	return chance.pick(category === 'manufacturing' ? MANUFACTURING_LINES : IT_LINES);
}

export function firmName(prefix: string, line: string, chance: Chance): string {
	return `${prefix}（演示）${line}${chance.odds(0.25) ? '股份' : ''}有限公司`;
}

export function personName(chance: Chance): string {
	return `${chance.pick(SURNAMES)}示${chance.pick(GIVEN)}`;
}

/** The twelve groups, by the ten heavenly stems and two branches. */
export const GROUP_MARKS = [...'甲乙丙丁戊己庚辛壬癸子丑'];

/** An area code and a mobile prefix that do not exist: nobody's telephone rings. */
export function phoneOf(number: number): string {
	const digits = String(number).padStart(8, '0');
	return `000-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
