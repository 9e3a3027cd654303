package io.quantumtrader.replay.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.MarketStep;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.market.UnreadableIntent;
import io.quantumtrader.replay.hash.Digests;
import io.quantumtrader.replay.record.RecordedInput;
import io.quantumtrader.replay.record.RecordedRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * A digest of what was played up to a time, so that a state goes on with what it comes from. What
 * comes after does not count: a file that has grown since is the same.
 */
public final class InputDigest {

  private final MessageDigest digest = Digests.begin();
  private final BinaryEncoder encoder =
      EncoderFactory.get()
          .binaryEncoder(new DigestOutputStream(OutputStream.nullOutputStream(), digest), null);

  private InputDigest() {}

  /**
   * Digests candles and intents.
   *
   * @param untilMs the last step that counts, epoch milliseconds UTC
   */
  public static String of(CandleFile candles, IntentQueue intents, long untilMs) {
    InputDigest input = new InputDigest();
    input.number(candles.intervalMs());
    input.number(candles.firstCloseTimeMs());
    Iterator<MarketStep> steps = candles.steps();
    while (steps.hasNext()) {
      MarketStep step = steps.next();
      if (step.closeTimeMs() > untilMs) {
        break;
      }
      step.candles().forEach(input::record);
    }
    for (TimedIntent each : intents.all()) {
      if (each.intent().getCreatedAtMs() <= untilMs) {
        input.record(each.intent());
      }
    }
    for (UnreadableIntent line : intents.unreadable()) {
      input.bytes(line.bytes());
    }
    return Digests.hex(input.digest);
  }

  /** Digests the records of a recording that have their turn by a time, epoch milliseconds UTC. */
  public static String of(RecordedInput recorded, long untilMs) {
    InputDigest input = new InputDigest();
    recorded.until(untilMs).forEach(input::recorded);
    return Digests.hex(input.digest);
  }

  private void recorded(RecordedRecord record) {
    bytes(record.topic().topicName().getBytes(UTF_8));
    number(record.partition());
    number(record.offset());
    number(record.timestampMs());
    bytes(record.key().orElse("").getBytes(UTF_8));
    record.bytes().ifPresent(this::bytes);
    record.value().ifPresent(this::record);
  }

  private void record(SpecificRecord record) {
    SpecificData data = SpecificData.getForClass(record.getClass());
    try {
      new SpecificDatumWriter<SpecificRecord>(record.getSchema(), data).write(record, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void number(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    digest.update(bytes);
  }
}
