/** The copy of unsent boxes on the device, in IndexedDB, apart for each person and report. Every failure is a rejected promise, never a stop. */
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import type { DeviceAnswer } from '#lib/domain/form/merge-answers.ts';

const STORE = 'unsent';

export interface DeviceCopy {
	all: () => Promise<Record<AnswerKey, DeviceAnswer>>;
	put: (key: AnswerKey, answer: DeviceAnswer) => Promise<void>;
	drop: (keys: readonly AnswerKey[]) => Promise<void>;
}

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open('filing', 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no storage'));
		request.onblocked = () => reject(new Error('storage is blocked'));
	});
}

function finished(transaction: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
	});
}

export function deviceCopy(personId: string, reportId: string): DeviceCopy {
	const database = open();
	// Whoever awaits it gets the rejection; without this the page would report it a second time.
	database.catch(() => undefined);
	const placeOf = (key: AnswerKey) => [personId, reportId, key];
	return {
		async all() {
			const transaction = (await database).transaction(STORE);
			const range = IDBKeyRange.bound([personId, reportId], [personId, reportId, []]);
			const store = transaction.objectStore(STORE);
			const keys = store.getAllKeys(range);
			const values = store.getAll(range);
			await finished(transaction);
			return Object.fromEntries(keys.result.map((place, index) => [(place as string[])[2] ?? '', values.result[index] as DeviceAnswer]));
		},
		async put(key, answer) {
			const transaction = (await database).transaction(STORE, 'readwrite');
			transaction.objectStore(STORE).put(answer, placeOf(key));
			await finished(transaction);
		},
		async drop(keys) {
			if (keys.length === 0) return;
			const transaction = (await database).transaction(STORE, 'readwrite');
			for (const key of keys) transaction.objectStore(STORE).delete(placeOf(key));
			await finished(transaction);
		}
	};
}
