package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.topology.decision.kernel.HarvestKernel;
import io.quantumtrader.topology.decision.snapshot.Protection;
import java.util.Optional;

/**
 * The harvest stage: what to do with an open position at a price. Formulas: legacy exit contract,
 * sections 4.1 and 5.1.
 *
 * <p>In order: a stop or target that was hit closes all; so does the kill score at its threshold; a
 * rung of the ladder closes its share; a tighter stop alone is an UPDATE_SL. A proposal for a close
 * names the tighter stop too, for the gate that may hold the close back.
 */
public final class Harvest {

  private Harvest() {}

  /** Returns the position and the proposal that goes out, if one is due. */
  public static Harvested after(HarvestView view) {
    HarvestProposal proposal = proposal(view, Assessment.of(view));
    OpenPosition position = view.position();
    return ProposalGuard.isDue(position, proposal, view.policy())
        ? new Harvested(ProposalGuard.remember(position, proposal), Optional.of(proposal))
        : new Harvested(position, Optional.empty());
  }

  private static HarvestProposal proposal(HarvestView view, Assessment assessment) {
    PositionSnapshot snapshot = view.snapshot();
    Exit exit = assessment.exit();
    HarvestProposal.Builder proposal =
        HarvestProposal.newBuilder()
            .setAccount(snapshot.getAccount())
            .setSymbol(snapshot.getSymbol())
            .setPositionId(snapshot.getPositionId())
            .setSide(snapshot.getSide())
            .setAction(exit.action())
            .setTrigger(exit.trigger())
            .setRung(exit.rung())
            .setShare(exit.share().orElse(null))
            .setNewStop(assessment.move().map(StopMove::price).orElse(null))
            .setStopTrigger(assessment.move().map(StopMove::trigger).orElse(ExitTrigger.NONE))
            .setCurrentStop(Protection.stop(view.row()).orElse(null))
            .setTarget(Protection.target(view.row()).orElse(null))
            .setQuantity(snapshot.getQuantity())
            .setEntryPrice(snapshot.getEntryPrice())
            .setMarkPrice(snapshot.getMarkPrice())
            .setUnrealizedPnl(snapshot.getUnrealizedPnl())
            .setReasons(assessment.reasons())
            .setAgeMs(snapshot.getAgeMs())
            .setPolicyName(view.policy().getName())
            .setPolicyVersion(view.policy().getVersion())
            .setAsOfMs(snapshot.getAsOfMs());
    describe(proposal, assessment.kernel());
    view.state().ifPresent(state -> describe(proposal, state));
    return proposal.build();
  }

  private static void describe(HarvestProposal.Builder proposal, HarvestKernel.Proposal kernel) {
    proposal
        .setRNet(kernel.r())
        .setRiskUnit(kernel.riskUnit())
        .setCostEstimate(kernel.cost())
        .setKillScore(kernel.kill().score())
        .setKRegimeFlip(kernel.kill().regimeFlip())
        .setKSigmaSpike(kernel.kill().sigmaSpike())
        .setKTsDrop(kernel.kill().tsDrop())
        .setKAgePenalty(kernel.kill().agePenalty());
  }

  private static void describe(HarvestProposal.Builder proposal, MarketState state) {
    proposal
        .setSigma(state.getSigma())
        .setTs(state.getTs())
        .setPTrend(state.getPTrend())
        .setPMr(state.getPMr())
        .setPChop(state.getPChop());
  }
}
