/** A backup that cannot be made, read or restored, said in one sentence for the person who asked. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}
