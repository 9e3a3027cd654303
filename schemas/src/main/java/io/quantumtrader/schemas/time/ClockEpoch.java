package io.quantumtrader.schemas.time;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.topic.MarketHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The epoch of a feed, in the headers of its clock records: the later a feed took over, the greater
 * it is. A record without one is of epoch 0.
 */
public final class ClockEpoch {

  /** What a header comes to that is no epoch; {@link ClockCheck} believes none below 0. */
  public static final long UNREADABLE = -1;

  private ClockEpoch() {}

  /** Returns the epoch in the headers of a clock record; 0 where they name none. */
  public static long of(Headers headers) {
    Header header = headers.lastHeader(MarketHeaders.EPOCH);
    if (header == null) {
      return 0;
    }
    if (header.value() == null) {
      return UNREADABLE;
    }
    try {
      return Long.parseLong(new String(header.value(), UTF_8));
    } catch (NumberFormatException notOurs) {
      return UNREADABLE;
    }
  }

  /** Returns the header that names an epoch. */
  public static Header header(long epoch) {
    return new RecordHeader(MarketHeaders.EPOCH, Long.toString(epoch).getBytes(UTF_8));
  }

  /**
   * Returns the epoch of a feed that starts now: later than every feed before it that started at a
   * time that can be believed.
   *
   * @param wallMs the wall time now, epoch ms
   * @param lastEpoch the greatest believable epoch on the topic; 0 where there is none
   */
  public static long begin(long wallMs, long lastEpoch) {
    return Math.max(wallMs, lastEpoch + 1);
  }
}
