package io.quantumtrader.topology.decision.close;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.GateResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every exit, whatever is open and whatever is proposed. */
class ExitLayerPropertiesTest {

  private static final int POSITIONS = 300;
  private static final int MOST_EXITS = 60;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void shouldNeverCloseNothingOrMoreThanIsOpen(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < POSITIONS; i++) {
      PositionLedger row = position(random);
      Instrument instrument = instrument(random);
      int exits = 0;
      while (row.getQuantity().signum() > 0) {
        // when
        ApplyPlan plan = plan(row, instrument, random);

        // then
        assertThat(plan.getQuantity()).isPositive().isLessThanOrEqualTo(row.getQuantity());
        boolean inSteps = plan.getQuantity().remainder(instrument.getStepSize()).signum() == 0;
        boolean whole = plan.getQuantity().compareTo(row.getQuantity()) == 0;
        assertThat(inSteps || whole).isTrue();
        row = afterFill(row, plan.getQuantity());
        assertThat(exits++).as("dust is closed, not left").isLessThan(MOST_EXITS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void shouldOnlyEverTightenAStop(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < POSITIONS; i++) {
      PositionLedger row = position(random);
      BigDecimal stop = dec(Integer.toString(50_000 + random.nextInt(45_000)));
      HarvestProposal proposal =
          proposal(row)
              .setAction("UPDATE_SL")
              .setTrigger(ExitTrigger.TRAILING_STOP)
              .setNewStop(stop)
              .build();

      GateResult<ClosePlan> ruling = ExitLayer.rule(ExitAsk.of(proposal), view(row, null), NOON);

      boolean isLong = row.getSide() == PositionSide.LONG;
      BigDecimal current = row.getStopPrice();
      BigDecimal mark = proposal.getMarkPrice();
      boolean tighter = isLong ? stop.compareTo(current) > 0 : stop.compareTo(current) < 0;
      boolean before = isLong ? stop.compareTo(mark) < 0 : stop.compareTo(mark) > 0;
      assertThat(ruling.denial().isEmpty()).isEqualTo(tighter && before);
    }
  }

  private static ApplyPlan plan(PositionLedger row, Instrument instrument, Random random) {
    double share = (1 + random.nextInt(99)) / 100.0;
    HarvestProposal proposal =
        proposal(row)
            .setAction("PARTIAL_" + Math.max(1, Math.round(share * 100)))
            .setTrigger(ExitTrigger.RUNG)
            .setRung(1)
            .setShare(share)
            .build();
    GateResult<ClosePlan> ruling =
        ExitLayer.rule(ExitAsk.of(proposal), view(row, instrument), NOON);
    assertThat(ruling.denial()).isEmpty();
    return ((GateResult.Granted<ClosePlan>) ruling).value().plan();
  }

  private static ExitLayer.View view(PositionLedger row, Instrument instrument) {
    return new ExitLayer.View(
        Given.policy().build(),
        TradingState.ACTIVE,
        List.of(),
        Optional.of(row),
        List.of(),
        Optional.empty(),
        Optional.ofNullable(instrument));
  }

  private static PositionLedger position(Random random) {
    boolean isLong = random.nextBoolean();
    return Given.position(
            BTC,
            isLong ? PositionSide.LONG : PositionSide.SHORT,
            BigDecimal.valueOf(1 + random.nextInt(100_000), 4).toPlainString(),
            "71000")
        .setStopPrice(dec(isLong ? "69000" : "73000"))
        .build();
  }

  private static Instrument instrument(Random random) {
    BigDecimal step = BigDecimal.ONE.movePointLeft(random.nextInt(5));
    return Given.instrument(BTC)
        .setStepSize(dec(step.toPlainString()))
        .setMinQuantity(dec(step.toPlainString()))
        .build();
  }

  private static HarvestProposal.Builder proposal(PositionLedger row) {
    return Given.proposal()
        .setPositionId(row.getPositionId())
        .setSide(row.getSide())
        .setQuantity(row.getQuantity());
  }

  private static PositionLedger afterFill(PositionLedger row, BigDecimal quantity) {
    return PositionLedger.newBuilder(row)
        .setQuantity(Decimals.quantity(row.getQuantity().subtract(quantity)))
        .build();
  }
}
