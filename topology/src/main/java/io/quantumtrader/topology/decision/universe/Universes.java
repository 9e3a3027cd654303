package io.quantumtrader.topology.decision.universe;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.UniverseKeys;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Lookups;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the universe sub-topology publishes at a step of the clock. */
public final class Universes {

  /** Key and name of the list of what may be opened. */
  public static final String TOP = UniverseKeys.TOP;

  /** Key and name of the list of what trades. */
  public static final String ACTIVE = UniverseKeys.ACTIVE;

  /** How long the list of what trades stands before it is confirmed. */
  private static final long CONFIRM_MS = 60_000;

  private Universes() {}

  /**
   * What is known at a step of the clock.
   *
   * @param states last market state of each symbol; needed where {@link #mayRank} says so
   * @param instruments what the exchange accepts
   * @param lastTop the last top list
   * @param lastActive the last active list
   * @param beginMs first step of the clock, which starts with the first candle, epoch ms
   * @param stepMs length of this step of the clock, milliseconds
   */
  public record View(
      Collection<MarketState> states,
      Collection<Instrument> instruments,
      Optional<Universe> lastTop,
      Optional<Universe> lastActive,
      long beginMs,
      long stepMs) {}

  /**
   * What is to be published.
   *
   * @param lists changed lists
   * @param decisions how they came about
   */
  public record Publication(List<Universe> lists, List<Decision> decisions) {}

  /**
   * Decides what to publish.
   *
   * @param lookups how the policy was looked up; the states that are ranked are noted there
   * @param nowMs the clock, epoch ms
   */
  public static Publication at(View view, Policy policy, Lookups lookups, long nowMs) {
    List<Universe> lists = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    active(view, nowMs).ifPresent(lists::add);
    long beginMs = Math.min(view.beginMs(), nowMs);
    OptionalLong lastRank = lastRank(view.lastTop(), nowMs);
    if (RankingTime.isDue(nowMs, lastRank, view.states().size(), beginMs)) {
      Ranking ranking = UniverseRanking.rank(view.states(), policy, nowMs);
      lists.add(top(ranking, view.lastTop(), policy, nowMs));
      view.states().forEach(state -> noted(state, lookups));
      decisions.add(decision(ranking, policy, lookups, nowMs));
    }
    return new Publication(List.copyOf(lists), List.copyOf(decisions));
  }

  /**
   * Returns whether a step of the clock may rank, with enough states: to gather them costs more
   * than all the rest of a step.
   *
   * @param lastTop the last top list
   * @param nowMs the clock, epoch ms
   */
  public static boolean mayRank(Optional<Universe> lastTop, long nowMs) {
    return RankingTime.isDue(nowMs, lastRank(lastTop, nowMs), RankingTime.ENOUGH_WARM, nowMs);
  }

  /**
   * A list of the future was made by a clock that nobody believes any more: it would stand until
   * then.
   */
  private static OptionalLong lastRank(Optional<Universe> lastTop, long nowMs) {
    return lastTop
        .filter(last -> last.getAsOfMs() <= nowMs)
        .map(last -> OptionalLong.of(last.getAsOfMs()))
        .orElse(OptionalLong.empty());
  }

  /**
   * The executor publishes instruments with the same step of the clock, so whether one that is new
   * is seen already is chance. It counts from the next step on, which is the same each time; and so
   * does one of which something new is learnt at that very step.
   */
  private static Optional<Universe> active(View view, long nowMs) {
    Set<String> known =
        view.lastActive().map(last -> Set.copyOf(last.getSymbols())).orElse(Set.of());
    List<String> trading =
        view.instruments().stream()
            .filter(instrument -> instrument.getStatus() == InstrumentStatus.TRADING)
            .filter(
                instrument ->
                    known.contains(instrument.getSymbol())
                        || since(instrument) < nowMs - view.stepMs())
            .map(Instrument::getSymbol)
            .sorted()
            .toList();
    boolean stands =
        view.lastActive()
            .map(last -> last.getSymbols().equals(trading) && isFresh(last, nowMs))
            .orElse(trading.isEmpty());
    if (stands) {
      return Optional.empty();
    }
    return Optional.of(
        Universe.newBuilder()
            .setName(ACTIVE)
            .setAsOfMs(nowMs)
            .setSymbols(trading)
            .setCode(ReasonCode.UNIVERSE_ACTIVE.name())
            .setMaxSymbols(trading.size())
            .build());
  }

