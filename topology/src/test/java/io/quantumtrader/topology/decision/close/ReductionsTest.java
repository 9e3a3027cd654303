package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Denials;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equity of 1000 and three positions with a margin of 250 each: an exposure of 75 %. */
final class ReductionsTest {

  private static final String A = "main:AUSDT:1";
  private static final String B = "main:BUSDT:1";
  private static final String C = "main:CUSDT:1";

  private final List<ValuedPosition> positions = new ArrayList<>();
  private final List<OpenPlan> plans = new ArrayList<>();
  private final Map<String, List<String>> seen = new HashMap<>();
  private Set<String> closing = Set.of();
  private String step = "0.1";
  private Optional<PortfolioState> money = money("1000", NOON);

  /** R is +1, -2 and, for the short, -0.5. Each is 5 of 100 at 2x. */
  @BeforeEach
  void open() {
    positions.add(position("AUSDT", PositionSide.LONG, "95", "105"));
    positions.add(position("BUSDT", PositionSide.LONG, "95", "90"));
    positions.add(position("CUSDT", PositionSide.SHORT, "110", "105"));
  }

  private static ValuedPosition position(
      String symbol, PositionSide side, String stop, String mark) {
    PositionLedger row =
        Given.position(symbol, side, "5", "100")
            .setRisk(
                Risk.newBuilder()
                    .setInitialStop(dec(stop))
                    .setFactor(1.5)
                    .setSource(RiskSource.STATE_ATR)
                    .build())
            .build();
    return new ValuedPosition(row, dec(mark), NOON);
  }

  private static Optional<PortfolioState> money(String equity, long asOfMs) {
    return Optional.of(
        PortfolioState.newBuilder(Portfolio.unknown(MAIN))
            .setEquity(equity == null ? null : dec(equity))
            .setEquityAsOfMs(asOfMs)
            .build());
  }

  private List<Reductions.Standing> standing(ReduceOrder... orders) {
    AccountView account =
        new AccountView(
            MAIN,
            Given.policy().build(),
            Optional.empty(),
            positions.stream().map(ValuedPosition::ledger).toList(),
            positions,
            plans,
            Optional.empty());
    Control control =
        Control.newBuilder(Given.control(MAIN, TradingState.HALTED))
            .setReduces(List.of(orders))
            .build();
    return Reductions.standing(
        new Reductions.View(account, money, closing, this::instrument),
        List.of(control),
        id -> Optional.ofNullable(seen.get(id)),
        NOON);
  }

  private Optional<Instrument> instrument(String symbol) {
    return Optional.ofNullable(step)
        .map(size -> Given.instrument(symbol).setStepSize(dec(size)).build());
  }

  private Reductions.Standing to(double exposure) {
    return standing(Given.reduce("r", exposure)).get(0);
  }

