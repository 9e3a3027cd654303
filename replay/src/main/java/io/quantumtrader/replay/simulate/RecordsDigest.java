package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.TaskInputs;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A digest of all records of a run, changelogs included, in the order in which they came. The stack
 * traces of dead letters do not count, as they say who started the run, nor what a task had taken,
 * which one that was started anew does not know.
 */
final class RecordsDigest implements RecordLog.Listener {

  private static final Set<String> UNCOUNTED = Set.of(DeadLetter.STACKTRACE, TaskInputs.HEADER);

  private final MessageDigest digest = Digests.begin();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    add(partition.topic().getBytes(UTF_8));
    add(partition.partition());
    add(entry.timestampMs());
    add(entry.key());
    add(entry.value());
    add(entry.headers().length);
    for (Header header : entry.headers()) {
      add(header.key().getBytes(UTF_8));
      if (!UNCOUNTED.contains(header.key())) {
        add(header.value());
      }
    }
  }

  /** With the length before it, so that no two sequences of records have the same bytes. */
  private void add(byte[] bytes) {
    add(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private void add(long value) {
    digest.update(number.clear().putLong(value).flip());
  }

  /** Returns the digest, 64 hexadecimal digits; nothing can be added after that. */
  String hex() {
    return Digests.hex(digest);
  }
}
