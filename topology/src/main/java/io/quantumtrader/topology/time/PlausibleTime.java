package io.quantumtrader.topology.time;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.time.ClockCheck;
import io.quantumtrader.schemas.time.ClockEpoch;
import io.quantumtrader.schemas.time.WallClock;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes the time of a record from Kafka and never throws. A time before 1970, or ahead of the wall
 * clock, becomes the partition's time (0 where there is none) and stays in a header, so that the
 * stage can deny the record. Left as it is, a time of the year 9999 would send the record, and all
 * behind it, to the end of every line.
 *
 * <p>A time ahead of the account's clock only is the stage's to judge, when the record's turn
 * comes. It cannot be judged here: a record is looked at when it reaches the head of its queue,
 * which after an outage is long before the clock records that were written ahead of it have been
 * processed.
 */
public final class PlausibleTime implements TimestampExtractor, Configurable {

  /** Header with the time that was not taken: epoch ms as decimal text. */
  public static final String REJECTED = IntentHeaders.TIME_REJECTED;

  private ProcessClock clock = new ProcessClock();
  private LongSupplier wallMs = WallClock.SYSTEM;

  @Override
  public void configure(Map<String, ?> configuration) {
    clock = ProcessClock.in(configuration);
    wallMs = WallClock.in(configuration);
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.value() instanceof Clock step && Topic.CLOCK.topicName().equals(record.topic())) {
      clock.pass(step.getNowMs(), ClockEpoch.of(record.headers()), wallMs.getAsLong());
    }
    if (ClockCheck.isPlausible(record.timestamp(), wallMs.getAsLong())) {
      return record.timestamp();
    }
    reject(record);
    return Math.max(0, partitionTime);
  }

  /** Keeps a time that is not taken, for the stage. */
  static void reject(ConsumerRecord<Object, Object> record) {
    record.headers().add(REJECTED, Long.toString(record.timestamp()).getBytes(UTF_8));
  }

  /** Returns the time that was not taken, epoch ms, or empty where the record's time holds. */
  public static OptionalLong rejected(Headers headers) {
    Header header = headers.lastHeader(REJECTED);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(new String(header.value(), UTF_8)));
    } catch (NumberFormatException notOurs) {
      return OptionalLong.empty();
    }
  }
}
