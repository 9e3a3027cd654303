package io.quantumtrader.replay.record;

import io.quantumtrader.replay.record.Manifest.Entry;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a manifest that can be read as JSON lacks, or has that cannot be. */
final class ManifestFaults {

  private ManifestFaults() {}

  /** Returns the first fault in words; empty where it can be used. */
  static Optional<String> first(Manifest manifest) {
    if (manifest.partitions() == null) {
      return Optional.of("it has no partition counts");
    }
    for (Topic topic : Topic.values()) {
      Integer count = manifest.partitions().get(topic.topicName());
      if (count != null && count < 1) {
        return Optional.of("it has the partition count " + count + " of " + topic.topicName());
      }
    }
    for (Topic topic : new Topic[] {Topic.CANDLE, Topic.APPLY_PLAN}) {
      if (manifest.partitions().get(topic.topicName()) == null) {
        return Optional.of("it has no partition count of " + topic.topicName());
      }
    }
    if (manifest.files() == null) {
      return Optional.of("it names no files");
    }
    return manifest.files().stream()
        .map(entry -> fault(entry, manifest.partitions()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> fault(Entry entry, Map<String, Integer> counts) {
    if (entry == null || entry.topic() == null || Topic.named(entry.topic()).isEmpty()) {
      return Optional.of("it has a file of no topic that there is");
    }
    if (!isInside(entry.path())) {
      return Optional.of("a file of " + entry.topic() + " has no path within the recording");
    }
    if (entry.sha256() == null || entry.firstOffsets() == null || entry.lastOffsets() == null) {
      return Optional.of(entry.path() + " has no digest or no offsets");
    }
    Integer count = counts.get(entry.topic());
    boolean fits =
        entry.firstOffsets().keySet().equals(entry.lastOffsets().keySet())
            && !entry.firstOffsets().containsValue(null)
            && !entry.lastOffsets().containsValue(null)
            && entry.lastOffsets().keySet().stream()
                .allMatch(partition -> partition >= 0 && count != null && partition < count);
    return fits
        ? Optional.empty()
        : Optional.of(entry.path() + " has offsets of partitions that there are not");
  }

  private static boolean isInside(String path) {
    try {
      return path != null
          && !path.isBlank()
          && !Path.of(path).isAbsolute()
          && !Path.of(path).normalize().startsWith("..");
    } catch (InvalidPathException none) {
      return false;
    }
  }
}
