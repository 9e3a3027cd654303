package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.portfolio.Portfolio;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a change of a record concerns, and what is said of them. */
final class AccountStatesTest {

  private static final long NOW = 1_763_546_400_000L;

  private final List<PolicyVersion> records = new ArrayList<>();

  @Test
  void shouldNotHoldAnAccountWithItsOwnRecordAgainstTheDefault() {
    // given three with two positions each, one of them with a record of its own
    record("default", 9);
    record("own", 9);
    AccountStates states = states(state("other", 2), state("own", 2), state("plain", 2));

    // then
    assertThat(accounts(states.exceededBy(history(), "default", most(1))))
        .containsExactly("other", "plain");
    assertThat(accounts(states.exceededBy(history(), "own", most(1)))).containsExactly("own");
    assertThat(accounts(states.exceededBy(history(), "other", most(1)))).containsExactly("other");
    assertThat(states.exceededBy(history(), "nobody", most(1))).isEmpty();
  }

  @Test
  void shouldHoldAnAccountAgainstTheDefaultAgainOnceItsRecordIsRemoved() {
    record("own", 9);
    records.add(new PolicyVersion("own", records.size(), Optional.empty(), "me", "why", NOW));

    assertThat(accounts(states(state("own", 2)).exceededBy(history(), "default", most(1))))
        .containsExactly("own");
  }

  @Test
  void shouldCompareWithWhatIsInForceForEachAccount() {
    // given two of which one is beyond its limit already
    record("default", 9);
    record("own", 1);
    AccountStates states = states(state("own", 3), state("plain", 3));

    // then
    assertThat(states.exceededBy(history(), "own", most(2))).isEmpty();
    assertThat(states.exceededBy(history(), "default", most(3))).isEmpty();
    assertThat(states.exceededBy(history(), "default", most(2)))
        .extracting(AccountExceeded::before)
        .containsExactly("9");
  }

  @Test
  void shouldTakeTheBuiltInOneForARecordThatTheStagesIgnore() {
    // given one that allows less than any may, so that exits run on the built-in one
    record("default", 0);

    assertThat(states(state("main", 3)).exceededBy(history(), "default", most(2)))
        .extracting(AccountExceeded::before)
        .containsExactly("10");
  }

  @Test
  void shouldSayBothNumbersAndWhatItMeans() {
    // given
    record("default", 9);
    AccountStates states =
        AccountStates.of(
            List.of(state("main", 2)),
            List.of(row("main", "ETHUSDT", "1"), row("main", "BTCUSDT", "1"), flat("main")));

    // when
    AccountExceeded told = states.exceededBy(history(), "default", most(1)).getFirst();

    // then
    assertThat(told.text())
        .isEqualTo(
            "Account main (2025-11-19T10:00:00Z, open: BTCUSDT, ETHUSDT): 2 open positions and"
                + " reservations, beyond maxPositions = 1 (in force: 9). Nothing is closed by it;"
                + " entries are denied until there is room again.");
    assertThat(told.json())
        .hasToString(
            "{\"account\":\"main\",\"asOfMs\":1763546400000,\"open\":[\"BTCUSDT\",\"ETHUSDT\"],"
                + "\"field\":\"maxPositions\",\"before\":\"9\",\"limit\":\"1\",\"now\":\"2\","
                + "\"effect\":\"ENTRIES_DENIED\"}");
    assertThat(AccountExceeded.count(List.of(told, told))).isEqualTo("2 limits of 1 account");
  }

  @Test
  void shouldCountThePositionsOfAnAccountWithoutAState() {
    // given
    record("default", 9);
    AccountStates states =
        AccountStates.of(
            List.of(), List.of(row("main", "BTCUSDT", "1"), row("main", "ETHUSDT", "1")));

    // then
    assertThat(states.exceededBy(history(), "default", most(1)))
        .extracting(each -> each.exceeded().now(), AccountExceeded::asOfMs)
        .containsExactly(tuple("2", NOW));
  }

  @Test
  void shouldSayInOneLineThatItCannotTellWhatIsOpen() {
    RunningPipeline nowhere =
        RunningPipeline.at("127.0.0.1:1", "http://127.0.0.1:1", ClientConfig.NONE);

    assertThatThrownBy(() -> AccountStates.read(nowhere, Duration.ofSeconds(1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("what is open cannot be read, so nothing was written: ")
        .hasMessageNotContaining("\n");
  }

  private static List<String> accounts(List<AccountExceeded> exceeded) {
    return exceeded.stream().map(AccountExceeded::account).toList();
  }

  private static AccountStates states(PortfolioState... states) {
    return AccountStates.of(List.of(states), List.of());
  }

  private static PortfolioState state(String account, int positions) {
    return PortfolioState.newBuilder(Portfolio.unknown(account))
        .setAsOfMs(NOW)
        .setOpenPositions(positions)
        .build();
  }

  private static PositionLedger flat(String account) {
    return PositionLedger.newBuilder(row(account, "XRPUSDT", "0"))
        .setSide(PositionSide.FLAT)
        .build();
  }

  private static PositionLedger row(String account, String symbol, String quantity) {
    BigDecimal zero = BigDecimal.ZERO.setScale(18);
    return PositionLedger.newBuilder()
        .setAccount(account)
        .setSymbol(symbol)
        .setPositionId(account + ":" + symbol + ":1")
        .setOpenSequence(1)
        .setSide(PositionSide.LONG)
        .setQuantity(new BigDecimal(quantity).setScale(18))
        .setEntryPrice(zero)
        .setLeverage(1)
        .setRealizedPnl(zero)
        .setFees(zero)
        .setPositionRealizedPnl(zero)
        .setPositionFees(zero)
        .setTradeCount(0)
        .setLastPlanId("")
        .setLastOrderId("")
        .setLastFillId("")
        .setUpdatedAtMs(NOW)
        .build();
  }

  private void record(String key, int maxPositions) {
    Policy policy =
        Policy.newBuilder().setName(key).setVersion(1).setMaxPositions(maxPositions).build();
    records.add(new PolicyVersion(key, records.size(), Optional.of(policy), "me", "why", NOW));
  }

  private static Policy most(int positions) {
    return Policy.newBuilder().setMaxPositions(positions).build();
  }

  private PolicyHistory history() {
    return new PolicyHistory(records, records.size());
  }
}
