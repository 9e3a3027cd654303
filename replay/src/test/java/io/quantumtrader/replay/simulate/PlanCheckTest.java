package io.quantumtrader.replay.simulate;

import static io.quantumtrader.replay.simulate.Given.MINUTE;
import static io.quantumtrader.replay.simulate.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to the exchange is held against what plans ask for. */
final class PlanCheckTest {

  private static final String PLAN = "00000000000000aa";
  private static final String MOVE = "00000000000000bb";

  private final Verdicts verdicts = new Verdicts();
  private final PlanCheck check = new PlanCheck(verdicts);

  @BeforeEach
  void plan() {
    check.plan(Given.entry(PLAN, "A", "2", 1, NOW));
    check.plan(
        ApplyPlan.newBuilder(Given.entry(MOVE, "A", "2", 1, NOW))
            .setAction(PlanAction.UPDATE_SL)
            .setReduceOnly(true)
            .build());
  }

  private void send(OrderSide side, String quantity, boolean reduceOnly, String id, long atMs) {
    check.sent(
        new MarketOrder(Given.ACCOUNT, "A", side, Given.dec(quantity), reduceOnly, id, atMs));
  }

  private void protect(String planId, long atMs) {
    ProtectiveOrder.Kind stop = ProtectiveOrder.Kind.STOP;
    check.sent(
        new ProtectiveOrder(
            Given.ACCOUNT,
            "A",
            OrderSide.SELL,
            stop,
            Given.dec("90"),
            ClientOrderIds.of(planId, stop),
            atMs));
  }

  private Optional<Promise> broken() {
    return verdicts.first().map(Broken::promise);
  }

  @Test
  void shouldTakeWhatAPlanAsksFor() {
    send(OrderSide.BUY, "2", false, ClientOrderIds.of(PLAN), NOW + MINUTE - 1);
    protect(MOVE, NOW + MINUTE - 1);
    protect(PLAN, NOW + 5 * MINUTE);
    send(
        OrderSide.SELL,
        "2",
        true,
        ClientOrderIds.unprotected(Given.ACCOUNT, "A", "fill", NOW),
        NOW + 5 * MINUTE);

    assertThat(broken()).isEmpty();
  }

  @Test
  void shouldNoticeAnOrderThatNoPlanAsksFor() {
    send(OrderSide.BUY, "2", false, "qs-00000000000000cc", NOW);

    assertThat(broken()).contains(Promise.EXECUTED_ONCE);
  }

  @Test
  void shouldNoticeThatWhatClosesAnUnprotectedPositionMayOpenOne() {
    send(
        OrderSide.SELL,
        "2",
        false,
        ClientOrderIds.unprotected(Given.ACCOUNT, "A", "fill", NOW),
        NOW);

    assertThat(broken()).contains(Promise.EXECUTED_ONCE);
  }

  @Test
  void shouldNoticeAnOrderForMoreThanItsPermit() {
    send(OrderSide.BUY, "2.1", false, ClientOrderIds.of(PLAN), NOW);

    assertThat(broken()).contains(Promise.EXECUTED_ONCE);
  }

  @Test
  void shouldNoticeAnOrderOnTheOtherSide() {
    send(OrderSide.SELL, "2", false, ClientOrderIds.of(PLAN), NOW);

    assertThat(broken()).contains(Promise.EXECUTED_ONCE);
  }

  @Test
  void shouldNoticeAnOrderForAPlanThatMovesAStop() {
    send(OrderSide.BUY, "2", true, ClientOrderIds.of(MOVE), NOW);

    assertThat(broken()).contains(Promise.EXECUTED_ONCE);
  }

  @Test
  void shouldNoticeAnOrderAfterItsPermit() {
    send(OrderSide.BUY, "2", false, ClientOrderIds.of(PLAN), NOW + MINUTE);

    assertThat(broken()).contains(Promise.PERMIT_IN_TIME);
  }

  @Test
  void shouldNoticeAStopThatIsMovedAfterItsPermit() {
    protect(MOVE, NOW + MINUTE);

    assertThat(broken()).contains(Promise.PERMIT_IN_TIME);
  }
}
