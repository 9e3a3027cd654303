package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.IntentAtr;
import io.quantumtrader.schemas.avro.NumberOf;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Risk data of adopted positions, found anew on an operator's order. */
class BackfillsInSubtopologyTest {

  private static final String ETH = "ETHUSDT";

  @TempDir Path directory;
  private AccountDriver driver;
  private long nowMs = NOON;

  @BeforeEach
  void open() {
    driver = new AccountDriver(directory).open();
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = TradingState.class,
      names = {"ACTIVE", "REDUCING", "HALTED"})
  void shouldFindTheAtrOfTheMarketThatWasNotKnownAtFirst(TradingState trading) {
    // given: adopted while no market state was known
    PositionLedger before = adopt(OrderSide.BUY);
    assertThat(before.getRisk().getSource()).isEqualTo(RiskSource.DEFAULT);
    assertThat(before.getStopPrice()).isEqualTo(dec("2940"));
    driver.state(Given.state(ETH).setAtr(20.0).build());

    // when
    order(Accounts.ALL, trading, backfill("b1", "").build());
    step();

    // then: 20 x 1.5 below 3000, eight times that above
    PositionLedger after = driver.ledgers().get(0);
    assertThat(after.getRisk().getSource()).isEqualTo(RiskSource.STATE_ATR);
    assertThat(after.getRisk().getInitialStop()).isEqualTo(dec("2970"));
    assertThat(after.getRisk().getAtr()).isEqualTo(20.0);
    assertThat(after.getStopPrice()).isEqualTo(dec("2970"));
    assertThat(after.getTargetPrice()).isEqualTo(dec("3240"));
    assertThat(after.getQuantity()).isEqualTo(before.getQuantity());
    Decision decision = driver.decisions().get(0);
    assertThat(decision.getCode()).isEqualTo("RISK_BACKFILLED");
    assertThat(decision.getNumbers())
        .contains(
            new NumberOf("sourceBefore", "DEFAULT"),
            new NumberOf("initialStopBefore", "2940"),
            new NumberOf("source", "STATE_ATR"),
            new NumberOf("initialStop", "2970"));
  }

  @Test
  void shouldPreferTheAtrOfTheIntentAndNeverLoosenTheStop() {
    // given
    adopt(OrderSide.BUY);
    driver.state(Given.state(ETH).setAtr(20.0).build());

    // when
    order(
        MAIN,
        TradingState.ACTIVE,
        backfill("b1", ETH)
            .setAtrs(
                List.of(
                    new IntentAtr("other", ETH, 1.0, null, "i0"),
                    new IntentAtr(MAIN, BTC, 1.0, null, "i1"),
                    new IntentAtr(MAIN, ETH, 40.0, 2.0, "i2")))
            .build());
    step();

    // then: 40 x 2 below 3000, but the stop in place was nearer
    PositionLedger after = driver.ledgers().get(0);
    assertThat(after.getRisk().getSource()).isEqualTo(RiskSource.INTENT_ATR);
    assertThat(after.getRisk().getInitialStop()).isEqualTo(dec("2920"));
    assertThat(after.getStopPrice()).isEqualTo(dec("2940"));
  }

  @Test
  void shouldPassOverAnIntentsAtrThatNoMarketHas() {
    // given
    adopt(OrderSide.SELL);
    driver.state(Given.state(ETH).setAtr(20.0).build());

    // when
    order(
        MAIN,
        TradingState.ACTIVE,
        backfill("b1", ETH).setAtrs(List.of(new IntentAtr(MAIN, ETH, 4000.0, null, "i"))).build());
    step();

    // then
    PositionLedger after = driver.ledgers().get(0);
    assertThat(after.getRisk().getSource()).isEqualTo(RiskSource.STATE_ATR);
    assertThat(after.getStopPrice()).as("of a short").isEqualTo(dec("3030"));
  }

  @Test
  void shouldFillInARowWithoutAnyRiskData() {
    // given: as an older version might have left it
    PositionLedger row = adopt(OrderSide.BUY);
    driver.plant(
        Names.LEDGER_STORE,
        Accounts.key(MAIN, ETH),
        PositionLedger.newBuilder(row)
            .setRisk(null)
            .setStopPrice(null)
            .setTargetPrice(null)
            .build());

    // when
    order(MAIN, TradingState.ACTIVE, backfill("b1", "").build());
    step();

    // then
    PositionLedger after = driver.ledgers().get(0);
    assertThat(after.getRisk().getSource()).isEqualTo(RiskSource.DEFAULT);
    assertThat(after.getRisk().getFactor()).isEqualTo(1.5);
    assertThat(after.getStopPrice()).isEqualTo(dec("2940"));
    assertThat(ledger().get(Accounts.key(MAIN, ETH))).isEqualTo(after);
  }

  @Test
  void shouldTakeUpAnOrderOnce() {
    // given
    adopt(OrderSide.BUY);
    order(MAIN, TradingState.ACTIVE, backfill("b1", "").build());
    step();
    driver.drain();
    driver.state(Given.state(ETH).setAtr(20.0).build());

    // then: neither at the next step nor when its memory could have ended
    step();
    nowMs += 48 * Given.HOUR;
    step();
    assertThat(driver.ledgers()).isEmpty();
    assertThat(driver.decisions()).extracting(Decision::getCode).doesNotContain("RISK_BACKFILLED");
  }

  @Test
  void shouldLeaveThePositionOfAPlanAlone() {
    // given
    ApplyPlan plan = driver.plan(Given.intent("i"));
    driver.result(Given.result(plan, Given.fill("f", "0.008", "71000")));
    driver.drain();

    // when
    order(MAIN, TradingState.ACTIVE, backfill("b1", "").build());
    step();

    // then
    assertThat(driver.ledgers()).isEmpty();
    assertThat(driver.decisions())
        .extracting(Decision::getCode)
        .containsExactly("NOTHING_TO_BACKFILL");
  }

  @Test
  void shouldCarryTheNewRiskOnWhereAFillEnlargesThePosition() {
    // given
    adopt(OrderSide.BUY);
    driver.state(Given.state(ETH).setAtr(20.0).build());
    order(MAIN, TradingState.ACTIVE, backfill("b1", "").build());
    step();
    driver.drain();

    // when
    driver.result(
        Given.result(ETH, OrderSide.BUY, Given.fill("f2", "1", "3100"))
            .setOrigin(ResultOrigin.ADOPTED));

    // then
    PositionLedger row = driver.ledgers().get(0);
    assertThat(row.getRisk().getInitialStop()).isEqualTo(dec("2970"));
    assertThat(row.getRisk().getAdopted()).isTrue();
  }

  private PositionLedger adopt(OrderSide side) {
    driver.result(
        Given.result(ETH, side, Given.fill("f1", "1", "3000")).setOrigin(ResultOrigin.ADOPTED));
    PositionLedger row = driver.ledgers().get(0);
    driver.drain();
    return row;
  }

  private static RiskBackfill.Builder backfill(String id, String symbol) {
    return RiskBackfill.newBuilder().setId(id).setSymbol(symbol).setAtMs(NOON);
  }

  private void order(String account, TradingState state, RiskBackfill order) {
    driver.control(
        Control.newBuilder(Given.control(account, state)).setBackfills(List.of(order)).build());
  }

  private void step() {
    nowMs += 1000;
    driver.clock(nowMs);
  }

  private KeyValueStore<String, PositionLedger> ledger() {
    return driver.testDriver().getKeyValueStore(Names.LEDGER_STORE);
  }
}
