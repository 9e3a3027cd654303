package io.quantumtrader.topology.decision.ledger;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.portfolio.AccountView;
import io.quantumtrader.topology.decision.portfolio.ValuedPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Risk data found anew: an ATR of 1000 times 1.5 puts the stop of 70000 at 68500. */
final class RiskBackfillsTest {

  private static final String ETH = "ETHUSDT";

  private final Policy policy = Given.policy().setDedupeMs(1_000).build();
  private final List<PositionLedger> rows = new ArrayList<>();
  private Optional<MarketState> state = Optional.of(Given.state(BTC).build());
  private Set<String> taken = Set.of();

  private static Risk risk(String stop, String target, boolean adopted) {
    return Risk.newBuilder()
        .setInitialStop(dec(stop))
        .setTarget(target == null ? null : dec(target))
        .setFactor(1.5)
        .setSource(RiskSource.DEFAULT)
        .setAdopted(adopted)
        .build();
  }

  private static PositionLedger.Builder adopted(PositionSide side) {
    return Given.position(BTC, side, "1", "70000");
  }

  private static RiskBackfill.Builder order(String id) {
    return RiskBackfill.newBuilder().setId(id).setAtMs(NOON);
  }

  private List<RiskBackfills.Due> due(RiskBackfill.Builder... orders) {
    AccountView view =
        new AccountView(
            MAIN,
            policy,
            Optional.empty(),
            rows,
            rows.stream().map(row -> ValuedPosition.of(row, Optional.empty())).toList(),
            List.of(),
            Optional.empty());
    Control control =
        Control.newBuilder()
            .setAccount(MAIN)
            .setTradingState(TradingState.ACTIVE)
            .setAtMs(NOON)
            .setBackfills(List.of(orders).stream().map(RiskBackfill.Builder::build).toList())
            .build();
    return RiskBackfills.due(view, List.of(control), taken::contains, symbol -> state, NOON);
  }

  private PositionLedger found(PositionLedger.Builder row, RiskBackfill.Builder order) {
    rows.clear();
    rows.add(row.build());
    return due(order).get(0).found().get(0).row();
  }

