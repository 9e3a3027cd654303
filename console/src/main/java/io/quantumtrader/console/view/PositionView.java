package io.quantumtrader.console.view;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.Sides;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is open: the ledger, valued at the last marks, and who opened it. */
public final class PositionView {

  private static final double DAY_MS = 86_400_000;

  private PositionView() {}

  /** What is known of one position. */
  private record Known(
      PositionLedger row,
      Optional<PositionSnapshot> snapshot,
      Optional<HarvestProposal> proposal,
      Optional<ApplyPlan> opening,
      Policy policy) {

    /** Returns entry price and first stop apart from each other, if both are known. */
    Optional<BigDecimal> risk() {
      return Optional.ofNullable(row.getRisk())
          .map(risk -> row.getEntryPrice().subtract(risk.getInitialStop()).abs())
          .filter(Decimals::isPositive);
    }

    Optional<Double> nextRung() {
      List<Double> rungs = policy.getHarvestRungs();
      for (int index = 0; index < rungs.size(); index++) {
        if (!row.getRungsTaken().contains(index + 1)) {
          return Optional.of(rungs.get(index));
        }
      }
      return Optional.empty();
    }
  }

  /** Returns the open positions, by account and symbol. */
  public static List<PositionRow> rows(Pages pages, Scope scope) {
    Map<String, Double> heats = new HashMap<>();
    List<Known> open =
        pages.tables().rows(Topic.POSITION_LEDGER, PositionLedger.class).stream()
            .filter(Sides::isOpen)
            .filter(row -> scope.has(row.getAccount()))
            .map(row -> known(pages, row))
            .toList();
    open.forEach(
        each ->
            heat(pages, each)
                .ifPresent(heat -> heats.merge(each.row().getAccount(), heat, Double::sum)));
    return open.stream()
        .filter(each -> scope.has(each.row().getAccount(), each.row().getSymbol()))
        .map(each -> row(pages, each, share(pages, each, heats)))
        .toList();
  }

  private static Known known(Pages pages, PositionLedger row) {
    String key = Accounts.key(row.getAccount(), row.getSymbol());
    return new Known(
        row,
        pages
            .tables()
            .row(Topic.POSITION_SNAPSHOT, key, PositionSnapshot.class)
            .filter(each -> each.getPositionId().equals(row.getPositionId())),
        pages
            .tables()
            .row(Topic.HARVEST_PROPOSAL, key, HarvestProposal.class)
            .filter(each -> each.getPositionId().equals(row.getPositionId())),
        pages.trades().openedBy(row.getAccount(), row.getSymbol()).flatMap(pages.plans()::plan),
        pages.policy(row.getAccount()).policy());
  }

  /** |notional| x daily volatility: what the position adds to the account's heat, times equity. */
  private static Optional<Double> heat(Pages pages, Known known) {
    return pages
        .tables()
        .row(Topic.MARKET_STATE, known.row().getSymbol(), MarketState.class)
        .filter(state -> state.getIntervalMs() > 0)
        .flatMap(
            state ->
                known
                    .snapshot()
                    .map(
                        snapshot ->
                            snapshot.getNotional().abs().doubleValue()
                                * state.getSigma()
                                * Math.sqrt(DAY_MS / state.getIntervalMs())));
  }

  private static Double share(Pages pages, Known known, Map<String, Double> heats) {
    double all = heats.getOrDefault(known.row().getAccount(), 0.0);
    return heat(pages, known).filter(own -> all > 0).map(own -> own / all).orElse(null);
  }

  private static PositionRow row(Pages pages, Known known, Double heatShare) {
    PositionLedger row = known.row();
    Optional<PositionSnapshot> snapshot = known.snapshot();
    long nowMs = pages.clock().nowMs();
    return new PositionRow(
        row.getAccount(),
        row.getSymbol(),
        row.getPositionId(),
        row.getSide().name(),
        row.getQuantity(),
        row.getEntryPrice(),
        snapshot.map(PositionSnapshot::getMarkPrice).orElse(null),
        snapshot.map(PositionSnapshot::getNotional).orElse(null),
        snapshot.map(PositionSnapshot::getUnrealizedPnl).orElse(null),
        known.proposal().map(HarvestProposal::getRNet).orElse(null),
        StopInPlace.isMissing(pages, row) ? null : row.getStopPrice(),
        row.getTargetPrice(),
        known.nextRung().orElse(null),
        rungPrice(known).orElse(null),
        known.proposal().map(HarvestProposal::getKillScore).orElse(null),
        heatShare,
        row.getLeverage(),
        row.getQuantity()
            .multiply(row.getEntryPrice())
            .divide(BigDecimal.valueOf(row.getLeverage()), MathContext.DECIMAL64),
        snapshot.map(PositionSnapshot::getLiquidationPrice).orElse(null),
        row.getOpenedAtMs(),
        row.getOpenedAtMs() == null ? null : Math.max(0, nowMs - row.getOpenedAtMs()),
        known.opening().map(ApplyPlan::getSource).orElse(""),
        known.opening().map(ApplyPlan::getReason).orElse(""),
        known.opening().map(ApplyPlan::getPlanId).orElse(""));
  }

  private static Optional<BigDecimal> rungPrice(Known known) {
    return known
        .risk()
        .flatMap(
            risk ->
                known
                    .nextRung()
                    .map(
                        rung ->
                            known
                                .row()
                                .getEntryPrice()
                                .add(
                                    risk.multiply(BigDecimal.valueOf(rung))
                                        .multiply(
                                            BigDecimal.valueOf(
                                                Sides.direction(known.row().getSide()))))));
  }
}
