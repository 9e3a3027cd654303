package io.quantumtrader.topology.decision.close;

import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Regimes;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An exit that is asked for by something else than an intent.
 *
 * @param account account name
 * @param symbol symbol of the position
 * @param positionId position it is for
 * @param trigger what led to it
 * @param rung rung of the ladder, 0 where it is none
 * @param action what to do
 * @param newStop new stop, quote currency, for a stop that is to be moved
 * @param atMs time of the price it was proposed at, epoch ms
 * @param price that price, quote currency, above 0
 * @param rNet profit after costs in multiples of the risk, where known
 * @param killScore kill score, where known
 * @param regime regime that it was proposed in, where known
 * @param source who asks: {@code harvest}, {@code operator}, {@code liquidation-guard}
 * @param reason in words
 * @param held code for a hold that somebody else decided on
 */
public record ExitAsk(
    String account,
    String symbol,
    String positionId,
    ExitTrigger trigger,
    int rung,
    ExitAction action,
    Optional<BigDecimal> newStop,
    long atMs,
    BigDecimal price,
    OptionalDouble rNet,
    OptionalDouble killScore,
    Optional<String> regime,
    String source,
    String reason,
    Optional<String> held) {

  /** Who asks where a proposal does. */
  public static final String HARVEST = "harvest";

  /** Returns what a proposal asks for, with the calibrated action where that holds. */
  public static ExitAsk of(HarvestProposal proposal) {
    ExitAction action = ExitAction.inForce(proposal);
    boolean stop = action.kind() == ExitAction.Kind.MOVE_STOP;
    Optional<String> held =
        Optional.ofNullable(proposal.getCalibration())
            .filter(gate -> gate.getCalibrated() && gate.getAction().equals(ExitAction.HOLD))
            .filter(gate -> !gate.getAction().equals(proposal.getAction()))
            .map(gate -> gate.getCode());
    return new ExitAsk(
        proposal.getAccount(),
        proposal.getSymbol(),
        proposal.getPositionId(),
        stop ? stopTrigger(proposal) : proposal.getTrigger(),
        stop ? 0 : proposal.getRung(),
        action,
        Optional.ofNullable(proposal.getNewStop()).map(Decimals::cash),
        proposal.getAsOfMs(),
        proposal.getMarkPrice(),
        OptionalDouble.of(proposal.getRNet()),
        OptionalDouble.of(proposal.getKillScore()),
        Optional.of(Regimes.of(proposal.getPTrend(), proposal.getPMr(), proposal.getPChop())),
        HARVEST,
        String.join(",", proposal.getReasons()),
        held);
  }

  private static ExitTrigger stopTrigger(HarvestProposal proposal) {
    return proposal.getStopTrigger() == ExitTrigger.NONE
        ? ExitTrigger.TRAILING_STOP
        : proposal.getStopTrigger();
  }

  /** Returns the name that every plan for this same exit shares. */
  public String exitKey() {
    String detail =
        action.kind() == ExitAction.Kind.MOVE_STOP
            ? newStop.map(stop -> stop.stripTrailingZeros().toPlainString()).orElse("")
            : Integer.toString(rung);
    return String.join("|", positionId, trigger.name(), detail);
  }
}
