package io.quantumtrader.topology.decision.harvest;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.topology.decision.Copies;
import java.math.BigDecimal;

/**
 * Whether a proposal goes out: the first of a position, a change of what is proposed or of the new
 * stop, a step of R, and a heartbeat. Not every price is worth a record.
 */
final class ProposalGuard {

  private ProposalGuard() {}

  /**
   * Returns whether the proposal goes out.
   *
   * @param position the position, with what it remembers of the last one that did
   */
  static boolean isDue(OpenPosition position, HarvestProposal proposal, Policy policy) {
    return !position.getProposedAction().equals(what(proposal))
        || isMoved(position.getProposedStop(), proposal, policy)
        || Math.abs(proposal.getRNet() - position.getProposedR()) >= policy.getProposalStepR()
        || proposal.getAsOfMs() - position.getProposedAtMs() >= policy.getProposalHeartbeatMs();
  }

  /** Returns the position that remembers this proposal as the last that went out. */
  static OpenPosition remember(OpenPosition position, HarvestProposal proposal) {
    return Copies.of(position, OpenPosition.newBuilder())
        .setProposedAction(what(proposal))
        .setProposedR(proposal.getRNet())
        .setProposedStop(proposal.getNewStop())
        .setProposedAtMs(proposal.getAsOfMs())
        .build();
  }

  /**
   * Returns the action with its trigger and rung. The action alone would not do: a full close for
   * the kill score, which may be held back, and one for a stop hit, which may not, are the same
   * word, and so are two rungs of one share.
   */
  private static String what(HarvestProposal proposal) {
    return proposal.getTrigger() == ExitTrigger.NONE
        ? proposal.getAction()
        : proposal.getAction() + " " + proposal.getTrigger() + " " + proposal.getRung();
  }

  /** A stop that differs from the proposed one by less than a move is worth is the same stop. */
  private static boolean isMoved(BigDecimal last, HarvestProposal proposal, Policy policy) {
    BigDecimal stop = proposal.getNewStop();
    if (last == null || stop == null) {
      return (last == null) != (stop == null);
    }
    BigDecimal move = stop.subtract(last).abs();
    return move.signum() > 0 && move.compareTo(StopMove.least(policy, proposal.getRiskUnit())) >= 0;
  }
}
