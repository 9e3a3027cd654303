package io.quantumtrader.agents;

import io.quantumtrader.agents.decision.Opinion;
import io.quantumtrader.agents.decision.TrendRule;
import io.quantumtrader.agents.decision.View;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.UniverseKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The agent's views of all symbols, and the states it has not decided about yet. What it remembers
 * follows from the intents it has sent, so {@link #restore} brings it back; whether a symbol was
 * listed when it was asked for does not, so after a restart it is taken for one that was not. A
 * replay that goes on later has all of it back by {@link #recall}. Not safe for use by several
 * threads.
 */
final class AgentBook {

  private final AgentSettings settings;
  private final TrendRule rule;
  private final AgentIntents writer;
  private final Map<String, Page> pages = new TreeMap<>();
  private final Map<String, MarketState> news = new HashMap<>();
  private final NavigableMap<Long, Set<String>> nextLists = new TreeMap<>();
  private Set<String> listed = Set.of();
  private long nowMs;
  private long longestIntervalMs;

  AgentBook(AgentSettings settings) {
    this.settings = settings;
    this.rule = new TrendRule(settings.thresholds());
    this.writer = new AgentIntents(settings);
  }

  /** Takes an intent of its own back from the log; they must come in the order they were sent. */
  void restore(TradeIntent sent) {
    if (!sent.getSource().equals(settings.source())
        || !sent.getAccount().equals(settings.account())) {
      return;
    }
    Double confidence = sent.getConfidence();
    Page page = pages.computeIfAbsent(sent.getSymbol(), symbol -> new Page());
    page.view = rule.afterwards(sent.getAction(), confidence == null ? 0 : confidence);
    page.decidedAsOfMs = Math.max(page.decidedAsOfMs, AgentIntents.asOfMs(sent));
    page.askedUnlisted = true;
  }

  /** Returns all that it remembers. */
  AgentMemory memory() {
    NavigableMap<String, AgentMemory.Page> remembered = new TreeMap<>();
    pages.forEach((symbol, page) -> remembered.put(symbol, page.memory()));
    return new AgentMemory(
        nowMs,
        longestIntervalMs,
        sorted(listed),
        nextLists.entrySet().stream()
            .map(each -> new AgentMemory.NextList(each.getKey(), sorted(each.getValue())))
            .toList(),
        remembered,
        List.copyOf(new TreeMap<>(news).values()));
  }

  private static List<String> sorted(Set<String> symbols) {
    return List.copyOf(new TreeSet<>(symbols));
  }

  /** Takes up what another one remembered; this one must not have seen anything. */
  void recall(AgentMemory memory) {
    nowMs = memory.nowMs();
    longestIntervalMs = memory.longestIntervalMs();
    listed = Set.copyOf(memory.listed());
    memory.nextLists().forEach(each -> nextLists.put(each.asOfMs(), Set.copyOf(each.symbols())));
    memory.pages().forEach((symbol, page) -> pages.put(symbol, new Page(page)));
    memory.news().forEach(state -> news.put(state.getSymbol(), state));
  }

  /** Takes a list of symbols; only those of what may be opened are looked at. */
  void observe(Universe list) {
    if (list.getName().equals(UniverseKeys.TOP)) {
      nextLists.put(list.getAsOfMs(), Set.copyOf(list.getSymbols()));
    }
  }

  /** Takes a state; only the newest of a symbol is decided about. */
  void observe(MarketState state) {
    longestIntervalMs = Math.max(longestIntervalMs, state.getIntervalMs());
    news.merge(
        state.getSymbol(),
        state,
        (known, next) -> next.getAsOfMs() >= known.getAsOfMs() ? next : known);
  }

  /**
   * Decides about all states since the last step of the clock.
   *
   * @param clockMs the step's time; one that is not later than the last decides nothing
   * @return intents in the order to send them: the most confident first, then by symbol
   */
  List<TradeIntent> decide(long clockMs) {
    if (clockMs <= nowMs) {
      return List.of();
    }
    nowMs = clockMs;
    takeLists();
    List<TradeIntent> intents = new ArrayList<>();
    for (MarketState state : news.values()) {
      decide(state, intents);
    }
    news.clear();
    pages.forEach((symbol, page) -> closeWhereBlind(symbol, page, intents));
    intents.sort(
        Comparator.comparing(TradeIntent::getConfidence, Comparator.reverseOrder())
            .thenComparing(TradeIntent::getSymbol));
    return intents;
  }

  private void decide(MarketState state, List<TradeIntent> intents) {
    Page page = pages.computeIfAbsent(state.getSymbol(), symbol -> new Page());
    if (state.getAsOfMs() <= page.decidedAsOfMs) {
      return;
    }
    page.decidedAsOfMs = state.getAsOfMs();
    page.seenMs = nowMs;
    page.intervalMs = state.getIntervalMs();
    Opinion opinion = rule.look(page.view, state);
    page.view = opinion.view();
    if (opinion.call().isPresent()) {
      page.askedUnlisted = !listed.contains(state.getSymbol());
      intents.add(writer.seeing(state, opinion.call().get(), nowMs));
    }
  }

  /**
   * Lists are made at a step of the clock, so whether one is seen at that step is chance. It counts
   * from the next step on, which is the same each time.
   */
  private void takeLists() {
    NavigableMap<Long, Set<String>> due = nextLists.headMap(nowMs, false);
    for (Set<String> next : due.values()) {
      listed = next;
      listed.forEach(symbol -> pages.computeIfPresent(symbol, (same, page) -> page.listed()));
    }
    due.clear();
  }

  private void closeWhereBlind(String symbol, Page page, List<TradeIntent> intents) {
    if (page.seenMs < 0) {
      // Known from before a restart only: the time begins now, at the slowest pace known.
      page.seenMs = longestIntervalMs > 0 ? nowMs : -1;
      page.intervalMs = longestIntervalMs;
      return;
    }
    long ageMs = nowMs - page.seenMs;
    if (ageMs > rule.blindIntervals() * page.intervalMs) {
      Opinion opinion = rule.lostSight(page.view, ageMs);
      page.view = opinion.view();
      opinion
          .call()
          .ifPresent(call -> intents.add(writer.blind(symbol, page.decidedAsOfMs, call, nowMs)));
    }
  }

  /** Returns the view of a symbol. */
  View viewOf(String symbol) {
    Page page = pages.get(symbol);
    return page == null ? View.NONE : page.view;
  }

  /** What is known about one symbol. */
  private static final class Page {
    private View view = View.NONE;
    private long decidedAsOfMs = -1;
    private long seenMs = -1;
    private long intervalMs;
    private boolean askedUnlisted;

    private Page() {}

    private Page(AgentMemory.Page memory) {
      view = memory.view();
      decidedAsOfMs = memory.decidedAsOfMs();
      seenMs = memory.seenMs();
      intervalMs = memory.intervalMs();
      askedUnlisted = memory.askedUnlisted();
    }

    private AgentMemory.Page memory() {
      return new AgentMemory.Page(view, decidedAsOfMs, seenMs, intervalMs, askedUnlisted);
    }

    private Page listed() {
      if (askedUnlisted) {
        view = view.askedInVain();
        askedUnlisted = false;
      }
      return this;
    }
  }
}
