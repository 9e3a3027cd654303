package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.entry.EntryLine;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/**
 * Each record lies under the key that its value is about, at the time that its value says: on every
 * topic that the topology writes, over a day in the life of two accounts.
 */
final class KeysAndTimesTest extends WiringTest {

  private static final int WARM_UP = 258;

  @Test
  void shouldPublishEachRecordUnderItsKeyAtItsTime() {
    // when
    Outputs outputs = pipeline.when(KeysAndTimesTest::live);

    // then
    check(
        outputs,
        Topic.APPLY_PLAN,
        ApplyPlan.class,
        ApplyPlan::getAccount,
        ApplyPlan::getCreatedAtMs);
    check(outputs, Topic.PERMIT, Permit.class, Permit::getPlanId, Permit::getGrantedAtMs);
    check(outputs, Topic.DECISION, Decision.class, Decision::getAccount, Decision::getAtMs);
    check(
        outputs,
        Topic.PORTFOLIO_STATE,
        PortfolioState.class,
        PortfolioState::getAccount,
        PortfolioState::getAsOfMs);
    check(
        outputs,
        Topic.POSITION_LEDGER,
        PositionLedger.class,
        row -> row.getAccount() + ":" + row.getSymbol(),
        PositionLedger::getUpdatedAtMs);
    check(
        outputs,
        Topic.POSITION_SNAPSHOT,
        PositionSnapshot.class,
        row -> row.getAccount() + ":" + row.getSymbol(),
        PositionSnapshot::getAsOfMs);
    check(
        outputs,
        Topic.HARVEST_PROPOSAL,
        HarvestProposal.class,
        row -> row.getAccount() + ":" + row.getSymbol(),
        HarvestProposal::getAsOfMs);
    check(
        outputs,
        Topic.HARVEST_CALIBRATED,
        HarvestProposal.class,
        row -> row.getAccount() + ":" + row.getSymbol(),
        row -> row.getCalibration().getAtMs());
    check(
        outputs,
        Topic.MARKET_STATE,
        MarketState.class,
        MarketState::getSymbol,
        MarketState::getAsOfMs);
    check(outputs, Topic.UNIVERSE, Universe.class, Universe::getName, Universe::getAsOfMs);
  }

  /** A broker refuses a record of the future, and with it the task: changelogs are no exception. */
  @Test
  void shouldWriteNothingAtATimeToCome() {
    // when
    pipeline.when(KeysAndTimesTest::live);
    pipeline.lateEntries(MAIN, ETH, EntryLine.DECIDED_PER_STEP + 1);

    // then
    assertThat(pipeline.driver().allSent())
        .extracting(ProducerRecord::topic)
        .anyMatch(topic -> topic.endsWith("seen-intent-store-changelog"))
        .anyMatch(topic -> topic.endsWith("waiting-entry-store-changelog"));
    assertThat(pipeline.driver().allSent())
        .allSatisfy(
            record ->
                assertThat(record.timestamp()).as(record.topic()).isBetween(0L, pipeline.nowMs()));
  }

  /**
   * Candles until there are states, two positions, an exit, a stop that fires, and the next hour.
   */
  private static void live(Pipeline pipeline) {
    for (int i = 0; i < WARM_UP; i++) {
      pipeline.pass(MINUTE).candle(BTC, 71_000 + i % 7 * 10 + ".5");
    }
    pipeline.fill(pipeline.granted(MAIN, "i1", BTC), "71000");
    pipeline.adopt(TWIN, BTC, OrderSide.BUY, "0.05", "71000");
    pipeline.granted(TWIN, "i2", ETH);
    pipeline.pass(MINUTE).candle(BTC, "71100");
    pipeline.proposal(Pipeline.closeAll(MAIN, BTC));
    pipeline.pass(MINUTE).candle(BTC, "66000");
  }

  private static <V extends SpecificRecord> void check(
      Outputs outputs,
      Topic topic,
      Class<V> type,
      Function<V, String> keyOf,
      ToLongFunction<V> timeOf) {
    List<Outputs.Out<V>> records = outputs.of(topic, type);
    assertThat(records).as(topic.topicName()).isNotEmpty();
    for (Outputs.Out<V> record : records) {
      assertThat(record.key()).as("key of %s", record).isEqualTo(keyOf.apply(record.value()));
      assertThat(record.timeMs())
          .as("time of %s", record)
          .isEqualTo(timeOf.applyAsLong(record.value()));
    }
  }
}
