package io.quantumtrader.topology.symbol;

import static io.quantumtrader.topology.decision.market.Candles.SYMBOL;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.snapshot.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candles and ledger rows to proposals through the whole sub-topology: long 2 at 100, stop 98. */
final class HarvestInSubtopologyTest {

  private static final String REGISTRY = "harvest-in-sub-topology";
  private static final String KEY = "main:" + SYMBOL;

  @TempDir Path directory;
  private SymbolDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new SymbolDriver(directory, REGISTRY);
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static PositionLedger.Builder row(long n) {
    return Rows.open(n)
        .setRisk(
            Risk.newBuilder()
                .setInitialStop(dec("98"))
                .setTarget(dec("116"))
                .setFactor(1.5)
                .setSource(RiskSource.STATE_ATR)
                .build());
  }

  private HarvestProposal onlyProposal() {
    List<TestRecord<String, HarvestProposal>> proposals = driver.proposals();
    assertThat(proposals).hasSize(1);
    return proposals.getFirst().value();
  }

  @Test
  void shouldProposeWithEachCandleBesideTheSnapshot() {
    // given
    driver.ledger(row(1).build());

    // when
    driver.candle(candle(1, "101").build());
    driver.candle(candle(2, "102").build());

    // then
    List<TestRecord<String, HarvestProposal>> proposals = driver.proposals();
    assertThat(proposals).extracting(TestRecord::key).containsExactly(KEY, KEY);
    assertThat(proposals).extracting(TestRecord::timestamp).containsExactly(at(2), at(3));
    assertThat(proposals.getFirst().value().getRNet()).isEqualTo(0.45);
    assertThat(proposals.getFirst().value().getAction()).isEqualTo("NONE");
    assertThat(proposals.getFirst().value().getAsOfMs()).isEqualTo(at(2));
    assertThat(driver.snapshots()).hasSize(2);
  }

