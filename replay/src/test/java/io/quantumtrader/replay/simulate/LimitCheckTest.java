package io.quantumtrader.replay.simulate;

import static io.quantumtrader.replay.simulate.Given.MINUTE;
import static io.quantumtrader.replay.simulate.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.policy.Policies;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each limit of a policy is noticed where a grant exceeds it, and not where it is kept. */
final class LimitCheckTest {

  private final Verdicts verdicts = new Verdicts();
  private LimitCheck check = with(policy -> {});

  private LimitCheck with(Consumer<Policy.Builder> limit) {
    Policy.Builder policy =
        Policy.newBuilder(Policies.builtin())
            .setMaxPositions(3)
            .setMaxExposure(0.5)
            .setMinMarginRatio(0.5)
            .setMaxNotionalPerOrder(1_000)
            .setMaxSymbolShare(1)
            .setLeverageMax(10)
            .setEntriesPerHour(2)
            .setEntriesPerFiveMinutes(1);
    limit.accept(policy);
    Policy built = policy.build();
    check = new LimitCheck(verdicts, (name, version) -> built);
    return check;
  }

  private void grant(String planId, String symbol, String quantity, int leverage, long atMs) {
    ApplyPlan plan = Given.entry(planId, symbol, quantity, leverage, atMs);
    check.plan(plan);
    check.decision(Given.granted(plan, "1000"));
  }

  private void assertThatHeld() {
    check.end();
    assertThat(verdicts.first()).isEmpty();
  }

  private void assertThatBroken(String what) {
    assertThat(verdicts.first())
        .hasValueSatisfying(
            broken -> {
              assertThat(broken.promise()).isEqualTo(Promise.WITHIN_LIMITS);
              assertThat(broken.what()).contains(what);
            });
  }

  @Test
  void shouldKeepQuietWhereEveryLimitIsJustReached() {
    check.ledger(Given.open("A", "1", "100", 1));
    check.ledger(Given.open("B", "1", "100", 1));
    grant("p", "C", "9", 3, NOW);

    assertThatHeld();
  }

  @Test
  void shouldCountPositionsAndReservationsAsSlots() {
    check.ledger(Given.open("A", "0.1", "100", 1));
    check.ledger(Given.open("B", "0.1", "100", 1));
    grant("p", "C", "0.1", 1, NOW);
    assertThatHeld();
    grant("q", "D", "0.1", 1, NOW);

    assertThatBroken("slots");
  }

  @Test
  void shouldCountPositionsAndReservationsAsMargin() {
    check.ledger(Given.open("A", "3", "100", 1));
    grant("p", "B", "2", 1, NOW);
    assertThatHeld();
    grant("q", "C", "0.1", 1, NOW);

    assertThatBroken("a margin");
  }

  @Test
  void shouldCountPositionsAndReservationsAsNotional() {
    PositionLedger row = Given.open("A", "10", "100", 10);
    check.ledger(row);
    check.snapshot(Given.valued(row, "120"));
    grant("p", "B", "8", 10, NOW);
    assertThatHeld();
    grant("q", "C", "0.1", 10, NOW);

    assertThatBroken("an equity needed");
  }

  @Test
  void shouldHoldAnOrderAgainstItsValueLeverageAndShare() {
    with(policy -> policy.setMaxExposure(1).setMinMarginRatio(0.1));
    grant("p", "A", "10", 10, NOW);
    assertThatHeld();
    grant("q", "B", "10.01", 10, NOW);

    assertThatBroken("an order's value");
  }

  @Test
  void shouldNoticeALeverageAboveTheHighest() {
    grant("p", "A", "1", 16, NOW);

    assertThatBroken("a leverage");
  }

  @Test
  void shouldNoticeAnOrderThatIsMoreThanItsShareOfTheEquity() {
    with(policy -> policy.setMaxSymbolShare(0.1));
    grant("p", "A", "1.01", 10, NOW);

    assertThatBroken("a symbol's value");
  }

  @Test
  void shouldCountTheEntriesOfASymbolInFiveMinutesAndInAnHour() {
    grant("p", "A", "0.1", 1, NOW);
    grant("q", "B", "0.1", 1, NOW);
    grant("r", "A", "0.1", 1, NOW + 5 * MINUTE);
    assertThatHeld();
    grant("s", "A", "0.1", 1, NOW + 10 * MINUTE - 1);

    assertThatBroken("entries of an hour of 3");
  }

  @Test
  void shouldNoticeASecondEntryWithinFiveMinutes() {
    grant("p", "A", "0.1", 1, NOW);
    grant("q", "A", "0.1", 1, NOW + 5 * MINUTE - 1);

    assertThatBroken("entries of five minutes of 2");
  }

  @Test
  void shouldNoticeAPlanThatNoDecisionGranted() {
    check.plan(Given.entry("p", "A", "0.1", 1, NOW));
    check.end();

    assertThatBroken("no decision granted");
  }
}
