package io.quantumtrader.app.smoke;

import io.quantumtrader.schemas.avro.TradeIntent;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/** How a smoke test speaks with a pipeline. Not for use by several threads. */
interface SmokeLine extends AutoCloseable {

  /**
   * Hands over what was published before the test began: of policies the one that holds for the
   * account.
   */
  void readTables(String account, Consumer<SpecificRecord> seen);

  /**
   * Sends an intent.
   *
   * @throws KafkaException if it was not taken, or that is not known
   */
  void send(TradeIntent intent);

  /** Hands committed records over until one is enough, at most so long; false if none was. */
  boolean await(Predicate<SpecificRecord> isEnough, Duration atMost);

  /** Returns a time that only goes on, nanoseconds. */
  long nanos();

  @Override
  void close();
}
