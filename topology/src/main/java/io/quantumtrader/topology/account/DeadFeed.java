package io.quantumtrader.topology.account;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * The one thing that goes by the wall clock: where no record of the clock has come for a while,
 * what operators have ordered is taken up all the same, so that positions can be closed while the
 * feed is dead. Nothing else happens here.
 */
final class DeadFeed {

  /** How long no record of the clock has come before orders are taken up without one. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  /** How often orders are looked for then. */
  static final Duration EVERY = Duration.ofSeconds(5);

  private final ProcessingContext context;
  private long heardAtMs;

  private DeadFeed(ProcessingContext context) {
    this.context = context;
    heard();
  }

  /** Watches from now on. */
  static DeadFeed watch(ProcessingContext context, OperatorOrders orders) {
    DeadFeed feed = new DeadFeed(context);
    var unused =
        context.schedule(
            EVERY,
            PunctuationType.WALL_CLOCK_TIME,
            wallMs -> {
              if (wallMs - feed.heardAtMs >= SILENCE.toMillis()) {
                orders.takeUp();
              }
            });
    return feed;
  }

  /** Notes that a record of the clock has come, whatever it said. */
  void heard() {
    heardAtMs = context.currentSystemTimeMs();
  }
}
