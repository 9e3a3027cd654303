package io.quantumtrader.console.health;

import static io.quantumtrader.console.testing.Records.BTC;
import static io.quantumtrader.console.testing.Records.ETH;
import static io.quantumtrader.console.testing.Records.NOW;
import static io.quantumtrader.console.testing.Records.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.health.HealthRow.CostRow;
import io.quantumtrader.console.health.HealthRow.Level;
import io.quantumtrader.console.testing.GivenBook;
import io.quantumtrader.console.testing.Records;
import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import io.quantumtrader.console.view.PositionRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each cost one step below, at and above its limit, in a pipeline that is well but for it. */
final class HealthScoreTest {

  private static final String A = "alpha";

  private final GivenBook book = new GivenBook();
  private Outside outside = Outside.NOTHING;
  private long wallMs = NOW;

  HealthScoreTest() {
    book.tell(Topic.POLICY, "default", Policies.initial(NOW));
    book.tell(Topic.CLOCK, "0", Records.clock(NOW));
    universe(BTC, ETH, "BNBUSDT");
    money(10, 0.8, 0.2);
  }

  private void universe(String... symbols) {
    for (String symbol : symbols) {
      book.tell(Topic.MARKET_STATE, symbol, Records.state(symbol, NOW).build());
    }
    book.tell(
        Topic.UNIVERSE,
        "top10",
        Universe.newBuilder()
            .setName("top10")
            .setAsOfMs(NOW)
            .setSymbols(Arrays.asList(symbols))
            .setRanking(List.of())
            .setCode("UNIVERSE_RANKED")
            .build());
  }

  private void money(int positions, Double exposure, Double marginRatio) {
    money(A, positions, exposure, marginRatio);
  }

  private void money(String account, int positions, Double exposure, Double marginRatio) {
    book.tell(
        Topic.PORTFOLIO_STATE,
        account,
        Records.portfolio(account, NOW)
            .setOpenPositions(positions)
            .setExposure(exposure)
            .setMarginRatio(marginRatio)
            .build());
  }

  private HealthRow health() {
    return book.read(pages -> HealthScore.of(pages, outside, wallMs));
  }

  private List<HealthCost> costs() {
    return health().costs().stream().map(CostRow::cost).toList();
  }

  @Test
  void shouldBeWellAtEveryLimit() {
    assertThat(health().costs()).isEmpty();
    assertThat(health().score()).isEqualTo(100);
    assertThat(health().level()).isEqualTo(Level.HEALTHY);
  }

  @Test
  void shouldFindMorePositionsThanThePolicyAllows() {
    money(9, 0.8, 0.2);
    assertThat(costs()).isEmpty();
    money(11, 0.8, 0.2);
    assertThat(health().costs().getFirst().found())
        .isEqualTo("alpha has 11 positions, its policy allows 10");
    assertThat(health().score()).isEqualTo(80);
  }

  @Test
  void shouldFindAHighExposure() {
    money(1, 0.79, 0.2);
    assertThat(costs()).isEmpty();
    money(1, 0.801, 0.2);
    assertThat(costs()).containsExactly(HealthCost.EXPOSURE_HIGH);
    money(1, null, null);
    assertThat(costs()).isEmpty();
  }

  @Test
  void shouldFindALowMarginAndPayOnceForTwoAccounts() {
    money(1, 0.8, 0.201);
    assertThat(costs()).isEmpty();
    money(1, 0.8, 0.199);
    money("beta", 1, 0.8, 0.1);
    money("gamma", 1, 0.8, 0.1);

    assertThat(costs()).containsExactly(HealthCost.MARGIN_LOW);
    assertThat(health().score()).isEqualTo(60);
    assertThat(health().costs().getFirst().found())
        .isEqualTo("alpha has a margin ratio of 19.9 %, and more");
  }

  @Test
  void shouldFindASmallUniverse() {
    universe(BTC, ETH, "BNBUSDT", "XRPUSDT");
    assertThat(costs()).isEmpty();
    universe(BTC, ETH);
    assertThat(costs()).containsExactly(HealthCost.UNIVERSE_SMALL);
  }

