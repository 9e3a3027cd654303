package io.quantumtrader.topology.decision.harvest;

import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.decision.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A long position of 1 at 1000, first stop 980, that climbs through 2R, 4R and 6R and falls back
 * into its trailing stop, half a percent behind the peak. R = (profit - 1) / 20. Each proposal is
 * carried out before the next price.
 */
final class ClimbTest {

  @Test
  void shouldHarvestEachRungAndLeaveAtTheTrailingStop() {
    // given
    Holding holding = Holding.of(PositionSide.LONG);

    // then: below 1R, nothing yet; 1R, the stop begins to follow, 1021 x 0.995 = 1015.895; 1.5R
    step(holding, "1020.5", "NONE", null, "1", "980");
    step(holding, "1021", "UPDATE_SL", "1015.5", "1", "1015.5");
    step(holding, "1031", "UPDATE_SL", "1025.5", "1", "1025.5");

    // 2R: a quarter; the stop of the same price, 1035.795, comes after the fill
    step(holding, "1041", "PARTIAL_25", "1035.5", "0.75", "1025.5");
    step(holding, "1041", "UPDATE_SL", "1035.5", "0.75", "1035.5");

    // 4R: half of three quarters; 1081 x 0.995 = 1075.595
    step(holding, "1081", "PARTIAL_50", "1075.5", "0.375", "1035.5");
    step(holding, "1081", "UPDATE_SL", "1075.5", "0.375", "1075.5");

    // 6R: three quarters of that; 1121 x 0.995 = 1115.395
    step(holding, "1121", "PARTIAL_75", "1115", "0.09375", "1075.5");
    step(holding, "1122", "UPDATE_SL", "1116", "0.09375", "1116");

    // back: above the stop nothing, at the stop the rest
    step(holding, "1116.5", "NONE", null, "0.09375", "1116");
    HarvestProposal last = step(holding, "1116", "FULL_CLOSE_PROPOSED", null, "0", "1116");
    assertThat(last.getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(last.getQuantity()).isEqualByComparingTo("0.09375");
    assertThat(last.getRNet()).isEqualTo(115.0 / 20);
  }

  /** Goes to the price and carries out what is proposed; says what is then open, and its stop. */
  private static HarvestProposal step(
      Holding holding, String price, String action, String newStop, String open, String stop) {
    Optional<HarvestProposal> proposed = holding.goTo(price);
    HarvestProposal proposal = proposed.orElseThrow();
    assertThat(proposal.getAction()).as("at %s", price).isEqualTo(action);
    if (newStop == null) {
      assertThat(proposal.getNewStop()).isNull();
    } else {
      assertThat(proposal.getNewStop()).isEqualByComparingTo(newStop);
    }
    carryOut(holding, proposal);
    assertThat(holding.row().getQuantity()).isEqualByComparingTo(open);
    assertThat(Optional.ofNullable(holding.row().getStopPrice()).orElse(dec("980")))
        .isEqualByComparingTo(stop);
    return proposal;
  }

  private static void carryOut(Holding holding, HarvestProposal proposal) {
    if (proposal.getAction().equals("UPDATE_SL")) {
      holding.with(row -> row.setStopPrice(proposal.getNewStop()));
    } else if (proposal.getShare() != null) {
      List<Integer> taken = new ArrayList<>(holding.row().getRungsTaken());
      if (proposal.getRung() > 0) {
        taken.add(proposal.getRung());
      }
      holding.with(
          row ->
              row.setRungsTaken(taken)
                  .setQuantity(
                      Decimals.quantity(
                          row.getQuantity()
                              .multiply(
                                  Decimals.ratio(1)
                                      .subtract(Decimals.ratio(proposal.getShare()))))));
    }
  }
}
