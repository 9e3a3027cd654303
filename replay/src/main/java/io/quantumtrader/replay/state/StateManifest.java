package io.quantumtrader.replay.state;

import java.util.Map;

/**
 * What a saved state is of. It is written last, so that one without it was not finished.
 *
 * @param format version of the format, {@value #FORMAT} for what this program writes
 * @param program version of the program that wrote it
 * @param build digest of the program's own classes, 64 hexadecimal digits
 * @param untilMs the last step that was played, epoch milliseconds UTC
 * @param input digest of everything that was played until then, 64 hexadecimal digits
 * @param settings how the paper exchange, the agent and the topics were set, by name
 * @param policies version of each policy that was in force, by key
 * @param stateHash of the whole state, 64 hexadecimal digits
 * @param stateHashes of each account's, by its name
 * @param files digest of each file, 64 hexadecimal digits, by its name
 */
public record StateManifest(
    int format,
    String program,
    String build,
    long untilMs,
    String input,
    Map<String, String> settings,
    Map<String, Long> policies,
    String stateHash,
    Map<String, String> stateHashes,
    Map<String, String> files) {

  /** Version of the format that this program writes, and the only one that it reads. */
  public static final int FORMAT = 1;

  /** Name of the file. */
  public static final String NAME = "manifest.json";

  /** Returns whether nothing is missing in it. */
  boolean isWhole() {
    return program != null
        && build != null
        && input != null
        && settings != null
        && policies != null
        && stateHash != null
        && stateHashes != null
        && files != null;
  }
}