  @ParameterizedTest
  @CsvSource({"99, false", "100, false", "101, true"})
  void shouldFindPlansThatWait(int plans, boolean found) {
    for (int index = 0; index < plans; index++) {
      book.tell(Topic.APPLY_PLAN, A, Records.plan("p-" + index, A, BTC).build());
    }
    assertThat(costs().contains(HealthCost.PLANS_WAITING)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({"99, false", "100, false", "101, true"})
  void shouldFindReadersThatAreBehind(long behind, boolean found) {
    outside =
        new Outside(
            List.of(
                new ReaderRow("quantum-executor", behind),
                new ReaderRow("connect-redis", behind),
                new ReaderRow("quantum-streams", null)),
            Map.of());

    assertThat(costs())
        .isEqualTo(found ? List.of(HealthCost.READER_BEHIND, HealthCost.REDIS_BEHIND) : List.of());
  }

  /** Two intervals of a minute and five seconds of grace. */
  @ParameterizedTest
  @CsvSource({"124999, false", "125000, false", "125001, true"})
  void shouldFindAMarketThatIsStale(long ageMs, boolean found) {
    book.tell(Topic.MARKET_STATE, ETH, Records.state(ETH, NOW - ageMs).build());

    assertThat(costs()).isEqualTo(found ? List.of(HealthCost.MARKET_STALE) : List.of());
  }

  @Test
  void shouldWatchTheMarketOfWhatIsOpenToo() {
    book.tell(Topic.POSITION_LEDGER, A + ":XRPUSDT", Records.ledger(A, "XRPUSDT").build());
    assertThat(health().costs().getFirst().found())
        .isEqualTo("1 of 4 symbols are stale, XRPUSDT among them");
  }

  @Test
  void shouldFindAnOrderOfWhichTheOutcomeIsNotKnown() {
    // given
    book.tell(Topic.APPLY_PLAN, A, Records.plan("p", A, BTC).build());
    assertThat(costs()).isEmpty();

    // when
    book.tell(
        Topic.APPLY_RESULT,
        A,
        Records.result("r", A, BTC).setPlanId("p").setOutcome(ResultOutcome.UNRESOLVED).build());

    // then
    assertThat(costs()).containsExactly(HealthCost.ORDER_UNRESOLVED);

    // when: the exchange has answered
    book.tell(
        Topic.APPLY_RESULT,
        A,
        Records.result("s", A, BTC)
            .setPlanId("p")
            .setOutcome(ResultOutcome.FILLED)
            .setFinalResult(true)
            .build());
    assertThat(costs()).isEmpty();
  }

  private void exchange(BigDecimal stop, PositionHold... holds) {
    book.tell(
        Topic.EXCHANGE_ACCOUNT,
        A,
        ExchangeAccount.newBuilder()
            .setAccount(A)
            .setAsOfMs(NOW)
            .setWallet(number("10000"))
            .setHolds(Arrays.asList(holds))
            .setPositions(
                List.of(
                    ExchangePosition.newBuilder()
                        .setSymbol(BTC)
                        .setSide(PositionSide.LONG)
                        .setQuantity(number("1"))
                        .setEntryPrice(number("100"))
                        .setStopPrice(stop)
                        .build()))
            .build());
  }

  @ParameterizedTest
  @CsvSource({"59999, false", "60000, false", "60001, true"})
  void shouldFindAPositionWithoutAStop(long openForMs, boolean found) {
    book.tell(
        Topic.POSITION_LEDGER,
        A + ":" + BTC,
        Records.ledger(A, BTC).setOpenedAtMs(NOW - openForMs).build());

    exchange(null);
    assertThat(costs()).isEqualTo(found ? List.of(HealthCost.WITHOUT_STOP) : List.of());
    assertThat(shownStop()).isEqualTo(found ? null : number("95"));
    exchange(number("95"));
    assertThat(costs()).isEmpty();
    assertThat(shownStop()).isEqualTo(number("95"));
  }

  /** What positions show is what protects, and not what the ledger wants. */
  private BigDecimal shownStop() {
    return book.<List<PositionRow>>read(pages -> PositionView.rows(pages, Scope.ALL))
        .getFirst()
        .stopPrice();
  }

  @Test
  void shouldFindALedgerThatTheExchangeContradicts() {
    exchange(number("95"), new PositionHold(BTC, number("1.0"), number("2.0"), NOW));

    assertThat(health().costs().getFirst().found())
        .isEqualTo("alpha: the ledger has 1 BTCUSDT, the exchange 2");
    assertThat(health().score()).isEqualTo(85);
  }

  @ParameterizedTest
  @CsvSource({"599999, true", "600000, true", "600001, false"})
  void shouldFindLettersOfTheLastTenMinutes(long ageMs, boolean found) {
    book.at(NOW - ageMs).tell(Topic.DEAD_LETTER, 0, "k", Optional.empty(), Map.of());

    assertThat(costs()).isEqualTo(found ? List.of(HealthCost.DEAD_LETTERS) : List.of());
  }

  /** Ten seconds of grace and three steps of a second. */
  @ParameterizedTest
  @CsvSource({"12999, false", "13000, false", "13001, true"})
  void shouldFindAClockThatStands(long ageMs, boolean found) {
    wallMs = NOW + ageMs;

    assertThat(costs()).isEqualTo(found ? List.of(HealthCost.CLOCK_STOPPED) : List.of());
  }

  @Test
  void shouldFindNoClockAtTheStartAndNoSmallUniverseYet() {
    HealthRow row =
        new GivenBook().<HealthRow>read(pages -> HealthScore.of(pages, Outside.NOTHING, NOW));

    assertThat(row.costs()).extracting(CostRow::cost).containsExactly(HealthCost.CLOCK_STOPPED);
    assertThat(row.score()).isEqualTo(50);
    assertThat(row.level()).isEqualTo(Level.WARNING);
  }

  @ParameterizedTest
  @EnumSource(
      value = HealthCost.class,
      names = {"REDIS_UNREACHABLE", "REGISTRY_UNREACHABLE", "BROKER_UNREACHABLE"})
  void shouldTakeTheTroublesOfTheServersAsTheyAreTold(HealthCost cost) {
    outside = new Outside(List.of(), Map.of(cost, "it does not answer"));

    assertThat(health().costs().getFirst().found()).isEqualTo("it does not answer");
    assertThat(health().score()).isEqualTo(100 - cost.points());
  }

  @Test
  void shouldSumPointsAndNeverFallBelowZero() {
    // given: 20 + 10 + 20 = 50 points
    Map<HealthCost, String> troubles = new EnumMap<>(HealthCost.class);
    troubles.put(HealthCost.REGISTRY_UNREACHABLE, "no");
    troubles.put(HealthCost.REDIS_UNREACHABLE, "no");
    outside = new Outside(List.of(), troubles);
    money(11, 0.8, 0.2);
    assertThat(health().score()).isEqualTo(50);
    assertThat(health().level()).isEqualTo(Level.WARNING);
    assertThat(health().costs())
        .as("the dearest first")
        .extracting(CostRow::points)
        .containsExactly(20, 20, 10);

    // when: everything is found
    for (HealthCost cost : HealthCost.values()) {
      troubles.put(cost, "no");
    }
    outside = new Outside(List.of(), troubles);

    // then
    assertThat(health().score()).isZero();
    assertThat(health().level()).isEqualTo(Level.CRITICAL);
    assertThat(health().costs()).hasSize(HealthCost.values().length);
  }

  @ParameterizedTest
  @CsvSource({
    "100, HEALTHY",
    "80, HEALTHY",
    "79, WARNING",
    "50, WARNING",
    "49, CRITICAL",
    "0, CRITICAL"
  })
  void shouldCallAScoreByItsLevel(int score, Level level) {
    assertThat(Level.of(score)).isEqualTo(level);
  }

  @ParameterizedTest
  @EnumSource(HealthCost.class)
  void shouldSayOfEachCostWhatToDo(HealthCost cost) {
    assertThat(cost.points()).isBetween(1, 100);
    assertThat(List.of(cost.meaning(), cost.causes(), cost.lookAt(), cost.whatToDo()))
        .allMatch(text -> !text.isBlank());
    assertThat(HealthScore.runbook(cost)).matches("docs/runbook\\.md#[a-z_]+");
  }
}