  private static long since(Instrument instrument) {
    return instrument.getSinceMs() == null ? instrument.getAsOfMs() : instrument.getSinceMs();
  }

  /** Readers of the old keys take a list that nobody confirms within five minutes for dead. */
  private static boolean isFresh(Universe list, long nowMs) {
    long ageMs = nowMs - list.getAsOfMs();
    return ageMs >= 0 && ageMs < CONFIRM_MS;
  }

  private static Universe top(
      Ranking ranking, Optional<Universe> before, Policy policy, long nowMs) {
    return Universe.newBuilder()
        .setName(TOP)
        .setAsOfMs(nowMs)
        .setSymbols(ranking.symbols().stream().map(symbol -> symbol.getSymbol()).toList())
        .setRanking(ranking.symbols())
        .setCode(ranking.code().name())
        .setMinSigma(ranking.minSigma())
        .setMinTs(ranking.minTs())
        .setMaxSymbols(policy.getUniverseSize())
        .setSymbolsBefore(before.map(Universe::getSymbols).orElse(List.of()))
        .setAsOfBeforeMs(before.map(Universe::getAsOfMs).orElse(null))
        .build();
  }

  /**
   * Returns the symbols of a list that count at a step of the clock. A list is made at a step, and
   * so are intents: which of both comes first is chance. It counts from the next step on, which is
   * the same each time.
   *
   * @param nowMs the clock, epoch ms
   */
  public static List<String> inForce(Universe list, long nowMs) {
    return countsBefore(list, nowMs) ? list.getSymbolsBefore() : list.getSymbols();
  }

  private static boolean countsBefore(Universe list, long nowMs) {
    return list.getAsOfMs() >= nowMs && list.getSymbolsBefore() != null;
  }

  /**
   * Returns the version of a list whose symbols count at a step of the clock, as its time, epoch
   * milliseconds UTC: whether a list of this very step is there already is chance, and a decision
   * that does not depend on it must not tell of it. Empty where no list counted yet.
   *
   * @param nowMs the clock, epoch ms
   */
  public static Optional<Long> versionInForce(Universe list, long nowMs) {
    if (!countsBefore(list, nowMs)) {
      return Optional.of(list.getAsOfMs());
    }
    boolean untold = list.getAsOfBeforeMs() == null && !list.getSymbolsBefore().isEmpty();
    return Optional.ofNullable(untold ? (Long) list.getAsOfMs() : list.getAsOfBeforeMs());
  }

  private static void noted(MarketState state, Lookups lookups) {
    lookups.note(
        Topic.MARKET_STATE.topicName(),
        state.getSymbol(),
        Optional.of(state),
        MarketState::getAsOfMs);
  }

  private static Decision decision(Ranking ranking, Policy policy, Lookups lookups, long nowMs) {
    Numbers numbers =
        Numbers.none()
            .and("fresh", ranking.fresh())
            .and("passed", ranking.passed())
            .and("listed", ranking.symbols().size())
            .and("minSigma", ranking.minSigma())
            .and("minTs", ranking.minTs());
    return DecisionRecords.recorded(
        Stage.UNIVERSE,
        Cause.of(Accounts.ALL, CauseType.CLOCK, TOP + "@" + nowMs, 1),
        ranking.code(),
        numbers,
        Basis.of(policy, lookups.list()),
        nowMs);
  }
}
