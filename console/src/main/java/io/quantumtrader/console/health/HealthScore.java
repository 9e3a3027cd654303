package io.quantumtrader.console.health;

import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.health.HealthRow.CostRow;
import io.quantumtrader.console.health.HealthRow.Level;
import io.quantumtrader.console.runbook.RunbookPage;
import io.quantumtrader.console.view.PipelineRow.ReaderRow;
import io.quantumtrader.console.view.PlanView;
import io.quantumtrader.console.view.ReservationRow;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.console.view.StopInPlace;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.UniverseKeys;
import io.quantumtrader.topology.decision.Sides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The score: 100 less the points of each {@link HealthCost} that is found, at least 0. A cost is
 * paid once however often it is found: one account over its limit is as bad a sign as two.
 */
public final class HealthScore {

  /** Exposure above which an account is in danger, whatever its policy allows. */
  static final double EXPOSURE_MOST = 0.8;

  /** Margin ratio below which an account is in danger. */
  static final double MARGIN_LEAST = 0.2;

  static final int SYMBOLS_LEAST = 3;
  static final int PLANS_MOST = 100;
  static final long BEHIND_MOST = 100;
  static final long LETTERS_WITHIN_MS = 600_000;
  private static final long CLOCK_GRACE_MS = 10_000;
  private static final int CLOCK_STEPS = 3;

  /** Connect names the group of a sink so; the only sink is that to Redis. */
  private static final String SINK = "connect-";

  private final Pages pages;
  private final Outside outside;
  private final long wallMs;
  private final Map<HealthCost, String> found = new EnumMap<>(HealthCost.class);

  private HealthScore(Pages pages, Outside outside, long wallMs) {
    this.pages = pages;
    this.outside = outside;
    this.wallMs = wallMs;
  }

  /**
   * Returns how well a pipeline is.
   *
   * @param wallMs wall time, epoch milliseconds
   */
  public static HealthRow of(Pages pages, Outside outside, long wallMs) {
    HealthScore score = new HealthScore(pages, outside, wallMs);
    score.money();
    score.market();
    score.exchange();
    score.flow();
    outside.troubles().forEach(score.found::put);
    return score.row();
  }

  /** Returns the section of the runbook about something that costs points. */
  public static String runbook(HealthCost cost) {
    return RunbookPage.section(cost.name());
  }

  private HealthRow row() {
    List<CostRow> costs = new ArrayList<>();
    found.forEach(
        (cost, what) ->
            costs.add(new CostRow(cost, cost.points(), what, cost.meaning(), runbook(cost))));
    costs.sort(Comparator.comparingInt(CostRow::points).reversed());
    int score = Math.max(0, 100 - costs.stream().mapToInt(CostRow::points).sum());
    return new HealthRow(score, Level.of(score), costs, wallMs);
  }

  private void money() {
    for (PortfolioState state : pages.tables().rows(Topic.PORTFOLIO_STATE, PortfolioState.class)) {
      Policy policy = pages.policy(state.getAccount()).policy();
      if (state.getOpenPositions() > policy.getMaxPositions()) {
        find(
            HealthCost.POSITIONS_OVER_LIMIT,
            "%s has %d positions, its policy allows %d"
                .formatted(state.getAccount(), state.getOpenPositions(), policy.getMaxPositions()));
      }
      if (state.getExposure() != null && state.getExposure() > EXPOSURE_MOST) {
        find(
            HealthCost.EXPOSURE_HIGH,
            "%s has an exposure of %s".formatted(state.getAccount(), percent(state.getExposure())));
      }
      if (state.getMarginRatio() != null && state.getMarginRatio() < MARGIN_LEAST) {
        find(
            HealthCost.MARGIN_LOW,
            "%s has a margin ratio of %s"
                .formatted(state.getAccount(), percent(state.getMarginRatio())));
      }
    }
  }

