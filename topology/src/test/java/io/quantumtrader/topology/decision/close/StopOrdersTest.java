package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Denials;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders to tighten the stop of a long of 0.02 at 71000, whose stop is at 69000, at 72000. */
final class StopOrdersTest extends ExitLayerCases {

  private static final String POSITION = "main:BTCUSDT:1";

  private final Map<String, List<String>> seen = new HashMap<>();
  private Set<String> asked = Set.of();

  private List<StopOrders.Standing> standing(StopOrder... orders) {
    List<PositionLedger> rows = row.stream().toList();
    AccountView view =
        new AccountView(
            MAIN,
            Given.policy().build(),
            Optional.empty(),
            rows,
            rows.stream().map(each -> new ValuedPosition(each, dec("72000"), NOON)).toList(),
            plans,
            Optional.empty());
    Control control =
        Control.newBuilder(Given.control(MAIN, TradingState.ACTIVE))
            .setStops(List.of(orders))
            .build();
    return StopOrders.standing(
        view, List.of(control), id -> Optional.ofNullable(seen.get(id)), asked, NOON);
  }

  private StopOrders.Standing to(String price) {
    return standing(Given.stopOrder("s", BTC, price)).get(0);
  }

  private Optional<ReasonCode> ruled(String price) {
    return rule(to(price).ask().orElseThrow()).denial().map(Finding::code);
  }

  @Test
  void shouldAskOnceAndBeDone() {
    StopOrders.Standing standing = to("70000");

    assertThat(standing.remaining()).isEmpty();
    assertThat(standing.ended()).isEmpty();
    ExitAsk ask = standing.ask().orElseThrow();
    assertThat(ask.trigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(ask.newStop()).contains(dec("70000"));
    assertThat(ask.positionId()).isEqualTo(POSITION);
    assertThat(ask.reason()).isEqualTo("closer");
    assertThat(ask.exitKey()).isEqualTo("main:BTCUSDT:1|MANUAL_CLOSE|70000");
  }

  @ParameterizedTest(name = "long: {0} -> {1}")
  @CsvSource({
    "68999.9, STOP_NOT_TIGHTER",
    "69000, STOP_NOT_TIGHTER",
    "69000.1, ",
    "71999.9, ",
    "72000, STOP_BEYOND_MARKET",
    "72000.1, STOP_BEYOND_MARKET",
  })
  void shouldOnlyBeTighterAndBeforeTheMarket(String price, ReasonCode code) {
    assertThat(ruled(price)).isEqualTo(Optional.ofNullable(code));
  }

  @ParameterizedTest(name = "short: {0} -> {1}")
  @CsvSource({
    "75000.1, STOP_NOT_TIGHTER",
    "75000, STOP_NOT_TIGHTER",
    "74999.9, ",
    "72000.1, ",
    "72000, STOP_BEYOND_MARKET",
    "71999.9, STOP_BEYOND_MARKET",
  })
  void shouldOnlyBeTighterAndBeforeTheMarketForAShort(String price, ReasonCode code) {
    row =
        Optional.of(
            Given.position(BTC, PositionSide.SHORT, "0.02", "73000")
                .setStopPrice(dec("75000"))
                .build());

    assertThat(ruled(price)).isEqualTo(Optional.ofNullable(code));
  }

  @Test
  void shouldPassAHaltAndALock() {
    tradingState = TradingState.HALTED;
    locks = List.of(Given.lock(BTC, true, true, null));

    assertThat(ruled("70000")).isEmpty();
  }

  @Test
  void shouldBecomeAMovedStopThatNamesTheOperator() {
    ClosePlan plan =
        rule(to("70000").ask().orElseThrow())
            .fold(
                why -> {
                  throw new AssertionError(why);
                },
                each -> each);

    assertThat(plan.plan().getAction()).isEqualTo(PlanAction.UPDATE_SL);
    assertThat(plan.plan().getStopPrice()).isEqualTo(dec("70000"));
    assertThat(plan.plan().getTargetPrice()).isEqualTo(dec("87000"));
    assertThat(plan.plan().getSource()).isEqualTo("operator");
    assertThat(plan.code()).isEqualTo(ReasonCode.STOP_GRANTED);
  }

  /** A stop that is being moved may be tighter than the ordered one: what comes last would win. */
  @ParameterizedTest
  @CsvSource({"UPDATE_SL, true", "FULL_CLOSE, true", "PARTIAL_25, true", "ENTRY, false"})
  void shouldWaitForWhatIsUnderWay(PlanAction inFlight, boolean waits) {
    plans = List.of(plan(inFlight));

    StopOrders.Standing standing = to("70000");

    assertThat(standing.ask().isEmpty()).isEqualTo(waits);
    assertThat(standing.remaining()).isEqualTo(waits ? List.of(POSITION) : List.of());
    assertThat(standing.ended()).isEmpty();
  }

  @Test
  void shouldWaitForWhatIsAskedForAtThisStep() {
    asked = Set.of(POSITION);

    assertThat(to("70000").remaining()).containsExactly(POSITION);
  }

  @Test
  void shouldLetTheSecondOfTwoWaitForTheFirst() {
    List<StopOrders.Standing> two =
        standing(Given.stopOrder("s1", BTC, "70500"), Given.stopOrder("s2", BTC, "70000"));

    assertThat(two.get(0).ask()).isPresent();
    assertThat(two.get(1).ask()).isEmpty();
    assertThat(two.get(1).remaining()).containsExactly(POSITION);
  }

  @Test
  void shouldEndWhereNothingIsOpen() {
    row = Optional.empty();

    StopOrders.Standing standing = to("70000");

    assertThat(standing.ended().map(Finding::code)).contains(ReasonCode.NOTHING_TO_PROTECT);
    assertThat(standing.remaining()).isEmpty();
    assertThat(Denials.text(standing.ended().orElseThrow().numbers().list()))
        .contains("symbol=BTCUSDT", "newStop=70000", "openPositions=0");
  }

  @Test
  void shouldNotMeanThePositionThatFollowedTheOneItWaitedFor() {
    seen.put("s", List.of("main:BTCUSDT:0"));

    assertThat(to("70000").ended().map(Finding::code)).contains(ReasonCode.NOTHING_TO_PROTECT);
  }

  @Test
  void shouldBeDoneWithAnOrderThatWasAskedFor() {
    seen.put("s", List.of());

    assertThat(standing(Given.stopOrder("s", BTC, "70000"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 0", "1, 0"})
  void shouldNotTakeUpAnOrderOfADayAgo(long olderByMs, int count) {
    long dayMs = Given.policy().build().getDedupeMs();
    StopOrder order =
        StopOrder.newBuilder(Given.stopOrder("s", BTC, "70000"))
            .setAtMs(NOON - dayMs - olderByMs)
            .build();

    assertThat(standing(order)).hasSize(count);
  }
}
