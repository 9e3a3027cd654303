package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntentQueueTest {

  private static final UnreadableIntent BROKEN =
      new UnreadableIntent(new RejectedLine(4, "line", "breaks off"), new byte[] {1});

  private final IntentQueue queue =
      new IntentQueue(List.of(intent(3, 30), intent(1, 10), intent(2, 20)), List.of(BROKEN));

  private static TimedIntent intent(long line, long atMs) {
    return new TimedIntent(
        line,
        TradeIntent.newBuilder()
            .setIntentId("i" + line)
            .setAccount("main")
            .setSymbol("BTCUSDT")
            .setAction(IntentAction.OPEN_LONG)
            .setReduceOnly(false)
            .setSizing(Sizing.MARGIN)
            .setAmount(BigDecimal.TEN)
            .setSource("test")
            .setCreatedAtMs(atMs)
            .build());
  }

  @Test
  void shouldTakeWhatIsDueInTheOrderOfTime() {
    assertThat(queue.takeDue(20)).extracting(TimedIntent::line).containsExactly(1L, 2L);
    assertThat(queue.takeDue(29)).isEmpty();
    assertThat(queue.takeRest()).extracting(TimedIntent::line).containsExactly(3L);
  }

  @Test
  void shouldHoldInAPartWhatWasMadeInItsTimeHoweverMuchWasTaken() {
    assertThat(queue.takeDue(15)).hasSize(1);

    IntentQueue part = queue.between(10, 20);

    assertThat(part.takeRest()).extracting(TimedIntent::line).containsExactly(1L, 2L);
    assertThat(part.intentCount()).isEqualTo(2);
    assertThat(part.unreadable()).containsExactly(BROKEN);
    assertThat(queue.between(21, 29).intentCount()).isZero();
    assertThat(queue.takeRest()).hasSize(2);
  }
}
