package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OpenPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders to close, of an account with a position in BTC and one in ETH. */
final class ManualClosesTest {

  private static final String ETH = "ETHUSDT";
  private static final String BTC_POSITION = "main:BTCUSDT:1";
  private static final String ETH_POSITION = "main:ETHUSDT:1";
  private static final long KEPT_MS = 1_000;

  private List<OpenPlan> plans = List.of();
  private Map<String, List<String>> seen = Map.of();

  private List<ManualCloses.Standing> standing(ManualClose... orders) {
    PositionLedger btc = Given.longBtc().build();
    PositionLedger eth = Given.position(ETH, PositionSide.SHORT, "1", "3000").build();
    AccountView view =
        new AccountView(
            MAIN,
            Given.policy().build(),
            Optional.empty(),
            List.of(btc, eth),
            List.of(
                new ValuedPosition(btc, dec("72000"), NOON - 9),
                new ValuedPosition(eth, dec("2900"), NOON - 9)),
            plans,
            Optional.empty());
    Control control =
        Control.newBuilder()
            .setAccount(MAIN)
            .setTradingState(TradingState.ACTIVE)
            .setAtMs(NOON)
            .setCloses(List.of(orders))
            .build();
    return ManualCloses.standing(
        view, List.of(control), id -> Optional.ofNullable(seen.get(id)), KEPT_MS, NOON);
  }

  private static ManualClose order(String id, String symbol, long ageMs) {
    return ManualClose.newBuilder()
        .setId(id)
        .setSymbol(symbol)
        .setReason("why not")
        .setAtMs(NOON - ageMs)
        .build();
  }

  private static OpenPlan plan(PlanAction action) {
    return OpenPlan.newBuilder()
        .setPlanId("fedcba9876543210")
        .setAccount(MAIN)
        .setSymbol(BTC)
        .setAction(action)
        .setSide(OrderSide.SELL)
        .setPositionId(BTC_POSITION)
        .setQuantity(dec("0.02"))
        .setFilledQuantity(dec("0"))
        .setMargin(dec("0"))
        .setNotional(dec("1440"))
        .setGrantedAtMs(NOON - 7)
        .build();
  }

  @Test
  void shouldAskForAllOfEachOpenPosition() {
    // when
    List<ManualCloses.Standing> standing = standing(order("o", "", 0));

    // then
    assertThat(standing).hasSize(1);
    assertThat(standing.get(0).isNew()).isTrue();
    assertThat(standing.get(0).order().getId()).isEqualTo("o");
    assertThat(standing.get(0).remaining()).containsExactly(BTC_POSITION, ETH_POSITION);
    assertThat(standing.get(0).asks()).extracting(ExitAsk::symbol).containsExactly(BTC, ETH);
    ExitAsk ask = standing.get(0).asks().get(0);
    assertThat(ask.account()).isEqualTo(MAIN);
    assertThat(ask.positionId()).isEqualTo(BTC_POSITION);
    assertThat(ask.trigger()).isEqualTo(ExitTrigger.MANUAL_CLOSE);
    assertThat(ask.action().kind()).isEqualTo(ExitAction.Kind.FULL_CLOSE);
    assertThat(ask.price()).isEqualTo(dec("72000"));
    assertThat(ask.atMs()).isEqualTo(NOON);
    assertThat(ask.source()).isEqualTo("operator");
    assertThat(ask.reason()).isEqualTo("why not");
    assertThat(ask.rNet()).isEmpty();
    assertThat(ask.killScore()).isEmpty();
    assertThat(ask.exitKey()).isEqualTo("main:BTCUSDT:1|MANUAL_CLOSE|0");
  }

  @ParameterizedTest
  @CsvSource({"BTCUSDT, main:BTCUSDT:1", "ETHUSDT, main:ETHUSDT:1", "XRPUSDT, "})
  void shouldCloseTheSymbolThatIsNamedAlone(String symbol, String position) {
    List<ManualCloses.Standing> standing = standing(order("o", symbol, 0));

    assertThat(standing.get(0).remaining())
        .isEqualTo(position == null ? List.of() : List.of(position));
    assertThat(standing.get(0).asks()).hasSize(position == null ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"999, 1", "1000, 0", "1001, 0"})
  void shouldNotTakeUpAnOrderThatIsTooOld(long ageMs, int count) {
    assertThat(standing(order("o", "", ageMs))).hasSize(count);
  }

  @Test
  void shouldStandByAnOldOrderThatWasTakenUp() {
    // given
    seen = Map.of("o", List.of(ETH_POSITION));

    // when
    List<ManualCloses.Standing> standing = standing(order("o", "", 5_000));

    // then what was not open when it came is not meant
    assertThat(standing).hasSize(1);
    assertThat(standing.get(0).isNew()).isFalse();
    assertThat(standing.get(0).remaining()).containsExactly(ETH_POSITION);
    assertThat(standing.get(0).asks()).extracting(ExitAsk::symbol).containsExactly(ETH);
  }

  @Test
  void shouldBeDoneWithAnOrderOfWhichNothingRemains() {
    seen = Map.of("done", List.of());

    assertThat(standing(order("done", "", 0), order("new", BTC, 0)))
        .extracting(each -> each.order().getId())
        .containsExactly("new");
  }

  @ParameterizedTest
  @CsvSource({"FULL_CLOSE, 0", "PARTIAL_25, 0", "UPDATE_SL, 1", "ENTRY, 1"})
  void shouldWaitForACloseThatIsInFlight(PlanAction inFlight, int asks) {
    // given
    plans = List.of(plan(inFlight));

    // when
    List<ManualCloses.Standing> standing = standing(order("o", BTC, 0));

    // then
    assertThat(standing.get(0).remaining()).containsExactly(BTC_POSITION);
    assertThat(standing.get(0).asks()).hasSize(asks);
  }
}
