package io.quantumtrader.market;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real market data beside the repository, which is not part of it: {@code ../shared/data} from the
 * repository root, or the directory that the system property {@code quantum.data} names.
 */
public final class SharedData {

  private SharedData() {}

  /** Returns a file; where it is absent the test is skipped, and says so. */
  public static Path orSkip(String name) {
    Path file = directory().resolve(name);
    assumeTrue(
        Files.isReadable(file), () -> "skipped: " + file + " is absent; set -Dquantum.data=DIR");
    return file;
  }

  private static Path directory() {
    String named = System.getProperty("quantum.data");
    if (named != null) {
      return Path.of(named);
    }
    // Tests run in the module's directory.
    return Path.of("..", "..", "shared", "data").toAbsolutePath().normalize();
  }
}
