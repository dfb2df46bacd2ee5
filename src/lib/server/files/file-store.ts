import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { config, type Config } from '#lib/server/config.ts';
import { folderStore, type FileStore } from './files.ts';
import { s3Store } from './s3.ts';

/** The store the settings name. */
export function openFileStore(files: Config['files']): FileStore {
	return files.kind === 's3' ? s3Store(files, join(tmpdir(), 'keyent-incoming')) : folderStore(files.folder);
}

let own: FileStore | undefined;

/** The application's own store, opened when first used. */
export function fileStore(): FileStore {
	return (own ??= openFileStore(config().files));
}
