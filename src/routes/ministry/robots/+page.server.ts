import { MINISTRIES } from '#lib/domain/parties.ts';
import { robotsOf, setRobotOf } from '../../robot-setting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => robotsOf(event, MINISTRIES);

export const actions: Actions = {
	default: (event) => setRobotOf(event, MINISTRIES)
};
