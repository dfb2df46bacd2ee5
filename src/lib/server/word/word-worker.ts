/** What runs in the writing thread. It answers once: the document, or null where writing failed. */
import { parentPort, workerData } from 'node:worker_threads';
import type { OfficialPaper } from '#lib/domain/official-paper.ts';
import { paperFile } from './paper-document.ts';

parentPort?.postMessage(await paperFile(workerData as OfficialPaper).catch(() => null));
