package io.quantumtrader.compose.backup;

/** Hears how far a backup or a restore has come. */
@FunctionalInterface
interface BackupProgress {

  /**
   * Takes how far it is.
   *
   * @param done bytes of files that are done
   * @param all bytes of all files
   */
  void at(long done, long all);
}