  private void market() {
    Optional<Universe> top = pages.tables().row(Topic.UNIVERSE, UniverseKeys.TOP, Universe.class);
    List<String> symbols = top.map(Universe::getSymbols).orElse(List.of());
    if (symbols.size() < SYMBOLS_LEAST && pages.clock().nowMs() > 0) {
      find(HealthCost.UNIVERSE_SMALL, "%d symbols may be opened".formatted(symbols.size()));
    }
    Set<String> watched = new TreeSet<>(symbols);
    open().forEach(row -> watched.add(row.getSymbol()));
    List<String> stale = watched.stream().filter(this::isStale).toList();
    if (!stale.isEmpty()) {
      find(
          HealthCost.MARKET_STALE,
          "%d of %d symbols are stale, %s among them"
              .formatted(stale.size(), watched.size(), stale.getFirst()));
    }
  }

  private boolean isStale(String symbol) {
    Policy policy = pages.policy(Policies.DEFAULT).policy();
    return pages
        .tables()
        .row(Topic.MARKET_STATE, symbol, MarketState.class)
        .map(
            state ->
                pages.clock().nowMs() - state.getAsOfMs()
                    > policy.getStateMaxIntervals() * state.getIntervalMs()
                        + policy.getStateGraceMs())
        .orElse(true);
  }

  private List<PositionLedger> open() {
    return pages.tables().rows(Topic.POSITION_LEDGER, PositionLedger.class).stream()
        .filter(Sides::isOpen)
        .toList();
  }

  private void exchange() {
    for (ExchangeAccount account :
        pages.tables().rows(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class)) {
      for (PositionHold hold : account.getHolds()) {
        find(
            HealthCost.RECONCILE_HOLD,
            "%s: the ledger has %s %s, the exchange %s"
                .formatted(
                    account.getAccount(),
                    hold.getLedgerQuantity().stripTrailingZeros().toPlainString(),
                    hold.getSymbol(),
                    hold.getExchangeQuantity().stripTrailingZeros().toPlainString()));
      }
    }
    open().stream().filter(row -> StopInPlace.isMissing(pages, row)).forEach(this::withoutStop);
    for (ReservationRow plan : PlanView.reservations(pages, Scope.ALL)) {
      if (plan.outcome().equals(ResultOutcome.UNRESOLVED.name())) {
        find(
            HealthCost.ORDER_UNRESOLVED,
            "%s: %s %s %s".formatted(plan.account(), plan.action(), plan.symbol(), plan.planId()));
      }
    }
  }

  private void withoutStop(PositionLedger row) {
    find(
        HealthCost.WITHOUT_STOP,
        "%s: %s, open for %d s"
            .formatted(
                row.getAccount(),
                row.getSymbol(),
                (pages.clock().nowMs() - row.getOpenedAtMs()) / 1000));
  }

  private void flow() {
    int waiting = pages.plans().unfinished().size();
    if (waiting > PLANS_MOST) {
      find(HealthCost.PLANS_WAITING, "%d plans have no final result".formatted(waiting));
    }
    for (ReaderRow reader : outside.readers()) {
      if (reader.behind() != null && reader.behind() > BEHIND_MOST) {
        find(
            reader.reader().startsWith(SINK) ? HealthCost.REDIS_BEHIND : HealthCost.READER_BEHIND,
            "%s is %d records behind".formatted(reader.reader(), reader.behind()));
      }
    }
    long since = pages.clock().nowMs() - LETTERS_WITHIN_MS;
    long letters =
        pages
            .streams()
            .newestFirst(Topic.DEAD_LETTER)
            .takeWhile(letter -> letter.atMs() >= since)
            .count();
    if (letters > 0) {
      find(HealthCost.DEAD_LETTERS, "%d in the last ten minutes".formatted(letters));
    }
    clock();
  }

  private void clock() {
    long heardAtMs = pages.clock().heardAtMs();
    if (heardAtMs == 0) {
      find(HealthCost.CLOCK_STOPPED, "no step of the clock was read yet");
      return;
    }
    long ageMs = wallMs - heardAtMs;
    if (ageMs > CLOCK_GRACE_MS + CLOCK_STEPS * pages.clock().stepMs()) {
      find(HealthCost.CLOCK_STOPPED, "its last step was %d s ago".formatted(ageMs / 1000));
    }
  }

  /** Of one cost the first that is found is told, with how many more there are. */
  private void find(HealthCost cost, String what) {
    found.merge(
        cost, what, (first, next) -> first.endsWith(", and more") ? first : first + ", and more");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