  @Test
  void shouldCloseAtTheStopWhileWarmingUp() {
    // given
    driver.ledger(row(1).build());

    // when
    driver.candle(candle(1, "98").build());

    // then
    assertThat(driver.states()).isEmpty();
    HarvestProposal proposal = onlyProposal();
    assertThat(proposal.getAction()).isEqualTo("FULL_CLOSE_PROPOSED");
    assertThat(proposal.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
  }

  @Test
  void shouldOnlyValueOnAChangedRow() {
    // given
    driver.ledger(row(1).build());
    driver.candle(candle(1, "105").build());
    driver.drain();

    // when
    driver.ledger(row(2).setQuantity(dec("1.5")).setRungsTaken(List.of(1)).build());

    // then
    assertThat(driver.snapshots()).hasSize(1);
    assertThat(driver.proposals()).isEmpty();
  }

  @Test
  void shouldReadTakenRungsInTheRow() {
    // given
    driver.ledger(row(1).build());
    driver.candle(candle(1, "105").build());
    assertThat(onlyProposal().getAction()).isEqualTo("PARTIAL_25");

    // when: its fill is booked, and the stop it proposed as well was moved
    driver.ledger(
        row(2)
            .setQuantity(dec("1.5"))
            .setRungsTaken(List.of(1))
            .setStopPrice(dec("100.2"))
            .build());
    driver.candle(candle(2, "105").build());

    // then
    HarvestProposal next = onlyProposal();
    assertThat(next.getAction()).isEqualTo("NONE");
    assertThat(next.getQuantity()).isEqualByComparingTo("1.5");
    assertThat(next.getCurrentStop()).isEqualByComparingTo("100.2");
  }

  @Test
  void shouldTakeTheProposalAwayWhenThePositionIsFlat() {
    // given
    driver.ledger(row(1).build());
    driver.candle(candle(1, "101").build());
    driver.drain();

    // when
    driver.ledger(Rows.flat(2).build());
    driver.ledger(Rows.flat(3).build());
    driver.candle(candle(2, "97").build());

    // then
    List<TestRecord<String, HarvestProposal>> proposals = driver.proposals();
    assertThat(proposals).hasSize(1);
    assertThat(proposals.getFirst().key()).isEqualTo(KEY);
    assertThat(proposals.getFirst().value()).isNull();
    assertThat(proposals.getFirst().timestamp()).isEqualTo(at(2));
  }

  @Test
  void shouldProposeForEachAccountUnderItsOwnPolicy() {
    // given
    driver.policy(Policy.newBuilder().setVersion(3).build());
    driver.policy(
        Policy.newBuilder()
            .setName("second")
            .setVersion(9)
            .setHarvestRungs(List.of(1.0, 4.0, 6.0))
            .build());
    driver.ledger(row(1).build());
    driver.ledger(row(1).setAccount("second").build());

    // when: 1.45 R
    driver.candle(candle(1, "103").build());

    // then
    List<TestRecord<String, HarvestProposal>> proposals = driver.proposals();
    assertThat(proposals).extracting(TestRecord::key).containsExactly(KEY, "second:" + SYMBOL);
    assertThat(proposals)
        .extracting(record -> record.value().getAction())
        .containsExactly("NONE", "PARTIAL_25");
    assertThat(proposals)
        .extracting(record -> record.value().getPolicyName())
        .containsExactly("default", "second");
    assertThat(proposals)
        .extracting(record -> record.value().getPolicyVersion())
        .containsExactly(3L, 9L);
  }

  @Test
  void shouldRoundTheNewStopToTheTickOfTheInstrument() {
    // given: break-even is 100.2 for the long and 99.8 for the short position
    driver.instrument(Given.instrument(SYMBOL).setTickSize(dec("0.5")).build());
    driver.ledger(row(1).build());
    driver.ledger(row(1).setAccount("second").setSide(PositionSide.SHORT).setRisk(null).build());

    // when
    driver.candle(candle(1, "103.5").build());
    driver.candle(candle(2, "96.5").build());

    // then
    assertThat(driver.proposals())
        .filteredOn(record -> record.value().getAction().equals("UPDATE_SL"))
        .extracting(TestRecord::key, record -> record.value().getNewStop())
        .containsExactly(tuple(KEY, dec("100")), tuple("second:" + SYMBOL, dec("100")));
  }

  @Test
  void shouldNotProposeOnAPriceThatIsSuspect() {
    // given
    driver.ledger(row(1).build());
    driver.candle(candle(1, "100").build());
    driver.drain();

    // when: far below the stop, but alone
    driver.candle(candle(2, "70").build());

    // then
    assertThat(driver.codes()).containsExactly("CANDLE_SUSPECT");
    assertThat(driver.proposals()).isEmpty();
  }

  @Test
  void shouldRememberWhatWentOutOverARestart() {
    // given
    Policy patient = Policy.newBuilder().setVersion(1).setProposalHeartbeatMs(86_400_000).build();
    driver.policy(patient);
    driver.ledger(row(1).build());
    driver.candle(candle(1, "101").build());
    driver.candle(candle(2, "101").build());
    assertThat(driver.proposals()).hasSize(1);

    // when
    driver = driver.restarted(directory, REGISTRY);
    driver.policy(patient);
    driver.candle(candle(3, "101").build());
    driver.candle(candle(4, "102").build());

    // then
    assertThat(onlyProposal().getRNet()).isEqualTo(0.95);
  }

  @Test
  void shouldDecideOnTheMarketStateOfTheSameCandle() {
    // given
    Random random = new Random(5);
    for (long n = 0; n < 256; n++) {
      driver.candle(candle(n, "100." + random.nextInt(10, 100)).build());
    }
    driver.ledger(row(256).setOpenedRegime("trend").build());
    driver.drain();

    // when
    driver.candle(candle(256, "101").build());

    // then
    MarketState state = driver.states().getFirst().value();
    HarvestProposal proposal = onlyProposal();
    assertThat(proposal.getSigma()).isEqualTo(state.getSigma());
    assertThat(proposal.getTs()).isEqualTo(state.getTs());
    assertThat(proposal.getPTrend()).isEqualTo(state.getPTrend());
    assertThat(proposal.getKSigmaSpike()).isPositive();
    assertThat(proposal.getKillScore()).isGreaterThan(0.5);
    assertThat(proposal.getAsOfMs()).isEqualTo(state.getAsOfMs());
  }
}
