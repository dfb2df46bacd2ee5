import { tableDownload } from '#lib/server/pages/list-export.ts';
import { pictureTable } from '../../../trend-pictures.ts';
import { leavingPicture } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The picture of a metric as the rows it is drawn from. */
export const GET: RequestHandler = async (event) => {
	const { picture, asked } = await leavingPicture(event, event.params.metric);
	return tableDownload(event, pictureTable(picture, asked), 'csv');
};
