import { robotsOf, setRobotOf } from '../../robot-setting.ts';
import type { Actions, PageServerLoad } from './$types';

const OFFICES = ['commerce', 'industry', 'group'] as const;

export const load: PageServerLoad = (event) => robotsOf(event, OFFICES);

export const actions: Actions = {
	default: (event) => setRobotOf(event, OFFICES)
};
