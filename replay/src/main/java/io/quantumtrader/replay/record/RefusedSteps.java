package io.quantumtrader.replay.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.replay.record.RecordedRecord.RecordedHeader;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps of the clock that lay ahead of the wall clock, as the dead letters of a recording name
 * them. What the wall clock said is not recorded; that it refused these is.
 */
final class RefusedSteps {

  private final Set<String> places = new HashSet<>();

  private RefusedSteps() {}

  /**
   * Reads them.
   *
   * @param letters all recorded dead letters
   */
  static RefusedSteps of(List<RecordedRecord> letters) {
    RefusedSteps refused = new RefusedSteps();
    letters.forEach(refused::take);
    return refused;
  }

  private void take(RecordedRecord letter) {
    Map<String, String> headers = new HashMap<>();
    for (RecordedHeader header : letter.headers()) {
      if (header.value() != null) {
        headers.put(header.name(), new String(header.value(), UTF_8));
      }
    }
    if (ReasonCode.CLOCK_IN_FUTURE.name().equals(headers.get(DeadLetter.REASON))
        && Topic.CLOCK.topicName().equals(headers.get(DeadLetter.TOPIC))) {
      places.add(headers.get(DeadLetter.PARTITION) + "@" + headers.get(DeadLetter.OFFSET));
    }
  }

  boolean contains(RecordedRecord record) {
    return record.topic() == Topic.CLOCK
        && places.contains(record.partition() + "@" + record.offset());
  }
}
