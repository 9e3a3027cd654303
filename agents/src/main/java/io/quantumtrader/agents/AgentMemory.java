package io.quantumtrader.agents;

import io.quantumtrader.agents.decision.View;
import io.quantumtrader.schemas.avro.MarketState;
import java.util.List;
import java.util.Map;

/**
 * All that an agent remembers between two steps of the clock, for a replay that goes on later.
 *
 * @param nowMs the last step that it decided at, epoch milliseconds UTC; 0 before the first
 * @param longestIntervalMs the longest interval of the states it has seen, milliseconds
 * @param listed the symbols of the list in force
 * @param nextLists lists that count from a later step on
 * @param pages what it knows of each symbol
 * @param news states that it has not decided about yet, one a symbol
 */
public record AgentMemory(
    long nowMs,
    long longestIntervalMs,
    List<String> listed,
    List<NextList> nextLists,
    Map<String, Page> pages,
    List<MarketState> news) {

  public AgentMemory {
    listed = List.copyOf(listed);
    nextLists = List.copyOf(nextLists);
    pages = Map.copyOf(pages);
    news = List.copyOf(news);
  }

  /**
   * A list that does not count yet.
   *
   * @param asOfMs when it was made, epoch milliseconds UTC
   * @param symbols its symbols
   */
  public record NextList(long asOfMs, List<String> symbols) {

    public NextList {
      symbols = List.copyOf(symbols);
    }
  }

  /**
   * What is known of one symbol.
   *
   * @param view what the agent wants
   * @param decidedAsOfMs time of the last state that was decided about, epoch milliseconds UTC; -1:
   *     none
   * @param seenMs the step at which a state was seen last, epoch milliseconds UTC; -1: none
   * @param intervalMs interval of that state, milliseconds
   * @param askedUnlisted whether it was asked for while it was not on the list
   */
  public record Page(
      View view, long decidedAsOfMs, long seenMs, long intervalMs, boolean askedUnlisted) {}
}