  @ParameterizedTest
  @CsvSource({"LONG, 68500, 82000", "SHORT, 71500, 58000"})
  void shouldFindTheRiskOfAnAdoptedPositionByTheMarket(
      PositionSide side, String stop, String target) {
    // when
    PositionLedger row = found(adopted(side).setUpdatedAtMs(NOON - 9), order("o"));

    // then
    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec(stop));
    assertThat(row.getRisk().getTarget()).isEqualTo(dec(target));
    assertThat(row.getRisk().getAtr()).isEqualTo(1000.0);
    assertThat(row.getRisk().getSource()).isEqualTo(RiskSource.STATE_ATR);
    assertThat(row.getRisk().getAdopted()).isTrue();
    assertThat(row.getStopPrice()).isEqualTo(dec(stop));
    assertThat(row.getTargetPrice()).isEqualTo(dec(target));
    assertThat(row.getUpdatedAtMs()).isEqualTo(NOON);
  }

  @Test
  void shouldTakeTheAtrOfAnIntentFirst() {
    // given
    IntentAtr own = new IntentAtr(MAIN, BTC, 700.0, 2.0, "i");
    IntentAtr otherAccount = new IntentAtr("other", BTC, 100.0, null, "i");
    IntentAtr otherSymbol = new IntentAtr(MAIN, ETH, 100.0, null, "i");

    // when
    PositionLedger row =
        found(
            adopted(PositionSide.LONG),
            order("o").setAtrs(List.of(otherAccount, otherSymbol, own)));
    PositionLedger none =
        found(adopted(PositionSide.LONG), order("o").setAtrs(List.of(otherAccount, otherSymbol)));

    // then
    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec("68600"));
    assertThat(row.getRisk().getAtr()).isEqualTo(700.0);
    assertThat(row.getRisk().getFactor()).isEqualTo(2.0);
    assertThat(row.getRisk().getSource()).isEqualTo(RiskSource.INTENT_ATR);
    assertThat(none.getRisk().getSource()).isEqualTo(RiskSource.STATE_ATR);
  }

  @Test
  void shouldTakeThePolicysFactorWhereTheIntentHasNone() {
    PositionLedger row =
        found(
            adopted(PositionSide.LONG),
            order("o").setAtrs(List.of(new IntentAtr(MAIN, BTC, 700.0, null, "i"))));

    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec("68950"));
    assertThat(row.getRisk().getFactor()).isEqualTo(1.5);
  }

  @Test
  void shouldFallBackToThePolicyWhereNothingIsKnown() {
    state = Optional.empty();

    PositionLedger row = found(adopted(PositionSide.LONG), order("o"));

    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec("68600"));
    assertThat(row.getRisk().getAtr()).isNull();
    assertThat(row.getRisk().getSource()).isEqualTo(RiskSource.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "LONG, 68499, 68500",
    "LONG, 68500, 68500",
    "LONG, 68501, 68501",
    "LONG, 0, 68500",
    "LONG, -1, 68500",
    "SHORT, 71499, 71499",
    "SHORT, 71500, 71500",
    "SHORT, 71501, 71500",
    "SHORT, 0, 71500"
  })
  void shouldNeverLoosenTheStopInPlace(PositionSide side, String inPlace, String stop) {
    assertThat(found(adopted(side).setStopPrice(dec(inPlace)), order("o")).getStopPrice())
        .isEqualTo(dec(stop));
  }

  @ParameterizedTest
  @CsvSource({
    // in place, of the old risk data, and from now on
    "81200, 81200, 82000",
    "81200.1, 81200, 81200.1",
    "81200, , 81200",
    ", 81200, 82000",
    ", , 82000"
  })
  void shouldKeepATargetThatSomebodySet(String inPlace, String ofRisk, String target) {
    // when
    PositionLedger row =
        found(
            adopted(PositionSide.LONG)
                .setTargetPrice(inPlace == null ? null : dec(inPlace))
                .setRisk(risk("68600", ofRisk, true)),
            order("o"));

    // then
    assertThat(row.getTargetPrice()).isEqualTo(dec(target));
    assertThat(row.getRisk().getTarget()).isEqualTo(dec("82000"));
  }

  @Test
  void shouldKeepATargetOfAPositionWithoutRiskData() {
    assertThat(
            found(adopted(PositionSide.LONG).setTargetPrice(dec("75000")), order("o"))
                .getTargetPrice())
        .isEqualTo(dec("75000"));
  }

  @Test
  void shouldSayWhatTheRiskWasAndWhatItIs() {
    // given
    rows.add(adopted(PositionSide.LONG).setRisk(risk("68600", null, true)).build());

    // when
    List<RiskBackfills.Due> due = due(order("o"));

    // then
    assertThat(text(due.get(0).found().get(0).numbers().list()))
        .containsExactly(
            "positionId=main:BTCUSDT:1",
            "entryPrice=70000",
            "sourceBefore=DEFAULT",
            "initialStopBefore=68600",
            "source=STATE_ATR",
            "initialStop=68500",
            "atr=1000",
            "factor=1.5",
            "stopPrice=68500");
  }

  @Test
  void shouldSayThatThereWasNoRiskAndNoAtr() {
    // given
    state = Optional.empty();
    rows.add(adopted(PositionSide.LONG).build());

    // when
    List<RiskBackfills.Due> due = due(order("o"));

    // then
    assertThat(text(due.get(0).found().get(0).numbers().list()))
        .contains("sourceBefore=NONE", "initialStopBefore=0", "source=DEFAULT", "atr=0");
  }

  @Test
  void shouldLeaveThePlansRiskAndWhatIsClosedAlone() {
    // given
    rows.add(adopted(PositionSide.LONG).setRisk(risk("68600", null, false)).build());
    rows.add(Given.position(ETH, PositionSide.FLAT, "0", "0").setPositionId("").build());

    // when
    List<RiskBackfills.Due> due = due(order("o"));

    // then the order is taken up, and finds nothing
    assertThat(due).hasSize(1);
    assertThat(due.get(0).order().getId()).isEqualTo("o");
    assertThat(due.get(0).found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', BTCUSDT ETHUSDT", "BTCUSDT, BTCUSDT", "ETHUSDT, ETHUSDT", "XRPUSDT, ''"})
  void shouldFindForTheSymbolThatIsNamed(String symbol, String found) {
    // given
    rows.add(adopted(PositionSide.LONG).build());
    rows.add(Given.position(ETH, PositionSide.LONG, "1", "3000").build());

    // when
    List<RiskBackfills.Found> each = due(order("o").setSymbol(symbol)).get(0).found();

    // then
    assertThat(String.join(" ", each.stream().map(one -> one.row().getSymbol()).toList()))
        .isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({"999, 1", "1000, 0", "1001, 0"})
  void shouldNotTakeUpAnOrderThatIsTooOld(long ageMs, int count) {
    assertThat(due(order("o").setAtMs(NOON - ageMs))).hasSize(count);
  }

  @Test
  void shouldTakeUpAnOrderOnce() {
    taken = Set.of("known");

    assertThat(due(order("known"), order("new")))
        .extracting(each -> each.order().getId())
        .containsExactly("new");
  }

  @Test
  void shouldFindTheSecondOrderWhatTheFirstOneLeft() {
    // given
    rows.add(adopted(PositionSide.LONG).build());

    // when
    List<RiskBackfills.Due> due =
        due(
            order("first").setAtrs(List.of(new IntentAtr(MAIN, BTC, 500.0, 1.0, "i"))),
            order("second"));

    // then the tighter stop of the first stays
    assertThat(due.get(0).found().get(0).row().getStopPrice()).isEqualTo(dec("69500"));
    assertThat(due.get(1).found().get(0).row().getStopPrice()).isEqualTo(dec("69500"));
    assertThat(text(due.get(1).found().get(0).numbers().list()))
        .contains("sourceBefore=INTENT_ATR", "initialStop=68500");
  }

  @Test
  void shouldKnowWhatIsAdopted() {
    assertThat(RiskBackfills.isAdopted(adopted(PositionSide.LONG).build())).isTrue();
    assertThat(
            RiskBackfills.isAdopted(
                adopted(PositionSide.LONG).setRisk(risk("1", null, true)).build()))
        .isTrue();
    assertThat(
            RiskBackfills.isAdopted(
                adopted(PositionSide.LONG).setRisk(risk("1", null, false)).build()))
        .isFalse();
  }
}
