package io.quantumtrader.topology.symbol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What was traded in a symbol in one minute.
 *
 * @param minute the minute, counted from the epoch
 * @param amount notional, quote currency, at most 8 digits after the point
 */
record MinuteNotional(long minute, BigDecimal amount) {

  private static final int SCALE = 8;

  /** Returns a serde of 8 bytes of minute and the amount in units of 1e-8. */
  static Serde<MinuteNotional> serde() {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : value.bytes(),
        (topic, bytes) -> bytes == null ? null : of(bytes));
  }

  private byte[] bytes() {
    byte[] units = amount.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().toByteArray();
    return ByteBuffer.allocate(Long.BYTES + units.length).putLong(minute).put(units).array();
  }

  private static MinuteNotional of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long minute = buffer.getLong();
    byte[] units = new byte[buffer.remaining()];
    buffer.get(units);
    return new MinuteNotional(minute, new BigDecimal(new BigInteger(units), SCALE));
  }
}
