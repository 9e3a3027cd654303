package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.topology.decision.entry.EntryLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While entries wait in line, what may not wait with them is decided at once. */
final class WaitingEntriesTest extends WiringTest {

  @BeforeEach
  void fallBehind() {
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.lateEntries(MAIN, ETH, EntryLine.DECIDED_PER_STEP + 2);
  }

  @Test
  void shouldLetAnEntryWait() {
    // when
    Outputs outputs = pipeline.when(it -> it.late(Pipeline.buy(MAIN, "one-more", ETH)));

    // then
    assertThat(outputs.topics()).isEmpty();
  }

  @Test
  void shouldDenyAtOnceWhatNoStoreCanKeep() {
    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.late(
                    Pipeline.buy(MAIN, "long", ETH)
                        .setReason("x".repeat(RecordBounds.MAX_TEXT + 1))));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("TEXT_TOO_LONG");
  }

  @Test
  void shouldLetACloseThrough() {
    // when
    Outputs outputs =
        pipeline.when(
            it -> it.late(Pipeline.buy(MAIN, "close", BTC).setAction(IntentAction.CLOSE)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("CLOSE_GRANTED");
  }
}