  private static List<String> closes(Reductions.Standing standing) {
    return standing.asks().stream()
        .map(
            ask ->
                ask.symbol()
                    + " "
                    + ask.action()
                        .share()
                        .multiply(dec("5"))
                        .setScale(12, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString())
        .toList();
  }

  private static ReasonCode code(Reductions.Standing standing) {
    return standing.ended().map(Finding::code).orElse(null);
  }

  @ParameterizedTest
  @CsvSource({"0.751, true", "0.75, true", "0.749, false"})
  void shouldCloseNothingWhereTheExposureIsAtMostTheShare(double share, boolean reached) {
    Reductions.Standing standing = to(share);

    assertThat(code(standing)).isEqualTo(reached ? ReasonCode.EXPOSURE_REACHED : null);
    assertThat(standing.asks().isEmpty()).isEqualTo(reached);
    assertThat(standing.remaining().isEmpty()).isEqualTo(reached);
  }

  /** A step of 0.1 is a margin of 5, half a percent of equity. */
  @ParameterizedTest(name = "to {0} closes {1}")
  @CsvSource({
    "0.749, BUSDT 0.1",
    "0.745, BUSDT 0.1",
    "0.7449, BUSDT 0.2",
    "0.6, BUSDT 3",
    "0.505, BUSDT 4.9",
    "0.5001, BUSDT 5",
    "0.5, BUSDT 5",
    "0.499, BUSDT 5;CUSDT 0.1",
    "0.25, BUSDT 5;CUSDT 5",
    "0.2, BUSDT 5;CUSDT 5;AUSDT 1",
    "0, BUSDT 5;CUSDT 5;AUSDT 5",
  })
  void shouldCloseWorstFirstAndOfTheLastOnlyWhatIsNeeded(double share, String expected) {
    Reductions.Standing standing = to(share);

    assertThat(closes(standing)).containsExactly(expected.split(";"));
    assertThat(standing.remaining()).containsExactly(B, C, A);
    assertThat(standing.ended()).isEmpty();
  }

  /** Rounded up to the step: the target is reached, and would not be with one step less. */
  @ParameterizedTest
  @CsvSource({"0.7", "0.6667", "0.6131", "0.5333", "0.512345678"})
  void shouldReachTheShareWithTheLastStepAndNotWithoutIt(double share) {
    // given
    step = "0.001";
    ExitAsk ask = to(share).asks().get(0);

    // when: as the plan is made
    BigDecimal closed =
        CloseQuantity.of(
                Optional.of(dec("5").multiply(ask.action().share())),
                dec("5"),
                instrument("BUSDT"),
                ask.price())
            .quantity();

    // then
    assertThat(exposureWithout(closed)).isLessThanOrEqualTo(dec(Double.toString(share)));
    assertThat(exposureWithout(closed.subtract(dec("0.001"))))
        .isGreaterThan(dec(Double.toString(share)));
  }

  private static BigDecimal exposureWithout(BigDecimal closed) {
    return dec("750").subtract(closed.multiply(dec("50"))).movePointLeft(3);
  }

  @Test
  void shouldAskAsAnOperatorDoes() {
    ExitAsk ask = to(0.2).asks().get(0);

    assertThat(ask.trigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(ask.source()).isEqualTo("operator");
    assertThat(ask.reason()).isEqualTo("too much");
    assertThat(ask.rNet()).hasValue(-2.0);
    assertThat(ask.action().kind()).isEqualTo(ExitAction.Kind.FULL_CLOSE);
    assertThat(ask.price()).isEqualTo(dec("90"));
  }

  @Test
  void shouldRoundNothingWithoutFilters() {
    step = null;

    assertThat(closes(to(0.7333))).containsExactly("BUSDT 0.334");
  }

  /** Half of B is on its way: 125 of 250 count as closed already. */
  @Test
  void shouldCountWhatIsBeingClosedAndNotAskForItTwice() {
    // given
    plans.add(plan("BUSDT", PlanAction.PARTIAL_50, "2.5", "0"));

    // then
    assertThat(closes(to(0.625))).isEmpty();
    assertThat(closes(to(0.5))).as("the rest of B has its turn before C").isEmpty();
    assertThat(closes(to(0.4))).containsExactly("CUSDT 2");
  }

  @Test
  void shouldCountTheRestOfACloseInPartsAndNotWhatIsFilled() {
    // given: 1 of 2 is filled and the ledger has 5 left, 3 are kept for later
    plans.add(
        OpenPlan.newBuilder(plan("BUSDT", PlanAction.FULL_CLOSE, "2", "1"))
            .setRestQuantity(dec("3"))
            .build());

    assertThat(closes(to(0.55))).isEmpty();
    assertThat(closes(to(0.45)))
        .as("4 of 5 of B, the last one, and 1 of C")
        .containsExactly("CUSDT 1");
  }

  @Test
  void shouldTakeAMovedStopForNoClose() {
    plans.add(plan("BUSDT", PlanAction.UPDATE_SL, "5", "0"));

    assertThat(closes(to(0.6))).containsExactly("BUSDT 3");
  }

  @Test
  void shouldCountWhatSomebodyElseAsksForAtThisStep() {
    closing = Set.of(B);

    assertThat(closes(to(0.5))).isEmpty();
    assertThat(closes(to(0.45))).containsExactly("CUSDT 1");
  }

  /** 100 are reserved for an entry: nobody can close them, and they count. */
  @Test
  void shouldCountReservations() {
    plans.add(
        OpenPlan.newBuilder(plan("DUSDT", PlanAction.ENTRY, "2", "0"))
            .setMargin(dec("100"))
            .build());

    assertThat(closes(to(0.6))).containsExactly("BUSDT 5");
    assertThat(closes(to(0.05))).containsExactly("BUSDT 5", "CUSDT 5", "AUSDT 5");
  }

  @Test
  void shouldEndWhereNothingIsLeftToClose() {
    // given
    plans.add(
        OpenPlan.newBuilder(plan("DUSDT", PlanAction.ENTRY, "2", "0"))
            .setMargin(dec("100"))
            .build());
    positions.clear();

    // when
    Reductions.Standing standing = to(0.05);

    // then
    assertThat(code(standing)).isEqualTo(ReasonCode.NOTHING_TO_CLOSE);
    assertThat(Denials.text(standing.ended().orElseThrow().numbers().list()))
        .contains("exposure=0.1", "toExposure=0.05");
  }

  @ParameterizedTest
  @CsvSource({"119999, true", "120000, true", "120001, false"})
  void shouldNotJudgeByAnOldEquity(long ageMs, boolean judges) {
    money = money("1000", NOON - ageMs);

    Reductions.Standing standing = to(0.5);

    assertThat(code(standing)).isEqualTo(judges ? null : ReasonCode.EQUITY_UNKNOWN);
    assertThat(standing.asks().isEmpty()).isEqualTo(!judges);
    assertThat(standing.remaining().isEmpty()).isEqualTo(!judges);
  }

  @ParameterizedTest
  @CsvSource({"0.01, ", "0, EQUITY_UNKNOWN", "-0.01, EQUITY_UNKNOWN"})
  void shouldJudgeByAnEquityAboveZeroAlone(String equity, ReasonCode code) {
    money = money(equity, NOON);

    assertThat(code(to(0.5))).isEqualTo(code);
  }

  @Test
  void shouldEndWhereNoMoneyIsKnown() {
    money = money(null, NOON);
    assertThat(code(to(0.5))).isEqualTo(ReasonCode.EQUITY_UNKNOWN);

    money = Optional.empty();
    assertThat(code(to(0.5))).isEqualTo(ReasonCode.EQUITY_UNKNOWN);
  }

  @Test
  void shouldStandForWhatWasOpenWhenItCame() {
    // given
    seen.put("r", List.of(A, C));

    // when
    Reductions.Standing standing = to(0.2);

    // then
    assertThat(standing.remaining()).containsExactly(C, A);
    assertThat(standing.asks()).extracting(ExitAsk::positionId).containsExactly(C, A);
  }

  @Test
  void shouldBeDoneWithAnOrderThatHasEnded() {
    seen.put("r", List.of());

    assertThat(standing(Given.reduce("r", 0.1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 0", "1, 0"})
  void shouldNotTakeUpAnOrderOfADayAgo(long olderByMs, int count) {
    long dayMs = Given.policy().build().getDedupeMs();
    ReduceOrder order =
        ReduceOrder.newBuilder(Given.reduce("r", 0.5)).setAtMs(NOON - dayMs - olderByMs).build();

    assertThat(standing(order)).hasSize(count);
  }

  @Test
  void shouldSayWhatItCameTo() {
    Finding why = to(0.75).ended().orElseThrow();

    assertThat(Denials.text(why.numbers().list()))
        .contains("exposure=0.75", "toExposure=0.75", "margin=750", "equity=1000");
  }

  @Test
  void shouldJudgeEachOrderByItself() {
    assertThat(standing(Given.reduce("r1", 0.8), Given.reduce("r2", 0.5)))
        .extracting(each -> each.order().getId(), ReductionsTest::code)
        .containsExactly(tuple("r1", ReasonCode.EXPOSURE_REACHED), tuple("r2", null));
  }

  private static OpenPlan plan(String symbol, PlanAction action, String quantity, String filled) {
    return OpenPlan.newBuilder()
        .setPlanId("fedcba9876543210")
        .setAccount(MAIN)
        .setSymbol(symbol)
        .setAction(action)
        .setSide(OrderSide.SELL)
        .setPositionId(MAIN + ":" + symbol + ":1")
        .setQuantity(dec(quantity))
        .setFilledQuantity(dec(filled))
        .setMargin(dec("0"))
        .setNotional(dec("100"))
        .setGrantedAtMs(NOON - 7)
        .build();
  }
}
