package io.quantumtrader.replay.record;

import java.util.List;
import java.util.Map;

/**
 * What a recording holds. It is written last, so that one without it was not finished.
 *
 * @param format version of the format, {@value #FORMAT} for what this program writes
 * @param program version of the program that wrote it
 * @param partitions partition counts, by topic
 * @param policies versions of the policies in it, by key, ascending
 * @param files its files
 */
public record Manifest(
    int format,
    String program,
    Map<String, Integer> partitions,
    Map<String, List<Long>> policies,
    List<Entry> files) {

  /** Version of the format that this program writes, and the newest that it reads. */
  public static final int FORMAT = 1;

  /** Name of the file. */
  public static final String NAME = "manifest.json";

  /**
   * A file: the records of one topic that carry times of one day, UTC.
   *
   * @param topic its topic
   * @param day the day, as in 2025-11-19
   * @param path where it lies in the recording
   * @param records how many records it has, 1 or more
   * @param firstOffsets smallest offset, by partition
   * @param lastOffsets greatest offset, by partition
   * @param sha256 of its bytes, 64 hexadecimal digits
   */
  public record Entry(
      String topic,
      String day,
      String path,
      long records,
      Map<Integer, Long> firstOffsets,
      Map<Integer, Long> lastOffsets,
      String sha256) {}
}
