import { tableDownload } from '#lib/server/pages/list-export.ts';
import { pictureTable } from '../../trend-pictures.ts';
import { leavingPicture } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** Any picture of the dashboard as the rows it is drawn from. */
export const GET: RequestHandler = async (event) => {
	const { picture, asked } = await leavingPicture(event);
	return tableDownload(event, pictureTable(picture, asked), 'csv');
};
