package io.quantumtrader.compose.backup;

import io.quantumtrader.app.cli.Screen;
import java.util.Locale;

/** How far a backup has come, for people. */
final class Progress {

  private static final double KIB = 1024;
  private static final long PERCENT = 100;

  private Progress() {}

  /** Returns what shows on a screen how far something has come. */
  static BackupProgress on(Screen screen, String what) {
    return (done, all) ->
        screen.status(
            "%s ... %d %% of %s".formatted(what, all == 0 ? 0 : PERCENT * done / all, size(all)));
  }

  /** Returns a number of bytes in words, like 3.4 MiB. */
  static String size(long bytes) {
    if (bytes < KIB * KIB) {
      return String.format(Locale.ROOT, "%.1f KiB", bytes / KIB);
    }
    return String.format(Locale.ROOT, "%.1f MiB", bytes / KIB / KIB);
  }
}
